"""Does the database itself refuse to publish what was not approved, whoever asks it and in whatever words?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai_web.agencies.roles import Role
from gongkai_web.flow.models import Approval, Decision, Review, ReviewState
from gongkai_web.publishing import access
from gongkai_web.publishing.actions import publication
from gongkai_web.publishing.models import Item, Publication, Version
from gongkai_web.trail import guards
from gongkai_web.ui import clock
from tests.web.publishing.conftest import Bureau


def refused(statement: str, *values: Any) -> str:
    """Run SQL that the database must refuse; what it said."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refusal.value)


def publication_row(version: Version, approval_id: int, **changes: Any) -> Publication:
    item = version.item
    values = {
        "approval_id": approval_id, "version": version, "item": item, "body_id": item.body_id, "category_id": item.category_id,
        "channel": "portal", "year": 2026, "listed_at": clock.now(), "published_at": clock.now(), "published_by_id": item.drafter_id,
        **changes,
    }  # fmt: skip
    return Publication(**values)


def put(row: Publication) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        row.save(force_insert=True)
    return str(refusal.value)


def elsewhere(bureau: Bureau) -> None:
    category = bureau.category("news")
    category.channel = "elsewhere"
    category.save()


def approved(bureau: Bureau) -> tuple[Version, Approval]:
    """A version whose review passed and that is not yet public."""
    elsewhere(bureau)
    version = bureau.submitted(key="news")
    bureau.passed(version)
    return version, Approval.objects.get(review=version.review)


def decide(version: Version, person_id: int, count: int = 3, **changes: Any) -> None:
    """Write decisions past every act."""
    for step in version.review.step_rows.order_by("position")[:count]:
        values = {
            "verdict": "passed", "decided_by_id": person_id, "decided_on": clock.today(), "recorded_by_id": person_id,
            "recorded_at": clock.now(), "digest": version.digest, **changes,
        }  # fmt: skip
        Decision.objects.create(step=step, **values)


def test_gate__is_in_place(db: None) -> None:
    assert guards.compared(connection).gaps == ()


def test_approval__cannot_be_made_while_steps_are_undecided(bureau: Bureau) -> None:
    version = bureau.submitted()
    decide(version, bureau.person(Role.UNIT_HEAD).pk, count=2)
    Review.objects.filter(pk=version.review_id).update(state=ReviewState.APPROVED)
    told = refused(
        "INSERT INTO flow_approval (review_id, digest, approved_at) VALUES (%s, %s, %s)",
        version.review_id,
        version.digest,
        clock.now(),
    )
    assert "not every step was passed" in told


def test_approval__cannot_be_made_of_another_digest(bureau: Bureau) -> None:
    version = bureau.submitted()
    decide(version, bureau.person(Role.UNIT_HEAD).pk)
    Review.objects.filter(pk=version.review_id).update(state=ReviewState.APPROVED)
    refused(
        "INSERT INTO flow_approval (review_id, digest, approved_at) VALUES (%s, %s, %s)",
        version.review_id,
        "sha256:00",
        clock.now(),
    )


def test_decision__of_the_drafter_is_refused(bureau: Bureau) -> None:
    version = bureau.submitted()
    with pytest.raises(DatabaseError, match="never to the drafter"), transaction.atomic():
        decide(version, bureau.person(Role.CLERK).pk)


@pytest.mark.parametrize("changes", [{"digest": "sha256:00"}, {"recorded_by_id": None}])
def test_decision__of_another_text_or_for_another_is_refused(bureau: Bureau, changes: dict[str, Any]) -> None:
    version = bureau.submitted()
    if "recorded_by_id" in changes:
        changes = {"recorded_by_id": bureau.person(Role.CLERK).pk}
    with pytest.raises(DatabaseError), transaction.atomic():
        decide(version, bureau.person(Role.UNIT_HEAD).pk, count=1, **changes)


def test_decision__out_of_turn_is_refused(bureau: Bureau) -> None:
    version = bureau.submitted()
    last = version.review.step_rows.order_by("-position").first()
    with pytest.raises(DatabaseError, match="in turn"), transaction.atomic():
        Decision.objects.create(
            step=last, verdict="passed", decided_by=bureau.person(Role.SIGNING_LEADER), decided_on=clock.today(),
            recorded_by=bureau.person(Role.SIGNING_LEADER), recorded_at=clock.now(), digest=version.digest,
        )  # fmt: skip


def test_publication__without_approval_is_refused(bureau: Bureau) -> None:
    version = bureau.submitted()
    assert "was not approved" in put(publication_row(version, approval_id=987654))


def test_publication__of_a_version_that_another_approval_covers_is_refused(bureau: Bureau) -> None:
    _, approval = approved(bureau)
    unreviewed = bureau.submitted(title="没有审过的信息")
    assert "was not approved" in put(publication_row(unreviewed, approval.pk))


