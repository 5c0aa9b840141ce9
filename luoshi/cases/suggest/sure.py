"""When a proposal may be chosen before a person looks."""

from luoshi.engines.routing import LEARNT, CatalogueRouter, Placing, Suggestion


def is_sure(placing: Placing, router: CatalogueRouter) -> bool:
    """Tell whether each level is learnt and above the limit that its training set."""
    above = 1.0
    for depth, level in enumerate(placing.levels):
        # A level says how likely the whole path is up to it.
        own = level.confidence / above if above else 0.0
        if not _level_is_sure(level, own, placing.path[:depth], router):
            return False
        above = level.confidence
    return True


def _level_is_sure(
    level: Suggestion, own: float, place: tuple[str, ...], router: CatalogueRouter
) -> bool:
    if level.source != LEARNT:
        # Names are never sure, but where there is only one there is no choice.
        return bool(place) and own == 1.0
    limit = router.routers[place].sure_from
    return limit is not None and own >= limit
