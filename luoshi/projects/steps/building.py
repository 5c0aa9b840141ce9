"""The steps of building and judging."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.models import Organisation
from luoshi.projects import actions, keeping, rules
from luoshi.projects.forms import building
from luoshi.projects.forms.proposals import WhyForm
from luoshi.projects.models import Project
from luoshi.projects.models.projects import State
from luoshi.projects.steps.base import Step


def _offices(project: Project, staff: Staff) -> dict[str, Any]:
    return {"offices": Organisation.objects.filter(town=staff.town, closed_at=None)}


def _today(name: str) -> Any:
    def start(project: Project) -> dict[str, date]:
        return {name: today()}

    return start


def _may_again(staff: Staff, project: Project) -> bool:
    waits = project.changes.filter(state="waiting").exists()
    return waits and rules.may_decide_change(staff, project)


def _may_close(staff: Staff, project: Project) -> bool:
    asked = actions.open_recheck(project) is not None
    return asked and rules.may_judge_on_the_spot(staff, project)


def _kinds(project: Project, staff: Staff) -> dict[str, Any]:
    return {"kinds": keeping.kinds_to_keep()}


def _may_keep(staff: Staff, project: Project) -> bool:
    entered = keeping.kept_of(project) is not None
    return not entered and rules.may_enter_upkeep(staff, project)


def _may_reopen(staff: Staff, project: Project) -> bool:
    return rules.may_build(staff, project) and not actions.was_judged(project)


BUILDING_STEPS: dict[str, Step[Project]] = {
    "begin": Step(
        _("Begin building"),
        rules.may_build,
        (State.CHOSEN,),
        lambda one, form, staff: actions.begin_building(one.pk, actor=staff),
        main=True,
    ),
    "milestone": Step(
        _("Add a step of building"),
        rules.may_build,
        (State.CHOSEN, State.BUILDING),
        lambda one, form, staff: actions.add_milestone(
            one.pk, form.owing(), actor=staff
        ),
        building.OwingForm,
        start=lambda one: {"organisation": one.builder_id},
        more=_offices,
    ),
    "money": Step(
        _("Write down money"),
        rules.may_build,
        (State.BUILDING, State.DONE),
        lambda one, form, staff: actions.note_money(one.pk, form.line(), actor=staff),
        building.MoneyForm,
        start=_today("on"),
    ),
    "change": Step(
        _("Ask for a change"),
        rules.may_build,
        (State.CHOSEN, State.BUILDING),
        lambda one, form, staff: actions.ask_change(
            one.pk, actor=staff, **form.cleaned_data
        ),
        building.ChangeForm,
        start=lambda one: {"cost": one.approved_cost},
        hint=_(
            "If something else is built, or the cost differs by more than 10 % from "
            "what was decided, whoever decided decides anew."
        ),
    ),
    "again": Step(
        _("Write down the new decision"),
        _may_again,
        (State.CHOSEN, State.BUILDING),
        lambda one, form, staff: actions.decide_change(
            one.pk, form.again(), actor=staff
        ),
        building.AgainForm,
        main=True,
    ),
    "complete": Step(
        _("It is there"),
        rules.may_build,
        (State.BUILDING,),
        lambda one, form, staff: actions.complete(
            one.pk,
            done_on=form.cleaned_data["done_on"],
            standing=form.standing(),
            actor=staff,
        ),
        building.DoneForm,
        start=lambda one: {"done_on": today(), "kind": keeping.likely_kind(one)},
        more=_kinds,
        hint=_(
            "It goes into the register of upkeep, with who keeps it up and what that "
            "costs a year. Its users judge it now, and 6, 12 and 36 months later."
        ),
        main=True,
    ),
    "keep": Step(
        _("Enter it into the register of upkeep"),
        _may_keep,
        (State.DONE,),
        lambda one, form, staff: actions.keep_up(one.pk, form.standing(), actor=staff),
        building.KeptForm,
        start=lambda one: {"kind": keeping.likely_kind(one)},
        more=_kinds,
    ),
    "reopen": Step(
        _("It is not there after all"),
        _may_reopen,
        (State.DONE,),
        lambda one, form, staff: actions.reopen(
            one.pk, why=form.cleaned_data["why"], actor=staff
        ),
        WhyForm,
        hint=_("It is being built again, and leaves the register of upkeep."),
    ),
    "stop": Step(
        _("Stop it by a new decision"),
        rules.may_decide_change,
        (State.CHOSEN, State.BUILDING),
        lambda one, form, staff: actions.stop_project(
            one.pk, again=form.again(), actor=staff
        ),
        building.StopForm,
    ),
    "spot": Step(
        _("Write down what users said on the spot"),
        _may_close,
        (State.DONE,),
        lambda one, form, staff: actions.judge_on_the_spot(
            one.pk, form.cleaned_data, actor=staff
        ),
        building.SpotForm,
    ),
    "judged": Step(
        _("End this asking"),
        _may_close,
        (State.DONE,),
        lambda one, form, staff: actions.close_recheck(
            one.pk, words=form.cleaned_data["words"], actor=staff
        ),
        building.WordsForm,
        hint=_("If most say that it does not work, its mending is owed."),
        main=True,
    ),
}
