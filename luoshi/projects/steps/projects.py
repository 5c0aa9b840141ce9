"""The steps from a proposal to a candidate."""

from django.utils.translation import gettext_lazy as _

from luoshi.core.actors import Staff
from luoshi.core.models import Organisation
from luoshi.projects import actions, rules
from luoshi.projects.actions.lasting import tell_figure
from luoshi.projects.forms import appraising, lasting, proposals
from luoshi.projects.lasting import figure_of
from luoshi.projects.models import Project
from luoshi.projects.models.projects import State
from luoshi.projects.queries import alike, consultations_of
from luoshi.projects.steps.base import Step


def _offices(project: Project, staff: Staff) -> dict[str, object]:
    return {
        "offices": Organisation.objects.filter(town=staff.town, closed_at=None),
        "asked": consultations_of(staff.town),
    }


def _facts(project: Project) -> dict[str, object]:
    names = appraising.FactsForm.base_fields
    return {name: getattr(project, name) for name in names}


def _may_enter(staff: Staff, project: Project) -> bool:
    return rules.may_enter(staff)


def _may_note(staff: Staff, project: Project) -> bool:
    return rules.may_enter(staff) and project.asks_money


PROPOSAL_STEPS: dict[str, Step[Project]] = {
    "release": Step(
        _("Let everybody read it"),
        rules.may_arrange,
        (State.WAITING,),
        lambda one, form, staff: actions.release_proposal(one.pk, actor=staff),
        main=True,
    ),
    "appraise": Step(
        _("Answer the appraisal"),
        rules.may_appraise,
        (State.PROPOSED,),
        lambda one, form, staff: actions.appraise(one.pk, form.answers(), actor=staff),
        appraising.CheckForm,
        more=lambda one, staff: {"project": one},
        hint=_("Each answer needs its reason. What is empty stays unanswered."),
        main=True,
    ),
    "facts": Step(
        _("Write down what it costs and brings"),
        rules.may_appraise,
        (State.PROPOSED, State.CANDIDATE, State.CHOSEN),
        lambda one, form, staff: actions.tell_facts(one.pk, form.facts(), actor=staff),
        appraising.FactsForm,
        start=_facts,
        more=_offices,
    ),
    "figure": Step(
        _("Tell whether it lasts"),
        rules.may_appraise,
        (State.PROPOSED, State.CANDIDATE),
        lambda one, form, staff: tell_figure(one.pk, form.told(), actor=staff),
        lasting.FigureForm,
        start=lambda one: lasting.start_of(figure_of(one)),
        hint=_("Nine short answers; most may stay empty. The page makes the figure."),
    ),
    "put_forward": Step(
        _("Make it a candidate"),
        rules.may_put_forward,
        (State.PROPOSED,),
        lambda one, form, staff: actions.put_forward(one.pk, actor=staff),
        hint=_("Everybody sees it beside the others. Its cost stands still then."),
    ),
    "take_back": Step(
        _("Take the candidate back"),
        rules.may_put_forward,
        (State.CANDIDATE,),
        lambda one, form, staff: actions.take_back(
            one.pk, why=form.cleaned_data["why"], actor=staff
        ),
        proposals.WhyForm,
    ),
    "merge": Step(
        _("Let it go into another"),
        rules.may_arrange,
        (State.WAITING, State.PROPOSED),
        lambda one, form, staff: actions.merge_proposal(
            one.pk, form.cleaned_data["into"], actor=staff
        ),
        proposals.IntoForm,
        more=lambda one, staff: {"others": alike(one)},
        hint=_("Who supports this one supports the other then, and counts once."),
    ),
    "part": Step(
        _("Let it stand by itself again"),
        rules.may_arrange,
        (State.MERGED,),
        lambda one, form, staff: actions.part_proposal(one.pk, actor=staff),
    ),
    "signed": Step(
        _("Write down a signed list"),
        _may_enter,
        (State.PROPOSED, State.CANDIDATE),
        lambda one, form, staff: actions.support_on_paper(
            one.pk, actor=staff, **form.cleaned_data
        ),
        proposals.SignedForm,
    ),
    "topic": Step(
        _("Name a topic that says the same"),
        rules.may_arrange,
        (State.PROPOSED, State.CANDIDATE),
        lambda one, form, staff: actions.add_source(
            one.pk, topic_id=form.cleaned_data["topic"], actor=staff
        ),
        proposals.TopicForm,
    ),
    "village_vote": Step(
        _("Write down the villagers' vote on paying"),
        _may_note,
        (State.PROPOSED, State.CANDIDATE, State.CHOSEN),
        lambda one, form, staff: actions.note_village_vote(
            one.pk, form.agreed(), actor=staff
        ),
        appraising.VillageVoteForm,
        hint=_(
            "More than half of the adults or two thirds of the households must agree, "
            "and nobody pays more than the province allows."
        ),
    ),
    "decline": Step(
        _("Do not take it up"),
        rules.may_arrange,
        (State.WAITING, State.PROPOSED),
        lambda one, form, staff: actions.decline_proposal(
            one.pk, why=form.cleaned_data["why"], actor=staff
        ),
        proposals.WhyForm,
    ),
    "take_up": Step(
        _("Take it up after all"),
        rules.may_arrange,
        (State.DECLINED,),
        lambda one, form, staff: actions.take_up_again(one.pk, actor=staff),
    ),
}
