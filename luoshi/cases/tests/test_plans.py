"""Lists of a million rows begin at their index: SQLite says which one it takes."""

import pytest
from django.db import connection
from django_scopes import scopes_disabled

from luoshi.cases import staff_queries
from luoshi.cases.ledger import published
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.commitments.models import Commitment, State
from luoshi.core.notices.sweep import waiting_notices
from luoshi.core.statistics import freshen_statistics


def plan_of(rows):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by how many rows there are")
    return rows.explain()


@pytest.mark.parametrize(
    "rows",
    [
        lambda place: staff_queries.received(held=False),
        lambda place: published(place.town, still_open=True).filter(
            state=State.OPEN_PROMISE
        ),
    ],
    ids=["to dispatch", "promised in public"],
)
def test_what_is_open_is_not_looked_for_among_all(place, rows):
    plan = plan_of(rows(place))
    assert "INDEX commitment_open " in plan or "INDEX commitment_by_state " in plan


def test_what_is_put_away_is_not_read(place):
    unread = place.staff("handler").person.notices.filter(read_at=None)
    assert "INDEX notice_unread " in plan_of(unread.order_by("-id"))


def test_what_was_sent_is_not_read(place):
    with scopes_disabled():
        assert "INDEX notice_waiting " in plan_of(waiting_notices())


def test_statistics_are_there_after_a_look(place):
    freshen_statistics()
    if connection.vendor == "sqlite":
        asked = "SELECT count(*) FROM sqlite_stat1"
    else:
        asked = "SELECT count(*) FROM pg_stats WHERE tablename = 'core_person'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone()[0] > 0


def test_a_key_that_most_leave_empty_is_little_and_found_by_itself(place):
    for _case in range(30):
        dispatched(place)
    part = Commitment.objects.order_by("pk")[1]
    Commitment.objects.filter(pk=part.pk).update(parent=part.pk - 1)
    freshen_statistics()
    parts = Commitment.objects.filter(parent=part.pk - 1)
    assert "INDEX commitment_parent " in plan_of(parts)
    assert list(parts) == [part]
