"""Votes: who may set up which, one ballot a code, secrecy, paper, the count."""

import json
import random
import re
from datetime import timedelta

import pytest

from luoshi.conftest import Browser
from luoshi.core.clock import today
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects import actions, trials, vote_queries
from luoshi.projects.actions import Marks, Setting
from luoshi.projects.models import (
    Ballot,
    CastBallot,
    Code,
    Election,
    PaperSheet,
    Result,
)
from luoshi.projects.tests.play import (
    COSTS,
    cast,
    deputies_vote,
    keys_of,
    opened,
    round_with,
    wish,
)


def test_a_vote_is_set_up_by_whose_it_is_and_as_the_law_says(
    place, congress, village_officer
):
    cycle = round_with(place, *COSTS)
    leader, later = place.staff("leader"), today() + timedelta(days=9)

    def setting(**more):
        told = {"kind": "deputies", "title": "票", "closes_on": later, "most": 2}
        told |= {"form": "limit", "rule": "majority", "who": "deputy"}
        told |= {"seats": 2, "deputies": 61}
        return Setting(cycle.pk, **(told | more))

    with pytest.raises(NotAllowed):
        actions.set_up_vote(setting(), actor=leader)
    for more, code in (
        ({"rule": "greedy_votes"}, "majority_of_deputies"),
        ({"who": "adult"}, "majority_of_deputies"),
        ({"most": 3}, "deputies_limit"),
        ({"seats": 3, "most": 3}, "candidates_more"),
        ({"deputies": 0}, "deputies_missing"),
        ({"closes_on": today() - timedelta(days=1)}, "day_past"),
        ({"form": "approval"}, "deputies_limit"),
    ):
        with pytest.raises(Refusal, match=code):
            actions.set_up_vote(setting(**more), actor=congress)
    for more, code in (
        ({"rule": "majority"}, "majority_of_deputies"),
        ({"most": 0}, "limit_absurd"),
        ({"most": 4}, "limit_absurd"),
        ({"form": "points", "points": 0}, "limit_absurd"),
    ):
        told = {"kind": "wish", "who": "adult", "rule": "greedy_votes"} | more
        with pytest.raises(Refusal, match=code):
            actions.set_up_vote(setting(**told), actor=leader)
    with pytest.raises(NotAllowed):
        actions.set_up_vote(setting(kind="village"), actor=village_officer)
    actions.set_up_vote(setting(), actor=congress)
    with pytest.raises(Refusal, match="vote_there"):
        actions.set_up_vote(setting(), actor=congress)


def test_seats_are_so_few_that_whatever_is_chosen_can_be_paid(place, congress):
    cycle = round_with(place, 90_000_000, 30_000_000, 30_000_000)
    with pytest.raises(Refusal, match="seats_dear"):
        deputies_vote(congress, cycle, seats=2)


def test_nothing_is_to_choose_where_the_money_does_for_all(place):
    cycle = round_with(place, 10_000_000, 20_000_000)
    with pytest.raises(Refusal, match="all_fit"):
        wish(place, cycle)
    lonely = opened(place, year=2028)
    with pytest.raises(Refusal, match="candidates_few"):
        wish(place, lonely)


def test_voting_opens_only_at_its_stage(place):
    cycle = round_with(place, *COSTS)
    cycle.stage = "candidates"
    cycle.save(update_fields=["stage"])
    with pytest.raises(Refusal, match="not_deciding"):
        wish(place, cycle)


