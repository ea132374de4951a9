"""Does ``gongkai demo`` make a believable year by the ordinary acts, show nothing that is not public, and keep away from real offices?"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

from gongkai_web.accounts import passwords
from gongkai_web.office.demo.days import Days, works
from gongkai_web.office.demo.entries import entries
from gongkai_web.office.demo.staffing import accounts
from gongkai_web.publishing.models import Stage
from gongkai_web.ui import clock
from tests.house.sources import SRC
from tests.web.office.conftest import Place

pytestmark = pytest.mark.without_database

PERSONAL = {
    "identity_number",
    "mobile_number",
    "bank_card",
    "home_address",
    "mail_address",
    "travel_document",
    "vehicle_plate",
    "minor",
}
LOOK = """
import json
from urllib.parse import quote
from django.test import Client
from gongkai_web.accounts import sessions
from gongkai_web.accounts.models import Person
from gongkai_web.agencies.models import Body
from gongkai_web.agencies.standing import roles_of
from gongkai_web.comment_periods import access as comment_periods
from gongkai_web.outlets import access as outlets, figures
from gongkai_web.publishing import access, scans, visible
from gongkai_web.publishing.models import Category, Item, Link, Outing
from gongkai_web.ui import clock
from gongkai_web.visits import access as visits

body, client, now = Body.objects.get(), Client(), clock.now()
rows = list(visible.public(now).select_related("item", "version"))
views = [access.public_item(body, r.item.index_number) for r in rows]
paths = ["/", "/guide/", "/rules/", "/open/", "/reports/", "/apply/", "/catalogue/", "/sitemap/", "/feed.rss", "/catalogue.csv"]
paths += [f"/open/{c.key}/" for c in access.categories(body)]
asked = comment_periods.periods(body)
paths += ["/comments/", *(p.url for p in asked), *(f"{p.url}form/" for p in asked if p.state == "open")]
paths += [v.url for v in views] + [f.address for v in views for f in v.attachments]
pages = {}
for path in paths:
    answer = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    pages[path] = [answer.status_code, answer["Content-Type"], content.decode("utf-8", "ignore")]
hits = []
for r in rows:
    for h in scans.scan(r.item, r.version, r.version.attachments).hits:
        hits.append([r.version.title, h.rule, h.text, h.resolution])
