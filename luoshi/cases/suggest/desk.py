"""What the desk is proposed for one message: three ways, and why."""

import re
from dataclasses import dataclass
from functools import lru_cache

from luoshi.cases.models import Case
from luoshi.cases.suggest.catalogue import Catalogue, catalogue_of_town
from luoshi.cases.suggest.decided import URGENT, words_and_place, words_told
from luoshi.cases.suggest.shelf import Shelf, newest_run, shelf_of
from luoshi.cases.suggest.sure import is_sure
from luoshi.commitments.models import Category
from luoshi.core.models import Organisation
from luoshi.engines.routing import (
    LEARNT,
    CatalogueRouter,
    Entry,
    Placing,
    Router,
    Suggestion,
)

CATALOGUES_IN_MEMORY = 30


@dataclass(frozen=True)
class Offer:
    """One way: what it is about, whose it would be, and which words say so."""

    key: int
    category: Category
    office: Organisation | None
    words: tuple[str, ...]
    sure: bool

    @property
    def quoted(self) -> str:
        """Return the words in quotation marks, one after the other."""
        return "".join(f"“{word}”" for word in self.words)

    @property
    def value(self) -> str:
        """Return what a form sends for it."""
        return f"{self.category.pk}-{self.office.pk if self.office else ''}"


@dataclass(frozen=True)
class Proposed:
    """What is proposed for a message; empty where nothing in it says anything."""

    offers: tuple[Offer, ...] = ()
    # Whether decisions taught it, or it comes from names alone.
    learnt: bool = False
    urgent: bool = False
    # The text in pieces, with those marked that decided for the first.
    pieces: tuple[tuple[str, bool], ...] = ()

    @property
    def sure(self) -> bool:
        """Tell whether the first may be chosen before a person looks."""
        return bool(self.offers) and self.offers[0].sure


@lru_cache(maxsize=CATALOGUES_IN_MEMORY)
def _by_names(entries: tuple[Entry, ...]) -> CatalogueRouter:
    return CatalogueRouter(list(entries))


def _router(catalogue: Catalogue, shelf: Shelf) -> CatalogueRouter:
    """Return what was learnt, over the categories of today."""
    plain = _by_names(catalogue.entries)
    if shelf.category is None:
        return plain
    if shelf.category.entries == plain.entries:
        return shelf.category
    return CatalogueRouter(plain.entries, shelf.category.routers)


def proposed_for(case: Case, catalogue: Catalogue | None = None) -> Proposed:
    """Return what to propose for a case; nothing where no word was told.

    A page that has read the catalogue hands it in.
    """
    if not case.text.strip():
        return Proposed()
    catalogue = catalogue or catalogue_of_town()
    if not catalogue.entries:
        return Proposed()
    shelf = shelf_of(case.commitment.town, newest_run())
    router = _router(catalogue, shelf)
    placings = router.route([words_told(case)])[0]
    # A category that is gone since, or one for which nothing speaks, is no proposal.
    told = [one for one in placings if one.path in catalogue.rows and _speaks(one)]
    whose = _office_of(shelf.office, case)
    offers = tuple(
        _offer(key, placing, case.text, catalogue, router, whose)
        for key, placing in enumerate(told, 1)
    )
    return Proposed(
        offers,
        learnt=bool(told) and told[0].levels[0].source == LEARNT,
        urgent=_is_urgent(shelf.urgency, case),
        pieces=marked(case.text, offers[0].words if offers else ()),
    )


def _speaks(placing: Placing) -> bool:
    top = placing.levels[0]
    return top.source == LEARNT or bool(top.words)


@dataclass(frozen=True)
class _Whose:
    """The office that decisions speak for."""

    office: Organisation | None = None
    sure: bool = False


def _sure(router: Router, first: Suggestion) -> bool:
    return router.sure_from is not None and first.confidence >= router.sure_from


def _office_of(router: Router | None, case: Case) -> _Whose:
    if router is None:
        return _Whose()
    first = router.route([words_and_place(case)])[0][0]
    open_ones = Organisation.objects.filter(closed_at=None).exclude(kind="outside")
    office = open_ones.filter(pk=int(first.label)).first()
    return _Whose(office, office is not None and _sure(router, first))


def _offer(
    key: int,
    placing: Placing,
    text: str,
    catalogue: Catalogue,
    router: CatalogueRouter,
    whose: _Whose,
) -> Offer:
    category = catalogue.rows[placing.path]
    usual = category.organisation
    if usual is not None and usual.closed_at is not None:
        usual = None
    # The usual office, unless decisions like this one surely went elsewhere.
    elsewhere = key == 1 and whose.sure
    office = whose.office if elsewhere or usual is None else usual
    # A router reads past small words; only what stands in the text explains anything.
    said = text.lower()
    found = (word for level in placing.levels for word in level.words)
    words = tuple(dict.fromkeys(word for word in found if word in said))
    sure = key == 1 and office is not None and is_sure(placing, router)
    return Offer(key, category, office, words[:3], sure)


def _is_urgent(router: Router | None, case: Case) -> bool:
    """Tell whether it surely is urgent; a doubt is left to the person."""
    if router is None:
        return False
    first = router.route([words_told(case)])[0][0]
    return first.label == URGENT and _sure(router, first)


def marked(text: str, words: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Cut a text at words; those that stand in it as they are get marked."""
    if not words:
        return ((text, False),)
    longest_first = sorted(words, key=len, reverse=True)
    cut = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in cut.finditer(text):
        pieces += [(text[at : found.start()], False), (found.group(), True)]
        at = found.end()
    pieces.append((text[at:], False))
    return tuple((piece, mark) for piece, mark in pieces if piece)