def test_one_ballot_for_each_code_on_a_phone_and_a_look_before_it_is_cast(place):
    election, codes = wish(place, round_with(place, *COSTS))
    keys, code, visitor = keys_of(election), codes[0], Browser()
    base = f"/{place.town.code}/vote/"
    page = visitor.get(f"{base}with/{code}/").content.decode()
    assert "第1个" in page and "40万元" in page
    typed = f"{code[:5].lower()} {code[5:].lower()}"
    assert visitor.post(base, {"code": typed}).status_code == 200
    told = {"code": code, "choice": [keys[2], keys[0]]}
    assert visitor.post(base, {"code": code, "stage": "review"}).status_code == 422
    review = visitor.post(base, told | {"stage": "review"}).content.decode()
    assert "<strong>第3个" in review and "没选的：第2个" in review
    assert not Ballot.objects.exists() and not Code.objects.exclude(used="").exists()
    changed = visitor.post(base, told | {"stage": "change"}).content.decode()
    assert changed.count("checked") == 2
    done = visitor.post(base, told | {"stage": "cast"})
    assert done.headers["Location"] == f"{base}done/"
    assert "no-store" in visitor.get(f"{base}with/{code}/").headers["Cache-Control"]
    again = visitor.post(base, told | {"stage": "cast"})
    assert "用过了" in again.content.decode()
    ballot = Ballot.objects.get()
    assert ballot.named == [keys[2], keys[0]] and ballot.pk > 2**20
    spent = Code.objects.exclude(used="").get()
    assert (spent.used, spent.code_hash == code) == ("web", False)
    # No cookie, no session and no entry of the trail says who voted or when.
    assert not visitor.cookies or set(visitor.cookies) <= {"csrftoken"}
    assert not TrailEntry.objects.filter(code__in=["projects.cast"]).exists()
    fields = {field.name for field in Ballot._meta.get_fields()}
    assert fields == {"id", "town", "election", "named", "points"}
    known = {field.name for field in Code._meta.get_fields()}
    assert known == {"id", "town", "batch", "code_hash", "used"}


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        (Marks(["99"]), "ballot_unknown"),
        (Marks(["1", "1"]), "ballot_twice"),
        (Marks(["1", "2", "3"]), "ballot_over"),
        (Marks(["1"], [3]), "ballot_points"),
        (Marks([]), "ballot_empty"),
    ],
)
def test_a_ballot_that_is_wrong_uses_up_no_code(place, marks, code):
    election, codes = wish(place, round_with(place, *COSTS), form="limit", most=2)
    keys = dict(zip("123", keys_of(election), strict=True))
    told = Marks([keys.get(key, key) for key in marks.named], marks.points)
    with pytest.raises(Refusal, match=code):
        actions.cast_ballot(place.town, codes[0], told)
    assert not Ballot.objects.exists() and not Code.objects.exclude(used="").exists()


def test_points_and_places_have_their_bounds(place):
    cycle = round_with(place, *COSTS)
    election, codes = wish(place, cycle, form="points", points=10)
    one, two, three = keys_of(election)
    for points, code in (([6, 5], "points_over"), ([1], "ballot_points")):
        with pytest.raises(Refusal, match=code):
            actions.cast_ballot(place.town, codes[0], Marks([one, two], points))
    with pytest.raises(Refusal, match="ballot_points"):
        actions.cast_ballot(place.town, codes[0], Marks([one], [-4]))
    url = f"/{place.town.code}/vote/"
    told = {"code": codes[0], f"points_{three}": "10", "stage": "cast"}
    assert Browser().post(url, told).status_code == 302
    assert Ballot.objects.get().points == [10]
    Election.objects.update(form="ranking", points=None)
    told = {"code": codes[1], f"rank_{one}": "2", f"rank_{two}": "2"}
    assert Browser().post(url, told | {"stage": "review"}).status_code == 422
    told |= {f"rank_{two}": "1", "stage": "cast"}
    assert Browser().post(url, told).status_code == 302
    assert Ballot.objects.exclude(named=[three]).get().named == [two, one]


def test_codes_that_nobody_gave_are_refused_and_guessing_ends(place, settings):
    election, codes = wish(place, round_with(place, *COSTS))
    url = f"/{place.town.code}/vote/"
    for _guess in range(60):
        page = Browser().post(url, {"code": "0000000000"}).content.decode()
    assert "没有这个票号" in page
    assert "次数太多" in Browser().post(url, {"code": codes[0]}).content.decode()
    batch = election.batches.get()
    with pytest.raises(NotAllowed):
        actions.void_slips(batch.pk, actor=place.staff("handler"))
    actions.void_slips(batch.pk, actor=place.staff("leader"))
    with pytest.raises(Refusal, match="code_void"):
        actions.cast_ballot(place.town, codes[0], Marks(keys_of(election)[:1]))


def test_before_and_after_the_vote_no_ballot_is_taken(place, clock):
    election, codes = wish(place, round_with(place, *COSTS))
    key = keys_of(election)[0]
    Election.objects.update(state="draft")
    with pytest.raises(Refusal, match="not_open_yet"):
        actions.cast_ballot(place.town, codes[0], Marks([key]))
    Election.objects.update(state="open")
    clock.tick(timedelta(days=1))
    with pytest.raises(Refusal, match="voting_over"):
        actions.cast_ballot(place.town, codes[0], Marks([key]))
    clock.tick(timedelta(days=-1))
    cast(place, codes, [key])
    actions.close_vote(election.pk, actor=place.staff("leader"))
    with pytest.raises(Refusal, match="voting_over"):
        actions.cast_ballot(place.town, codes[0], Marks([key]))


