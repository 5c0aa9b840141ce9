"""Checks a town's chain: nothing altered, removed or put in between."""

from dataclasses import asdict, dataclass

from luoshi.core.models import Town, TrailContent, TrailEntry, TrailSeal
from luoshi.core.secrets import SecretError
from luoshi.core.trail import GENESIS, digest_of, digest_of_words, words_of


@dataclass(frozen=True)
class Report:
    """What a check found; `bad_*` name the first that is wrong."""

    ok: bool
    checked: int
    unsealed: int
    head: tuple[int, str]
    bad_sequence: int | None = None
    bad_entry: int | None = None
    reason: str = ""

    def as_dict(self) -> dict:
        """Return it for JSON."""
        return asdict(self)


def verify_trail(town: Town, head: tuple[int, str] | None = None) -> Report:
    """Walk a town's chain from its first link; `head` is one kept elsewhere."""
    previous, sequence = GENESIS, 0
    met_head = head is None or head[0] == 0
    seals = (
        TrailSeal.objects.filter(town=town)
        .select_related("entry", "entry__content")
        .order_by("sequence")
    )
    for link in seals.iterator(chunk_size=2000):
        sequence += 1
        reason = _fault(link, sequence, previous)
        if reason:
            unsealed = _unsealed(town)
            return Report(
                False,
                sequence - 1,
                unsealed,
                (sequence - 1, previous),
                link.sequence,
                link.entry_id,
                reason,
            )
        previous = link.digest
        if head and head[0] == sequence:
            met_head = head[1] == previous
            if not met_head:
                return Report(
                    False,
                    sequence,
                    _unsealed(town),
                    (sequence, previous),
                    sequence,
                    link.entry_id,
                    "the chain differs from the head kept elsewhere",
                )
    reason = "" if met_head else "the end of the chain was cut off"
    return Report(
        not reason,
        sequence,
        _unsealed(town),
        (sequence, previous),
        None if met_head else sequence + 1,
        None,
        reason,
    )


def _unsealed(town: Town) -> int:
    return TrailEntry.objects.filter(town=town, seal__isnull=True).count()


def _fault(link: TrailSeal, sequence: int, previous: str) -> str:
    """Return what is wrong with one link, or nothing."""
    if link.sequence != sequence:
        return "an entry was removed"
    if link.previous != previous:
        return "an entry was put in between"
    if digest_of(link.entry, sequence, previous) != link.digest:
        return "the entry was altered"
    return _content_fault(link.entry)


def _content_fault(entry: TrailEntry) -> str:
    content: TrailContent | None = getattr(entry, "content", None)
    if content is None:
        return ""
    try:
        digest = digest_of_words(bytes(content.salt), words_of(entry))
    except SecretError:
        return "the words were altered"
    return "" if digest == entry.content_digest else "the words were altered"
