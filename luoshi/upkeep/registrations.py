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
from luoshi.upkeep.actions.jobs import note_job_done
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
        "upkeep.care_written": _(
            "%(actor)s wrote down what works on the kind %(name)s cost."
        ),
        "upkeep.plan_set_up": _(
            "%(actor)s set up a plan of upkeep from %(first)d to %(last)d."
        ),
        "upkeep.plan_changed": _("%(actor)s changed the works on %(asset)s by hand."),
        "upkeep.plan_approved": _(
            "%(actor)s approved the plan of upkeep from %(first)d to %(last)d; "
            "%(jobs)d jobs were given out."
        ),
        "upkeep.year_begun": _(
            "%(actor)s gave out the works of %(year)d: %(jobs)d jobs."
        ),
        "upkeep.ordered": _(
            "%(actor)s gave it out from the plan of upkeep for %(year)d: "
            "%(count)d facilities."
        ),
        "upkeep.contracted": _("%(actor)s noted a contract of %(amount)d yuan."),
        "upkeep.paid": _("%(actor)s noted a payment of %(amount)d yuan on %(on)s."),
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
        "upkeep.job_given": _(
            "You have %(number)s, works of the upkeep plan: %(title)s"
        ),
        "upkeep.plan_approved": _(
            "The plan of upkeep from %(first)d to %(last)d is approved."
        ),
    }
)
register_notice_words(
    {
        "upkeep.given_to_you": _("found on a round"),
        "upkeep.danger": _("dangerous, found on a round"),
        "upkeep.job_given": _("works of the upkeep plan"),
        "upkeep.plan_approved": _("the upkeep plan is approved"),
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
        "upkeep.source_missing": _("Say where the figures come from."),
        "upkeep.prices_rise": _(
            "A small repair costs no less than routine upkeep, a large one no less "
            "than a small one, and a renewal no less than a large repair."
        ),
        "upkeep.plan_years": _("A plan has %(least)d to %(most)d years."),
        "upkeep.plan_begins": _(
            "A plan begins this year, the next, or the year after."
        ),
        "upkeep.plan_no_money": _("Write down how much money there is."),
        "upkeep.plan_rate": _("The discount is 0 to %(most)d percent."),
        "upkeep.plan_hardship": _("A resident counts from 0 to %(most)d of a hundred."),
        "upkeep.plan_changed_meanwhile": _(
            "Somebody changed the plan meanwhile. Look at it again."
        ),
        "upkeep.plan_not_ready": _("This plan does not wait for approval."),
        "upkeep.not_in_plan": _("This facility is not in the plan."),
        "upkeep.no_change": _("Choose what is to be done."),
        "upkeep.no_such_year": _("The plan does not have this year open."),
        "upkeep.ordered_already": _(
            "These works are given out already. Their day is moved on their own page."
        ),
        "upkeep.year_taken": _("In that year it has works already."),
        "upkeep.only_moved": _(
            "What was approved is promised: it can only be moved to another year."
        ),
        "upkeep.why_moved": _("Say why: residents read it."),
        "upkeep.unsuited": _("These works do not suit its condition in that year."),
        "upkeep.over_budget": _(
            "%(year)d has too little money left: %(missing)d yuan are missing. "
            "Take something else out first."
        ),
        "upkeep.limit_broken": _(
            "A village or a kind would get less than is set, or more."
        ),
        "upkeep.nothing_to_order": _("All works of %(year)d are given out already."),
        "upkeep.sum_absurd": _("Write the amount in yuan."),
        "upkeep.less_than_paid": _("More than that was paid already."),
        "upkeep.day_to_come": _("That day is still to come."),
        "upkeep.not_contracted": _("Write down first for how much it was contracted."),
        "upkeep.sum_below": _("In all that would be less than nothing."),
        "upkeep.more_than_contracted": _(
            "It was contracted for %(most)d yuan. Change the contract first."
        ),
        "upkeep.too_many": _("At most %(most)d at once. Choose fewer."),
    }
)
register_adapter(Adapter(Kind.REPAIR, Judge.NONE, url_of, judges_of, follow_move))
register_adapter(Adapter(Kind.UPKEEP, Judge.NONE, url_of, judges_of, follow_move))
register_changed(note_works)
register_tie("asset", tie_to_asset)
register_changed(note_job_done)
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