def test_publication__under_another_item_or_body_is_refused(bureau: Bureau, other: Bureau) -> None:
    version, approval = approved(bureau)
    stranger = other.draft()
    for changes in (
        {"item_id": stranger.pk},
        {"body_id": other.body.pk},
        {"category_id": other.category("news").pk},
        {"item_id": stranger.pk, "body_id": other.body.pk, "category_id": other.category("news").pk},
    ):
        assert "was not approved" in put(publication_row(version, approval.pk, **changes))


@pytest.mark.parametrize("attribute", ["on_request", "withheld"])
def test_publication__of_what_was_approved_as_not_public_is_refused(bureau: Bureau, attribute: str) -> None:
    reason = {
        "on_request": {"reason": "只涉及特定申请人，不涉及公众利益调整，也不需要公众广泛知晓。"},
        "withheld": {"reason": "是机关内部的人事管理安排，对外不产生影响。", "ground": "refused.internal_affairs"},
    }[attribute]
    facts = {"reassess_on": clock.today() + dt.timedelta(days=200)}
    version = bureau.submitted(attribute=attribute, facts=facts, **reason)
    item = bureau.passed(version)
    assert item.stage == "withheld"
    approval = Approval.objects.get(review=version.review)
    assert "was not approved" in put(publication_row(version, approval.pk))


def test_publication__elsewhere_needs_its_day_and_address(bureau: Bureau) -> None:
    version, approval = approved(bureau)
    put(publication_row(version, approval.pk, channel="elsewhere"))


@pytest.mark.parametrize(
    "change",
    [
        "title = '改过的标题'", "html = '<p>改过的正文</p>'", "attribute = 'redacted'", "digest = 'sha256:00'", "attachments = '[]'",
        "cuts = '[{}]'", "review_id = review_id + 1", "number = 9", "summary = '改过'", "authors = '[]'", "item_id = item_id + 1",
    ],
)  # fmt: skip
def test_version__never_changes(bureau: Bureau, change: str) -> None:
    version = bureau.submitted()
    Version.objects.filter(pk=version.pk).values("id")
    if change.startswith("attachments"):
        change = "attachments = '[1]'"
    refused(f"UPDATE publishing_version SET {change} WHERE id = %s", version.pk)


@pytest.mark.parametrize(
    "change",
    [
        "approval_id = approval_id + 1", "version_id = version_id + 1", "item_id = item_id + 1", "body_id = body_id + 1",
        "channel = 'baked'", "published_at = '2020-01-01 00:00:00+00:00'", "published_at = '2099-01-01 00:00:00+00:00'",
        "handed_address = 'https://elsewhere.example'",
    ],
)  # fmt: skip
def test_publication__cannot_be_pointed_elsewhere(bureau: Bureau, change: str, at: Any) -> None:
    item = bureau.published()
    row = Publication.objects.get(item=item)
    refused(f"UPDATE publishing_publication SET {change} WHERE id = %s", row.pk)


def test_withdrawn__stays_withdrawn(bureau: Bureau) -> None:
    item = bureau.published()
    publication.withdraw(bureau.actor(Role.UNIT_HEAD), item.pk, reason="撤下")
    row = Publication.objects.get(item=item)
    for change in ("withdrawn_at = NULL", "withdrawn_at = '2099-01-01 00:00:00+00:00'", "withdrawal_reason = ''"):
        assert "stays withdrawn" in refused(f"UPDATE publishing_publication SET {change} WHERE id = %s", row.pk)
    assert access.public_item(bureau.body, item.index_number) is None


@pytest.mark.parametrize(
    "table",
    [
        "publishing_publication",
        "publishing_version",
        "publishing_item",
        "flow_approval",
        "flow_decision",
        "flow_step",
        "flow_review",
    ],
)
def test_rows__of_the_gate_are_never_deleted(bureau: Bureau, table: str) -> None:
    bureau.published()
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("change", ["index_number = 'x/2026-1'", "body_id = body_id + 1", "drafter_id = drafter_id + 1"])
def test_item__keeps_its_number_body_and_drafter(bureau: Bureau, change: str) -> None:
    refused(f"UPDATE publishing_item SET {change} WHERE id = %s", bureau.draft().pk)


def test_review__of_another_text_cannot_carry_a_version(bureau: Bureau) -> None:
    version = bureau.submitted()
    other_item = bureau.draft("另一条")
    fields = {f.attname: getattr(version, f.attname) for f in Version._meta.concrete_fields if f.attname not in {"id", "item_id"}}
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.create(**{**fields, "item_id": other_item.pk})


def test_closed_review__cannot_be_opened_again(bureau: Bureau) -> None:
    version = bureau.submitted()
    bureau.passed(version)
    for state in ("open", "returned", "withdrawn"):
        assert "closed review" in refused("UPDATE flow_review SET state = %s WHERE id = %s", state, version.review_id)


def test_two_current_publications__of_one_item_are_refused(bureau: Bureau) -> None:
    item = bureau.published()
    row = Publication.objects.get(item=item)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.create(
            **{f.attname: getattr(row, f.attname) for f in Publication._meta.concrete_fields if f.attname != "id"}
        )
    assert Item.objects.filter(pk=item.pk).exists()
