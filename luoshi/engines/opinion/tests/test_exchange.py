"""Polis's open-data form, by files as they come: odd, broken, from spreadsheets."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.engines.opinion import (
    OpinionError,
    read_export,
    read_votes,
    vote_rows,
    wide_rows,
)

VOTES = b"timestamp,datetime,comment-id,voter-id,vote\n1,x,5,1,1\n2,x,5,2,-1\n"
COMMENTS = b"comment-id,moderated,comment-body\n5,1,Plant trees\n"


def _file(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _told(export):
    return list(
        zip(
            export.voters.tolist(),
            export.statements.tolist(),
            export.votes.tolist(),
            strict=True,
        )
    )


def test_votes_words_and_summary_are_read():
    summary = 'topic,Trees\nvoters,2\nconversation-description,"One.\n\nTwo, three."\n'
    export = read_export(
        {
            "votes.csv": VOTES,
            "comments.csv": COMMENTS,
            "summary.csv": summary.encode(),
        }
    )
    assert _told(export) == [(1, 5, 1), (2, 5, -1)]
    assert [(one.statement, one.text) for one in export.wordings] == [
        (5, "Plant trees")
    ]
    assert (export.topic, export.description) == ("Trees", "One.\n\nTwo, three.")
    assert export.times.tolist() == [1, 2] and export.replaced == 0
    assert export.silent == export.wordless == ()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + VOTES,
        VOTES.replace(b"\n", b"\r\n"),
        VOTES.replace(b"\n", b"\n\n ,,,,\n"),
        b"vote,voter-id,comment-id\n1,1,5\n-1,2,5\n",
        b"vote,voter-id,comment-id\n1.0,1.0,5.0\n-1.0,2.0,5\n",
        b"vote, voter-id ,comment-id,more\n1,1,5\n-1,2,5,x,y\n",
    ],
    ids=["mark", "crlf", "empty-lines", "order", "floats", "ragged"],
)
def test_the_same_votes_in_other_clothes(data):
    assert _told(read_export({"votes.csv": data})) == [(1, 5, 1), (2, 5, -1)]


def test_the_later_vote_comes_last_wherever_it_stands():
    data = b"timestamp,comment-id,voter-id,vote\n9,5,1,-1\n1,5,1,1\n"
    export = read_export({"votes.csv": data})
    assert _told(export) == [(1, 5, 1), (1, 5, -1)] and export.replaced == 1
    votes = read_votes(export.voters, export.statements, export.votes)
    assert votes.value.tolist() == [-1]


def test_statements_without_votes_and_votes_without_words_are_told():
    comments = "comment-id,comment-body\n5,\n8,种树\n".encode("gb18030")
    export = read_export({"votes.csv": VOTES, "comments.csv": comments})
    assert export.silent == (8,) and export.wordless == (5,)
    assert export.wordings[1].text == "种树"


def test_what_was_turned_down_is_left_out():
    comments = b"comment-id,moderated,comment-body\n5,-1,a\n6,0,b\n7,1,c\n8,,d\n"
    export = read_export({"votes.csv": VOTES, "comments.csv": comments})
    assert export.left_out == frozenset({5})


def test_words_lose_breaks_and_the_mark_against_formulas():
    comments = _file(
        [("comment-id", "comment-body"), (1, "a\nb  c"), (2, "'=1+1"), (3, "'tis")]
    )
    export = read_export({"votes.csv": VOTES, "comments.csv": comments})
    assert [one.text for one in export.wordings] == ["a b c", "=1+1", "'tis"]


def test_a_table_of_voters_is_read_where_votes_are_missing():
    wide = b"participant,group-id,n-votes,5,6\n1,0,2,1,-1\n2,,1,,0\n"
    export = read_export({"participants-votes.csv": wide})
    assert _told(export) == [(1, 5, 1), (1, 6, -1), (2, 6, 0)]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "neither votes.csv nor participants-votes.csv"),
        ({"votes.csv": b""}, "no column voter-id, comment-id, vote"),
        ({"votes.csv": b"voter-id,vote\n1,1\n"}, "no column comment-id"),
        ({"votes.csv": b"\xff\xfe\x00\xff"}, "not a text in UTF-8"),
        ({"votes.csv": VOTES + b"3,x,5,1,\n"}, "line 4: '' is no whole"),
        ({"votes.csv": VOTES + b"3,x,5,1,2\n"}, "line 4: a vote of 2"),
        ({"votes.csv": VOTES + b"3,x,5,1,0.5\n"}, "line 4: '0.5' is no whole"),
        ({"votes.csv": VOTES + b"3,x,5,1" + b"0" * 30 + b",1\n"}, "no whole number"),
        ({"votes.csv": VOTES + b'3,x,5,1,"' + b"1" * 200_000}, "line"),
        (
            {"votes.csv": VOTES, "comments.csv": b"comment-id\n5\n5\n"},
            "line 3: statement 5 a second time",
        ),
        (
            {"votes.csv": VOTES, "comments.csv": b"comment-id,moderated\n5,3\n"},
            "line 2: moderated is 3",
        ),
        ({"votes.csv": VOTES, "comments.csv": b"id\n5\n"}, "no column comment-id"),
    ],
)
def test_what_is_no_export_is_refused_by_file_and_line(files, said):
    with pytest.raises(OpinionError, match=said):
        read_export(files)


cells = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 6)), st.sampled_from([1, 0, -1])
)


@given(cells)
def test_what_is_written_is_read_again(given_votes):
    triples = [(*key, vote) for key, vote in given_votes.items()]
    columns = list(zip(*triples, strict=True)) or [(), (), ()]
    votes = read_votes(*(np.array(one, np.int64) for one in columns))
    for name, rows in (
        ("votes.csv", vote_rows(votes)),
        ("participants-votes.csv", wide_rows(votes)),
    ):
        export = read_export({name: _file(rows)})
        assert sorted(_told(export)) == sorted(triples)
        assert not export.times.any()


def test_a_row_for_each_voter_counts_and_tells_no_group():
    votes = read_votes([1, 1, 2], [5, 6, 6], [1, -1, 0])
    head, *rows = wide_rows(votes, [5, 6, 7])
    assert head[-3:] == (5, 6, 7)
    assert rows == [(1, "", 0, 2, 1, 1, 1, -1, ""), (2, "", 0, 1, 0, 0, "", 0, "")]
