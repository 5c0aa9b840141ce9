"""The front page says what the figures say, and every closed matter is in it."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.cases.figures.page import figures_page
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.commitments import actions
from luoshi.core.clock import today
from luoshi.portal.queries import this_month, upkeep_beside_works
from luoshi.projects.models import Money
from luoshi.projects.tests.play import opened, proposed
from luoshi.upkeep.actions import note_contract, note_payment, take_usual_kinds
from luoshi.upkeep.models import AssetKind, Job
from luoshi.upkeep.tests.play import planned, register
from luoshi.upkeep.tests.test_plans import approved


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


def test_upkeep_stands_beside_new_works_over_five_years(place):
    assert upkeep_beside_works(place.town) is None
    project = proposed(place, opened(place))
    by = place.staff("leader").person
    year = today().year
    for back, kind, fen in ((0, "paid", 600_000), (5, "paid", 7), (1, "contracted", 9)):
        Money.objects.create(
            town=place.town,
            project=project,
            kind=kind,
            amount=fen,
            words="桥面",
            on=today().replace(year=year - back, day=1),
            by=by,
        )
    take_usual_kinds(actor=place.staff("administrator"))
    register(place, {one.name: one for one in AssetKind.objects.all()})
    approved(place, planned(place))
    job, actor = Job.objects.earliest("pk"), place.staff("dispatcher")
    note_contract(job.pk, 300_000, actor=actor)
    note_payment(job.pk, 150_000, on=today(), actor=actor)
    with CaptureQueriesContext(connection) as asked:
        paid = upkeep_beside_works(place.town)
    assert len(asked) == 2
    assert [one.year for one in paid.years] == list(range(year - 4, year + 1))
    assert (paid.upkeep, paid.works) == (150_000, 600_000)
    last = paid.years[-1]
    assert (last.upkeep_bar, last.works_bar) == (25.0, 100.0)
    page = Client().get(f"/{place.town.code}/").content.decode()
    assert "1,500元" in page and "6,000元" in page
