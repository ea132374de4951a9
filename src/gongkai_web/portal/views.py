"""Which pages does the public read?"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest

from gongkai_web.comment_periods import access as comment_periods
from gongkai_web.portal.pages import Made, public
from gongkai_web.portal.searching import VALIDITIES, one_of
from gongkai_web.portal.sites import Site
from gongkai_web.publishing import access
from gongkai_web.publishing.access import below
from gongkai_web.ui import clock
from gongkai_web.ui.qr import qr_svg
from gongkai_web.ui.refusals import NotHere

ROWS = 20
NEWEST = 8
IN_BLOCK = 5
BLOCKS = 6
REPORTS = "annual-reports"


@public
def home(request: HttpRequest, site: Site) -> Made:
    """The first page: search, the mandated entries, what is new."""
    only = site.only
    filled = sorted((c for c in access.categories(site.body, only) if c.depth == 0 and c.count), key=lambda c: -c.count)[:BLOCKS]
    blocks = [{"name": c.name, "key": c.key, "rows": access.newest(site.body, c.key, size=IN_BLOCK, only=only)} for c in filled]
    # Pages in a folder cannot tell how many days are left: who bakes them says what they show.
    asked = () if site.baked else comment_periods.open_periods(site.body)
    shown = {
        "count": access.public_count(site.body, only),
        "newest": access.newest(site.body, size=NEWEST, only=only),
        "blocks": blocks,
    }
    shown["below"] = not site.baked and below.has_below(site.body)
    return Made("portal/home.html", {"home": {**shown, "comments": asked}}, until=comment_periods.changes_at(asked))


@public
def listing(request: HttpRequest, site: Site, key: str = "") -> Made:
    """What is public, all of it or one category, by year and validity."""
    categories = access.categories(site.body)
    category = next((c for c in categories if c.key == key), None)
    if key and category is None:
        raise NotHere("没有这个栏目。")
    years = access.public_years(site.body)
    year = one_of(request, "year", [str(y) for y in years])
    validity = one_of(request, "validity", [v for v, _ in VALIDITIES])
    found = access.public_list(
        site.body,
        key or None,
        int(year) if year else None,
        validity or None,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        size=ROWS,
    )
    filters = {k: v for k, v in (("year", year), ("validity", validity)) if v}
    words = {
        "here": "open/",
        "heading": category.name if category else "法定主动公开内容",
        "category": category,
        "categories": categories,
        "years": years,
        "year": int(year) if year else None,
        "validities": VALIDITIES,
        "validity": validity,
        "plain_url": site.category(key) if key else site.address("open/"),
        "listing": found,
    }
    return Made("portal/list.html", {**words, **_pages(found, filters)})


@public
def item(request: HttpRequest, site: Site, index_number: str) -> Made:
    """One item; where one was taken down, what is left of it."""
    found = access.public_item(site.body, index_number)
    if found is None:
        gone = access.tombstone(site.body, index_number)
        if gone is None:
            raise NotHere("没有这条信息。")
        return Made("portal/gone.html", {"tombstone": gone}, status=410)
    address = site.whole_address(found.url.lstrip("/"))
    words = {
        "here": "open/",
        "item": found,
        "comment_periods": () if site.baked else comment_periods.notes_of(site.body, index_number),
        "facts": _facts(found),
        "files": tuple(a for a in found.attachments if not a.embedded),
        "foot_mark": _foot_mark(found.attribute),
        "published_words": found.published_at.astimezone(clock.BEIJING).strftime("%Y-%m-%d %H:%M"),
        "whole_address": address,
        # A page that a server answers has it at an address of its own: it would be most of the page, and most of the work of making it.
        "qr": qr_svg(address) if site.baked and site.origin else "",
    }
    return Made("portal/item.html", words)


@public
def guide(request: HttpRequest, site: Site) -> Made:
    """The guide of art 12, from what the body has registered."""
    found = access.guide(site.body)
    first = access.newest(site.body, size=1, only=site.only)
    example = first[0].index_number if first else ""
    return Made("portal/guide.html", {"here": "guide/", "guide": found, "unit": _unit(found), "index_example": example})


@public
def apply(request: HttpRequest, site: Site) -> Made:
    """How to ask for what is not public."""
    found = access.guide(site.body)
    return Made("portal/apply.html", {"here": "apply/", "guide": found, "unit": _unit(found)})


@public
def rules(request: HttpRequest, site: Site) -> Made:
    """The body's rules for its disclosure work."""
    words = {
        "here": "rules/",
        "heading": "政府信息公开制度",
        "lead": f"{site.body_name}制定的政府信息公开工作制度。",
        "items": access.rules(site.body),
        "empty": "还没有登记工作制度。",
    }
    return Made("portal/rules.html", words)


