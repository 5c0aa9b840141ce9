"""Somebody fills in for somebody: named, encrypted, and not the one who judges."""

import pytest

from luoshi.cases.actions import (
    Second,
    erase_contacts,
    receive_case,
    seal_case,
    show_contact,
    split_case,
)
from luoshi.cases.helpers import Helper, helper_of
from luoshi.cases.models import Case, Reporter
from luoshi.cases.tests.sealed_play import rows_with
from luoshi.conftest import Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed

NAME, PHONE = "欧阳小翠", "13987654321"
FILLED = {"helper_name": NAME, "helper_relation": "孙女", "helper_phone": PHONE}


def told_by_helper(place, client, **contact):
    base = f"/{place.town.code}/report/"
    client.post(base, {"text": "家里断水三天了"})
    client.post(f"{base}where/", {"village": place.village.pk, "place": ""})
    return client.post(f"{base}contact/", contact)


def helped(place, **more):
    return receive_case(
        **dict(town=place.town, text="家里断水三天了", actor=RESIDENT),
        **dict(channel="web", village=place.village, name="王兰"),
        **dict(helper=Helper(NAME, "孙女", PHONE)),
        **more,
    )


def test_a_half_named_helper_is_refused_and_a_whole_one_is_kept_encrypted(place):
    client = Browser()
    for missing in ("helper_name", "helper_relation"):
        half = {"answer": "none", **FILLED, missing: ""}
        assert told_by_helper(place, client, **half).status_code == 422
    bad = {"answer": "none", **FILLED, "helper_phone": "139"}
    assert told_by_helper(place, client, **bad).status_code == 422
    whole = {"answer": "call", **FILLED, "name": "王兰"}
    assert told_by_helper(place, client, **whole).status_code == 302
    check = f"/{place.town.code}/report/check/"
    assert f"代填人：{NAME}（孙女）" in client.get(check).content.decode()
    assert client.post(check, {"website": ""}).status_code == 302
    reporter = Reporter.objects.get()
    assert not rows_with(NAME, PHONE)
    assert helper_of(reporter) == Helper(NAME, "孙女", PHONE)
    assert "解决没解决由本人说" in page_of_step(place)


def page_of_step(place):
    client = Browser()
    base = f"/{place.town.code}/report/"
    client.post(base, {"text": "灯"})
    client.post(f"{base}where/", {"village": place.village.pk, "place": ""})
    return client.get(f"{base}contact/").content.decode()


def test_who_has_no_telephone_is_reached_through_the_helper(place):
    client = Browser()
    told_by_helper(place, client, answer="sms", **FILLED)
    client.post(f"/{place.town.code}/report/check/", {"website": ""})
    contact = show_contact(Reporter.objects.get().pk, actor=place.staff("dispatcher"))
    assert (contact.phone, contact.helper.phone) == (PHONE, PHONE)


def test_staff_learn_that_there_is_one_and_who_only_by_looking(place):
    case, dispatcher = helped(place).case, place.client("dispatcher")
    url = f"/{place.town.code}/work/case/{case.number}/"
    page = dispatcher.get(url).content.decode()
    assert "由别人代填" in page and NAME not in page
    with pytest.raises(NotAllowed):
        show_contact(case.reporters.get().pk, actor=place.staff("water"))
    page = dispatcher.post(f"{url}contact/").content.decode()
    assert f"代填人：{NAME}（孙女）{PHONE}" in page
    assert TrailEntry.objects.filter(code="cases.contact_seen").count() == 1


def test_a_split_matter_has_the_same_helper_and_both_are_erased(place):
    case = helped(place).case
    dispatcher = place.staff("dispatcher")
    new = split_case(
        case.pk, second=Second("路也塌了"), actor=dispatcher, form_token="t"
    )
    assert helper_of(new.reporters.get()).name == NAME
    erase_contacts(case.pk, reason="asked", actor=dispatcher)
    assert not Reporter.objects.exclude(helper=None).exists()


def test_those_who_keep_a_sealed_matter_read_who_filled_it_in(place):
    case = helped(place).case
    matter = seal_case(case.pk, kind="conduct", actor=place.staff("dispatcher"))
    url = f"/{place.town.code}/work/sealed/{matter.pk}/"
    assert place.client("dispatcher").get(url).status_code == 403
    keeper = place.client("discipline")
    assert NAME not in keeper.get(url).content.decode()
    assert NAME in keeper.post(f"{url}read/").content.decode()


def test_a_joining_voice_may_have_a_helper_too(place):
    case = Case.objects.get(pk=helped(place).case.pk)
    client, url = Browser(), f"/{place.town.code}/report/join/{case.number}/"
    told = {"answer": "none", "form_token": "t", **FILLED}
    assert client.post(url, told | {"helper_name": ""}).status_code == 422
    assert client.post(url, told).status_code == 302
    assert helper_of(case.reporters.latest("pk")).relation == "孙女"


def test_at_the_counter_somebody_may_speak_for_another(place):
    client, url = place.client("dispatcher"), f"/{place.town.code}/work/enter/"
    told = {
        **dict(text="家里断水三天了", village=place.village.pk, channel="phone"),
        **dict(answer="call", form_token="t", name="王兰"),
    }
    half = client.post(url, told | FILLED | {"helper_relation": ""})
    assert half.status_code == 422 and not Case.objects.exists()
    assert client.post(url, told | FILLED).status_code == 302
    reporter = Reporter.objects.get()
    assert helper_of(reporter) == Helper(NAME, "孙女", PHONE)
    assert not rows_with(NAME, PHONE)