def test_closing_writes_the_ballots_anew_by_their_keys_and_empties_the_first(place):
    election, codes = wish(place, round_with(place, *COSTS))
    one, two, three = keys_of(election)
    cast(place, codes, [one], [two], [three], [one, two], [two, three])
    cast_before = set(Ballot.objects.values_list("pk", flat=True))
    leader = place.staff("leader")
    Election.objects.update(closes_on=today() + timedelta(days=1))
    with pytest.raises(Refusal, match="closes_later"):
        actions.close_vote(election.pk, actor=leader)
    Election.objects.update(closes_on=today())
    with pytest.raises(NotAllowed):
        actions.close_vote(election.pk, actor=place.staff("handler"))
    actions.close_vote(election.pk, actor=leader)
    assert not Ballot.objects.exists()
    kept = list(CastBallot.objects.values_list("pk", flat=True).order_by("pk"))
    assert set(kept) == cast_before
    entry = TrailEntry.objects.get(code="projects.vote_closed")
    assert entry.data == {"count": 5}


def test_turnout_is_told_only_when_it_is_over(place):
    election, codes = wish(place, round_with(place, *COSTS))
    cast(place, codes, keys_of(election)[:1])
    assert vote_queries.turnout_of(election) == []
    assert (
        "参加情况"
        not in Browser().get(f"/{place.town.code}/vote/{election.pk}/").content.decode()
    )
    actions.close_vote(election.pk, actor=place.staff("leader"))
    election.refresh_from_db()
    [row] = vote_queries.turnout_of(election)
    assert (row.given, row.used, row.web) == (30, 1, 1)


def test_paper_is_typed_by_two_and_counts_like_the_rest(place):
    election, codes = wish(place, round_with(place, *COSTS))
    one, two, _three = keys_of(election)
    handler, water = place.staff("handler"), place.staff("water")
    leader, third = place.staff("leader"), place.staff("dispatcher")
    with pytest.raises(NotAllowed):
        actions.hand_paper(election.pk, codes[0], actor=place.staff("inspector"))
    for _sheet in range(3):
        actions.hand_paper(election.pk, codes.pop(), actor=handler)
    with pytest.raises(Refusal, match="code_unknown"):
        actions.hand_paper(election.pk, "0000000000", actor=handler)
    cast(place, codes, [one])
    actions.close_vote(election.pk, actor=leader)
    type_in = actions.type_sheet
    with pytest.raises(Refusal, match="sheet_absurd"):
        type_in(election.pk, 4, Marks([one]), actor=handler)
    type_in(election.pk, 1, Marks([two, one]), actor=handler)
    # Nobody is the second of their own sheet, and a sheet typed once is not counted.
    type_in(election.pk, 1, Marks([one, two]), actor=handler)
    with pytest.raises(Refusal, match="sheets_differ"):
        actions.count_vote(election.pk, actor=leader)
    assert not PaperSheet.objects.get().agreed
    assert type_in(election.pk, 1, Marks([two, one]), actor=water).agreed
    with pytest.raises(Refusal, match="sheet_agreed"):
        type_in(election.pk, 1, Marks([one]), actor=water)
    type_in(election.pk, 2, Marks([one]), actor=handler)
    assert not type_in(election.pk, 2, Marks([two]), actor=water).agreed
    with pytest.raises(Refusal, match="sheet_others"):
        type_in(election.pk, 2, Marks([one]), actor=third)
    assert type_in(election.pk, 2, Marks([one]), actor=water).agreed
    with pytest.raises(Refusal, match="sheets_few"):
        actions.count_vote(election.pk, actor=leader)
    with pytest.raises(Refusal, match="sheets_few"):
        actions.count_vote(election.pk, missing=2, actor=leader)
    result = actions.count_vote(election.pk, missing=1, actor=leader)
    assert result.ballots == 3
    assert (result.votes[one], result.votes[two]) == (3, 1)
    assert TrailEntry.objects.get(code="projects.vote_counted").data["missing"] == 1


def test_the_pages_of_paper_tell_nothing_of_what_another_typed(place):
    election, codes = wish(place, round_with(place, *COSTS))
    one = keys_of(election)[0]
    base = f"/{place.town.code}/work/votes/{election.pk}/"
    handler = place.client("handler")
    assert handler.post(f"{base}paper/", {"code": codes[0]}).status_code == 302
    assert handler.post(f"{base}paper/", {"code": codes[0]}).status_code == 422
    actions.close_vote(election.pk, actor=place.staff("leader"))
    told = {"number": "1", "choice": [one]}
    assert handler.post(f"{base}sheets/", told).status_code == 302
    page = place.client("water").get(f"{base}sheets/").content.decode()
    assert "checked" not in page and "等另一个人录：1" in page
    assert place.client("inspector").get(f"{base}sheets/").status_code == 403


def test_a_device_in_a_booth_is_signed_out_and_its_ballots_count_as_the_booths(place):
    election, codes = wish(place, round_with(place, *COSTS))
    base, device = f"/{place.town.code}", place.client("handler")
    url = f"{base}/work/votes/{election.pk}/device/"
    assert device.post(url).headers["Location"] == f"{base}/vote/"
    assert device.get(f"{base}/work/").headers["Location"].startswith("/sign-in/")
    told = {"code": codes[0], "choice": keys_of(election)[:1], "stage": "cast"}
    assert device.post(f"{base}/vote/", told).status_code == 302
    assert "下一位" in device.get(f"{base}/vote/done/").content.decode()
    assert Code.objects.exclude(used="").get().used == "booth"


