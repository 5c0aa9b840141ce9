"""The pages of the map: words for every kind of conversation, and few queries."""

import numpy as np
import pytest

from luoshi.consultations.maps.making import make_maps
from luoshi.consultations.maps.page import page_of
from luoshi.consultations.models import Consultation, Statement
from luoshi.consultations.tests.asked import bring
from luoshi.core.clock import now
from luoshi.engines.opinion.tests.made import blocs, noise

PUBLIC = "/qinghe/consultations/{}/opinions/"
STAFF = "/qinghe/work/consultations/{}/opinions/"


def _read(place, made, url=PUBLIC, who="inspector"):
    answer = place.client(who).get(url.format(made.number))
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_first_map_it_says_so(place):
    assert "还没有算出来" in _read(place, bring(place))


def test_groups_stand_in_words_in_a_picture_and_in_a_table(place):
    made = bring(place)
    make_maps(place.town)
    told = _read(place, made)
    assert "看法明显分成2类：甲类30人、乙类20人。" in told
    assert told.index("看法明显分成") < told.index("<svg") < told.index("<table")
    assert 'role="img"' in told and "意见16" in told
    # No set of answers is named on a page.
    assert not any(one.key in told for one in made.voters.all())


@pytest.mark.parametrize(
    ("votes", "said", "picture"),
    [
        (([1], [5], [1]), "回答的还不到10人", False),
        ((np.arange(30), [5] * 30, [1] * 29 + [-1]), "意见条数太少，不分类", False),
        (
            (*np.divmod(np.arange(30 * 9), 9), np.ones(270)),
            "答了的人，每一条都赞同",
            False,
        ),
        (noise(300, 40, 1), "看法没有明显分成几类", False),
        (blocs(30, 20), "看法明显分成2类", True),
    ],
    ids=["one-voter", "one-statement", "all-agree", "noise", "two"],
)
def test_every_kind_of_conversation_has_its_page(place, votes, said, picture):
    made = bring(place, votes)
    make_maps(place.town)
    for url in (PUBLIC, STAFF):
        told = _read(place, made, url)
        assert said in told and ("<figure" in told) is picture


def test_a_map_of_no_answers_has_its_page(place):
    made = bring(place)
    Statement.objects.filter(consultation=made).update(state="refused", reason="said")
    make_maps(place.town)
    assert "还没有人表态" in _read(place, made)


def test_hostile_words_are_only_shown(place):
    texts = {n: "<script>alert(1)</script>" for n in range(20)}
    made = bring(place, texts=texts)
    make_maps(place.town)
    told = _read(place, made)
    assert "<script>alert" not in told and "&lt;script&gt;alert" in told


def test_a_draft_is_nobodys_and_a_letter_stays_on_the_page(place):
    made = bring(place)
    make_maps(place.town)
    Consultation.objects.filter(pk=made.pk).update(
        state="draft", opens_at=None, closes_at=None
    )
    assert place.client("leader").get(PUBLIC.format(1)).status_code == 404
    assert place.client("archivist").get(STAFF.format(1)).status_code == 403
    assert place.client("leader").get(STAFF.format(1)).status_code == 200


def test_staff_are_told_of_answers_alike_and_residents_are_not(place):
    made = bring(place)
    kept = make_maps(place.town)[0]
    at = now().timestamp()
    kept.alike = [
        {"channel": "web", "count": 9, "answers": 12, "began": at, "ended": at + 60}
    ]
    kept.save(update_fields=["alike"])
    told = _read(place, made, STAFF)
    assert "9份回答" in told and "什么也没删" in told
    assert "9份回答" not in _read(place, made)


def test_counts_by_group_below_ten_are_not_given(place):
    voters, statements, votes = blocs(30, 20)
    # Of the smaller group nine answered statement 16, on which all agree.
    few = (statements == 16) & (voters >= 39)
    made = bring(place, (voters[~few], statements[~few], votes[~few]))
    make_maps(place.town)
    page = page_of(made)
    assert page is not None
    assert all(line.quote != "意见16" for line in page.told.common)
    row = next(one for one in page.rows if one.text == "意见16")
    assert row.groups == ("", "") and row.tally.agree == 39


@pytest.mark.parametrize("statements", [10, 40])
def test_more_statements_cost_no_more_queries(
    place, django_assert_max_num_queries, statements
):
    votes = noise(60, statements, 1, filled=0.9)
    made = bring(place, votes)
    make_maps(place.town)
    with django_assert_max_num_queries(4):
        assert page_of(made) is not None
