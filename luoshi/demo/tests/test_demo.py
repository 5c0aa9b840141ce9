"""The demo town: lived in, the same from the same seed, its trail whole."""

import pytest
from django.db.models import F
from django_scopes import scope

from luoshi.cases.models import Case, SealedMatter
from luoshi.commitments.models import (
    Category,
    Commitment,
    DutyItem,
    Ending,
    Led,
    NightOrder,
    Shift,
    State,
)
from luoshi.commitments.models.commitment import UNSOLVED_BY_LAW
from luoshi.core.clock import at, now
from luoshi.core.models import Population
from luoshi.core.towns import make_town
from luoshi.core.trail import seal_entries
from luoshi.core.verify import verify_trail
from luoshi.demo import town as demo
from luoshi.pledges.models import Proposal
from luoshi.topics.models import Topic


@pytest.fixture
def small(monkeypatch):
    """Make the town smaller than it is shown, to be quick."""
    monkeypatch.setattr(demo, "CASES", 120)
    monkeypatch.setattr(demo, "RECENT_CASES", 30)


def make(code):
    town = make_town(code=code, name=code, prefix=code[:2].upper())
    with at("2026-11-24 10:00"):
        demo.fill_town(town)
    return town


@pytest.mark.django_db
def test_it_is_lived_in_and_its_trail_is_whole(small):
    town = make("qinghe")
    with scope(town=town):
        # With three shared ones, their four parts, one that became two, two that wait,
        # two that came in at night, two that were spoken, four asked of above or
        # explained.
        from_residents = Case.objects.filter(proposal=None).exclude(
            channel__in=[
                *("led", "order", "topic", "round", "planned", "project", "asked")
            ]
        )
        # Five that ended lawfully or wait for it; none sealed; six of one problem.
        assert from_residents.count() == 160 + 3 + 4 + 2 + 2 + 2 + 5 + 2 + 4 + 6 + 3
        smoke = Topic.objects.get(undertakings__commitment__state=State.TAKEN)
        assert (smoke.matters, smoke.people) == (6, 6)
        assert SealedMatter.objects.count() == 2
        for ending in UNSOLVED_BY_LAW:
            assert Commitment.objects.filter(ending=ending).exists(), ending
        assert Case.objects.filter(channel="order").count() == 4
        assert Led.objects.count() == 3
        # One was taken at once, one went to the leader on duty; both are dispatched.
        nights = NightOrder.objects.exclude(commitment__state=State.RECEIVED)
        assert [one.leader_at is None for one in nights.order_by("pk")] == [True, False]
        assert Shift.objects.exclude(person=F("listed")).count() == 2
        assert Proposal.objects.exclude(released_at=None).count() == 2
        assert Commitment.objects.filter(parent__isnull=False).count() == 4
        closed = Commitment.objects.filter(state=State.CLOSED)
        assert {Ending.SOLVED, Ending.PARTLY} <= set(
            closed.values_list("ending", flat=True)
        )
        assert Commitment.objects.exclude(state=State.CLOSED).exists()
        assert not Case.objects.filter(received_at__gt=now()).exists()
        assert DutyItem.objects.count() == 20
        assert Category.objects.filter(duty__tier="withdrawn").count() == 2
        # One village became part of another, and is counted by sex alone.
        assert Population.objects.count() == 12 * 10 + 2
        while seal_entries(town):
            pass
        assert verify_trail(town).ok


@pytest.mark.django_db
def test_the_same_seed_tells_the_same_stories(small):
    from luoshi.core.models import User

    told = []
    for code in ("aa", "bb"):
        with scope(town=make(code)):
            told.append(list(Case.objects.order_by("pk").values_list("text")))
        User.objects.all().delete()
    assert told[0] == told[1]
