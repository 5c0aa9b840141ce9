"""An opinion map in sentences that could be read aloud in a village meeting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.consultations.maps.kept import (
    FEWEST,
    FEWEST_STATEMENTS,
    Common,
    Grouped,
    Kept,
    Split,
    Stood,
)
from luoshi.engines.opinion import AGREE, DISAGREE, Tally

# How alike the groups must be when other people had come, for these words.
NEARLY_THE_SAME, MOSTLY_THE_SAME = 0.9, 0.75
Texts = Mapping[int, str]


@dataclass(frozen=True)
class Line:
    """A statement, and in a sentence how people stand to it."""

    quote: str
    words: str


@dataclass(frozen=True)
class GroupTold:
    """A group by its name, and the statements that it stands for."""

    letter: int
    name: str
    size: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Told:
    """The whole map in words, in the order in which it is read."""

    headline: str
    common_title: str
    common: tuple[Line, ...]
    split_title: str
    split: tuple[Line, ...]
    groups: tuple[GroupTold, ...]
    unsure: tuple[Line, ...]
    # What is to be known about the groups: how firm they are, who is in none.
    notes: tuple[str, ...]


def tell(kept: Kept, texts: Texts) -> Told:
    """Put a map into words; statements without a text are left out."""
    if kept.voters < FEWEST:
        return Told(_few(kept), "", (), "", (), (), (), ())
    common = [one for one in kept.common if one.statement in texts]
    split = [one for one in kept.split if one.statement in texts]
    return Told(
        headline=_headline(kept),
        common_title=_common_title(kept, len(common)),
        common=tuple(Line(texts[one.statement], _common(kept, one)) for one in common),
        split_title=_split_title(kept, len(split)),
        split=tuple(Line(texts[one.statement], _split(one)) for one in split),
        groups=tuple(_group(one, texts) for one in kept.groups),
        unsure=tuple(
            Line(texts[statement], _unsure(tally))
            for statement, tally in kept.unsure
            if statement in texts
        ),
        notes=tuple(_notes(kept)),
    )


def letter_of(number: int) -> str:
    """Return the letter of a group, in the reader's language."""
    return _("A B C D E F G H").split()[number]


def name_of(letter: int) -> str:
    """Return what a group is called."""
    return _("Group %(letter)s") % {"letter": letter_of(letter)}


def listed(words: Iterable[str]) -> str:
    """Return names one after the other, as the language sets them apart."""
    return _(", ").join(words)


def _few(kept: Kept) -> str:
    if not kept.votes:
        return _("Nobody has answered yet.")
    return _(
        "Fewer than %(fewest)d people have answered. From %(fewest)d on it says here "
        "what they have in common."
    ) % {"fewest": FEWEST}


def _headline(kept: Kept) -> str:
    if kept.only is not None:
        return _only(kept.only)
    if not kept.groups and kept.statements < FEWEST_STATEMENTS:
        return _("With so few statements no groups are looked for.")
    if not kept.groups:
        return _(
            "Opinions do not fall into clear groups: each statement has supporters "
            "of its own."
        )
    groups = listed(
        _("%(name)s of %(size)d people")
        % {"name": name_of(one.letter), "size": one.size}
        for one in kept.groups
    )
    if kept.apart:
        words = _("Opinions fall clearly into %(count)d groups: %(groups)s.")
    else:
        words = _(
            "Opinions lean to %(count)d sides, with many people in between: %(groups)s."
        )
    return words % {"count": len(kept.groups), "groups": groups}


def _only(vote: int) -> str:
    if vote == AGREE:
        return _("Whoever answered agreed, to every statement.")
    if vote == DISAGREE:
        return _("Whoever answered disagreed, with every statement.")
    return _("Whoever answered was unsure, about every statement.")


