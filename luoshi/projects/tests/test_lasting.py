"""Whether a project lasts: its figure, its facts, its label, and the year's list."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.conftest import Browser
from luoshi.core.clock import at
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.engines.appraisal import REFERENCES
from luoshi.projects import lasting, queries, usual
from luoshi.projects.access import open_cycle
from luoshi.projects.actions.lasting import (
    Told,
    Way,
    change_method,
    change_usual,
    release_labels,
    tell_figure,
)
from luoshi.projects.models import (
    Candidate,
    Election,
    Figure,
    LabelRelease,
    Project,
)
from luoshi.projects.tests.play import candidate, opened, proposed, to_stage

BRIDGE = Told(kind="bridge", funded=True, appearance=0)
SCREEN = Told(kind="screen", funded=False, appearance=20_000_000)
USUAL_WAY = Way(rate=80, water_rate=60, apart=True, weight=None)


def appraised(place, cycle, told=BRIDGE, **more):
    """Return a candidate with its figure."""
    project = candidate(place, cycle, **more)
    tell_figure(project.pk, told, actor=place.staff("handler"))
    return project


def in_appraisal(place, year=2027):
    return to_stage(place, opened(place, year), "appraise")


def sight(project, labelled=True):
    return lasting.sight_of(queries.row_of(project), labelled=labelled)


def test_a_figure_is_told_by_who_appraises_and_stands_in_the_record(place):
    project = candidate(place, in_appraisal(place))
    with pytest.raises(NotAllowed):
        tell_figure(project.pk, BRIDGE, actor=place.staff("releaser"))
    assert not Figure.objects.exists()
    assert sight(project).appraisal is None
    tell_figure(project.pk, BRIDGE, actor=place.staff("handler"))
    entry = TrailEntry.objects.get(code="projects.figure_told")
    assert (entry.person.name, entry.data["kind"]) == ("handler", "bridge")
    # Told again it is changed, not doubled.
    tell_figure(project.pk, replace(BRIDGE, days=200), actor=place.staff("leader"))
    assert Figure.objects.get().days == 200
    assert Figure.objects.get().by.name == "leader"


WRONG = [
    ({"kind": "castle"}, "no_such_kind"),
    ({"appearance": 30_000_001}, "appearance_above_cost"),
    ({"appearance": -1}, "sum_absurd"),
    ({"hardship": 121}, "hardship_above_all"),
    ({"people_low": 400, "people_high": 350}, "people_in_order"),
    ({"people_low": 301}, "people_outside"),
    ({"people_high": 299}, "people_outside"),
    ({"worth": 10**14}, "sum_absurd"),
    ({"days": 400}, "figure_bad"),
]


@pytest.mark.parametrize(("wrong", "code"), WRONG)
def test_what_cannot_be_true_is_refused(place, wrong, code):
    project = candidate(place, in_appraisal(place))
    with pytest.raises(Refusal, match=code):
        tell_figure(project.pk, replace(BRIDGE, **wrong), actor=place.staff("handler"))
    assert not Figure.objects.exists()


def test_after_the_decision_nothing_is_told_any_more(place):
    project = candidate(place, in_appraisal(place))
    Project.objects.filter(pk=project.pk).update(state="chosen")
    with pytest.raises(Refusal, match="not_from_here"):
        tell_figure(project.pk, BRIDGE, actor=place.staff("handler"))


def test_once_voting_began_what_people_read_stands_still(place):
    cycle = in_appraisal(place)
    project = candidate(place, cycle)
    vote = Election.objects.create(
        town=place.town,
        cycle=cycle,
        kind="wish",
        title="意向投票",
        form="approval",
        rule="greedy_votes",
        who="adult",
        budget=cycle.budget,
        closes_on=date(2026, 3, 20),
    )
    Candidate.objects.create(
        town=place.town,
        election=vote,
        project=project,
        key="1",
        position=1,
        name=project.title,
        cost=project.cost,
    )
    tell_figure(project.pk, BRIDGE, actor=place.staff("handler"))
    Election.objects.update(state="open")
    with pytest.raises(Refusal, match="figure_fixed"):
        tell_figure(project.pk, SCREEN, actor=place.staff("handler"))
    assert Figure.objects.get().kind == "bridge"


def test_the_figure_is_that_of_the_page_and_of_the_towns_usual_values(place):
    project = appraised(place, in_appraisal(place), replace(BRIDGE, worth=100))
    one = sight(project).appraisal
    # 300 people on 365 days, one yuan a use: 109,500 yuan in each of 20 years.
    assert [row.benefit for row in one.rows] == [0] + [10_950_000] * 20
    # Nobody wrote its upkeep down: one percent of 300,000 is usual for a bridge.
    assert {row.upkeep for row in one.rows[1:]} == {300_000}
    assert (one.years, one.rate) == (20, Decimal("0.08"))


def test_without_upkeep_money_it_is_appraised_as_it_will_go(place):
    project = appraised(place, in_appraisal(place), SCREEN)
    found = sight(project)
    assert found.appraisal.years == REFERENCES["screen"].unkept.central
    assert found.appraisal.upkeep == 0
    assert found.profile.signs["funded"] == "showy"
    assert found.label == "显绩"
    # It brings less than it costs, and says so in words.
    assert found.household < 0 and found.loss == -found.household
    page = Browser().get(f"/{place.town.code}/projects/{project.number}/")
    assert "花的比得的多" in page.content.decode()
    assert sight(project, labelled=False).label == ""


def test_everybody_reads_the_facts_and_the_label_only_once_released(place):
    cycle = in_appraisal(place)
    project = appraised(place, cycle, SCREEN)
    # What a reader gets of it: its own page, and the round's.
    code = place.town.code
    pages = [
        f"/{code}/projects/{project.number}/",
        f"/{code}/projects/round/{cycle.pk}/lasting/",
    ]

    def read(url):
        return Browser().get(url).content.decode()

    for url in pages:
        assert "没着落" in read(url)
        assert "67%" in read(url)
        assert "显绩" not in read(url)
    staff = f"/{code}/work/projects/{project.number}/"
    assert "显绩" in place.client("inspector").get(staff).content.decode()
    told = {"number": "镇党委〔2026〕8号", "decided_on": date(2026, 3, 1)}
    with pytest.raises(NotAllowed):
        release_labels(cycle.pk, actor=place.staff("dispatcher"), **told)
    with pytest.raises(Refusal, match="decision_missing"):
        release_labels(
            cycle.pk, actor=place.staff("releaser"), **told | {"number": " "}
        )
    with pytest.raises(Refusal, match="day_to_come"):
        later = told | {"decided_on": date(2026, 3, 3)}
        release_labels(cycle.pk, actor=place.staff("releaser"), **later)
    assert not LabelRelease.objects.exists()
    release_labels(cycle.pk, actor=place.staff("releaser"), **told)
    assert TrailEntry.objects.get(code="projects.labels_released").data["number"]
    for url in pages:
        assert "显绩" in read(url)
    with pytest.raises(Refusal, match="released_already"):
        release_labels(cycle.pk, actor=place.staff("releaser"), **told)


def test_a_proposal_that_nobody_looked_at_is_not_in_a_public_list(place):
    cycle = opened(place)
    hidden = proposed(place, cycle)
    Project.objects.filter(pk=hidden.pk).update(state="waiting")
    url = f"/{place.town.code}/projects/round/{cycle.pk}/lasting/"
    assert "修便桥" not in Browser().get(url).content.decode()


def test_a_round_is_ordered_by_what_each_yuan_brings_and_says_what_turns_it(place):
    cycle = in_appraisal(place)
    dear = appraised(place, cycle, title="大桥", cost=60_000_000)
    good = appraised(place, cycle, title="小桥")
    later = candidate(place, cycle, title="路灯")
    found = lasting.round_of(cycle, labelled=True)
    assert [one.row.project for one in found.ranked] == [good, dear]
    assert [one.row.project for one in found.unknown] == [later]
    assert "“小桥”" in found.flip and "“大桥”" in found.flip
    assert found.comparison.turn == "none_before"
    page = place.client("leader").get(
        f"/{place.town.code}/work/projects/round/{cycle.pk}/lasting/"
    )
    assert page.content.decode().index("小桥") < page.content.decode().index("大桥")


def test_a_list_that_lasts_less_than_those_before_is_said_so(place):
    before = in_appraisal(place, 2026)
    for title in ("一桥", "二桥"):
        appraised(place, before, title=title)
    Project.objects.update(state="done")
    cycle = in_appraisal(place)
    appraised(place, cycle, SCREEN, title="大屏")
    found = lasting.round_of(cycle, labelled=False)
    assert found.comparison.turn == "worse"
    assert "不如前1年" in found.verdict
    assert any("管护有着落" in words for words in found.changes)
    assert [year.year for year in found.years] == [2026, 2027]
    assert found.years[0].shares[1:] == ["100%", "100%", "0%"]
    assert len(found.charts) == 2
    # The year before stands for itself: what came later does not count there.
    assert lasting.round_of(before, labelled=False).comparison.turn == "none_before"


def test_what_was_chosen_is_the_list_and_before_that_the_candidates(place):
    cycle = in_appraisal(place)
    chosen, other = (appraised(place, cycle, title=name) for name in ("一", "二"))
    assert not lasting.round_of(cycle, labelled=False).decided
    Project.objects.filter(pk=chosen.pk).update(state="chosen")
    Project.objects.filter(pk=other.pk).update(state="not_chosen")
    found = lasting.round_of(cycle, labelled=False)
    assert found.decided
    assert [one.row.project for one in found.ranked] == [chosen]


def test_a_village_is_compared_with_itself(place):
    town = in_appraisal(place, 2026)
    appraised(place, town, title="镇里的桥")
    village = opened(place, village_id=place.village.pk)
    assert lasting.round_of(village, labelled=False).comparison.before == ()


def test_a_round_costs_the_same_queries_whatever_its_size(
    place, django_assert_num_queries
):
    cycle = in_appraisal(place)
    for more in range(2):
        for each in range(1 + 4 * more):
            appraised(place, cycle, title=f"桥{more}{each}")
        found = open_cycle(place.town, cycle.pk)
        with django_assert_num_queries(10):
            lasting.round_of(found, labelled=False)


def test_a_town_writes_down_what_is_usual_here(place):
    project = appraised(place, in_appraisal(place))
    numbers = usual.numbers_of(REFERENCES["bridge"]) | {"days": [200, 250, 300]}
    told = {"source": "镇里三年的数"}
    with pytest.raises(NotAllowed):
        change_usual("bridge", numbers, actor=place.staff("handler"), **told)
    for wrong, code in (
        ({"days": [300, 250, 200]}, "values_in_order"),
        ({"days": [200, 250, 400]}, "values_absurd"),
        ({"years": [0, 250, 300]}, "values_absurd"),
    ):
        with pytest.raises(Refusal, match=code):
            change_usual("bridge", numbers | wrong, actor=place.staff("leader"), **told)
    with pytest.raises(Refusal, match="source_missing"):
        change_usual("bridge", numbers, source=" ", actor=place.staff("leader"))
    with pytest.raises(Refusal, match="no_such_kind"):
        change_usual("castle", numbers, actor=place.staff("leader"), **told)
    before = sight(project).appraisal.benefit
    town = change_usual("bridge", numbers, actor=place.staff("leader"), **told)
    entry = TrailEntry.objects.get(code="projects.usual_changed")
    assert entry.data["values"] == {"days": [[300, 365, 365], [200, 250, 300]]}
    assert usual.references_of(town)["bridge"].source == "镇里三年的数"
    assert usual.references_of(town)["road"] == REFERENCES["road"]
    project.refresh_from_db()
    assert sight(Project.objects.get(pk=project.pk)).appraisal.benefit < before


def test_every_reference_comes_back_as_it_was_written_down():
    for one in REFERENCES.values():
        again = usual.changed(one, usual.numbers_of(one) | {"source": one.source})
        assert replace(again, sure=one.sure) == one


def test_the_method_is_changed_for_every_figure(place):
    project = appraised(place, in_appraisal(place), replace(BRIDGE, hardship=60))
    plain = sight(project).appraisal
    assert plain.extra == 0
    with pytest.raises(NotAllowed):
        change_method(USUAL_WAY, actor=place.staff("handler"))
    for wrong, code in (
        ({"rate": 201}, "rate_absurd"),
        ({"water_rate": -1}, "rate_absurd"),
        ({"weight": 999}, "weight_absurd"),
    ):
        with pytest.raises(Refusal, match=code):
            change_method(replace(USUAL_WAY, **wrong), actor=place.staff("leader"))
    change_method(replace(USUAL_WAY, weight=2000), actor=place.staff("administrator"))
    found = sight(Project.objects.get(pk=project.pk))
    # Half of the households count twice; without that the figure is what it was.
    assert found.appraisal.extra == round(plain.benefit / 2)
    assert found.appraisal.plain_net == plain.net
    url = f"/{place.town.code}/projects/{project.number}/"
    assert "按2倍算" in Browser().get(url).content.decode()


def test_the_form_asks_little_and_shows_again_what_was_told(place):
    project = candidate(place, in_appraisal(place))
    url = f"/{place.town.code}/work/projects/{project.number}/do/figure/"
    told = {"kind": "bridge", "funded": "yes", "appearance": "0"}
    assert place.client("releaser").post(url, told).status_code == 404
    page = place.client("handler").post(url, told | {"appearance": "400000"})
    assert page.status_code == 422
    assert "比总造价还多" in page.content.decode()
    assert place.client("handler").post(url, told).status_code == 302
    figure = Figure.objects.get()
    assert (figure.funded, figure.worth, figure.saved) == (True, None, 0)
    assert (
        'value="bridge" selected' in place.client("handler").get(url).content.decode()
    )


def test_usual_values_and_method_are_changed_on_their_pages(place):
    base = f"/{place.town.code}/work/projects/usual/"
    method = {"rate": "7", "water_rate": "5.5", "apart": "no", "weight": "1.5"}
    assert place.client("handler").post(base, method).status_code == 404
    assert place.client("leader").post(base, method).status_code == 302
    place.town.refresh_from_db()
    changed = usual.method_of(place.town)
    assert (changed.rate.central, changed.apart) == (Decimal("0.07"), False)
    assert changed.weight == Decimal("1.5")
    leader = place.client("leader")
    assert leader.get(f"{base}castle/").status_code == 404
    form = leader.get(f"{base}lamps/").context["form"]
    again = {bound.html_name: bound.value() for bound in form}
    fields = {name: str(value) for name, value in again.items()}
    fields |= {"worth_central": "0.5", "worth_low": "0.1", "upkeep_low": "2.5"}
    assert leader.post(f"{base}lamps/", fields).status_code == 302
    place.town.refresh_from_db()
    lamps = usual.references_of(place.town)["lamps"]
    assert lamps.worth.central == 50
    assert lamps.upkeep.low == Decimal("0.025")
    assert lamps.years == REFERENCES["lamps"].years


def test_an_office_that_proposes_its_own_work_was_asked_by_nobody(place):
    cycle = in_appraisal(place)
    project = appraised(place, cycle)
    project.sources.update(kind="department")
    assert sight(project).profile.signs["asked"] == "showy"
    project.sources.update(kind="village")
    assert sight(project).profile.signs["asked"] == "lasting"


def test_the_clock_plays_no_part(place):
    cycle = in_appraisal(place)
    project = appraised(place, cycle)
    first = sight(project).appraisal
    with at("2031-05-05 09:00"):
        assert sight(project).appraisal == first
