"""Maps in words: each kind of map has its sentence, and no word says too much."""

import numpy as np
import pytest
from django.utils.translation import override

from luoshi.consultations.maps.kept import keep
from luoshi.consultations.maps.wording import firmness, tell
from luoshi.engines.opinion import Settings, fit
from luoshi.engines.opinion.tests.made import CONTESTED, STATEMENTS, blocs, line, noise

TEXTS = {number: f"Statement {number}" for number in range(200)}


def _told(votes, language="en", texts=TEXTS, min_votes=7):
    settings = Settings(fewest_members=10, min_votes=min_votes)
    kept, _standing = keep(fit(*votes, settings=settings), min_votes=min_votes)
    with override(language):
        return tell(kept, texts)


def _full(voters, statements, vote=1):
    rows, columns = np.divmod(np.arange(voters * statements), statements)
    return rows, columns, np.full(voters * statements, vote)


def test_two_camps_in_english():
    told = _told(blocs(30, 20))
    assert told.headline == (
        "Opinions fall clearly into 2 groups: Group A of 30 people, "
        "Group B of 20 people."
    )
    assert told.common_title == "On 4 statements all groups are of one mind."
    assert told.common[0].quote == "Statement 16"
    assert told.common[0].words == "In every group, everybody who answered agrees."
    assert told.split_title.startswith("On 16 statements one group is mostly for it")
    assert told.split[0].words == "Mostly for it: Group A. Mostly against: Group B."
    first = told.groups[0].lines[0]
    assert first.words == "30 of 30 agree; in other groups 0 of 20 do."
    assert told.notes == (
        "If other people had answered, the groups would be almost the same.",
    )


def test_two_camps_in_chinese():
    told = _told(blocs(30, 20), "zh-hans")
    assert told.headline == "看法明显分成2类：甲类30人、乙类20人。"
    assert told.common_title == "各类人想法一致的有4条。"
    assert told.common[0].words == "每一类里，答了的人都赞同。"
    assert told.split[0].words == "甲类多数赞同，乙类多数不赞同。"
    assert told.groups[0].lines[0].words == "30人里30人赞同；其他类20人里0人赞同。"


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        (((), (), ()), "Nobody has answered yet."),
        (_full(1, 9), "Fewer than 10 people have answered."),
        (_full(9, 9), "Fewer than 10 people have answered."),
        (_full(12, 9), "Whoever answered agreed, to every statement."),
        (_full(12, 9, -1), "Whoever answered disagreed, with every statement."),
        (_full(12, 9, 0), "Whoever answered was unsure, about every statement."),
        (noise(300, 40, 1), "Opinions do not fall into clear groups"),
        (line(400, 40, 2), "Opinions lean to 2 sides, with many people in between"),
    ],
    ids=["none", "one", "nine", "agree", "disagree", "unsure", "noise", "line"],
)
def test_each_kind_of_map_has_its_headline(votes, said):
    told = _told(votes)
    assert told.headline.startswith(said)


def test_fewer_than_ten_people_are_not_analysed():
    told = _told(_full(9, 9))
    assert (told.common, told.split, told.groups, told.notes) == ((), (), (), ())


def test_one_statement():
    rows, columns, votes = _full(40, 1)
    votes[:15] = -1
    told = _told((rows, columns, votes), min_votes=1)
    assert not told.split and len(told.groups) <= 2
    assert _told((rows, columns, votes)).headline == (
        "With so few statements no groups are looked for."
    )


def test_who_answered_little_is_counted_in_words():
    voters, statements, votes = blocs(30, 20)
    keeps = (voters < 47) | (statements < 3)
    told = _told((voters[keeps], statements[keeps], votes[keeps]))
    assert told.notes[1] == (
        "3 people answered fewer than 7 statements and are in no group; "
        "their answers count all the same."
    )
    keeps = (voters < 49) | (statements < 3)
    told = _told((voters[keeps], statements[keeps], votes[keeps]), "zh-hans")
    assert told.notes[1] == "1人答了不到7条，没有算进哪一类；答的每一条照样算数。"


def test_what_was_taken_off_meanwhile_is_not_quoted():
    texts = {number: TEXTS[number] for number in range(STATEMENTS) if number != 16}
    told = _told(blocs(30, 20), texts=texts)
    quotes = {one.quote for one in told.common}
    assert len(quotes) == STATEMENTS - CONTESTED - 1 and TEXTS[16] not in quotes


def test_a_share_is_never_rounded_up():
    """79 of 100 are at least 7 of 10, not 8."""
    voters, statements, votes = blocs(100, 100)
    votes = votes.copy()
    for first in (0, 100):
        votes[(statements == 16) & (voters >= first) & (voters < first + 21)] = -1
    told = _told((voters, statements, votes))
    words = {one.quote: one.words for one in told.common}
    assert words["Statement 16"] == "In every group, at least 7 of 10 agree."


@pytest.mark.parametrize(
    ("stability", "said"),
    [(0.9, "almost the same"), (0.89, "much the same"), (0.75, "much"), (0.6, "rough")],
)
def test_firmness_is_said_in_words(stability, said):
    with override("en"):
        assert said in firmness(stability)
