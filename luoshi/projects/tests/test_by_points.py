"""Wishes by points and by places: counted by rules that weigh them, and explained."""

from datetime import timedelta

import pytest

from luoshi.conftest import Browser
from luoshi.core.clock import today
from luoshi.core.refusals import Refusal
from luoshi.engines import voting
from luoshi.projects import actions, counting, explaining
from luoshi.projects.actions import Marks
from luoshi.projects.models import CastBallot, Election
from luoshi.projects.models.voting import BY_POINTS
from luoshi.projects.tests.play import COSTS, cast, keys_of, round_with, wish

MILLION_EACH = (60_000_000, 50_000_000, 40_000_000)
FILE = """META
key;value
vote_type;cumulative
budget;100
PROJECTS
project_id;cost;name
a;60;Trees
b;50;Lamps
c;40;Benches
d;1;Bells
VOTES
voter_id;vote;points
7;a,c;1,4
8;b,d;5,0
9;b;5
"""


def give(place, codes, *ballots):
    """Cast ballots with points, each a dict of keys."""
    for ballot in ballots:
        marks = Marks(list(ballot), list(ballot.values()))
        actions.cast_ballot(place.town, codes.pop(), marks)


def counted(place, election):
    """Close and count."""
    actions.close_vote(election.pk, actor=place.staff("leader"))
    actions.count_vote(election.pk, actor=place.staff("leader"))
    return Election.objects.get(pk=election.pk)


def page_of(place, election, query=""):
    url = f"/{place.town.code}/vote/{election.pk}/{query}"
    return Browser().get(url).content.decode()


def test_points_are_weighed_explained_and_counted_again_by_everybody(place):
    cycle = round_with(place, *MILLION_EACH)
    election, codes = wish(place, cycle, form="points", points=10)
    assert election.rule == "mes_points_cost_add1u"
    one, two, three = keys_of(election)
    # By names the second would be first; by points it is the third.
    give(place, codes, {two: 1, three: 9}, {two: 1, three: 8}, {two: 2, one: 6})
    assert "每张票管同样多的钱" in page_of(place, election)
    election = counted(place, election)
    result = election.result
    assert result.votes == {one: 1, two: 3, three: 2}
    assert result.winners == [three, two]
    assert [step["points"] for step in result.steps] == [17, 4]
    assert result.losses[one]["points"] == 6
    page = page_of(place, election)
    assert "17分（2张票）" in page and "它的每1分出" in page
    assert "不按它们加权" not in page
    assert "每一步都一样" in page_of(place, election, "?again")
    url = f"/{place.town.code}/vote/{election.pk}/ballots.pb"
    read = voting.pabulib.read(Browser().get(url).content)
    again = voting.equal_shares(
        read,
        utility="points_cost",
        completion="add1u",
        ties=[project.id for project in read.projects],
    )
    assert list(again.winners) == result.winners
    # A point more shows, though nobody is named otherwise.
    altered = CastBallot.objects.filter(named=[two, three]).first()
    altered.points = [altered.points[0] + 1, altered.points[1]]
    altered.save()
    assert set(counting.differences(election)) >= {"digest", "steps"}


def test_places_count_from_the_last_up(place):
    cycle = round_with(place, *MILLION_EACH)
    election, codes = wish(place, cycle, form="ranking", rule="greedy_votes")
    assert election.rule == "greedy_points"
    one, two, three = keys_of(election)
    cast(place, codes, [three, two, one], [three, two], [one])
    election = counted(place, election)
    result = election.result
    assert [(step["key"], step["points"]) for step in result.steps] == [
        (three, 5),
        (two, 3),
    ]
    assert result.losses[one]["points"] == 2
    page = page_of(place, election)
    assert "最后一位得1分，往前每位多1分" in page
    assert "5分（2张票）" in page


