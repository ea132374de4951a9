"""What does an information screen in a hall show: what hangs on it and is public now, page after page?"""

from __future__ import annotations

from django.http import HttpRequest

from gongkai_web.outlets import access, addresses, turning
from gongkai_web.portal.pages import Made, public
from gongkai_web.portal.sites import Site
from gongkai_web.ui import clock
from gongkai_web.ui.qr import qr_svg
from gongkai_web.ui.refusals import NotHere

EMPTY_SECONDS = 60
WEEKDAYS = "一二三四五六日"


@public
def screen(request: HttpRequest, site: Site, place_id: int) -> Made:
    """One page of a screen; it calls for the next by itself, without a script. Never kept: a day that ends takes something down."""
    found = access.screen(site.body, place_id)
    if found is None:
        raise NotHere("没有这个电子屏，或者它已经停用。")
    pages = turning.pages(found)
    given = request.GET.get("page", "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    number = number if 1 <= number <= len(pages) else 1
    page = pages[number - 1] if pages else None
    address = addresses.of_item(page.item, f"{site.origin}{site.prefix}") if page else site.whole_address("")
    today = clock.today()
    words = {
        "screen": found,
        "page": page,
        "number": number,
        "count": len(pages),
        "next": number % len(pages) + 1 if pages else 1,
        "seconds": found.seconds if pages else EMPTY_SECONDS,
        "qr": qr_svg(address),
        "today": f"{today.year}年{today.month}月{today.day}日　星期{WEEKDAYS[today.weekday()]}",
        "published": page.item.first_published_at.astimezone(clock.BEIJING).date() if page else None,
    }
    return Made("portal/screen.html", words, keep=False)
