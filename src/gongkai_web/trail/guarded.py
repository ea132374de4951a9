"""What does the database refuse to do to the trail?"""

from gongkai_web.trail.guards import Guard

_FIXED = (
    "id chain_id seq previous_hash hash act sentence happened_on recorded_at actor_kind actor_id actor_name subject_kind subject_id commitment"
).split()
_CHANGED = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in _FIXED)

GUARDS = (
    Guard("trail_entry_kept", "trail_entry", "DELETE", "OLD.id IS NOT NULL", "trail: entries are never deleted"),
    Guard("trail_entry_fixed", "trail_entry", "UPDATE", _CHANGED, "trail: entries never change"),
    # JSON columns have no equality in PostgreSQL's json type and one in jsonb; as text they compare on both.
    Guard(
        "trail_entry_facts",
        "trail_entry",
        "UPDATE",
        "CAST(NEW.fixed AS text) IS DISTINCT FROM CAST(OLD.fixed AS text) OR ((NEW.personal IS NOT NULL OR NEW.salt IS NOT NULL) AND "
        "(CAST(NEW.personal AS text) IS DISTINCT FROM CAST(OLD.personal AS text) OR NEW.salt IS DISTINCT FROM OLD.salt))",
        "trail: facts never change, the personal part can only be erased",
    ),
    Guard("trail_chain_kept", "trail_chain", "DELETE", "OLD.slug IS NOT NULL", "trail: chains are never deleted"),
    Guard(
        "trail_chain_grows",
        "trail_chain",
        "UPDATE",
        "NEW.slug IS DISTINCT FROM OLD.slug OR NEW.seq IS DISTINCT FROM OLD.seq + 1",
        "trail: a chain grows by one",
    ),
)
