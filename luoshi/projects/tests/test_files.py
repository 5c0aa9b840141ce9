"""Votes of other places, from files in Pabulib's format."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.engines import voting
from luoshi.projects import actions, counting
from luoshi.projects.models import CastBallot, Election

FILE = """META
key;value
description;A street
vote_type;approval
budget;100
PROJECTS
project_id;cost;name
a;60;Trees
b;50;Lamps
c;40;Benches
VOTES
voter_id;vote
7;a,c
8;a
9;b
"""
REAL = Path("/work/shared/data/budgets")


def test_a_file_is_counted_as_any_vote_and_written_out_again(place):
    dispatcher = place.staff("dispatcher")
    with pytest.raises(NotAllowed):
        actions.bring_vote(
            FILE.encode(), title="x", rule="greedy_votes", actor=place.staff("handler")
        )
    url = f"/{place.town.code}/work/votes/bring/"
    client = place.client("dispatcher")
    told = {"title": "外地的", "rule": "greedy_votes"}
    upload = SimpleUploadedFile("x.pb", FILE.encode())
    assert client.post(url, told | {"file": upload}).status_code == 302
    election = Election.objects.get()
    assert (election.kind, election.state, election.unit) == ("file", "closed", 1)
    result = actions.count_vote(election.pk, actor=dispatcher)
    assert (result.winners, result.leftover) == (["a", "c"], 0)
    text = counting.file_of(Election.objects.get())
    assert hashlib.sha256(text.encode()).hexdigest() == result.digest
    read = voting.pabulib.read(text.encode())
    assert voting.greedy_votes(read).winners == ("a", "c")
    assert "voter 7" not in text and CastBallot.objects.count() == 3
    page = client.get(f"/{place.town.code}/work/votes/{election.pk}/").content.decode()
    assert "Benches" in page
    public = f"/{place.town.code}/vote/{election.pk}/"
    assert client.get(public).status_code == 404


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("budget;100", "budget;0"), "budget"),
        (("a;60;Trees", "a;-60;Trees"), "cost"),
        (("a;60;Trees", f"a;{10**18};Trees"), "cost"),
        (("b;50;Lamps", "a;50;Lamps"), "Line 9"),
        (("8;a", "8;z"), "no project"),
        (("8;a", "8;a,a"), "twice"),
        (("8;a", "7;a"), "second time"),
        (("budget;100", "budget;100\nmax_length;1"), "permitted"),
        (("VOTES", "VOICES"), "VOTES"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(place, change, what):
    with pytest.raises(Refusal, match="file_wrong") as refused:
        actions.bring_vote(
            FILE.replace(*change).encode(),
            title="x",
            rule="greedy_votes",
            actor=place.staff("leader"),
        )
    assert what in refused.value.sentence
    assert not Election.objects.exists()


@pytest.mark.skipif(not REAL.is_dir(), reason="no real elections beside the code")
def test_a_real_election_has_the_winners_of_the_engine(place):
    path = REAL / "Netherlands_Amsterdam_166.pb"
    leader = place.staff("leader")
    election = actions.bring_vote(
        path.read_bytes(), title="阿姆斯特丹", rule="mes_cost_add1u", actor=leader
    )
    result = actions.count_vote(election.pk, actor=leader)
    read = voting.Election.from_pabulib(path)
    order = [one.id for one in read.projects]
    wanted = voting.equal_shares(read, utility="cost", completion="add1u", ties=order)
    voted = {one.id for one, n in zip(read.projects, read.votes, strict=True) if n}
    assert result.winners == [key for key in wanted.winners if key in voted]