def _common_title(kept: Kept, count: int) -> str:
    if not count:
        return _("There is no statement on which everybody is of one mind.")
    if not kept.groups:
        words = ngettext(
            "On %(count)d statement most people are of one mind.",
            "On %(count)d statements most people are of one mind.",
            count,
        )
    else:
        words = ngettext(
            "On %(count)d statement all groups are of one mind.",
            "On %(count)d statements all groups are of one mind.",
            count,
        )
    return words % {"count": count}


def _common(kept: Kept, one: Common) -> str:
    if len(kept.groups) > 1:
        # Rounded down in whole numbers: 79 of 100 are at least 7 of 10.
        told = {
            "tenth": min(
                10 * _of(one.vote, tally) // tally.votes for tally in one.groups
            )
        }
        if told["tenth"] == 10:
            if one.vote == AGREE:
                return _("In every group, everybody who answered agrees.")
            return _("In every group, everybody who answered disagrees.")
        if one.vote == AGREE:
            return _("In every group, at least %(tenth)d of 10 agree.") % told
        return _("In every group, at least %(tenth)d of 10 disagree.") % told
    return _share(one.vote, one.groups[0])


def _share(vote: int, tally: Tally) -> str:
    told = {"many": _of(vote, tally), "all": tally.votes}
    if vote == AGREE:
        return _("%(many)d of %(all)d agree.") % told
    return _("%(many)d of %(all)d disagree.") % told


def _of(vote: int, tally: Tally) -> int:
    return tally.agree if vote == AGREE else tally.disagree


def _split_title(kept: Kept, count: int) -> str:
    if len(kept.groups) < 2:
        return ""
    if not count:
        return _("There is no statement that sets one group against another.")
    words = ngettext(
        "On %(count)d statement one group is mostly for it and another against.",
        "On %(count)d statements one group is mostly for it and another against.",
        count,
    )
    return words % {"count": count}


def _split(one: Split) -> str:
    return _("Mostly for it: %(agree)s. Mostly against: %(disagree)s.") % {
        "agree": listed(map(name_of, one.agree)),
        "disagree": listed(map(name_of, one.disagree)),
    }


def _group(one: Grouped, texts: Texts) -> GroupTold:
    lines = tuple(
        Line(texts[said.statement], _stood(said))
        for said in one.stood
        if said.statement in texts
    )
    return GroupTold(one.letter, name_of(one.letter), one.size, lines)


def _stood(one: Stood) -> str:
    told = {
        "here": _of(one.vote, one.here),
        "all": one.here.votes,
        "there": _of(one.vote, one.elsewhere),
        "others": one.elsewhere.votes,
    }
    if one.vote == AGREE:
        return (
            _("%(here)d of %(all)d agree; in other groups %(there)d of %(others)d do.")
            % told
        )
    return (
        _("%(here)d of %(all)d disagree; in other groups %(there)d of %(others)d do.")
        % told
    )


def _unsure(tally: Tally) -> str:
    return _("%(many)d of %(all)d are unsure.") % {
        "many": tally.unsure,
        "all": tally.votes,
    }


def _notes(kept: Kept) -> Iterable[str]:
    if kept.groups:
        yield firmness(kept.stability or 0)
    left = kept.voters - kept.placed
    if left and kept.groups:
        yield ngettext(
            "%(left)d person answered fewer than %(least)d statements and is in no "
            "group; the answers count all the same.",
            "%(left)d people answered fewer than %(least)d statements and are in no "
            "group; their answers count all the same.",
            left,
        ) % {"left": left, "least": kept.min_votes}


def firmness(stability: float) -> str:
    """Say whether the groups would come again."""
    if stability >= NEARLY_THE_SAME:
        return _("If other people had answered, the groups would be almost the same.")
    if stability >= MOSTLY_THE_SAME:
        return _(
            "If other people had answered, the groups would be much the same; some "
            "people would be in another."
        )
    return _(
        "If other people had answered, the groups would be somewhat different: take "
        "them as a rough picture."
    )
