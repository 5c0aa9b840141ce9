"""The questionnaire: chosen, filled in on phones and from paper, counted, hidden."""

from dataclasses import replace
from datetime import timedelta

import pytest

from luoshi.consultations import actions
from luoshi.consultations.actions.asking_habits import Wanted
from luoshi.consultations.actions.replying import Told
from luoshi.consultations.habits.counting import results_of_habits
from luoshi.consultations.habits.kit import Line, kit_line
from luoshi.consultations.models import (
    Choice,
    HouseholdCost,
    Question,
    Questionnaire,
    Reply,
    Voter,
)
from luoshi.consultations.tests.play import again, code, opened, prepared
from luoshi.core.clock import today
from luoshi.core.models import Population, TrailEntry, Village
from luoshi.core.refusals import Conflict, NotAllowed, Refusal

WATER = Line("几点浇地？", ("早上", "傍晚"), several=True)
PUMP = Line("谁管水泵？", ("自己", "村里", "没人"))
WANTED = Wanted(300_00, "一年的水费", True, (WATER, PUMP))


def asking(place, wanted=WANTED):
    """Return a prepared consultation that asks how people live."""
    return _ask(place, prepared(place), wanted)


def begun(place, wanted=WANTED):
    """Return one that asks how people live, and takes answers."""
    made = asking(place, wanted)
    until = today() + timedelta(days=10)
    return actions.open_for_answers(
        made.pk, until=until, version=made.version, actor=place.staff("leader")
    )


def _ask(place, made, wanted):
    return actions.ask_habits(
        made.pk, wanted, version=made.version, actor=place.staff("handler")
    )


def options(consultation, position):
    """Return the ids of what can be ticked in a question."""
    one = Question.objects.get(
        questionnaire__consultation=consultation, position=position
    )
    return list(one.options.values_list("pk", flat=True))


def told(consultation, count, first=0, **what):
    """Let so many people tell the same."""
    for number in range(first, first + count):
        actions.tell_habits(consultation.pk, Told(**what), code=code(number))


def lived_in(place, *villages, people=100):
    """Write down that so many women and men live in each village."""
    for village in villages:
        Population.objects.bulk_create(
            Population(
                town=place.town,
                village=village,
                on="2026-01-01",
                sex=sex,
                age_from=first,
                age_to=last,
                people=people,
            )
            for sex in Population.Sex.values
            for first, last in [(0, 15), (16, 59), (60, None)]
        )


def over(clock):
    """Let the last day be over."""
    clock.tick(timedelta(days=11))
    assert actions.close_where_due()


def refused(code, act):
    with pytest.raises(Refusal) as found:
        act()
    assert found.value.code == code


def test_only_who_prepares_chooses_what_is_asked(place):
    made = prepared(place)
    with pytest.raises(NotAllowed):
        actions.ask_habits(
            made.pk, WANTED, version=made.version, actor=place.staff("inspector")
        )
    assert not Questionnaire.objects.exists()
    staff = place.staff("handler")
    actions.ask_habits(made.pk, WANTED, version=made.version, actor=staff)
    asks = again(made).questionnaire
    assert (asks.sum_fen, asks.sum_for, asks.asks_form) == (30000, "一年的水费", True)
    assert [str(one) for one in asks.questions.all()] == [WATER.text, PUMP.text]
    entry = TrailEntry.objects.get(code="consultations.habits_asked")
    assert entry.data["questions"] == 2
    # A second writer sees the first; who asks nothing takes it away.
    with pytest.raises(Conflict):
        actions.ask_habits(made.pk, Wanted(), version=made.version, actor=staff)
    actions.ask_habits(made.pk, Wanted(), version=made.version + 1, actor=staff)
    assert not Questionnaire.objects.exists()


def test_what_is_asked_cannot_change_under_those_who_answer(place):
    made = begun(place)
    with pytest.raises(NotAllowed):
        _ask(place, again(made), Wanted())
    assert Questionnaire.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"sum_for": ""}, "sum_for_what"),
        ({"sum_fen": None}, "sum_for_what"),
        ({"sum_fen": 10**13}, "sum_size"),
        ({"lines": (Line("一年收入多少？", ("多", "少")),)}, "asks_income"),
        ({"lines": (Line("过得怎样？", ("工资够用", "不够")),)}, "asks_income"),
        ({"sum_for": "年收入的一成"}, "asks_income"),
        ({"lines": (Line("水？", ("有",)),)}, "question_options"),
        ({"lines": (Line("水？", ("有", "有")),)}, "question_options"),
        ({"lines": (Line("水？", ("有", "无" * 41)),)}, "option_length"),
        ({"lines": (Line("水" * 101, ("有", "无")),)}, "question_length"),
        ({"lines": (WATER, WATER)}, "questions_same"),
        (
            {"lines": tuple(replace(WATER, text=str(n)) for n in range(7))},
            "questions_many",
        ),
    ],
)
def test_what_is_not_asked_of_anybody(place, wrong, why):
    made = prepared(place)
    refused(f"consultations.{why}", lambda: _ask(place, made, replace(WANTED, **wrong)))
    assert not Questionnaire.objects.exists()


