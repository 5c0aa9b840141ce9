"""Requests below a town's address, as views receive them."""

from django.http import HttpRequest

from luoshi.core.actors import Staff
from luoshi.core.models import Town


class TownRequest(HttpRequest):
    """A request for one town; `staff` is None for residents."""

    town: Town
    staff: Staff | None


class StaffRequest(HttpRequest):
    """A request that `staff_only` let in."""

    town: Town
    staff: Staff
