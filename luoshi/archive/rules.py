"""Who may do what with the archive."""

from luoshi.core.actors import Actor, Staff
from luoshi.core.refusals import NotAllowed
from luoshi.core.roles import ARCHIVIST


def may_archive(staff: Staff) -> bool:
    """Who keeps the archive: all of it is in clear, so nobody else, whatever post."""
    return staff.has(ARCHIVIST)


def check_archivist(actor: Actor) -> Staff:
    """Return the archivist who acts; refuse anybody else."""
    if not isinstance(actor, Staff) or not may_archive(actor):
        raise NotAllowed("archive.archivists_only")
    return actor