def test_the_last_word_of_a_code_counts_once_and_goes_with_it(place):
    made = begun(place)
    early, _late = options(made, 1)
    own, *_others = options(made, 2)
    first = Told(place.village, "female", (16, 59), "no", "labour", {early, own})
    actions.tell_habits(made.pk, first, code=code(1))
    reply = Reply.objects.get()
    assert (reply.sex, reply.age_from, reply.can) == ("female", 16, "no")
    assert reply.voter.village == place.village
    assert Choice.objects.count() == 2
    # The trail says that somebody told something, never what.
    entry = TrailEntry.objects.get(code="consultations.habits_told")
    assert (entry.person, entry.data) == (None, {})
    actions.tell_habits(made.pk, Told(can="yes"), code=code(1))
    reply.refresh_from_db()
    assert (reply.sex, reply.age_from, reply.can) == ("", None, "yes")
    assert Voter.objects.get().village is None
    assert not Choice.objects.exists()
    actions.withdraw_answers(made.pk, code=code(1))
    assert not Reply.objects.exists()


def test_what_was_not_asked_is_not_kept(place, clock):
    made = begun(place, replace(WANTED, asks_form=False))
    other = begun(place)
    own, village, _none = options(made, 2)
    for wrong, why in [
        (Told(), "habits_blank"),
        (Told(can="rich"), "habits_not_asked"),
        (Told(form="labour"), "habits_not_asked"),
        (Told(sex="unsaid"), "habits_not_asked"),
        (Told(band=(60, 30)), "habits_not_asked"),
        (Told(band=(60, 999)), "habits_not_asked"),
        (Told(options={own, village}), "habits_one_of"),
        (Told(options={options(other, 1)[0]}), "habits_not_asked"),
        (Told(options={10**9}), "habits_not_asked"),
    ]:
        refused(
            f"consultations.{why}",
            lambda wrong=wrong: actions.tell_habits(made.pk, wrong, code=code(1)),
        )
    assert not Voter.objects.exists()
    over(clock)
    refused(
        "consultations.takes_no_answers",
        lambda: actions.tell_habits(made.pk, Told(can="yes"), code=code(1)),
    )


def test_who_is_asked_can_be_said_without_a_questionnaire(place):
    made = opened(place)
    actions.tell_habits(made.pk, Told(sex="male"), code=code(1))
    assert Reply.objects.get().sex == "male"
    assert results_of_habits(again(made)) is None


def test_a_sheet_is_typed_in_once_and_corrected(place, clock):
    made = begun(place)
    with pytest.raises(NotAllowed):
        actions.enter_habits(made.pk, 7, Told(can="no"), actor=place.staff("leader"))
    staff = place.staff("handler")
    refused(
        "consultations.sheet_number",
        lambda: actions.enter_habits(made.pk, 0, Told(can="no"), actor=staff),
    )
    actions.enter_habits(made.pk, 7, Told(can="no"), channel="visit", actor=staff)
    actions.enter_habits(made.pk, 7, Told(can="tight"), actor=staff)
    voter = Voter.objects.get()
    assert (voter.sheet, voter.channel, voter.reply.can) == (7, "paper", "tight")
    entries = TrailEntry.objects.filter(code="consultations.habits_sheet")
    assert [entry.data for entry in entries] == [{"number": 7}] * 2
    # What closed meanwhile is corrected; nothing new comes in.
    over(clock)
    actions.enter_habits(made.pk, 7, Told(can="yes"), actor=staff)
    refused(
        "consultations.takes_no_answers",
        lambda: actions.enter_habits(made.pk, 8, Told(can="no"), actor=staff),
    )


def test_nothing_is_shown_of_nine(place, clock):
    made = begun(place)
    told(made, 9, can="no", village=place.village)
    over(clock)
    found = results_of_habits(again(made))
    assert (found.replies, found.can.of, found.can.lines) == (9, 9, [])
    assert found.burdens[0].of is None


def test_while_it_is_open_results_move_by_tens_and_no_village_is_shown(place):
    made = begun(place)
    told(made, 10, can="no", village=place.village)
    told(made, 9, first=10, can="yes", village=place.village)
    found = results_of_habits(again(made))
    assert (found.replies, found.counted, found.can.of) == (19, 10, 10)
    assert [line.share.count for line in found.can.lines] == [0, 0, 10]
    assert found.can.here == [] and not found.settled
    told(made, 1, first=19, can="yes", village=place.village)
    found = results_of_habits(again(made))
    assert [line.share.count for line in found.can.lines] == [10, 0, 10]


