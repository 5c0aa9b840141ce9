"""Answers: the last one counts, tallies at once, nobody's name, gone when withdrawn."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.consultations import actions
from luoshi.consultations.models import Consultation, Reaction, Statement, Voter
from luoshi.consultations.tests.play import (
    AGREE,
    DISAGREE,
    UNSURE,
    answered,
    code,
    ended,
    recount,
    said,
    tallies,
)
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import Refusal
from luoshi.core.trail import entries_of


def test_the_last_word_counts_and_the_tallies_say_so_at_once(place, asked):
    one = asked.statements.first()
    actions.react(asked.pk, one.pk, AGREE, code=code(1))
    assert tallies(one) == (1, 0, 0)
    actions.react(asked.pk, one.pk, DISAGREE, code=code(1))
    actions.react(asked.pk, one.pk, DISAGREE, code=code(1))
    actions.react(asked.pk, one.pk, UNSURE, code=code(2))
    assert tallies(one) == recount(one) == (0, 1, 1)
    assert Voter.objects.count() == 2


@pytest.mark.parametrize("value", [2, -2, 7])
def test_nothing_but_the_three_words(place, asked, value):
    with pytest.raises(Refusal, match="one_of_three"):
        actions.react(asked.pk, asked.statements.first().pk, value, code=code(1))
    assert not Voter.objects.exists()


def test_no_answers_before_and_after_its_days(place, asked, clock):
    one = asked.statements.first()
    clock.tick(asked.closes_at - clock.moment - timedelta(seconds=1))
    actions.react(asked.pk, one.pk, AGREE, code=code(1))
    clock.tick(timedelta(seconds=1))
    with pytest.raises(Refusal, match="takes_no_answers"):
        actions.react(asked.pk, one.pk, AGREE, code=code(2))
    with pytest.raises(Refusal, match="takes_no_answers"):
        actions.say(asked.pk, text="Too late.")
    assert actions.close_where_due() == 1 and actions.close_where_due() == 0
    assert tallies(one) == (1, 0, 0)


def test_only_what_is_published_is_reacted_to(place, asked):
    waiting = actions.say(asked.pk, text="The pond stinks.")
    with pytest.raises(Refusal, match="not_there"):
        actions.react(asked.pk, waiting.pk, AGREE, code=code(1))
    with pytest.raises(Refusal, match="not_there"):
        actions.react(asked.pk, 10_000_000, AGREE, code=code(1))
    assert not Reaction.objects.exists()


def test_the_trail_never_says_who_thinks_what(place, asked):
    one = asked.statements.first()
    before = TrailEntry.objects.count()
    answered(asked, one, AGREE, DISAGREE)
    actions.react(asked.pk, one.pk, UNSURE, code=code(0))
    fresh = TrailEntry.objects.order_by("pk")[before:]
    assert [entry.code for entry in fresh] == ["consultations.began"] * 2
    assert all(entry.data == {"channel": "web"} for entry in fresh)
    assert all(entry.person is None for entry in fresh)


def test_a_code_is_kept_as_a_keyed_hash_alone(place, asked):
    answered(asked, asked.statements.first(), AGREE)
    voter = Voter.objects.get()
    assert code(0) not in str(Voter.objects.values().get())
    assert len(voter.key) == 64
    fields = {field.name for field in Voter._meta.get_fields() if field.concrete}
    assert fields == {
        *("id", "town", "consultation", "key", "channel"),
        *("sheet", "village", "begun_at"),
    }


def test_withdrawn_answers_are_gone_until_the_decision_is_public(place, asked):
    first, second = asked.statements.all()
    answered(asked, first, AGREE, AGREE)
    answered(asked, second, DISAGREE)
    with pytest.raises(Refusal, match="no_such_code"):
        actions.withdraw_answers(asked.pk, code=code(9))
    assert actions.withdraw_answers(asked.pk, code=code(0)) == 2
    assert tallies(first) == (1, 0, 0) and tallies(second) == (0, 0, 0)
    assert entries_of(asked)[0].code == "consultations.withdrawn"
    Consultation.objects.filter(pk=asked.pk).update(state="closed")
    actions.withdraw_answers(asked.pk, code=code(1))
    assert not Voter.objects.exists() and tallies(first) == (0, 0, 0)


def test_what_was_published_counts_for_ever(place, asked):
    answered(asked, asked.statements.first(), AGREE)
    ended(asked, place)
    Consultation.objects.filter(pk=asked.pk).update(state="stopped")
    with pytest.raises(Refusal, match="counted_already"):
        actions.withdraw_answers(asked.pk, code=code(0))


def test_a_code_opens_the_same_answers_elsewhere(place, asked):
    answered(asked, asked.statements.first(), AGREE)
    shown = f"QI-{code(0)[:4]}-{code(0)[4:]}"
    assert actions.take_over(asked, shown.lower()) == code(0)
    for typed in ("", "QI-0000-0009", "x" * 300):
        with pytest.raises(Refusal, match="no_such_code"):
            actions.take_over(asked, typed)


MOVES = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 2), st.sampled_from([1, 0, -1, "withdraw"])
    ),
    max_size=25,
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(moves=MOVES)
def test_whatever_happens_the_tallies_are_the_counts(place, asked, moves):
    Voter.objects.all().delete()
    Statement.objects.update(agree=0, disagree=0, unsure=0)
    if asked.statements.count() < 3:
        said(asked, place)
    statements = list(asked.statements.order_by("number"))
    told = {}
    for who, which, value in moves:
        if value == "withdraw":
            if any(voter == who for voter, _s in told):
                actions.withdraw_answers(asked.pk, code=code(who))
            told = {key: v for key, v in told.items() if key[0] != who}
        else:
            actions.react(asked.pk, statements[which].pk, value, code=code(who))
            told[who, which] = value
    for which, one in enumerate(statements):
        values = [v for (_w, s), v in told.items() if s == which]
        wanted = (values.count(1), values.count(-1), values.count(0))
        assert tallies(one) == recount(one) == wanted
