"""How is a whole spreadsheet tried, put before the one who signs, and taken in, row by row, as often as it takes?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from gongkai.errors import GongkaiError
from gongkai_web.agencies.models import Body
from gongkai_web.files import bounded, receiving
from gongkai_web.flow.reviews import short_code
from gongkai_web.publishing import scans
from gongkai_web.publishing.actions import importing
from gongkai_web.publishing.actions.importing import PUBLIC, Signed
from gongkai_web.publishing.importing.rows import Row
from gongkai_web.publishing.models import Draft, Imported
from gongkai_web.trail import digests
from gongkai_web.trail.actors import Actor
from gongkai_web.ui.refusals import BadForm, NotAllowed, NotHere, NotPossible

Told = Callable[[int, int], None]
REFUSALS = (GongkaiError, BadForm, NotAllowed, NotHere, NotPossible)


@dataclass(frozen=True, slots=True)
class Tried:
    """What would become of a row: why it stays out, what should be looked at, how many hits the scan has; ``there`` when it is in already."""

    number: int
    title: str
    problems: tuple[str, ...]
    notices: tuple[str, ...]
    hits: tuple[str, ...]
    there: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the rows: how many are public, drafts, were in already, stayed out; and the sentences, by row."""

    public: int = 0
    drafts: int = 0
    there: int = 0
    out: int = 0
    lines: tuple[str, ...] = ()


def tried(body: Body, rows: Sequence[Row], *, published: bool, told: Told = lambda _a, _b: None) -> tuple[Tried, ...]:
    """Every row looked at as the real run would, and nothing kept."""
    known = dict(Imported.objects.filter(body=body).values_list("key", "digest"))
    seen: dict[str, int] = {}
    found = []
    for n, row in enumerate(rows, start=1):
        problems, notices = list(row.problems), list(row.notices)
        if row.key in seen:
            problems.append(f"与第{seen[row.key]}行是同一条（原索引号、原网址或者标题和日期相同）。")
        seen.setdefault(row.key, row.number)
        if published and row.published_on is None:
            notices.append("没有发布日期，只能列为草稿。")
        hits = [] if problems else [f"{h.part}：{h.title}" for h in scans.first_look(body, Draft(**row.content))]
        for place in row.attachments if not row.problems else ():
            looked = bounded.examined(place.read_bytes(), place.name)
            if looked.marking:
                problems.append(f"附件“{place.name}”标有密级“{looked.marking}”，不得导入。{receiving.WARNING}")
            elif looked.refusal or looked.choice:
                problems.append(f"附件“{place.name}”：{looked.refusal or looked.sentence}")
            notices += [f"附件“{place.name}”：{p}" for p in looked.problems]
        there = row.key in known
        if there and known[row.key] != row.digest:
            notices.append("已经导入过，表格里的内容后来改过；不会再导入，需要更正的请在系统里办理。")
        found.append(Tried(row.number, str(row.content["title"]), tuple(problems), tuple(notices), tuple(hits), there))
        told(n, len(rows))
    return tuple(found)


def list_digest(body: Body, rows: Sequence[Row]) -> str:
    """The digest over all that the signed list says."""
    covered = [[r.number, str(r.content["title"]), str(r.published_on), r.address, r.digest] for r in rows]
    return digests.digest(digests.canonical({"body": body.slug, "rows": covered}), settings.DIGEST)


def statement(body: Body, rows: Sequence[Row]) -> str:
    """The list as it is printed and signed."""
    digest = list_digest(body, rows)
    lines = [
        f"{body.name}以往公开信息登记表",
        "",
        f"编号：{short_code(digest)}",
        f"校验值：{digest}",
        f"条数：{len(rows)}",
        "",
        "经核对，下列信息此前已经由本机关依法审查并公开，发布日期和内容与原网站一致，现登记转入政府信息公开平台。",
        "",
        "公开工作机构负责人（签名）：　　　　　　　　　　日期：　　　　年　　月　　日",
        "",
        "行　发布日期　标题　原网址",
        *(f"{r.number}　{r.published_on or '（无）'}　{r.content['title']}　{r.address}" for r in rows),
        "",
    ]
    return "\n".join(lines)


def run(actor: Actor, body: Body, rows: Sequence[Row], signed: Signed | None, told: Told = lambda _a, _b: None) -> Result:
    """Take in every row that is not in yet; one that cannot come in is told and does not stop the others."""
    made = Result()
    known = dict(Imported.objects.filter(body=body).values_list("key", "digest"))
    for n, row in enumerate(rows, start=1):
        made = _one(actor, body, row, signed, known, made)
        told(n, len(rows))
    return made


def _one(actor: Actor, body: Body, row: Row, signed: Signed | None, known: dict[str, str], made: Result) -> Result:
    at = f"第{row.number}行《{row.content['title']}》"
    if row.problems:
        return replace(made, out=made.out + 1, lines=(*made.lines, f"{at}没有导入：{''.join(row.problems)}"))
    if row.key in known:
        changed = () if known[row.key] == row.digest else (f"{at}已经导入过，表格里的内容后来改过，没有改动。",)
        return replace(made, there=made.there + 1, lines=(*made.lines, *changed))
    try:
        files = [receiving.receive(actor, body, place.read_bytes(), place.name).digest for place in row.attachments]
        kept = importing.enter(actor, body.pk, row, files, signed)
    except REFUSALS as refusal:
        return replace(made, out=made.out + 1, lines=(*made.lines, f"{at}没有导入：{refusal}"))
    known[row.key] = row.digest
    if kept.outcome == PUBLIC:
        return replace(made, public=made.public + 1)
    if signed is None:
        return replace(made, drafts=made.drafts + 1)
    return replace(made, drafts=made.drafts + 1, lines=(*made.lines, f"{at}列为草稿，请在工作台核对后送审。"))
