"""What does the public take away: tables, feeds, site maps, files?"""

from __future__ import annotations

import datetime as dt
import json
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai_web.portal import feeds, tables
from gongkai_web.portal.pages import Made, public
from gongkai_web.portal.sites import Site, site_of
from gongkai_web.publishing import access, finding
from gongkai_web.ui import clock
from gongkai_web.ui.qr import qr_svg
from gongkai_web.ui.refusals import NotHere

NEWS = 50
RSS_TYPE, ATOM_TYPE = "application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8"
HEADS = (
    "索引号",
    "名称",
    "内容概述",
    "生成日期",
    "公开日期",
    "发文字号",
    "发文机关",
    "分类",
    "主题分类",
    "体裁分类",
    "有效性",
    "公开属性",
    "网址",
)
KEYS = (
    "index_number", "title", "summary", "made_on", "published_on", "document_number", "issuer", "category", "theme", "genre",
    "validity", "attribute", "url",
)  # fmt: skip
WIDTHS = (26, 48, 48, 12, 12, 22, 26, 20, 20, 12, 8, 12, 48)


@public
def catalogue(request: HttpRequest, site: Site, form: str) -> Made:
    """The whole catalogue as a table."""
    rows = (
        (*(getattr(r, k) for k in KEYS[:-1]), site.whole_address(r.url.lstrip("/")))
        for r in access.catalogue_rows(site.body, site.only)
    )
    name = f"{site.body_name}政府信息公开目录"
    if form == "csv":
        return Made(content=tables.csv_table(HEADS, rows), type="text/csv; charset=utf-8", download=attached(f"{name}.csv"))
    if form == "xlsx":
        made = tables.xlsx_table("政府信息公开目录", HEADS, rows, WIDTHS)
        return Made(content=made, type=tables.XLSX_TYPE, download=attached(f"{name}.xlsx"))
    if form == "json":
        about = {"title": name, "body": site.body_name, "columns": dict(zip(KEYS, HEADS, strict=True))}
        return Made(content=tables.json_table(about, KEYS, rows), type="application/json", download=attached(f"{name}.json"))
    raise NotHere("目录只提供 csv、xlsx、json 三种格式。")


@public
def feed(request: HttpRequest, site: Site, form: str) -> Made:
    """The newest items for feed readers."""
    rows = access.newest(site.body, size=NEWS, only=site.only)
    news = [news_of(r, site.whole_address(r.url.lstrip("/"))) for r in rows]
    home = site.whole_address("")
    if form == "rss":
        words = f"{site.body_name}最新公开的政府信息"
        return Made(content=feeds.rss(site.name, home, words, news), type=RSS_TYPE)
    if form == "atom":
        made = feeds.atom(site.name, home, site.whole_address("feed.atom"), site.body_name, news)
        return Made(content=made, type=ATOM_TYPE)
    raise NotHere("订阅只提供 rss 和 atom 两种格式。")


def news_of(row: access.ListRow, address: str, *, who: str = "") -> feeds.News:
    """A line of a list as an entry of a feed."""
    return feeds.News(
        title=row.title,
        address=address,
        summary=row.summary or row.title,
        category=row.category_name,
        published_at=dt.datetime.combine(row.published_on, dt.time(), clock.BEIJING),
        index_number=row.index_number,
        who=who,
    )


@public
def sitemap(request: HttpRequest, site: Site) -> Made:
    """The site map for search engines: one, or an index of parts."""
    count = access.public_count(site.body, site.only)
    if count < feeds.MOST_IN_SITEMAP:
        return Made(content=feeds.sitemap(_addresses(site, 0)), type="application/xml; charset=utf-8")
    parts = range(1, count // feeds.MOST_IN_SITEMAP + 2)
    return Made(
        content=feeds.sitemap_index(site.whole_address(f"sitemap-{n}.xml") for n in parts), type="application/xml; charset=utf-8"
    )


@public
def sitemap_part(request: HttpRequest, site: Site, part: int) -> Made:
    """One part of a large site map."""
    found = _addresses(site, part)
    if not found:
        raise NotHere("没有这一部分。")
    return Made(content=feeds.sitemap(found), type="application/xml; charset=utf-8")


@public
def similar(request: HttpRequest, site: Site) -> Made:
    """Public items close to what somebody types."""
    words = request.GET.get("q", "")[:200]
    hits = finding.similar(words, (site.slug,)) if len(words.strip()) > 1 else ()
    listed = [
        {"title": "".join(t for t, _ in h.title), "url": site.at(h.url), "published_on": h.published_on.isoformat()} for h in hits
    ]
    return Made(content=json.dumps({"items": listed}, ensure_ascii=False).encode(), type="application/json", keep=False)


@require_safe
def attachment(request: HttpRequest, index_number: str, position: int, name: str, slug: str = "") -> HttpResponseBase:
    """A file of an item that is public now; never shown inside the site's own pages."""
    site = site_of(request, slug)
    found = access.public_file(site.body, index_number, position)
    if found is None or found.name != name:
        raise NotHere("没有这个附件，或者它所属的信息已经撤回。")
    etag = f'"{found.digest}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": "public, no-cache"})
    response = FileResponse(found.path.open("rb"), content_type=_type_of(found.type))
    shown = found.type in PICTURES and bool(request.headers.get("Sec-Fetch-Dest", "") == "image")
    response.headers["Content-Disposition"] = "inline" if shown else attached(found.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@public
def qr_code(request: HttpRequest, site: Site, index_number: str) -> Made:
    """An item's address as a picture that a phone reads."""
    found = access.public_item(site.body, index_number)
    if found is None:
        raise NotHere("没有这条信息。")
    return Made(content=qr_svg(site.whole_address(found.url.lstrip("/"))).encode(), type="image/svg+xml")


PICTURES = {"jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
TYPES = {
    **PICTURES,
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": tables.XLSX_TYPE,
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: what is public, and neither the staff's screens nor endless searches."""
    lines = [
        "User-agent: *",
        "Disallow: /work/",
        "Disallow: /search/",
        "Disallow: /screens/",
        "Disallow: /check/",
        "Disallow: /write/",
        "Disallow: /compare/",
    ]
    lines.append(f"Sitemap: {request.scheme}://{request.get_host()}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def attached(name: str) -> str:
    """The header by which a browser saves a file under its Chinese name."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def _type_of(kind: str) -> str:
    return TYPES.get(kind, "application/octet-stream")


def _addresses(site: Site, part: int) -> list[tuple[str, dt.datetime | None]]:
    """The addresses of one part of the site map; part 0 is the whole of a small one, with the fixed pages."""
    every = ("", "guide/", "rules/", "open/", "catalogue/", "reports/", "apply/", "accessibility/")
    fixed = [p for p in every if p not in site.absent]
    start, end = (0, feeds.MOST_IN_SITEMAP) if part == 0 else ((part - 1) * feeds.MOST_IN_SITEMAP, part * feeds.MOST_IN_SITEMAP)
    found: list[tuple[str, dt.datetime | None]] = [(site.whole_address(p), None) for p in fixed] if part < 2 else []
    for n, row in enumerate(access.catalogue_rows(site.body, site.only)):
        if n >= end:
            break
        if n >= start:
            day = dt.datetime.combine(row.published_on, dt.time(), clock.BEIJING)
            found.append((site.whole_address(row.url.lstrip("/")), day))
    return found
