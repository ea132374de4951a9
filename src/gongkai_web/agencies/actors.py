"""How does a person who signed in become an actor?"""

from __future__ import annotations

from gongkai_web.accounts.models import Person
from gongkai_web.trail.actors import Actor, ActorKind


def staff(person: Person) -> Actor:
    """The actor of a person's own acts."""
    return Actor(ActorKind.STAFF, str(person.pk), person.name)
