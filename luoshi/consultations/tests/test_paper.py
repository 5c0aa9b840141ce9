"""Sheets: typed in once by number, corrected, taken out; never doubled."""

import pytest

from luoshi.consultations import actions
from luoshi.consultations.actions import Sheet
from luoshi.consultations.models import Reaction, Voter
from luoshi.consultations.tests.play import (
    AGREE,
    DISAGREE,
    UNSURE,
    answered,
    ended,
    recount,
    tallies,
)
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import entries_of


def _sheet(asked, *values, number=7, **more):
    ids = asked.statements.order_by("number").values_list("pk", flat=True)
    marks = dict(zip(ids, values, strict=False))
    return Sheet(number, reactions=marks, **more)


@pytest.mark.parametrize("who", ["leader", "releaser", "inspector", "administrator"])
def test_only_who_types_sheets_in_does(place, asked, who):
    with pytest.raises(NotAllowed):
        actions.enter_sheet(asked.pk, _sheet(asked, AGREE), actor=place.staff(who))
    assert not Voter.objects.exists()


def test_a_sheet_is_one_answer_and_corrected_not_doubled(place, asked):
    first, second = asked.statements.all()
    staff = place.staff("handler")
    sheet = _sheet(asked, AGREE, DISAGREE, village=place.village, said=["路太窄", ""])
    actions.enter_sheet(asked.pk, sheet, actor=staff)
    assert tallies(first) == (1, 0, 0) and tallies(second) == (0, 1, 0)
    with pytest.raises(Refusal, match="sheet_there"):
        actions.enter_sheet(asked.pk, sheet, actor=staff)
    corrected = _sheet(asked, UNSURE, said=["路太窄。"])
    actions.enter_sheet(asked.pk, corrected, correcting=True, actor=staff)
    assert tallies(first) == recount(first) == (0, 0, 1)
    assert tallies(second) == recount(second) == (0, 0, 0)
    assert asked.statements.filter(entered_by__isnull=False).count() == 1
    assert Voter.objects.get().village is None
    codes = [entry.code for entry in entries_of(asked)][:2]
    assert codes == ["consultations.sheet_corrected", "consultations.sheet"]
    assert entries_of(asked)[0].data == {"number": 7}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": 0}, "sheet_number"),
        ({"channel": "web"}, "sheet_number"),
        ({"reactions": {}}, "sheet_blank"),
        ({"reactions": {10_000_000: 1}}, "not_there"),
        ({"said": ["长" * 141]}, "too_long"),
    ],
)
def test_what_no_sheet_can_say_is_refused(place, asked, change, code):
    told = {"number": 7, "reactions": {asked.statements.first().pk: AGREE}} | change
    with pytest.raises(Refusal, match=code):
        actions.enter_sheet(asked.pk, Sheet(**told), actor=place.staff("handler"))
    assert not Reaction.objects.exists() and asked.statements.count() == 2


def test_a_value_that_is_none_of_three_is_refused(place, asked):
    with pytest.raises(Refusal, match="one_of_three"):
        actions.enter_sheet(asked.pk, _sheet(asked, 5), actor=place.staff("handler"))
    assert not Voter.objects.exists()


def test_sheets_and_phones_stand_in_one_count(place, asked):
    first = asked.statements.first()
    answered(asked, first, AGREE, AGREE)
    for channel, number in (("paper", 1), ("visit", 2), ("meeting", 3)):
        actions.enter_sheet(
            asked.pk,
            _sheet(asked, AGREE, number=number, channel=channel),
            actor=place.staff("dispatcher"),
        )
    assert tallies(first) == recount(first) == (5, 0, 0)


def test_after_the_last_day_only_corrections(place, asked):
    staff = place.staff("handler")
    actions.enter_sheet(asked.pk, _sheet(asked, AGREE), actor=staff)
    ended(asked, place)
    with pytest.raises(Refusal, match="takes_no_answers"):
        actions.enter_sheet(asked.pk, _sheet(asked, AGREE, number=8), actor=staff)
    with pytest.raises(Refusal, match="sheet_not_there"):
        actions.enter_sheet(
            asked.pk, _sheet(asked, AGREE, number=8), correcting=True, actor=staff
        )
    fixed = _sheet(asked, DISAGREE)
    actions.enter_sheet(asked.pk, fixed, correcting=True, actor=staff)
    assert tallies(asked.statements.first()) == (0, 1, 0)


def test_a_spoilt_sheet_is_taken_out_with_a_reason(place, asked):
    staff = place.staff("handler")
    actions.enter_sheet(asked.pk, _sheet(asked, AGREE, AGREE), actor=staff)
    with pytest.raises(Refusal, match="reason_missing"):
        actions.drop_sheet(asked.pk, 7, why=" ", actor=staff)
    with pytest.raises(Refusal, match="sheet_not_there"):
        actions.drop_sheet(asked.pk, 8, why="Spoilt", actor=staff)
    assert actions.drop_sheet(asked.pk, 7, why="Spoilt", actor=staff) == 2
    assert tallies(asked.statements.first()) == (0, 0, 0)
    assert entries_of(asked)[0].code == "consultations.sheet_dropped"
