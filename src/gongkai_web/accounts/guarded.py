"""What does the database refuse to do to people?"""

from gongkai_web.trail.guards import frozen, kept

GUARDS = (
    kept("accounts_person"),
    frozen("accounts_person", ("login", "created_at")),
)
