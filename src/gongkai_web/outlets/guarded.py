"""What does the database refuse to do to places and what hangs there?"""

from gongkai_web.trail.guards import Guard, frozen, kept

GUARDS = (
    frozen("outlets_place", ["body_id", "kind", "opened_at"]),
    kept("outlets_place"),
    frozen("outlets_hanging", "place_id item_id version_id outing_id form hung_on hung_by_id hung_at".split()),
    kept("outlets_hanging"),
    frozen("outlets_account", ["body_id", "channel", "name", "since", "opened_at"]),
    kept("outlets_account"),
    Guard(
        "outlets_hanging_ended",
        "outlets_hanging",
        "UPDATE",
        "OLD.taken_down_on IS NOT NULL",
        "outlets: what was taken down is never hung again",
    ),
)
