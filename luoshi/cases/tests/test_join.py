""" "Me too": a voice more on an open case, and never the same voice twice."""

import re

import pytest

from luoshi.cases.actions import join_case, judge_case
from luoshi.cases.models import Reporter
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.conftest import Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import Refusal


def join_page(place, case):
    return f"/{place.town.code}/report/join/{case.number}/"


def token_in(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.content.decode())[1]


def joined(case):
    voices = Reporter.objects.filter(case=case).count()
    return voices, TrailEntry.objects.filter(code="cases.joined").count()


def test_a_join_form_without_its_token_is_refused_and_sent_twice_is_one_voice(place):
    case = dispatched(place).case
    client, url = Browser(), join_page(place, case)
    told = {"answer": "call", "phone": "13800001111", "name": "李梅"}
    assert client.post(url, told).status_code == 422
    assert joined(case) == (1, 0)
    told["form_token"] = token_in(client.get(url))
    for _send in range(2):
        assert client.post(url, told).status_code == 302
        shown = client.get(f"/{place.town.code}/receipt/").content.decode()
        assert joined(case) == (2, 1)
    first_code = re.search(r'class="code">([^<]+)<', shown)[1]
    client.post(url, told)
    assert first_code in client.get(f"/{place.town.code}/receipt/").content.decode()


def test_a_form_opened_anew_is_another_voice(place):
    case = dispatched(place).case
    client, url = Browser(), join_page(place, case)
    for voices in (2, 3):
        told = {"answer": "none", "form_token": token_in(client.get(url))}
        assert client.post(url, told).status_code == 302
        assert joined(case) == (voices, voices - 1)
        client.get(f"/{place.town.code}/receipt/")


def test_one_token_joins_two_cases_as_two_voices(place):
    one, other = dispatched(place).case, dispatched(place).case
    for case in (one, other, one):
        join_case(case.pk, form_token="t", actor=RESIDENT)
    assert Reporter.objects.filter(case__in=[one, other]).count() == 4


def test_a_closed_case_takes_no_more_voices(place):
    receipt = awaiting(place)
    case, told = receipt.case, {"solved": "solved", "satisfied": "satisfied"}
    judge_case(receipt.reporter.pk, actor=RESIDENT, words="", **told)
    with pytest.raises(Refusal, match="closed_meanwhile"):
        join_case(case.pk, form_token="t", actor=RESIDENT)
    assert joined(case) == (1, 0)