@pytest.mark.parametrize("rule", BY_POINTS)
@pytest.mark.parametrize("form", ["points", "ranking"])
def test_every_rule_by_points_says_why_each_lost(place, rule, form):
    cycle = round_with(place, *MILLION_EACH, 100_000_000)
    election, codes = wish(
        place, cycle, form=form, points=9 if form == "points" else None, rule=rule
    )
    one, two, three, _nobody = keys_of(election)
    if form == "points":
        give(place, codes, {one: 5, three: 4}, {one: 9}, {two: 3, three: 3}, {two: 9})
    else:
        cast(place, codes, [one, three], [one], [three, two], [two])
    election = counted(place, election)
    lines = explaining.lines_of(election)
    assert len(lines) == 4 and all(line.words for line in lines)
    assert sum(line.candidate.cost for line in lines if line.chosen) <= 100_000_000
    none = "没有人给它打分。" if form == "points" else "没有人选它。"
    assert (lines[-1].words, lines[-1].much) == (none, 0)
    assert all(line.much <= line.most for line in lines)
    assert counting.differences(election) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"form": "points", "points": 9, "rule": "phragmen"}, "rule_weighs_nothing"),
        ({"form": "ranking", "rule": "knapsack"}, "rule_weighs_nothing"),
        ({"form": "approval", "rule": "greedy_points"}, "rule_of_points"),
        ({"form": "ranking", "most": 4}, "limit_absurd"),
        ({"form": "ranking", "most": 0}, "limit_absurd"),
    ],
)
def test_a_rule_fits_its_ballots_or_is_refused_with_a_way_out(place, more, code):
    cycle = round_with(place, *COSTS)
    with pytest.raises(Refusal, match=code):
        wish(place, cycle, **more)
    assert not Election.objects.exists()
    election, _codes = wish(place, cycle, form="ranking", rule="mes_points_add1u")
    assert election.rule == "mes_points_add1u"


def test_staff_choose_a_form_and_need_not_know_two_kinds_of_rules(place):
    cycle = round_with(place, *COSTS)
    url = f"/{place.town.code}/work/votes/new/{cycle.pk}/wish/"
    client = place.client("leader")
    page = client.get(url).content.decode()
    assert "greedy_points" not in page
    told = {
        "title": "选实事",
        "closes_on": f"{today() + timedelta(days=9):%Y-%m-%d}",
        "form": "points",
        "points": "10",
        "who": "adult",
    }
    refused = client.post(url, told | {"rule": "phragmen"})
    assert refused.status_code == 422
    assert "不能按先后或分数算" in refused.content.decode()
    assert client.post(url, told | {"rule": "mes_cost_add1u"}).status_code == 302
    assert Election.objects.get().rule == "mes_points_cost_add1u"


def test_a_vote_set_up_before_keeps_the_rule_that_was_announced(place):
    cycle = round_with(place, *MILLION_EACH)
    election, codes = wish(place, cycle, form="points", points=10)
    Election.objects.update(rule="greedy_votes")
    one, two, three = keys_of(election)
    give(place, codes, {two: 1, three: 9}, {two: 1}, {two: 1, one: 9})
    election = counted(place, election)
    assert election.result.steps[0]["key"] == two
    assert "points" not in election.result.steps[0]
    assert counting.differences(election) == []
    page = page_of(place, election)
    assert "3票" in page and "不按它们加权" in page


def test_places_may_be_limited_and_the_ballot_offers_no_more(place):
    election, codes = wish(place, round_with(place, *COSTS), form="ranking", most=2)
    one, two, three = keys_of(election)
    url = f"/{place.town.code}/vote/"
    page = Browser().get(f"{url}with/{codes[0]}/").content.decode()
    assert "第2位" in page and "第3位" not in page
    with pytest.raises(Refusal, match="ballot_over"):
        actions.cast_ballot(place.town, codes[0], Marks([one, two, three]))
    told = {"code": codes[0], f"rank_{three}": "3", "stage": "review"}
    assert Browser().post(url, told).status_code == 422


def test_the_look_at_a_ballot_says_what_points_are_left(place):
    election, codes = wish(place, round_with(place, *COSTS), form="points", points=10)
    one, two, _three = keys_of(election)
    url = f"/{place.town.code}/vote/"
    told = {"code": codes[0], f"points_{one}": "4", "stage": "review"}
    assert "还有6分没给" in Browser().post(url, told).content.decode()
    told |= {f"points_{two}": "6"}
    assert "分没给" not in Browser().post(url, told).content.decode()


def test_a_file_with_points_is_counted_by_them_and_points_of_nothing_buy_nothing(
    place,
):
    leader = place.staff("leader")
    with pytest.raises(Refusal, match="rule_weighs_nothing"):
        actions.bring_vote(FILE.encode(), title="x", rule="phragmen", actor=leader)
    absurd = FILE.replace("9;b;5", f"9;b;{10**15}") + f"10;b;{10**15}\n"
    with pytest.raises(Refusal, match="file_wrong"):
        actions.bring_vote(absurd.encode(), title="x", rule="phragmen", actor=leader)
    election = actions.bring_vote(
        FILE.encode(), title="外地的", rule="greedy_votes", actor=leader
    )
    assert election.rule == "greedy_points"
    result = actions.count_vote(election.pk, actor=leader)
    assert (result.winners, result.leftover) == (["b", "c"], 10)
    assert result.losses["d"] == {"reason": "no_votes", "votes": 1, "points": 0}
    assert counting.differences(Election.objects.get(pk=election.pk)) == []
