"""What does the database refuse, so that no period opens on what is not public, and no comment is altered or lost?"""

from gongkai_web.trail.guards import Guard, frozen, kept

_PUBLIC = (
    "EXISTS (SELECT 1 FROM publishing_publication p WHERE p.item_id = NEW.item AND p.body_id = NEW.body_id "
    "AND p.withdrawn_at IS NULL AND p.published_at <= NEW.opened_at)"
)
_DRAFT_PUBLIC, _EXPLANATION_PUBLIC = (_PUBLIC.replace("NEW.item", f"NEW.{c}") for c in ("draft_id", "explanation_id"))
_SET_ONCE = (
    "OLD.opened_at IS NOT NULL AND ("
    + " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in "opened_at opened_by_id kind draft_id explanation_id".split())
    + ")"
)

GUARDS = (
    kept("comment_periods_period"),
    frozen("comment_periods_period", "body_id created_at".split()),
    Guard(
        "comment_periods_period_begun",
        "comment_periods_period",
        "INSERT",
        "NEW.opened_at IS NOT NULL OR NEW.abandoned_at IS NOT NULL",
        "comment_periods: a period begins unopened",
    ),
    Guard(
        "comment_periods_period_opened",
        "comment_periods_period",
        "UPDATE",
        "OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL AND (NEW.opened_by_id IS NULL "
        f"OR NEW.opened_by_id IS NOT DISTINCT FROM NEW.prepared_by_id OR NOT {_DRAFT_PUBLIC} OR NOT {_EXPLANATION_PUBLIC})",
        "comment_periods: a period opens on what is public, by somebody who did not prepare it",
    ),
    Guard(
        "comment_periods_period_fixed",
        "comment_periods_period",
        "UPDATE",
        _SET_ONCE,
        "comment_periods: what was opened stays what it is",
    ),
    Guard(
        "comment_periods_period_day",
        "comment_periods_period",
        "UPDATE",
        "OLD.opened_at IS NOT NULL AND NEW.closes_on IS DISTINCT FROM OLD.closes_on AND NOT EXISTS (SELECT 1 FROM comment_periods_change c "
        "WHERE c.period_id = NEW.id AND c.from_day = OLD.closes_on AND c.to_day = NEW.closes_on)",
        "comment_periods: the last day changes with a reason",
    ),
    Guard(
        "comment_periods_period_abandoned",
        "comment_periods_period",
        "UPDATE",
        "OLD.abandoned_at IS NOT NULL AND (NEW.abandoned_at IS DISTINCT FROM OLD.abandoned_at "
        "OR NEW.abandoned_why IS DISTINCT FROM OLD.abandoned_why)",
        "comment_periods: what was given up stays given up",
    ),
    kept("comment_periods_change"),
    frozen("comment_periods_change", "period_id from_day to_day reason changed_by_id changed_at".split()),
    kept("comment_periods_comment"),
    frozen("comment_periods_comment", "period_id body_id receipt way text received_on received_at entered_by_id token".split()),
    Guard(
        "comment_periods_comment_sender",
        "comment_periods_comment",
        "UPDATE",
        "(NEW.name <> OLD.name AND NEW.name <> '') OR (NEW.contact <> OLD.contact AND NEW.contact <> '')",
        "comment_periods: who sent a comment is erased or stays",
    ),
    Guard(
        "comment_periods_comment_in_time",
        "comment_periods_comment",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM comment_periods_period p WHERE p.id = NEW.period_id AND p.body_id = NEW.body_id "
        "AND p.opened_at <= NEW.received_at AND NEW.received_on <= p.closes_on AND (p.abandoned_at IS NULL OR NEW.way <> 'form'))",
        "comment_periods: a comment comes while the period is open",
    ),
    kept("comment_periods_moderation"),
    frozen("comment_periods_moderation", "comment_id verdict reason decided_by_id decided_at".split()),
    Guard(
        "comment_periods_moderation_hidden",
        "comment_periods_moderation",
        "UPDATE",
        "CAST(NEW.hidden AS text) IS DISTINCT FROM CAST(OLD.hidden AS text)",
        "comment_periods: a decision never changes",
    ),
    Guard(
        "comment_periods_moderation_other",
        "comment_periods_moderation",
        "INSERT",
        "NEW.verdict = 'shown' AND EXISTS (SELECT 1 FROM comment_periods_comment c WHERE c.id = NEW.comment_id "
        "AND c.entered_by_id = NEW.decided_by_id)",
        "comment_periods: nobody shows what they entered",
    ),
)
