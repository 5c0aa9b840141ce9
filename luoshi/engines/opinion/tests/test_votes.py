"""Votes as they come in: the last one counts, and what is no vote is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.engines.opinion import OpinionError, Tally, read_votes

VOTE = st.sampled_from([1, 0, -1])
TRIPLES = st.lists(
    st.tuples(st.integers(-3, 5), st.sampled_from("甲乙丙丁"), VOTE), max_size=60
)


def _plain(triples):
    """Keep the last vote of each cell, the slow and plain way."""
    last = {}
    for voter, statement, vote in triples:
        last[voter, statement] = vote
    return last


def _cells(votes):
    return {
        (votes.voters[row], votes.statements[column]): value
        for row, column, value in zip(votes.row, votes.column, votes.value, strict=True)
    }


def _read(triples):
    return read_votes(*(zip(*triples, strict=True) if triples else ([], [], [])))


@given(TRIPLES)
def test_the_last_vote_counts_and_cells_are_in_order(triples):
    votes = _read([tuple(one) for one in triples]) if triples else _read([])
    assert _cells(votes) == _plain(triples)
    cells = list(zip(votes.row.tolist(), votes.column.tolist(), strict=True))
    assert cells == sorted(cells)
    assert votes.voters == tuple(sorted({one for one, _s, _v in triples}))


def test_a_huge_and_empty_table_is_read_without_making_it():
    voters = np.concatenate([np.arange(6000), [5, 5]])
    statements = np.concatenate([np.arange(6000), [5, 7]])
    given_votes = np.concatenate([np.ones(6000, int), [-1, 0]])
    votes = read_votes(voters, statements, given_votes)
    assert _cells(votes) == _plain(
        zip(voters.tolist(), statements.tolist(), given_votes.tolist(), strict=True)
    )


def test_ids_far_apart_and_ids_of_several_kinds_are_told_apart():
    votes = read_votes([10**15, -5, 10**15], [1, 1, 1], [1, -1, 0])
    assert votes.voters == (-5, 10**15) and votes.value.tolist() == [-1, 0]
    mixed = read_votes(["1", 1, "乙", 2], ["a"] * 4, [1, 1, 0, -1])
    assert mixed.voters == (1, 2, "1", "乙")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (([1], [1, 2], [1]), "1 voters, 2 statements and 1 votes"),
        (([1], [1], [2]), "not 2"),
        (([1], [1], [0.5]), "not 0.5"),
        (([1], [1], [float("nan")]), "not nan"),
        (([1], [1], ["agree"]), "as a number"),
        (([[1]], [1], [1]), "must be a number or a text"),
    ],
)
def test_what_is_no_vote_is_refused(told, said):
    with pytest.raises(OpinionError, match=said):
        read_votes(*told)


@given(TRIPLES)
def test_a_tally_moved_a_vote_at_a_time_is_the_tally_counted_anew(triples):
    tallies, last = {}, {}
    for voter, statement, vote in triples:
        before = last.get((voter, statement))
        tally = tallies.get(statement, Tally())
        tallies[statement] = tally.moved(before, vote)
        last[voter, statement] = vote
    votes = _read(triples)
    assert tallies == dict(zip(votes.statements, votes.tallies(), strict=True))
    for (_voter, statement), vote in last.items():
        tallies[statement] = tallies[statement].moved(vote, None)
    assert set(tallies.values()) <= {Tally()}


def test_a_vote_that_was_never_counted_cannot_be_taken_back():
    with pytest.raises(OpinionError, match="was not counted"):
        Tally(agree=1).moved(-1, 1)
    with pytest.raises(OpinionError, match="must be 1, 0 or -1"):
        Tally().moved(None, 7)
    assert Tally(agree=1).moved(1, -1) == Tally(disagree=1)


def test_votes_of_some_voters_come_in_the_order_asked_and_twice():
    votes = read_votes([1, 1, 2, 3], ["a", "b", "b", "a"], [1, -1, 0, -1])
    some = votes.of_voters(np.array([2, 0, 0]))
    assert some.voters == (3, 1, 1)
    assert some.row.tolist() == [0, 1, 1, 2, 2]
    assert some.value.tolist() == [-1, 1, -1, 1, -1]
    assert (some.marks.toarray() == [[1, 0], [1, 1], [1, 1]]).all()


def test_a_statement_left_out_takes_its_votes_along_and_leaves_the_voters():
    votes = read_votes([1, 1, 2], ["a", "b", "b"], [1, -1, 0])
    rest = votes.without(frozenset({"b", "never said"}))
    assert rest.statements == ("a",) and rest.voters == (1, 2)
    assert rest.per_voter.tolist() == [1, 0]
    assert rest.tallies() == (Tally(agree=1),)
