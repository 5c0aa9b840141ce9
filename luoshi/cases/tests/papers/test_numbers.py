"""Numbers of papers: none twice, none left out, whatever happens in between."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.cases.actions import make_paper
from luoshi.cases.tests.papers.play import answer, assignment
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.core.clock import at
from luoshi.core.models import Counter, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.towns import make_town
from luoshi.papers.actions import cancel_paper, change_words
from luoshi.papers.models import Paper
from luoshi.papers.numbering import take_number


def numbers(kind="assignment"):
    papers = Paper.objects.filter(kind=kind).order_by("pk")
    return list(papers.values_list("number", flat=True))


def test_numbers_run_by_year_and_kind(place, clock):
    receipt = awaiting(place)
    for _time in range(2):
        assignment(place, receipt)
    answer(place, receipt)
    clock.tick(timedelta(days=400))
    assignment(place, receipt)
    assert numbers() == [
        "qinghe交办〔2026〕1号",
        "qinghe交办〔2026〕2号",
        "qinghe交办〔2027〕1号",
    ]
    assert numbers("answer") == ["qinghe答复〔2026〕1号"]


def test_new_year_begins_at_midnight_in_china(place):
    with at("2026-12-31 23:59"):
        receipt = dispatched(place)
        assignment(place, receipt)
    with at("2027-01-01 00:01"):
        assignment(place, receipt)
    years = Paper.objects.order_by("pk").values_list("year", "sequence")
    assert list(years) == [(2026, 1), (2027, 1)]


def test_what_is_refused_takes_no_number(place):
    receipt = dispatched(place)
    told = dict(kind="supervision", words="三天内办好")
    with pytest.raises(NotAllowed):
        make_paper(receipt.case.pk, **told, actor=place.staff("dispatcher"))
    with pytest.raises(Refusal) as refused:
        make_paper(
            receipt.case.pk, kind="supervision", words=" ", actor=place.staff("leader")
        )
    assert refused.value.code == "commitments.words_missing"
    assert not Paper.objects.exists() and not Counter.objects.filter(
        name__startswith="paper:", last__gt=0
    )
    paper = make_paper(receipt.case.pk, **told, actor=place.staff("leader"))
    assert paper.number == "qinghe督办〔2026〕1号"
    entry = TrailEntry.objects.get(code="papers.made_supervision")
    assert entry.data == {"paper": paper.number}
    assert entry.person.name == "leader"


def test_a_cancelled_paper_keeps_its_number(place):
    receipt = dispatched(place)
    first = assignment(place, receipt)
    with pytest.raises(NotAllowed):
        cancel_paper(first.pk, reason="写错了", actor=place.staff("handler"))
    with pytest.raises(Refusal) as refused:
        cancel_paper(first.pk, reason=" ", actor=place.staff("dispatcher"))
    assert refused.value.code == "commitments.reason_missing"
    cancel_paper(first.pk, reason="写错了", actor=place.staff("dispatcher"))
    first.refresh_from_db()
    assert (first.cancelled_why, first.cancelled_by.name) == ("写错了", "dispatcher")
    assert TrailEntry.objects.filter(code="papers.cancelled").count() == 1
    with pytest.raises(Refusal) as refused:
        cancel_paper(first.pk, reason="再来", actor=place.staff("dispatcher"))
    assert refused.value.code == "papers.cancelled_already"
    assert assignment(place, receipt).number == "qinghe交办〔2026〕2号"


def test_a_towns_words_count_for_the_next_number(place):
    receipt = dispatched(place)
    assignment(place, receipt)
    words = dict(
        issuer="青禾镇人民政府",
        assignment="青政交",
        supervision="青政督",
        answer="青政答",
    )
    with pytest.raises(NotAllowed):
        change_words(words, actor=place.staff("dispatcher"))
    administrator = place.staff("administrator")
    for wrong, code in (
        ({"answer": "青政交"}, "papers.words_alike"),
        ({"issuer": " "}, "papers.words_missing"),
        ({"answer": "答" * 21}, "papers.words_long"),
    ):
        with pytest.raises(Refusal) as refused:
            change_words(words | wrong, actor=administrator)
        assert refused.value.code == code
    change_words(words, actor=administrator)
    assert assignment(place, receipt).number == "青政交〔2026〕2号"
    assert numbers()[0] == "qinghe交办〔2026〕1号"
    entry = TrailEntry.objects.get(code="papers.words_changed")
    assert entry.data["answer"] == ["qinghe答复", "青政答"]


def test_a_form_sent_twice_is_one_paper(place):
    receipt = dispatched(place)
    url = f"/{place.town.code}/work/case/{receipt.case.number}/document/assignment/"
    client = place.client("dispatcher")
    token = client.get(url).context["form"]["form_token"].value()
    told = {"words": "今天去看", "form_token": token}
    first, again = (client.post(url, told).headers["Location"] for _time in range(2))
    assert first == again and numbers() == ["qinghe交办〔2026〕1号"]
    fresh = client.get(url).context["form"]["form_token"].value()
    client.post(url, told | {"form_token": fresh})
    assert len(numbers()) == 2
    # Without a token each time is meant.
    client.post(url, {"words": "今天去看"})
    assert len(numbers()) == 3


class Numbers(TestCase):
    """Whatever fails in between, each kind of each town counts 1, 2, 3."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["aa", "bb"]),
                st.sampled_from(["assignment", "answer"]),
                st.sampled_from([2026, 2027]),
                st.booleans(),
            ),
            max_size=30,
        )
    )
    def test_no_gap_and_no_number_twice(self, steps):
        towns = {
            code: make_town(code=code, name=code, prefix=code.upper())
            for code in ("aa", "bb")
        }
        given_out: dict[tuple, list[int]] = {}
        for code, kind, year, fails in steps:
            try:
                with transaction.atomic():
                    number = take_number(towns[code], kind, year)
                    if fails:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                continue
            given_out.setdefault((code, kind, year), []).append(number.sequence)
        for sequence in given_out.values():
            assert sequence == list(range(1, len(sequence) + 1))
