"""The front page says what the figures say, and every closed matter is in it."""

from django.test import Client

from luoshi.cases.figures.page import figures_page
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.commitments import actions
from luoshi.portal.queries import this_month


def test_the_month_adds_up_and_is_that_of_the_figures(place, clock):
    dispatched(place)
    awaiting(place)
    passed = dispatched(place)
    actions.pass_to_destination(
        passed.case.commitment_id, destination="县局", actor=place.staff("dispatcher")
    )
    month = this_month(place.town)
    numbers = figures_page(place.town, "month").numbers
    assert (month.received, month.closed) == (3, 1)
    assert month.received == numbers["received"].value
    ends = (month.solved, month.partly, month.not_solved)
    apart = (month.no_verdict, month.not_asked, month.passed_on)
    assert sum(ends + apart) == month.closed == numbers["closed"].value


def test_an_old_address_of_the_icon_leads_to_ours(client):
    answer = Client().get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(".svg")
