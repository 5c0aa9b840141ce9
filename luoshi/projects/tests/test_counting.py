"""Counting: by each rule, for residents and deputies, explained and done again."""

import pytest

from luoshi.conftest import Browser
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects import actions, counting, explaining
from luoshi.projects.models import (
    CastBallot,
    Election,
    Result,
)
from luoshi.projects.models.voting import BY_POINTS
from luoshi.projects.tests.play import (
    COSTS,
    MILLION,
    cast,
    deputies_vote,
    keys_of,
    round_with,
    wish,
)


def counted(place, election, **more):
    """Close and count."""
    leader = place.staff("leader")
    actions.close_vote(election.pk, actor=leader)
    actions.count_vote(election.pk, actor=leader)
    return Election.objects.get(pk=election.pk)


def test_the_count_explains_itself_and_can_be_done_again_by_everybody(place):
    cycle = round_with(place, 60_000_000, 50_000_000, 40_000_000)
    election, codes = wish(place, cycle, rule="greedy_votes")
    one, two, three = keys_of(election)
    cast(place, codes, [one, three], [one], [one], [two, three], [two])
    election = counted(place, election)
    result = election.result
    assert (result.winners, result.leftover) == ([one, three], 0)
    assert counting.differences(election) == []
    page = Browser().get(f"/{place.town.code}/vote/{election.pk}/").content.decode()
    assert "第2个" in page and "剩下40万元" in page
    file = Browser().get(f"/{place.town.code}/vote/{election.pk}/ballots.pb")
    text = file.content.decode()
    assert text.count(f";{two}") == 2 and "PROJECTS" in text
    for code in codes:
        assert code not in text
    again = Browser().get(f"/{place.town.code}/vote/{election.pk}/?again")
    assert "每一步都一样" in again.content.decode()
    # An altered ballot shows.
    altered = CastBallot.objects.filter(named=[one]).first()
    altered.named = [two]
    altered.save()
    assert {"digest", "votes"} <= set(counting.differences(election))
    again = Browser().get(f"/{place.town.code}/vote/{election.pk}/?again")
    assert "对不上" in again.content.decode()
    with pytest.raises(Refusal, match="vote_state"):
        actions.count_vote(election.pk, actor=place.staff("leader"))
    assert Result.objects.count() == 1


@pytest.mark.parametrize(
    "rule",
    [
        one
        for one in Election.Rule.values
        if one not in ("majority", *BY_POINTS.values())
    ],
)
def test_every_rule_counts_and_says_why_each_lost(place, rule):
    cycle = round_with(place, 60_000_000, 50_000_000, 40_000_000, 100_000_000)
    election, codes = wish(place, cycle, rule=rule)
    one, two, three, _nobody = keys_of(election)
    cast(place, codes, [one, three], [one], [one, two], [two, three], [two])
    election = counted(place, election)
    lines = explaining.lines_of(election)
    assert len(lines) == 4 and all(line.words for line in lines)
    assert sum(line.candidate.cost for line in lines if line.chosen) <= MILLION
    assert lines[-1].words == "没有人选它。"


def test_no_ballot_at_all_chooses_nothing(place):
    election = wish(place, round_with(place, *COSTS))[0]
    election = counted(place, election)
    assert (election.result.winners, election.result.ballots) == ([], 0)
    assert Browser().get(f"/{place.town.code}/vote/{election.pk}/").status_code == 200


def test_deputies_need_two_thirds_present_and_more_than_half_of_all(place, congress):
    cycle = round_with(place, *COSTS)
    election, codes = deputies_vote(congress, cycle, deputies=12, seats=2)
    one, two, three = keys_of(election)
    cast(place, codes, *[[one, two]] * 6, [one], [three])
    for present, code in ((7, "no_quorum"), (13, "present_absurd"), (None, "absurd")):
        with pytest.raises(Refusal, match=code):
            actions.close_vote(election.pk, present=present, actor=congress)
    with pytest.raises(NotAllowed):
        actions.close_vote(election.pk, present=12, actor=place.staff("leader"))
    actions.close_vote(election.pk, present=8, actor=congress)
    result = actions.count_vote(election.pk, actor=congress)
    # Six of twelve are half, and not more.
    assert result.winners == [one]
    assert result.losses[two] == {"reason": "not_half", "votes": 6}


def test_more_ballots_than_deputies_present_are_never_counted(place, congress):
    cycle = round_with(place, *COSTS)
    election, codes = deputies_vote(congress, cycle, deputies=3, seats=1)
    with pytest.raises(Refusal, match="slips_more_than_deputies"):
        actions.make_slips(election.pk, count=1, village_id=None, actor=congress)
    key = keys_of(election)[0]
    cast(place, codes, [key], [key], [key])
    actions.close_vote(election.pk, present=2, actor=congress)
    with pytest.raises(Refusal, match="more_ballots"):
        actions.count_vote(election.pk, actor=congress)


def test_level_deputies_votes_are_told_where_the_order_decided(place, congress):
    cycle = round_with(place, *COSTS)
    election, codes = deputies_vote(congress, cycle, deputies=3, seats=1)
    Election.objects.update(most=3)
    keys = keys_of(election)
    cast(place, codes, keys, keys, keys)
    actions.close_vote(election.pk, present=3, actor=congress)
    result = actions.count_vote(election.pk, actor=congress)
    assert result.winners == keys[:1]
    assert result.steps[0]["tied"] == keys[1:]
    election.refresh_from_db()
    assert "按票上的先后定" in explaining.lines_of(election)[0].words
