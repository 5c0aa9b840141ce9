"""Sentences about the desk's suggestions, for the page of categories."""

from typing import Any

from django.utils.translation import gettext as _

from luoshi.cases.suggest.shelf import CATEGORY, OFFICE, URGENCY, newest_run, shelf_of
from luoshi.core.clock import moment_of
from luoshi.core.models import Town
from luoshi.ui.wording import moment

# Below this a share says nothing.
FEWEST_TRIED = 10


def told_of_suggestions(town: Town) -> list[str]:
    """Say what the desk is proposed from, how good it is, and what is amiss."""
    run = newest_run()
    if run is None or not run.routers:
        return [
            _(
                "The dispatch desk is proposed what the names and words below say. "
                "Decisions teach it each night once there are enough of them."
            )
        ]
    faults = shelf_of(town, run).faults
    sentences = []
    for kind, told in run.routers.items():
        if kind in faults:
            sentences.append(_fault_of(kind))
        else:
            sentences += _good_of(kind, told)
    if run.proposed:
        sentences.append(
            _(
                "In the month before, %(proposed)d matters were dispatched with a "
                "proposal, %(as_proposed)d of them as proposed."
            )
            % {"proposed": run.proposed, "as_proposed": run.as_proposed}
        )
    return sentences


def _fault_of(kind: str) -> str:
    match kind:
        case str() if kind == CATEGORY:
            return _(
                "What was learnt of categories is missing or damaged: until it is "
                "learnt anew tonight, the desk is proposed what names say."
            )
        case str() if kind == OFFICE:
            return _(
                "What was learnt of offices is missing or damaged: until it is "
                "learnt anew tonight, the usual offices are proposed."
            )
    return _(
        "What was learnt of urgency is missing or damaged: until it is "
        "learnt anew tonight, nothing is marked as urgent beforehand."
    )


def _good_of(kind: str, told: dict[str, Any]) -> list[str]:
    known = {**told, "day": moment(moment_of(told["since"]))}
    sentences = [_tried(kind, known)]
    if told["sure"] and told["of"] >= FEWEST_TRIED:
        sentences.append(
            _("Of these it was very sure of %(sure)d, and right in %(sure_right)d.")
            % known
        )
    if told["kept"]:
        sentences.append(
            _("What was learnt since was worse when tried, so this is still in use.")
        )
    return sentences


def _tried(kind: str, known: dict[str, Any]) -> str:
    if known["of"] < FEWEST_TRIED:
        return _few(kind) % known
    sentences = {
        CATEGORY: _(
            "Categories: learnt on %(day)s from %(learnt)d decisions. Tried on "
            "%(of)d others that were held back, the first proposal was right in "
            "%(right)d."
        ),
        OFFICE: _(
            "Offices: learnt on %(day)s from %(learnt)d decisions. Tried on %(of)d "
            "others that were held back, the first proposal was right in %(right)d."
        ),
        URGENCY: _(
            "Urgency: learnt on %(day)s from %(learnt)d decisions. Tried on %(of)d "
            "others that were held back, it was right in %(right)d."
        ),
    }
    return sentences[kind] % known


def _few(kind: str) -> str:
    return {
        CATEGORY: _(
            "Categories: learnt on %(day)s from %(learnt)d decisions; fewer than ten "
            "that differ were held back, which says nothing of how good it is."
        ),
        OFFICE: _(
            "Offices: learnt on %(day)s from %(learnt)d decisions; fewer than ten "
            "that differ were held back, which says nothing of how good it is."
        ),
        URGENCY: _(
            "Urgency: learnt on %(day)s from %(learnt)d decisions; fewer than ten "
            "that differ were held back, which says nothing of how good it is."
        ),
    }[kind]
