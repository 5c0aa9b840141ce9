"""Who keeps what is sealed: the posts that are named for it, and nobody else."""

from luoshi.cases.models import SealedMatter
from luoshi.commitments.actions.base import people_with
from luoshi.core.models import Person
from luoshi.core.roles import ADMINISTRATOR, DISCIPLINE, MINORS

ROLES = {
    SealedMatter.Kind.CONDUCT: DISCIPLINE,
    SealedMatter.Kind.MINOR: MINORS,
}


def keepers_of(kind: str) -> list[Person]:
    """Return who reads sealed matters of a kind.

    Never an administrator: who gives out posts could take this one in secret.
    """
    givers = {one.pk for one in people_with(ADMINISTRATOR)}
    keepers = people_with(ROLES[SealedMatter.Kind(kind)])
    return [one for one in keepers if one.pk not in givers]