public = {r.item_id for r in rows}
gone = [i.index_number for i in Item.objects.filter(stage="withdrawn")]
print(json.dumps({
    "items": [[i.category.key, i.stage, i.draft.title, i.pk in public, i.draft.attribute, i.validity_next,
               i.created_at.isoformat()] for i in Item.objects.select_related("category", "draft")],
    "categories": list(Category.objects.values_list("key", flat=True)),
    "hits": hits,
    "asked": [[p.state, p.has_feedback, p.url] for p in asked],
    "pages": pages,
    "gone": [client.get(f"/info/{n}/").status_code for n in gone],
    "roles": sorted({r.value for p in Person.objects.all() for r in roles_of(p.pk, body)}),
    "channels": sorted(set(Outing.objects.values_list("channel", flat=True))),
    "interpretations": Link.objects.filter(kind="interprets").count(),
    "handed": [[r.category.key, r.handed_address] for r in rows if r.handed_address],
    "to_change": [[v.why, v.newer] for v in outlets.to_change(body)],
    "missing": len(figures.missing(body, clock.today())),
    "read": visits.year(body, clock.today().year, clock.today()).all_years,
}))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A folder with the demo office, made by the command."""
    place = Place(tmp_path_factory.mktemp("demo") / "data", more={"GONGKAI_HOSTS": "testserver"})
    assert "已制作演示单位" in place.run("demo")
    return place


@pytest.fixture(scope="module")
def found(demo: Place) -> dict[str, Any]:
    """What stands in it, and what the public gets of it."""
    looked = demo.python(LOOK)
    assert looked.returncode == 0, looked.stderr
    return dict(json.loads(looked.stdout))


def test_demo__has_an_item_in_every_category(found: dict[str, Any]) -> None:
    assert set(found["categories"]) == {category for category, *_ in found["items"]}


def test_demo__has_every_stage_attribute_channel_and_role(found: dict[str, Any]) -> None:
    assert {stage for _, stage, *_ in found["items"]} == {s.value for s in Stage}
    assert {row[4] for row in found["items"]} >= {"proactive", "redacted", "on_request", "withheld"}
    assert {row[5] for row in found["items"]} >= {"repealed", "lapsed"}
    assert len(found["channels"]) >= 10
    assert len(found["roles"]) == 9
    assert found["interpretations"] >= 3


def test_demo__publishes_a_year_of_items(found: dict[str, Any]) -> None:
    shown = [row for row in found["items"] if row[3]]

    assert 60 <= len(shown) <= 90
    assert len({row[6][:7] for row in shown}) >= 11
    assert any(row[1] == "published" and not row[3] for row in found["items"]), "one waits for its set time"


def test_demo__news_alone_stands_on_another_site(found: dict[str, Any]) -> None:
    assert {category for category, _ in found["handed"]} == {"news"}
    assert all(address.startswith("https://www.tangchuan.example/") for _, address in found["handed"])


def test_demo__nothing_public_has_personal_data_or_an_open_hit(found: dict[str, Any]) -> None:
    assert [hit for hit in found["hits"] if hit[1] in PERSONAL or hit[3] is None] == []
    assert all(hit[2].startswith("0000-") for hit in found["hits"] if hit[1] == "landline_number")


def test_demo__every_page_and_file_of_the_portal_answers_and_says_that_it_is_a_demo(found: dict[str, Any]) -> None:
    assert {path: status for path, (status, *_) in found["pages"].items() if status != 200} == {}
    pages = [text for _, kind, text in found["pages"].values() if kind.startswith("text/html")]
    assert len(pages) > 100
    assert all("演示数据" in text for text in pages)


def test_demo__asks_the_public_once_still_and_once_with_an_account(found: dict[str, Any]) -> None:
    assert [row[:2] for row in found["asked"]] == [["open", False], ["closed", True]]
    closed = found["pages"][found["asked"][1][2]][2]
    assert "不采纳" in closed
    assert "【已隐去】" in closed
    assert "301室" not in closed


def test_demo__guide_names_the_channels_in_words(found: dict[str, Any]) -> None:
    guide = found["pages"]["/guide/"][2]

    assert "当面提交" in guide
    assert "in_person" not in guide


def test_demo__nothing_unpublished_is_shown(found: dict[str, Any]) -> None:
    shown = {row[2] for row in found["items"] if row[3]}
    hidden = {row[2] for row in found["items"] if not row[3]} - shown

    assert len(hidden) >= 15
    for path, (_, _, text) in found["pages"].items():
        assert [title for title in hidden if title in text] == [], path
    assert found["gone"] == [410, 410]


def test_demo__trail_verifies_and_goes_forward_in_time(demo: Place) -> None:
    assert json.loads(demo.run("trail", "verify", "--json"))
    lines = [json.loads(line) for line in demo.run("trail", "export").splitlines()]
    times = [line["recorded_at"] for line in lines]

    assert len(times) > 500
    assert times == sorted(times)


def test_demo__made_again_is_the_same_one(demo: Place) -> None:
    before = demo.run("trail", "export")
    said = demo.run("demo", "--address", "127.0.0.1:8123")

    assert "已有演示单位" in said
    assert "工作台　http://127.0.0.1:8123/work/" in said
    assert all(f"{a.login} " in said and a.name in said for a in accounts())
    assert demo.run("trail", "export") == before


def test_demo__real_office_is_left_alone(office: Place) -> None:
    before = office.run("trail", "export")

    assert "正式的单位，演示数据不能与它放在一起" in office.run("demo", code=2)
    assert office.run("trail", "export") == before


def test_demo__real_office_is_not_made_beside_it(demo: Place) -> None:
    said = demo.run(
        "init",
        "--body",
        "岫川县司法局",
        "--slug",
        "xc",
        "--system",
        "简知远:a1",
        "--security",
        "林照晚:b1",
        "--auditor",
        "宋怀瑾:c1",
        code=2,
    )

    assert "演示数据不能与正式数据放在一起" in said


def test_demo__its_password_would_be_taken(found: dict[str, Any]) -> None:
    assert {a.login: c for a in accounts() if (c := passwords.complaint(a.password, a.login, a.name))} == {}


@pytest.mark.parametrize("today", [dt.date(2026, 1, 2), dt.date(2026, 2, 28), dt.date(2026, 7, 1), dt.date(2027, 10, 8)])
def test_days__everything_lies_on_working_days_before_the_day_it_is_made_on(today: dt.date) -> None:
    listed = entries(Days(today))

    assert all(e.made < e.last < today for e in listed)
    assert all(works(e.last) for e in listed)
    assert [e.title for e in listed if re.search(r"\{[\u4e00-\u9fff]", str(e))] == []
    numbers = [e.document_number for e in listed if e.document_number]
    assert len(numbers) == len(set(numbers))


def test_demo__has_something_to_take_down_something_to_replace_a_missing_month_and_readers(found: dict[str, Any]) -> None:
    assert any("张贴期" in why for why, _ in found["to_change"])
    assert any(newer for _, newer in found["to_change"])
    assert found["missing"] >= 1
    assert found["read"] > 500
    assert "累计访问" in found["pages"]["/"][2]


def test_clock__is_set_by_hand_for_the_demo_alone() -> None:
    askers = {path.relative_to(SRC) for path in SRC.rglob("*.py") if "set_by_hand" in path.read_text(encoding="utf-8")}

    assert askers == {
        Path("gongkai_web/ui/clock.py"),
        Path("gongkai_web/office/demo/making.py"),
        Path("gongkai_web/office/demo/__init__.py"),
    }


def test_clock__set_by_hand_never_goes_back_and_ends() -> None:
    with clock.set_by_hand() as set_to:
        set_to(dt.datetime(2025, 5, 6, 9, tzinfo=clock.BEIJING))
        assert clock.today() == dt.date(2025, 5, 6)
        with pytest.raises(ValueError, match="never set back"):
            set_to(dt.datetime(2025, 5, 6, 8, tzinfo=clock.BEIJING))
    assert clock.today() == dt.datetime.now(clock.BEIJING).date()
