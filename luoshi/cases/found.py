"""What is owed and has no case of its own, found by its title or number."""

from luoshi.commitments.models import Commitment
from luoshi.commitments.models.commitment import FOUND_AS
from luoshi.commitments.queries import commitments_visible_to
from luoshi.core.actors import Staff
from luoshi.core.search import HIT, Words, find_titles_first

MOST = 20


def search_work(staff: Staff, words: str) -> list[Commitment]:
    """Return answers, steps and repairs that somebody may see and that have the words.

    What has a case is found by what was told in it. The newest come first.
    """
    mine = commitments_visible_to(staff).filter(cases=None)
    found = find_titles_first(
        Words(staff.town, words, FOUND_AS),
        visibility=("internal", "public"),
        most=MOST,
        seen=mine.filter(pk=HIT),
    )
    if not found:
        return []
    rows = Commitment.objects.select_related("town", "village")
    by_id = rows.in_bulk(found)
    return [by_id[pk] for pk in found if pk in by_id]
