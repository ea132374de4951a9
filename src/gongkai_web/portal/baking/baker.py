"""How is a folder brought to hold a static edition, only what changed being written, each file whole or not at all?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.errors import BadInput
from gongkai_web.agencies.models import Body
from gongkai_web.comment_periods import access as comment_periods
from gongkai_web.portal import sites
from gongkai_web.portal.baking.plan import Plan, Planned, front_of, plan
from gongkai_web.portal.views import REPORTS
from gongkai_web.publishing import access
from gongkai_web.publishing.baked import MARKER, Edition, Wanted, digest_of, edition_of
from gongkai_web.publishing.models import Channel
from gongkai_web.trail import digests
from gongkai_web.ui import clock

FORMAT = 1
ROUNDS = 3
BELOW = ("below/", "comments/form/")
"""What no edition has: pages on other bodies, and the form, which must be answered."""
TOLD_EVERY = 200
OURS = frozenset(
    "index.html guide rules open reports comments apply catalogue search sitemap accessibility info static "
    "catalogue.csv catalogue.xlsx catalogue.json feed.rss feed.atom sitemap.xml".split()
)


@dataclass(frozen=True, slots=True)
class Baked:
    """What was done: files written, left as they were, removed."""

    written: int
    unchanged: int
    removed: int


def begun(wanted: Wanted) -> Edition:
    """The edition for a folder, made ready. BadInput when the folder holds something that is not ours, or another body's pages."""
    folder = wanted.folder
    data = Path(settings.DATA).resolve()
    if folder.resolve() == data or data.is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(data):
        raise BadInput(f"“{folder}”与数据文件夹重叠，静态页面不能放在那里。请换一个文件夹。")
    marker = folder / MARKER
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"“{folder}”不是文件夹。请换一个。")
    if folder.is_dir() and any(folder.iterdir()) and not marker.is_file():
        raise BadInput(f"“{folder}”里已经有别的内容，没有改动。请换一个空文件夹。")
    if marker.is_file() and _slug_in(marker) != wanted.slug:
        raise BadInput(f"“{folder}”里是另一个机关的静态页面，没有改动。请换一个空文件夹。")
    body = Body.objects.filter(slug=wanted.slug).first()
    if wanted.only_baked and (body is None or not access.categories_on(body, Channel.BAKED)):
        raise BadInput("没有一个栏目选择以“静态页面”公开，没有改动。请先在工作台的“公开栏目”里为栏目选择，或者生成全部栏目。")
    folder.mkdir(parents=True, exist_ok=True)
    edition = edition_of(wanted.slug, folder)
    is_new = not edition.place.is_file()
    edition.make()
    edition.want(wanted)
    if is_new and marker.is_file():
        _adopt(edition, folder)
    marker.write_text(json.dumps({"format": FORMAT, "body": wanted.slug}), encoding="utf-8")
    return edition


def site_for(wanted: Wanted) -> sites.Site:
    """The body's portal as the edition shows it. BadInput when there is no such body."""
    body = Body.objects.filter(slug=wanted.slug).first()
    if body is None:
        raise BadInput(f"没有代号为“{wanted.slug}”的机关。")
    origin = wanted.base_url.rstrip("/")
    domain = urlsplit(wanted.base_url).hostname or body.host
    only = access.categories_on(body, Channel.BAKED) if wanted.only_baked else None
    kept = {c.key for c in access.categories(body, only)}
    absent = BELOW if only is None or REPORTS in kept else (*BELOW, "reports/")
    portal = wanted.portal_url.rstrip("/")
    return sites.baked(body, origin, domain, apply_url=wanted.apply_url, portal_url=portal, only=only, absent=absent)


def bake(edition: Edition, items: frozenset[int] | None = None, told: Callable[[int, int], None] = lambda _a, _b: None) -> Baked:
    """Bring a folder up to the present. With ``items`` (keys), only these items' own pages are looked at again; lists always are."""
    with edition.alone():
        total = Baked(0, 0, 0)
        for _ in range(ROUNDS):
            until = edition.begin()
            planned = plan(site_for(edition.wanted), _numbers(edition.wanted.slug, items))
            edition.forget_taken(until)
            done, skipped = _written(edition, planned, told)
            total = Baked(total.written + done.written, done.unchanged, total.removed + done.removed)
            if not skipped:
                break
        edition.note(baked_at=clock.now().isoformat(), failure="", facts=facts_of(edition.wanted))
    return total


def facts_of(wanted: Wanted) -> str:
    """What names all that pages show and that no item's act tells of: the site's own facts, categories, rules, comment periods."""
    site = site_for(wanted)
    tree = [(c.key, c.name, c.parent_key) for c in access.categories(site.body)]
    return digest_of(repr((site, tree, access.rules(site.body), comment_periods.stand(site.body))).encode())


def differences(edition: Edition) -> Iterator[str]:
    """What of a folder is not as it should be, a sentence each."""
    wanted, kept = edition.wanted, edition.files()
    planned = plan(site_for(wanted))
    for path, each in planned.files.items():
        if path not in kept:
            yield f"缺少：{path}"
        elif kept[path].source != each.source:
            yield f"需要更新：{path}"
    for path, known in kept.items():
        place = wanted.folder / path
        if path not in planned.files:
            yield f"应当删除：{path}"
        if not place.is_file():
            yield f"文件不见了：{path}"
        elif _digest(place, known.digest) != known.digest:
            yield f"被改动过：{path}"
    for place in sorted(p for p in wanted.folder.rglob("*") if p.is_file()):
        path = place.relative_to(wanted.folder).as_posix()
        if path not in kept and path != MARKER:
            yield f"多出来的文件：{path}"


def _written(edition: Edition, planned: Plan, told: Callable[[int, int], None]) -> tuple[Baked, int]:
    kept, folder = edition.files(), edition.wanted.folder
    written = unchanged = skipped = 0
    for n, (path, each) in enumerate(planned.files.items()):
        if n % TOLD_EVERY == 0:
            told(n, len(planned.files))
        if path in kept and kept[path].source == each.source and (folder / path).is_file():
            unchanged += 1
        elif _put(edition, each):
            written += 1
        else:
            skipped += 1
    stale = [p for p in kept if p not in planned.files and not (p.startswith("info/") and front_of(p) in planned.left)]
    for path in stale:
        edition.remove(path)
    told(len(planned.files), len(planned.files))
    return Baked(written, unchanged, len(stale)), skipped


def _put(edition: Edition, each: Planned) -> bool:
    return edition.put(each.path, each.make(), each.source, each.tells, each.digest, is_item=each.is_item)


def _numbers(slug: str, items: frozenset[int] | None) -> frozenset[str] | None:
    """The index numbers of items by their keys, and of those they are linked with."""
    return None if items is None else access.index_numbers(items)


def _adopt(edition: Edition, folder: Path) -> None:
    """Take up a folder of ours whose manifest was lost: its files are known again, and made anew where they differ."""
    for place in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        path = place.relative_to(folder)
        if path.parts[0] in OURS:
            edition.know(path.as_posix(), _digest(place, "sha256:"))


def _digest(place: Path, like: str) -> str:
    algorithm = digests.algorithm_of(like)
    with place.open("rb") as file:
        return f"{algorithm}:{hashlib.file_digest(file, algorithm).hexdigest()}"


def _slug_in(marker: Path) -> str:
    try:
        return str(json.loads(marker.read_text(encoding="utf-8"))["body"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
