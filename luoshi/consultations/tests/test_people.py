"""How many answered: whatever they answered, each set of answers once."""

from luoshi.consultations import actions, staff_queries
from luoshi.consultations.actions import Sheet
from luoshi.consultations.answers import by_channel, people_who_answered
from luoshi.consultations.habits.heard import heard_of
from luoshi.consultations.habits.people import bands_asked, grid_of
from luoshi.consultations.tests.play import AGREE, DISAGREE, answered, code, opened
from luoshi.consultations.tests.test_habits import begun, options, told
from luoshi.core.models import Population, Village


def _listed(place):
    return staff_queries.consultations_for(place.staff("dispatcher"))[0].people


def test_any_answer_counts_and_each_set_of_answers_once(place):
    made = begun(place)
    one, two = made.statements.all()[:2]
    early = options(made, 1)[0]
    answered(made, one, AGREE, DISAGREE)
    answered(made, two, AGREE)
    # The second of them tells how they live too, and a third does nothing else.
    told(made, 2, first=1, options={early})
    desk = place.staff("dispatcher")
    actions.enter_sheet(made.pk, Sheet(7, said=["池塘臭。"]), actor=desk)
    # Tied to nobody.
    actions.say(made.pk, text="路灯不亮。")
    assert people_who_answered(made).count() == 4
    assert heard_of(made).answers == _listed(place) == 4
    assert sorted(by_channel(made)) == [("纸质意见表", 1), ("网页", 3)]
    actions.withdraw_answers(made.pk, code=code(2))
    assert people_who_answered(made).count() == _listed(place) == 3


def test_a_list_of_consultations_counts_their_own_rows(place):
    made, other = begun(place), begun(place)
    for statement in made.statements.all():
        answered(made, statement, AGREE, AGREE, AGREE)
    for text in ("第一条。", "第二条。"):
        actions.say(made.pk, text=text)
    rows = staff_queries.consultations_for(place.staff("dispatcher"))
    counts = {row.pk: (row.people, row.waiting) for row in rows}
    assert counts == {made.pk: (3, 2), other.pk: (0, 0)}


def _counted(place, village, bands, people=100):
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
        for first, last in bands
    )


def test_one_village_without_ages_leaves_the_others_theirs(place):
    other = Village.objects.create(town=place.town, name="石坎村", position=9)
    bands = [(0, 15), (16, 59), (60, None)]
    _counted(place, place.village, bands)
    _counted(place, other, [(0, None)], people=30)
    made = opened(place)
    grid = grid_of(made)
    assert grid.bands == [(16, 59), (60, None)]
    people = dict(zip(map(str, grid.villages), grid.people.tolist(), strict=True))
    # A third is too young, as where ages are known.
    assert people["石坎村"] == [[10, 10], [10, 10]]
    assert people[str(place.village)] == [[100, 100], [100, 100]]
    assert [code for code, _label in bands_asked(made)] == ["16-59", "60-"]


def test_where_nobody_knows_ages_none_are_shown_and_people_are_asked_all(place):
    _counted(place, place.village, [(0, None)], people=200)
    made = begun(place)
    told(made, 3, village=place.village, sex="female", band=(16, 29))
    heard = heard_of(made)
    assert [margin.title for margin in heard.margins] == ["按村", "按性别"]
    assert {one.band for one in heard.cells} == {""}
    assert len(bands_asked(made)) == 5
