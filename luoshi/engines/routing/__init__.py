"""Proposes where a message belongs; a person decides, and each decision teaches it."""

from luoshi.engines.routing.catalogue import (
    CatalogueRouter,
    Entry,
    Placing,
    load_catalogue,
    train_catalogue,
)
from luoshi.engines.routing.errors import ModelFileError, RoutingError, TrainingError
from luoshi.engines.routing.measuring import Report, measure
from luoshi.engines.routing.router import (
    CATALOGUE,
    LEARNT,
    Router,
    Suggestion,
    load,
    train,
)
from luoshi.engines.routing.twins import deal_folds, group_twins

__all__ = [
    "CATALOGUE",
    "LEARNT",
    "CatalogueRouter",
    "Entry",
    "ModelFileError",
    "Placing",
    "Report",
    "Router",
    "RoutingError",
    "Suggestion",
    "TrainingError",
    "deal_folds",
    "group_twins",
    "load",
    "load_catalogue",
    "measure",
    "train",
    "train_catalogue",
]
