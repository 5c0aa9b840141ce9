"""What has to be there before a project goes on: each missing thing as a sentence."""

from django.utils.translation import gettext as _

from luoshi.consultations.models import Consultation
from luoshi.projects.models import Check, Project, VillageVote

# A change of the cost by more than so many parts of a hundred needs a new decision.
MOST_CHANGE = 10


def before_candidate(project: Project) -> list[str]:
    """Say what is missing before it can be a candidate; nothing if it may be one."""
    return [*_unchecked(project), *_untold(project), *_unasked(project)]


def _unchecked(project: Project) -> list[str]:
    answers = {one.kind: one for one in project.checks.all()}
    missing = []
    for kind in Check.Kind:
        answer = answers.get(kind)
        if answer is None:
            missing.append(_("Not answered yet: %(what)s") % {"what": kind.label})
        elif answer.answer == Check.Answer.NO:
            missing.append(_("Answered with no: %(what)s") % {"what": kind.label})
    return missing


def _untold(project: Project) -> list[str]:
    facts = {
        "cost": _("Write down what it costs."),
        "households": _("Write down how many households it reaches."),
        "people_a_day": _("Write down how many people use it a day."),
        "years_of_use": _("Write down for how many years it will serve."),
    }
    return [words for name, words in facts.items() if not getattr(project, name)]


def _unasked(project: Project) -> list[str]:
    """Nobody decides on daily habits or on residents' money before they were asked."""
    if not project.affects_habits and not project.asks_money:
        return []
    asked = project.consultation
    if asked is None:
        return [
            _(
                "It changes daily habits or asks residents for money: name its "
                "consultation."
            )
        ]
    if asked.state != Consultation.State.PUBLISHED:
        return [
            _("The consultation “%(title)s” is not answered yet.")
            % {"title": asked.title}
        ]
    return []


def before_building(project: Project) -> list[str]:
    """Say what is missing before building may begin; nothing if it may."""
    missing = of_upkeep(project)
    if project.builder_id is None:
        missing.append(_("Name the office that builds it."))
    if project.asks_money:
        vote = VillageVote.objects.filter(project=project).first()
        if vote is None:
            missing.append(
                _(
                    "It asks villagers for money: write down how they voted on that "
                    "(一事一议)."
                )
            )
        elif not vote.carried:
            missing.append(_("The villagers did not agree to pay for it."))
    return missing


def of_upkeep(project: Project) -> list[str]:
    """Say what is missing of who keeps it up, and for how much a year."""
    missing = []
    if project.upkeep_owner_id is None:
        missing.append(_("Name who keeps it up when it is there."))
    if project.upkeep_yearly is None:
        missing.append(_("Write down what its upkeep costs in a year."))
    return missing


def needs_decision(project: Project, cost: int, scope: bool) -> bool:
    """Tell whether a change goes back to whoever decided.

    The cost is measured against the last decision, so that several small steps are
    no way round.
    """
    base = project.decided_cost or 0
    return scope or abs(cost - base) * 100 > base * MOST_CHANGE