def test_a_small_village_is_hidden_and_cannot_be_subtracted(place, clock):
    small, middle = (
        Village.objects.create(town=place.town, name=name, position=9)
        for name in ("Small", "Middle")
    )
    made = begun(place)
    told(made, 20, can="yes", village=place.village)
    told(made, 12, first=20, can="tight", village=middle)
    told(made, 3, first=40, can="no", village=small)
    over(clock)
    can = results_of_habits(again(made)).can
    assert can.of == 35
    assert [(one.village, one.counts) for one in can.here] == [
        (place.village, [20, 0, 0])
    ]
    assert set(can.hidden) == {small, middle}


def test_what_it_costs_stands_beside_what_a_village_can_give(place, clock):
    made = begun(place)
    far = Village.objects.create(town=place.town, name="Far", position=9)
    told(made, 9, can="yes", village=place.village)
    told(made, 3, first=10, can="no", village=place.village)
    told(made, 6, first=20, can="tight", village=far)
    told(made, 4, first=30, can="no", village=far)
    with pytest.raises(NotAllowed):
        actions.set_costs(made.pk, {far: 400_00}, actor=place.staff("inspector"))
    staff = place.staff("handler")
    actions.set_costs(made.pk, {far: 400_00, place.village: None}, actor=staff)
    refused(
        "consultations.costs_same",
        lambda: actions.set_costs(made.pk, {far: 400_00}, actor=staff),
    )
    refused(
        "consultations.sum_size",
        lambda: actions.set_costs(made.pk, {far: 0}, actor=staff),
    )
    assert HouseholdCost.objects.get().fen == 400_00
    assert TrailEntry.objects.get(code="consultations.costs_set").data == {"count": 1}
    over(clock)
    near, there = results_of_habits(again(made)).burdens
    assert (near.fen, near.cannot, near.of, near.level) == (30000, 3, 12, "many")
    assert not near.beyond
    # 400 was not asked about: who said that 300 is tight cannot give it either.
    assert (there.fen, there.cannot, there.of, there.level) == (40000, 10, 10, "most")
    assert there.beyond
    actions.set_costs(made.pk, {far: None}, actor=staff)
    assert not HouseholdCost.objects.exists()


def test_weighing_undoes_that_one_village_answered_more(place, clock):
    far = Village.objects.create(town=place.town, name="Far", position=9)
    lived_in(place, place.village, far)
    made = begun(place)
    told(made, 60, can="yes", village=place.village)
    told(made, 20, first=60, can="no", village=far)
    over(clock)
    can = results_of_habits(again(made)).can
    yes, _tight, no = can.lines
    assert (yes.hundredths, no.hundredths) == (75, 25)
    # As many live here as there: half can, half cannot.
    assert (yes.weighed, no.weighed) == (50, 50)
    assert no.low < 50 < no.high
    # 60 at 2/3 and 20 at 2: 80² / (60 * 4/9 + 20 * 4) = 60.
    assert can.effective == 60


def test_few_answers_are_not_weighed(place, clock):
    lived_in(place, place.village)
    made = begun(place)
    told(made, 29, can="yes", village=place.village)
    over(clock)
    assert results_of_habits(again(made)).can.effective is None


def test_questions_are_counted_among_those_who_answered_them(place, clock):
    made = begun(place)
    early, late = options(made, 1)
    told(made, 10, options={early, late})
    told(made, 10, first=10, options={late})
    told(made, 5, first=20, can="yes")
    over(clock)
    water, pump = results_of_habits(again(made)).questions
    assert (water.of, water.several) == (20, True)
    assert [line.share.count for line in water.lines] == [10, 20]
    assert [line.hundredths for line in water.lines] == [50, 100]
    assert (pump.of, pump.lines) == (0, [])


def test_the_number_of_queries_does_not_grow(place, clock, django_assert_num_queries):
    made = begun(place)
    early, _late = options(made, 1)
    told(made, 10, options={early}, village=place.village)
    over(clock)
    with django_assert_num_queries(12):
        results_of_habits(again(made))
    other = begun(place)
    early, _late = options(other, 1)
    told(other, 30, options={early}, village=place.village)
    over(clock)
    with django_assert_num_queries(12):
        results_of_habits(again(other))


def test_the_kit_can_be_asked_as_it_is(place):
    made = asking(place, Wanted(lines=[kit_line("water"), kit_line("away")]))
    assert made.questionnaire.questions.count() == 2
