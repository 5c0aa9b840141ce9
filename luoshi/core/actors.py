"""Who acts: a member of staff in their posts, a resident, or the system itself."""

from dataclasses import dataclass, field

from luoshi.core.models import Person, Town, TrailEntry


@dataclass(frozen=True)
class Staff:
    """A person with the powers of the posts held today."""

    person: Person
    town: Town
    roles: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    oversees: frozenset[int] = frozenset()
    posts: tuple[str, ...] = field(default=(), compare=False)
    # By a roster, from one hour to another; posts last for years.
    on_duty: bool = field(default=False, compare=False)

    kind = TrailEntry.Actor.STAFF

    def has(self, *roles: str) -> bool:
        """Tell whether any post held gives one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class System:
    """An actor without a person: a resident, the scheduler or the operator."""

    kind: TrailEntry.Actor

    person = None
    roles: frozenset[str] = frozenset()

    def has(self, *roles: str) -> bool:
        """Hold no role."""
        return False


RESIDENT = System(TrailEntry.Actor.RESIDENT)
SCHEDULER = System(TrailEntry.Actor.SCHEDULER)
OPERATOR = System(TrailEntry.Actor.OPERATOR)

Actor = Staff | System
