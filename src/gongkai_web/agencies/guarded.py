"""What does the database refuse to do to bodies and memberships?"""

from gongkai_web.trail.guards import frozen, kept

GUARDS = (
    kept("agencies_body"),
    frozen("agencies_body", ("slug", "created_at")),
    kept("agencies_department"),
    kept("agencies_placement"),
    frozen("agencies_placement", ("person_id", "body_id")),
    kept("agencies_membership"),
    frozen("agencies_membership", ("person_id", "body_id", "role", "from_day")),
    kept("agencies_deputy"),
    frozen("agencies_deputy", ("person_id", "deputy_id", "body_id", "from_day", "until_day")),
    kept("agencies_dutyholder"),
    kept("agencies_internalrule"),
)
