"""Cases: what residents said, and who said it."""

from luoshi.cases.models.case import Case, Note, Reply
from luoshi.cases.models.city import CityFigure
from luoshi.cases.models.desk import MonthFigures, ReplyTemplate, SavedView
from luoshi.cases.models.ledger import Publication, Signal
from luoshi.cases.models.orders import MainSystem, Order
from luoshi.cases.models.reporter import Reporter
from luoshi.cases.models.routing import RoutingRun
from luoshi.cases.models.sealed import SealedMatter, SealedWord

__all__ = [
    "Case",
    "CityFigure",
    "MainSystem",
    "MonthFigures",
    "Note",
    "Order",
    "Publication",
    "Reply",
    "ReplyTemplate",
    "Reporter",
    "RoutingRun",
    "SavedView",
    "SealedMatter",
    "SealedWord",
    "Signal",
]