@public
def rule(request: HttpRequest, site: Site, key: int) -> Made:
    """One rule."""
    found = next((r for r in access.rules(site.body) if r.id == key), None)
    if found is None:
        raise NotHere("没有这项制度，或者它已经废止。")
    return Made("portal/rule.html", {"here": "rules/", "rule": found})


@public
def reports(request: HttpRequest, site: Site) -> Made:
    """The annual reports that were published."""
    keys = {c.key for c in access.categories(site.body)}
    found = (
        access.public_list(site.body, REPORTS, after=request.GET.get("after"), before=request.GET.get("before"))
        if REPORTS in keys
        else None
    )
    if found is None:
        return Made("portal/reports.html", {"here": "reports/", "listing": {"items": ()}, "previous_url": "", "next_url": ""})
    return Made("portal/reports.html", {"here": "reports/", "listing": found, **_pages(found, {})})


@public
def catalogue(request: HttpRequest, site: Site) -> Made:
    """The catalogue of art 12 as a table."""
    found = access.public_list(site.body, after=request.GET.get("after"), before=request.GET.get("before"), size=50)
    return Made("portal/catalogue.html", {"here": "open/", "listing": found, **_pages(found, {})})


@public
def sitemap(request: HttpRequest, site: Site) -> Made:
    """Every page a person may want, on one."""
    return Made("portal/sitemap.html", {"categories": access.categories(site.body, site.only)})


@public
def accessibility(request: HttpRequest, site: Site) -> Made:
    """What the portal does for readers with a disability."""
    return Made("portal/accessibility.html", {})


def _pages(found: access.PublicListing, filters: Mapping[str, str]) -> dict[str, str]:
    return {
        "next_url": f"?{urlencode({**filters, 'after': found.next_key})}" if found.next_key else "",
        "previous_url": f"?{urlencode({**filters, 'before': found.previous_key})}" if found.previous_key else "",
    }


def _unit(found: access.GuideView) -> tuple[tuple[str, str], ...]:
    return (
        ("机构名称", found.unit_name),
        ("办公地址", found.unit_address),
        ("邮政编码", found.unit_postcode),
        ("办公时间", found.unit_hours),
        ("联系电话", found.unit_phone),
        ("传真号码", found.unit_fax),
        ("互联网联系方式", found.unit_contact),
    )


def _facts(found: access.PublicItem) -> tuple[tuple[str, str], ...]:
    """The block of metadata above a text, what is empty left out; labels as government sites print them."""
    rows = (
        ("索引号", found.index_number),
        ("主题分类", found.theme),
        ("发文机关", "、".join((found.issuer, *found.joint_bodies)) if found.issuer else ""),
        ("成文日期", found.made_on.isoformat() if found.made_on else ""),
        ("发文字号", found.document_number),
        ("发布日期", found.first_published_at.astimezone(clock.BEIJING).date().isoformat()),
        ("施行日期", found.effective_on.isoformat() if found.effective_on else ""),
        (
            "有效性",
            f"{found.validity}（{found.validity_on.isoformat()}起）" if found.validity and found.validity_on else found.validity,
        ),
        ("体裁分类", found.genre),
        ("公开属性", found.attribute),
        ("五公开", "、".join(found.five_kinds)),
        ("信息来源", found.source),
        ("公开依据", found.basis),
        ("内容概述", found.summary),
    )
    return tuple((word, value) for word, value in rows if value)


def _foot_mark(attribute: str) -> str:
    return "此件删减后公开" if attribute == "删减后公开" else "此件公开发布"
