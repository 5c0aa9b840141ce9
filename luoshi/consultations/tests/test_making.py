"""Maps are made where people reacted: every 30 seconds at most, one at a time."""

from datetime import timedelta

import pytest

from luoshi.consultations import actions
from luoshi.consultations.maps import making
from luoshi.consultations.maps.making import claim_map, make_map, make_maps
from luoshi.consultations.maps.reading import EVERY, SILENT, maps_due
from luoshi.consultations.models import Consultation, MapKept, Reaction, Statement
from luoshi.consultations.tests.asked import bring
from luoshi.consultations.tests.play import AGREE, answered, ended, tallies
from luoshi.core.clock import now

State = Consultation.State


def _open(consultation):
    """Let it be as if it took answers."""
    Consultation.objects.filter(pk=consultation.pk).update(
        state=State.OPEN, closed_at=None, closes_at=now() + timedelta(days=3)
    )


def _changes_mind(consultation):
    """Let one person agree who disagreed."""
    one = Reaction.objects.filter(statement__consultation=consultation, value=-1)[0]
    Reaction.objects.filter(pk=one.pk).update(value=1)
    kept = Statement.objects.get(pk=one.statement_id)
    kept.agree, kept.disagree = kept.agree + 1, kept.disagree - 1
    kept.save(update_fields=["agree", "disagree"])


def test_a_closed_one_gets_its_last_map_once(place, clock):
    made = bring(place)
    assert maps_due(place.town) == [made.pk]
    kept = make_maps(place.town)[0]
    assert kept.told["voters"] == 50 and not kept.making
    assert [group["size"] for group in kept.told["groups"]] == [30, 20]
    clock.tick(timedelta(hours=2))
    assert maps_due(place.town) == [] and make_maps(place.town) == []
    # Closed later than its map was made.
    Consultation.objects.filter(pk=made.pk).update(closed_at=now())
    clock.tick(timedelta(minutes=1))
    assert maps_due(place.town) == [made.pk]


def test_an_open_one_is_made_anew_when_people_react_after_30_seconds(place, clock):
    made = bring(place)
    _open(made)
    make_maps(place.town)
    clock.tick(timedelta(seconds=20))
    assert maps_due(place.town) == []
    _changes_mind(made)
    assert maps_due(place.town) == []
    clock.tick(timedelta(seconds=EVERY.seconds - 20))
    assert maps_due(place.town) == [made.pk]
    make_maps(place.town)
    clock.tick(timedelta(hours=1))
    assert maps_due(place.town) == []


def test_one_who_goes_and_one_who_comes_make_a_new_map(place, clock, asked):
    one = asked.statements.first()
    answered(asked, one, AGREE)
    before = tallies(one)
    make_maps(place.town)
    clock.tick(EVERY)
    assert maps_due(place.town) == []
    actions.withdraw_answers(asked.pk, code="00000000")
    actions.react(asked.pk, one.pk, AGREE, code="11111111")
    assert tallies(one) == before
    assert maps_due(place.town) == [asked.pk]


def test_answers_withdrawn_after_the_last_day_go_from_the_map(place, clock, asked):
    answered(asked, asked.statements.first(), AGREE)
    ended(asked, place)
    assert make_maps(place.town)[0].told["voters"] == 1
    clock.tick(EVERY)
    assert maps_due(place.town) == []
    actions.withdraw_answers(asked.pk, code="00000000")
    assert make_maps(place.town)[0].told["voters"] == 0


def test_a_draft_has_no_map(place):
    made = bring(place)
    Consultation.objects.filter(pk=made.pk).update(
        state=State.DRAFT, opens_at=None, closes_at=None
    )
    assert maps_due(place.town) == []


def test_two_processes_do_not_make_the_same(place, clock):
    made = bring(place)
    claimed = claim_map(made)
    assert claim_map(made) is None and maps_due(place.town) == []
    clock.tick(timedelta(seconds=SILENT.seconds + 1))
    # The other was ended: it is due again, and what it held is taken.
    assert maps_due(place.town) == [made.pk]
    assert claim_map(made) is not None
    make_map(claimed)
    assert MapKept.objects.get().made_at == now()


def test_a_failure_frees_it_for_the_next(place, monkeypatch):
    made = bring(place)

    def fail(*_told):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(making, "compute", fail)
        with pytest.raises(MemoryError):
            make_maps(place.town)
    kept = MapKept.objects.get(consultation=made)
    assert not kept.making and kept.made_at is None
    assert claim_map(made) is not None


def test_letters_stay_with_people_from_map_to_map(place, clock):
    made = bring(place)
    first = make_maps(place.town)[0]
    letters = {row[0]: row[3] for row in first.standing}
    # Thirty people of the larger group withdraw their answers.
    gone = [voter for voter, letter in letters.items() if letter == 0][:15]
    Reaction.objects.filter(voter_id__in=gone).delete()
    again = make_maps(place.town, [made.number])[0]
    assert [(one["letter"], one["size"]) for one in again.told["groups"]] == [
        (0, 15),
        (1, 20),
    ]
    assert {row[0]: row[3] for row in again.standing}.items() <= letters.items()


def test_what_was_said_anew_or_refused_is_not_in_it(place):
    made = bring(place)
    made.statements.filter(number=1).update(state=Statement.State.REPLACED)
    kept = make_maps(place.town)[0]
    assert kept.told["statements"] == 19 and kept.told["votes"] == 950


def test_one_voter_and_one_statement_make_a_map_of_nothing(place):
    bring(place, ([1], [5], [1]))
    kept = make_maps(place.town)[0]
    assert kept.told["voters"] == 1 and not kept.told["groups"] and not kept.dots


def test_answers_alike_in_minutes_are_noted_without_what_they_say(place):
    # Nine sheets of one camp in one minute, the rest over a day, each its own way.
    from luoshi.engines.opinion.tests.made import noise

    voters, statements, votes = noise(120, 12, 5, filled=1.0)
    votes[voters < 9] = votes[voters == 0].tolist() * 9
    times = [
        1_700_000_000_000 + (one * 1000 if one < 9 else one * 600_000)
        for one in voters.tolist()
    ]
    bring(place, (voters, statements, votes), times=times)
    kept = make_maps(place.town)[0]
    assert [(one["count"], one["channel"], one["answers"]) for one in kept.alike] == [
        (9, "web", 12)
    ]
    assert Reaction.objects.count() == 120 * 12


def test_a_process_begins_only_where_something_is_due(place, monkeypatch):
    begun = []
    monkeypatch.setattr(
        making.subprocess, "Popen", lambda told, **_how: begun.append(told)
    )
    assert making.start_where_due() == 0 and not begun
    bring(place)
    assert making.start_where_due() == 1
    assert begun[0][-3:] == ["make-maps", "--town", "qinghe"]


def test_looking_for_what_is_due_costs_the_same_for_many(
    place, django_assert_num_queries
):
    for shift in (1, -1):
        made = bring(place, ([1, 2], [5, 5], [1, shift]))
        _open(made)
    with django_assert_num_queries(3):
        assert len(maps_due(place.town)) == 2
