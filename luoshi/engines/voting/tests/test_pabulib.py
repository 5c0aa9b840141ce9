"""Files in Pabulib's format: every kind of vote, odd writing, and what is refused."""

from decimal import Decimal

import pytest

from luoshi.engines.voting import Election, VotingError
from luoshi.engines.voting.pabulib import read

FILE = """META
key;value
description;Town
budget;{budget}
vote_type;{kind}
{more}PROJECTS
project_id;cost;name
a;10;Lamp
b;20;Well
VOTES
voter_id;vote{head}
1;{vote}
"""


def file(vote="a,b", kind="approval", budget="30", more="", head=""):
    text = FILE.format(vote=vote, kind=kind, budget=budget, more=more, head=head)
    return text.encode()


@pytest.mark.parametrize(
    ("kind", "vote", "head", "points"),
    [
        ("approval", "a,b", "", None),
        ("choose-1", "b", "", None),
        ("ordinal", "b,a", "", None),
        ("cumulative", "a,b;1,2", ";points", (Decimal(1), Decimal(2))),
        ("scoring", "b,a;5,-1.5", ";points", (Decimal(5), Decimal("-1.5"))),
    ],
)
def test_each_kind_of_vote_comes_back_as_written(kind, vote, head, points):
    one = read(file(vote, kind, head=head))
    again = read(one.to_pabulib().encode())
    for told in (one, again):
        names = [told.projects[at].id for at in told.named.tolist()]
        assert names == vote.split(";")[0].split(",")
        assert told.points == points
        assert (told.vote_type, told.budget) == (kind, 30)
        assert told.projects[0].name == "Lamp"


def test_odd_writing_is_understood(tmp_path):
    text = (
        '\ufeffPROJECTS\r\nname;cost;project_id\r\n"Lamp; the ""big""\r\none";'
        "10,50;a\r\n\r\nVOTES\r\nvote;voter_id;age\r\na;9;\r\n;10;4\r\nnone;11;5\r\n"
        "META\r\nkey;value\r\nbudget;30.25\r\nvote_type;approval\r\n"
    )
    path = tmp_path / "odd.pb"
    path.write_bytes(text.encode())
    one = Election.from_pabulib(path)
    assert (one.budget, one.projects[0].cost, one.unit) == (3025, 1050, 100)
    assert one.projects[0].name == 'Lamp; the "big"\r\none'
    assert (one.ballots, one.named.tolist()) == (3, [0])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (file("a,x"), "Line 12: 'x' is no project"),
        (file("a,a"), "Line 12: the ballot names a project twice"),
        (file("a") + b"1;b\n", "Line 13: voter '1' votes a second time"),
        (file(more="max_length;1\n"), "Line 13: names 2, permitted are 0 to 1"),
        (file("a", more="min_length;2\n"), "Line 13: names 1, permitted are 2"),
        (file(more="max_sum_cost;29\n"), "Line 13: names projects for more than 29"),
        (file(kind="choose-1"), "Line 12: names 2"),
        (file("a,b;1", "cumulative", head=";points"), "1 points for 2 projects"),
        (file("a;x", "scoring", head=";points"), "Line 12: points must be numbers"),
        (file("a;nan", "scoring", head=";points"), "Line 12: points must be numbers"),
        (file("a;1e999999999", "scoring", head=";points"), "no more than 10^15"),
        (file("a;-1e16", "scoring", head=";points"), "Line 12: points must be"),
        (file(kind="cumulative"), "Line 11: there is no column points"),
        (
            file("a;9", "cumulative", head=";points", more="max_sum_points;8\n"),
            "Line 13: gives 9 points, permitted are 8",
        ),
        (file(kind="smoke"), "vote_type is 'smoke'"),
        (file(budget="0"), "budget must be above 0"),
        (file(budget="lots"), "budget must be a number"),
        (file(budget="inf"), "budget must be above 0"),
        (file().replace(b"a;10", b"a;-1"), "Line 8: the cost must be above 0"),
        (file().replace(b"b;20", b"a;20"), "Line 9: a second project 'a'"),
        (file().replace(b"VOTES\n", b""), "no section VOTES"),
        (file() + b"META\nkey;value\n", "Line 13: a second section META"),
        (b"hello\n" + file(), "Line 1: expected META"),
        (file() + b"\xff;a\n", "Line 13: this is not UTF-8"),
        (file().replace(b";cost;", b";price;"), "Line 7: there is no column cost"),
    ],
)
def test_a_bad_file_is_refused_with_the_line(data, says):
    with pytest.raises(VotingError) as error:
        read(data)
    assert says in str(error.value)


def test_a_lenient_reading_counts_what_is_over_the_limit_and_says_so():
    one = read(file(more="max_length;1\n"), lenient=True)
    assert one.votes.tolist() == [1, 1]
    assert one.odd == ("Line 13: names 2, permitted are 0 to 1",)