def test_slips_are_printed_once_and_their_codes_kept_nowhere(place):
    cycle = round_with(place, *COSTS)
    election, _codes = wish(place, cycle)
    leader = place.client("leader")
    url = f"/{place.town.code}/work/votes/{election.pk}/slips/"
    assert place.client("handler").get(url).status_code == 404
    page = leader.post(url, {"count": "4", "village": place.village.pk})
    codes = re.findall(
        r'class="code">([0-9A-Z]{5}-[0-9A-Z]{5})<', page.content.decode()
    )
    assert len(codes) == 4 and page.content.decode().count("<svg") == 4
    assert "no-store" in page.headers["Cache-Control"]
    kept = set(Code.objects.values_list("code_hash", flat=True))
    assert not kept & {code.replace("-", "") for code in codes}
    assert leader.post(url, {"count": "4000"}).status_code == 422
    told = {"code": codes[0], "choice": keys_of(election)[:1], "stage": "cast"}
    assert Browser().post(f"/{place.town.code}/vote/", told).status_code == 302


def test_a_trial_takes_ballots_and_counts_them_and_keeps_nothing(place):
    cycle = round_with(place, *COSTS)
    setting = Setting(cycle.pk, "wish", "票", today(), form="limit", most=2)
    election = actions.set_up_vote(setting, actor=place.staff("leader"))
    url = f"/{place.town.code}/work/votes/{election.pk}/try/"
    one, two, three = keys_of(election)
    assert place.client("handler").get(url).status_code == 404
    client, entries = place.client("leader"), TrailEntry.objects.count()
    assert "40万元" in client.get(url).content.decode()

    def send(stage, box="", *choice):
        told = {"stage": stage, "box": box, "choice": list(choice)}
        return client.post(url, told)

    assert send("review", "").status_code == 422
    assert send("review", "", one, two, three).status_code == 422
    review = send("review", "", one, two).content.decode()
    assert "什么都不存" in review and "没选的：第3个" in review
    box = send("put", "", one, two).context["box"]
    box = send("put", box, one).context["box"]
    page = send("count", box)
    shown = page.content.decode()
    assert page.context["in_box"] == 2 and "第1个 <span" in shown
    assert [line.votes for line in page.context["lines"]] == [2, 1, 0]
    assert send("chance", box).context["in_box"] == 22
    assert send("count").context["in_box"] == 0
    # What the page sends back is looked at like any ballot.
    for broken in ("[", "[[1]]", '[["99", []]]', f'[[["{one}", "{one}"], []]]', "7"):
        assert send("count", broken).status_code == 422
    full = json.dumps([[[one], []]] * 200)
    assert send("put", full, one).status_code == 422
    assert send("chance", full).status_code == 422
    # Nothing of it stays.
    assert not Ballot.objects.exists() and not CastBallot.objects.exists()
    assert not Result.objects.exists() and not Code.objects.exists()
    assert TrailEntry.objects.count() == entries
    assert Election.objects.get().state == "draft"


@pytest.mark.parametrize("form", ["approval", "limit", "ranking", "points"])
def test_ballots_by_chance_keep_the_bounds_of_the_vote(place, form):
    cycle = round_with(place, *COSTS)
    more = {"limit": {"most": 2}, "points": {"points": 2}}.get(form, {})
    setting = Setting(cycle.pk, "wish", "票", today(), form=form, **more)
    election = actions.set_up_vote(setting, actor=place.staff("leader"))
    keys = keys_of(election)
    ballots = trials.by_chance(election, keys, random.Random(7))
    assert trials.read_box(election, trials.write_box(ballots), keys) == ballots
    assert len(trials.counted(election, ballots)) == 3
    assert not Result.objects.exists()


def test_a_vote_is_taken_away_only_before_slips_are_out(place):
    cycle = round_with(place, *COSTS)
    leader = place.staff("leader")
    setting = Setting(cycle.pk, "wish", "票", today())
    election = actions.set_up_vote(setting, actor=leader)
    batch, _codes = actions.make_slips(
        election.pk, count=1, village_id=None, actor=leader
    )
    with pytest.raises(Refusal, match="slips_out"):
        actions.drop_vote(election.pk, actor=leader)
    batch.codes.all().delete()
    batch.delete()
    url = f"/{place.town.code}/work/votes/{election.pk}/do/drop/"
    assert place.client("leader").post(url).status_code == 302
    assert not Election.objects.exists()
