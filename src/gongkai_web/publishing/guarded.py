"""What does the database refuse, so that nothing is public that was not approved?"""

from gongkai_web.trail.guards import Guard, frozen, kept

_CONTENT = (
    "title html document_number issuer theme genre made_on effective_on summary keywords source attribute basis ground reason"
).split()
_JSON = ("cuts", "attachments", "authors")
# A JSON column is compared as text: PostgreSQL's json has no equality.
_JSON_CHANGED = " OR ".join(f"CAST(NEW.{c} AS text) IS DISTINCT FROM CAST(OLD.{c} AS text)" for c in _JSON)

_APPROVED = (
    "NOT EXISTS (SELECT 1 FROM flow_approval a JOIN flow_review r ON r.id = a.review_id "
    "JOIN publishing_version v ON v.review_id = r.id JOIN publishing_item i ON i.id = v.item_id "
    "JOIN publishing_category c ON c.id = NEW.category_id "
    "WHERE a.id = NEW.approval_id AND v.id = NEW.version_id AND i.id = NEW.item_id AND i.body_id = NEW.body_id "
    "AND r.body_id = i.body_id AND c.body_id = i.body_id AND r.subject_kind = 'item' AND r.subject_id = CAST(i.id AS text) "
    "AND a.digest = r.digest AND r.digest = v.digest AND r.state = 'approved' AND v.attribute IN ('proactive', 'redacted'))"
)
_REVIEWED = (
    "NOT EXISTS (SELECT 1 FROM flow_review r JOIN publishing_item i ON i.id = NEW.item_id WHERE r.id = NEW.review_id "
    "AND r.digest = NEW.digest AND r.body_id = i.body_id AND r.subject_kind = 'item' AND r.subject_id = CAST(i.id AS text))"
)
_VALIDITY_APPROVED = (
    "NEW.approval_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM flow_approval a JOIN flow_review r ON r.id = a.review_id "
    "WHERE a.id = NEW.approval_id AND r.id = NEW.review_id AND a.digest = NEW.digest AND r.subject_kind = 'validity' "
    "AND r.subject_id = CAST(NEW.item_id AS text))"
)

GUARDS = (
    frozen("publishing_item", "body_id index_number drafter_id created_at".split()),
    kept("publishing_item"),
    frozen(
        "publishing_version",
        [*_CONTENT, *"item_id number review_id digest short_code draft_revision cut_at cut_by_id".split()],
    ),
    Guard("publishing_version_lists", "publishing_version", "UPDATE", _JSON_CHANGED, "publishing: a version never changes"),
    kept("publishing_version"),
    Guard(
        "publishing_version_reviewed",
        "publishing_version",
        "INSERT",
        _REVIEWED,
        "publishing: a version is under the review of the same digest, item and body",
    ),
    Guard(
        "publishing_publication_approved",
        "publishing_publication",
        "INSERT",
        _APPROVED,
        "publishing: nothing is public that was not approved",
    ),
    frozen(
        "publishing_publication",
        (
            "approval_id version_id item_id body_id channel published_by_id correction_note handed_to handed_address handed_on"
        ).split(),
    ),
    Guard(
        "publishing_publication_time",
        "publishing_publication",
        "UPDATE",
        "(OLD.appeared IS TRUE OR OLD.published_at <= CURRENT_TIMESTAMP) AND NEW.published_at IS DISTINCT FROM OLD.published_at",
        "publishing: the time of what has been published never changes",
    ),
    Guard(
        "publishing_publication_withdrawn",
        "publishing_publication",
        "UPDATE",
        "OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at "
        "OR NEW.withdrawal_reason IS DISTINCT FROM OLD.withdrawal_reason OR NEW.tombstone IS DISTINCT FROM OLD.tombstone)",
        "publishing: what was withdrawn stays withdrawn",
    ),
    kept("publishing_publication"),
    Guard(
        "publishing_generation_grows",
        "publishing_generation",
        "UPDATE",
        "NEW.number < OLD.number OR NEW.body_id IS DISTINCT FROM OLD.body_id",
        "publishing: a generation only grows",
    ),
    kept("publishing_generation", "body_id"),
    frozen("publishing_validitychange", "item_id validity on_day by_document note digest review_id proposed_by_id".split()),
    Guard(
        "publishing_validity_approved",
        "publishing_validitychange",
        "UPDATE",
        f"{_VALIDITY_APPROVED} OR (OLD.approval_id IS NOT NULL AND NEW.approval_id IS DISTINCT FROM OLD.approval_id)",
        "publishing: validity changes with an approval of the same digest",
    ),
    Guard(
        "publishing_validity_proposed",
        "publishing_validitychange",
        "INSERT",
        "NEW.approval_id IS NOT NULL",
        "publishing: a change of validity begins without approval",
    ),
    kept("publishing_validitychange"),
    frozen("publishing_resolution", "item_id fingerprint rule kind reason resolved_by_id resolved_at".split()),
    frozen("publishing_outing", "body_id item_id channel on_day address picture recorded_by_id recorded_at".split()),
    kept("publishing_outing"),
    frozen(
        "publishing_legality", "item_id received_on reviewed_on reviewed_by opinion lawful recorded_by_id recorded_at".split()
    ),
    kept("publishing_legality"),
    frozen("publishing_revocation", "item_id revoked_on by_document note recorded_by_id recorded_at".split()),
    kept("publishing_revocation"),
    frozen("publishing_campaign", "body_id year title made_until begun_by_id begun_at".split()),
    Guard(
        "publishing_campaign_given_up",
        "publishing_campaign",
        "UPDATE",
        "OLD.given_up_at IS NOT NULL AND (NEW.given_up_at IS DISTINCT FROM OLD.given_up_at "
        "OR NEW.given_up_why IS DISTINCT FROM OLD.given_up_why OR NEW.given_up_by_id IS DISTINCT FROM OLD.given_up_by_id "
        "OR NEW.concluded_at IS DISTINCT FROM OLD.concluded_at)",
        "publishing: a clean-up that was given up stays given up",
    ),
    kept("publishing_campaign"),
    frozen("publishing_campaignentry", "campaign_id item_id".split()),
    Guard(
        "publishing_campaignentry_decided",
        "publishing_campaignentry",
        "UPDATE",
        "OLD.decision <> '' AND (NEW.decision IS DISTINCT FROM OLD.decision OR NEW.proposal IS DISTINCT FROM OLD.proposal "
        "OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id)",
        "publishing: what a clean-up decided never changes",
    ),
    kept("publishing_campaignentry"),
    frozen("publishing_excused", "item_id reason excused_by_id excused_at".split()),
    frozen("publishing_imported", "body_id item_id key digest path outcome code imported_at".split()),
    kept("publishing_imported"),
    frozen("publishing_reassessment", "item_id due_on done_on to_publish reason next_on done_by_id".split()),
    kept("publishing_reassessment"),
)
