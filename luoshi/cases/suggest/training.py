"""Learns a town's routers anew; one that is worse on what is held back is not taken."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luoshi.cases.models import RoutingRun
from luoshi.cases.suggest.catalogue import Catalogue, catalogue_of_town
from luoshi.cases.suggest.decided import Decision, decisions_of_town
from luoshi.cases.suggest.shelf import (
    CATEGORY,
    OFFICE,
    URGENCY,
    Shelf,
    newest_run,
    put_on_shelf,
    shelf_of,
)
from luoshi.cases.suggest.sure import is_sure
from luoshi.core.clock import now
from luoshi.core.models import Town, TrailEntry
from luoshi.engines.routing import (
    CatalogueRouter,
    Placing,
    Router,
    TrainingError,
    group_twins,
    train,
    train_catalogue,
)
from luoshi.engines.routing.catalogue import LEAST_DECIDED, LEAST_EACH

# After these a router may still hold words that nobody may read any more.
TAKEN_OUT = ("cases.erased", "cases.sealed")
AnyRouter = CatalogueRouter | Router


@dataclass(frozen=True)
class Lesson:
    """What is learnt from, and what is held back: none of it a twin of the first."""

    catalogue: Catalogue
    learnt: list[Decision]
    held: list[Decision]
    # When it was read: what is taken out later is still in it.
    since: datetime


def lesson_of_town() -> Lesson:
    """Part the decisions; what is held back was in no earlier lesson either."""
    since, catalogue = now(), catalogue_of_town()
    decisions = decisions_of_town(catalogue)
    learnt = [one for one in decisions if not one.held_back]
    groups = group_twins([one.text for one in decisions]).tolist()
    known = {
        group for group, one in zip(groups, decisions, strict=True) if not one.held_back
    }
    held = [
        one
        for group, one in zip(groups, decisions, strict=True)
        if one.held_back and group not in known
    ]
    return Lesson(catalogue, learnt, held, since)


@dataclass(frozen=True)
class Trial:
    """Of how many held back the first proposal was right, and the sure ones of them."""

    of: int
    right: int
    sure: int
    sure_right: int


def _learn_category(lesson: Lesson) -> CatalogueRouter | None:
    if not lesson.catalogue.entries:
        return None
    made = train_catalogue(
        lesson.catalogue.entries,
        [one.text for one in lesson.learnt],
        [one.path for one in lesson.learnt],
    )
    return made if made.routers else None


def _learn_office(lesson: Lesson) -> Router | None:
    told = [(one.text_and_place, one.office) for one in lesson.learnt if one.office]
    return _learn(told)


def _learn_urgency(lesson: Lesson) -> Router | None:
    return _learn([(one.text, one.urgency) for one in lesson.learnt])


def _learn(told: Sequence[tuple[str, str]]) -> Router | None:
    """Learn labels that were given a few times each; None while there are too few."""
    each = Counter(label for _text, label in told)
    kept = [(text, label) for text, label in told if each[label] >= LEAST_EACH]
    if len(kept) < LEAST_DECIDED or len({label for _text, label in kept}) < 2:
        return None
    texts, labels = zip(*kept, strict=True)
    try:
        return train(texts, labels)
    except TrainingError:
        # Texts without a word: nothing to learn from.
        return None


def try_category(router: AnyRouter, lesson: Lesson) -> Trial:
    """Try it on what is held back; a decision for a branch counts as far as it goes."""
    assert isinstance(router, CatalogueRouter)
    present = CatalogueRouter(list(lesson.catalogue.entries), router.routers)
    found = present.route([one.text for one in lesson.held])
    firsts: list[Placing] = [placings[0] for placings in found]
    right = [
        first.path[: len(one.path)] == one.path
        for first, one in zip(firsts, lesson.held, strict=True)
    ]
    return _trial(right, [is_sure(first, present) for first in firsts])


def try_office(router: AnyRouter, lesson: Lesson) -> Trial:
    """Try it on what is held back and went to an office."""
    held = [one for one in lesson.held if one.office]
    texts = [one.text_and_place for one in held]
    return _try(router, texts, [one.office for one in held])


def try_urgency(router: AnyRouter, lesson: Lesson) -> Trial:
    """Try it on what is held back."""
    texts = [one.text for one in lesson.held]
    return _try(router, texts, [one.urgency for one in lesson.held])


def _try(router: AnyRouter, texts: list[str], labels: list[str]) -> Trial:
    assert isinstance(router, Router)
    firsts = [found[0] for found in router.route(texts)]
    limit = router.sure_from
    return _trial(
        [first.label == label for first, label in zip(firsts, labels, strict=True)],
        [limit is not None and first.confidence >= limit for first in firsts],
    )


def _trial(right: list[bool], sure: list[bool]) -> Trial:
    both = sum(one and other for one, other in zip(right, sure, strict=True))
    return Trial(len(right), sum(right), sum(sure), both)


KINDS: dict[
    str,
    tuple[
        Callable[[Lesson], CatalogueRouter | Router | None],
        Callable[[AnyRouter, Lesson], Trial],
    ],
] = {
    CATEGORY: (_learn_category, try_category),
    OFFICE: (_learn_office, try_office),
    URGENCY: (_learn_urgency, try_urgency),
}


def learn_anew(town: Town) -> tuple[int, dict[str, dict[str, Any]]]:
    """Learn each router; return of how many decisions, and what is in use from now on.

    No transaction is open meanwhile: it takes a minute.
    """
    before = newest_run()
    shelf = shelf_of(town, before)
    lesson = lesson_of_town()
    if before is not None and _something_was_taken_out(before):
        # What was learnt then is let go, however good it was.
        shelf = Shelf()
    in_use = {
        kind: told
        for kind in KINDS
        if (told := _better(town, kind, lesson, shelf, before)) is not None
    }
    return len(lesson.learnt), in_use


def _something_was_taken_out(run: RoutingRun) -> bool:
    since = min((told["since"] for told in run.routers.values()), default=None)
    return since is not None and (
        TrailEntry.objects.filter(code__in=TAKEN_OUT, at__gte=since).exists()
    )


def _better(
    town: Town, kind: str, lesson: Lesson, shelf: Shelf, before: RoutingRun | None
) -> dict[str, Any] | None:
    """Return the better of old and new, and how good it was; None without either."""
    learn, try_on = KINDS[kind]
    old: AnyRouter | None = getattr(shelf, kind)
    new = learn(lesson)
    of_old = try_on(old, lesson) if old is not None else None
    of_new = try_on(new, lesson) if new is not None else None
    if of_old and before and (of_new is None or of_new.right < of_old.right):
        return before.routers[kind] | _figures(of_old) | {"kept": True}
    if new is None or of_new is None:
        return None
    fresh = {
        "since": lesson.since.isoformat(),
        "learnt": len(lesson.learnt),
        "kept": False,
        "right_before": of_old.right if of_old else None,
    }
    return put_on_shelf(town, kind, new) | fresh | _figures(of_new)


def _figures(trial: Trial) -> dict[str, int]:
    return {
        "of": trial.of,
        "right": trial.right,
        "sure": trial.sure,
        "sure_right": trial.sure_right,
    }
