"""What upkeep tells the layers below: sentences, its kind of matter, navigation."""

from django.utils.translation import gettext_lazy as _

from luoshi.cases.registrations import follow_move, judges_of, url_of
from luoshi.cases.ties import register_tie
from luoshi.commitments.adapters import Adapter, Judge, register_adapter
from luoshi.commitments.hooks import register_changed
from luoshi.commitments.models import Kind
from luoshi.core.hooks import Following, register_following
from luoshi.core.notices import register_notice_texts, register_notice_words
from luoshi.core.refusals import register_refusals
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.slots import (
    NavItem,
    register_nav,
    register_open_part,
    register_part,
    register_tabs,
)
from luoshi.core.trail import register_codes
from luoshi.upkeep.actions.repairs import tie_to_asset
from luoshi.upkeep.actions.works import note_works
from luoshi.upkeep.parts import beside_case, beside_village, count_in_villages
from luoshi.upkeep.queries import overdue_for
from luoshi.upkeep.rules import LOOK, SEE

register_codes(
    {
        "upkeep.added": _("%(actor)s wrote it into the register as %(number)s."),
        "upkeep.built": _(
            "%(actor)s said that it is built; it stands in the register as %(number)s."
        ),
        "upkeep.returned": _("%(actor)s wrote down that it is there after all."),
        "upkeep.brought": _(
            "%(actor)s brought it into the register as %(number)s, from a file."
        ),
        "upkeep.changed": _("%(actor)s changed what is written of it."),
        "upkeep.retired": _("%(actor)s took it out of the register."),
        "upkeep.looked": _("%(actor)s looked at it: grade %(grade)d."),
        "upkeep.nothing_found": _(
            "%(actor)s looked at %(count)d facilities and found nothing."
        ),
        "upkeep.found": _("%(actor)s found it on a round: %(asset)s."),
        "upkeep.outlines_brought": _(
            "%(actor)s brought in the outlines of %(count)d villages."
        ),
        "upkeep.kinds_taken": _("%(actor)s took over %(count)d usual kinds."),
        "upkeep.kind_added": _("%(actor)s added the kind %(name)s."),
        "upkeep.kind_changed": _("%(actor)s changed the kind %(name)s."),
        "upkeep.rule_added": _("%(actor)s added the round %(name)s."),
        "upkeep.rule_ended": _("%(actor)s ended the round %(name)s."),
    }
)
register_notice_texts(
    {
        "upkeep.given_to_you": _(
            "You have %(number)s, found on a round of upkeep: %(title)s"
        ),
        "upkeep.danger": _(
            "Dangerous, found on a round of upkeep: %(title)s (%(number)s)"
        ),
    }
)
register_notice_words(
    {
        "upkeep.given_to_you": _("found on a round"),
        "upkeep.danger": _("dangerous, found on a round"),
    }
)
register_refusals(
    {
        "upkeep.number_taken": _(
            "%(number)s stands in the register already. Leave the number empty, "
            "and the next one is given."
        ),
        "upkeep.changed_meanwhile": _(
            "Somebody changed it meanwhile. Open it again: "
            "what you typed is still here to be compared."
        ),
        "upkeep.kinds_there": _("All usual kinds are there already."),
        "upkeep.kind_there": _("There is a kind “%(name)s” already."),
        "upkeep.name_missing": _("Write a name."),
        "upkeep.five_looks": _("Say of each grade from 1 to 5 what it looks like."),
        "upkeep.worst_first": _(
            "What is worse is mended sooner: dangerous, then serious, then slight."
        ),
        "upkeep.whole_season": _("A season has a first and a last month."),
        "upkeep.rule_ended": _("That round was ended already."),
        "upkeep.no_grade": _("Choose a grade from 1 to 5."),
        "upkeep.say_what": _("Say what is wrong, so that it can be mended."),
        "upkeep.none_chosen": _("Choose at least one facility."),
        "upkeep.too_many": _("At most %(most)d at once. Choose fewer."),
    }
)
register_adapter(Adapter(Kind.REPAIR, Judge.NONE, url_of, judges_of, follow_move))
register_changed(note_works)
register_tie("asset", tie_to_asset)
register_following(Following("assets", _("Facilities"), count_in_villages))
register_part("case", beside_case)
register_open_part("village", beside_village)
register_nav(
    NavItem(
        "upkeep:rounds", _("Rounds of upkeep"), frozenset(LOOK), waiting=overdue_for
    ),
    # Who goes on rounds finds the register there: one line is enough.
    NavItem(
        "upkeep:assets", _("Facilities"), frozenset(SEE), elsewhere=frozenset(LOOK)
    ),
)
register_tabs(
    NavItem("upkeep-manage:kinds", _("Kinds of facilities"), frozenset({ADMINISTRATOR}))
)
