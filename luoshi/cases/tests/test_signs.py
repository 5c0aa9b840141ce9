"""Words ask, a person decides: on the form, at the desk, for a child."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from luoshi.cases.actions import (
    look_at_sealed,
)
from luoshi.cases.models import Case, SealedMatter
from luoshi.cases.signs import sign_in
from luoshi.cases.tests.sealed_play import (
    WORDS,
    body,
    rows_with,
    told,
)
from luoshi.conftest import Browser
from luoshi.core.clock import now
from luoshi.core.models import (
    Notice,
    Tenure,
    Village,
)
from luoshi.core.refusals import NotAllowed


def report(browser, text, about, check=None):
    base = "/qinghe/report"
    browser.post(f"{base}/", {"text": text} | ({"about": about} if about else {}))
    village = Village.objects.earliest("pk").pk
    browser.post(f"{base}/where/", {"village": village})
    browser.post(f"{base}/contact/", {"answer": "none"})
    page = body(browser.get(f"{base}/check/"))
    answer = browser.post(f"{base}/check/", check or {"website": ""})
    return page, answer


def test_said_on_the_form_it_never_lands_at_the_desk(place):
    page, answer = report(Browser(), WORDS, "conduct")
    assert "12388" in page and answer.status_code == 302
    assert Case.objects.count() == 0 and SealedMatter.objects.get().kind == "conduct"
    assert rows_with(WORDS, "鼎茶") == []
    assert place.client("dispatcher").get("/qinghe/work/dispatch/").status_code == 200


def test_words_ask_and_the_person_decides(place):
    text = "村支书收钱才给办低保"
    page, answer = report(Browser(), text, None)
    assert answer.status_code == 422 and "纪委" in page
    _page, answer = report(Browser(), text, "matter", {"about": "matter"})
    assert answer.status_code == 302 and Case.objects.get().text == text
    _page, answer = report(Browser(), text, "matter", {"about": "conduct"})
    assert answer.status_code == 302 and Case.objects.count() == 1
    case = Case.objects.get()
    desk = body(place.client("dispatcher").get("/qinghe/work/dispatch/"))
    assert f"/case/{case.number}/seal/" in desk and 'class="note"' in desk


def test_such_words_are_added_to_no_open_matter(place):
    case = told(place, text="路灯不亮了").case
    browser = Browser()
    browser.post("/qinghe/report/", {"text": "路灯不亮了，村支书收钱"})
    url = f"/qinghe/report/join/{case.number}/"
    assert browser.post(url, {"answer": "none"}).status_code == 302
    assert case.reporters.count() == 1
    browser.post("/qinghe/report/", {"text": "路灯不亮了"})
    token = {"answer": "none", "form_token": "x"}
    browser.post(url, token)
    assert case.reporters.count() == 2


def test_sent_twice_it_is_one(place):
    one = told(place, sealed_as="conduct", form_token="t")
    two = told(place, sealed_as="conduct", form_token="t")
    assert two.again and two.code == one.code and SealedMatter.objects.count() == 1


def test_written_down_by_staff_it_is_sealed_too(place):
    told_by = {
        **{"text": WORDS, "village": place.village.pk, "channel": "phone"},
        **{"answer": "none", "form_token": "x", "sealed_as": "conduct"},
    }
    client = place.client("dispatcher")
    assert client.post("/qinghe/work/enter/", told_by).status_code == 302
    assert Case.objects.count() == 0 and rows_with(WORDS) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("村口路灯不亮，孩子上学要走", ""),
        ("打电话给村委没人接", ""),
        ("桥栏杆断了，学生过桥危险", ""),
        ("路边的树被打伤了人", ""),
        ("隔壁孩子常被打，身上有伤痕", "minor"),
        ("有人猥亵小姑娘", "minor"),
        ("村支书收钱才给办低保", "conduct"),
        ("举报镇干部吃拿卡要", "conduct"),
        ("所长骂人，态度很差", "conduct"),
    ],
)
def test_signs(place, text, kind):
    assert sign_in(text, place.town) == kind


def test_a_town_adds_words_of_its_own(place):
    assert sign_in("发烟了", place.town) == ""
    place.town.rules = place.town.rules | {"signs_conduct": ["发烟"]}
    assert sign_in("发烟了", place.town) == "conduct"


def test_harm_to_a_minor_goes_at_once_to_those_named(place, clock):
    # A Sunday night: nobody waits for the next workday.
    clock.tick(timedelta(days=6, hours=14))
    page, answer = report(Browser(), "隔壁孩子常被打，身上有伤痕", "minor")
    assert "110" in page and answer.status_code == 302
    notice = Notice.objects.get()
    assert notice.person == place.staff("minors").person
    assert notice.not_before <= now() and notice.code == "cases.sealed_came"
    matter = SealedMatter.objects.get()
    assert matter.kind == "minor"
    with pytest.raises(NotAllowed):
        look_at_sealed(matter.pk, actor=place.staff("discipline"))
    assert look_at_sealed(matter.pk, actor=place.staff("minors"))


def test_where_nobody_is_named_leader_and_administrator_hear_that_much(place):
    Tenure.objects.filter(post__organisation__name="Care").update(until=now().date())
    told(place, sealed_as="minor")
    assert {one.code for one in Notice.objects.all()} == {"cases.sealed_nobody"}
    assert {one.person.name for one in Notice.objects.all()} == {
        *("leader", "administrator"),
    }
    url = reverse("work:sealed-days", args=[place.town.code])
    assert "未成年人" in body(place.client("administrator").get(url))


def test_each_page_on_which_somebody_tells_something_begins_with_110(place):
    receipt = told(place, text="路灯不亮了")
    browser = Browser()
    base = f"/{place.town.code}/report/"
    pages = [browser.get(base)]
    browser.post(base, {"text": "村口路灯不亮", "about": "matter"})
    pages.append(browser.get(f"{base}where/"))
    browser.post(f"{base}where/", {"village": place.village.pk, "place": ""})
    pages.append(browser.get(f"{base}contact/"))
    browser.post(f"{base}contact/", {"answer": "none", "phone": "", "name": ""})
    pages.append(browser.get(f"{base}check/"))
    pages.append(browser.get(f"{base}join/{receipt.case.number}/"))
    for page in pages:
        content = body(page).split('id="content"')[1]
        first = re.search(r"<(?:p|h1|form|section)[^>]*>([^<]*)", content)
        for number in ("110", "119", "120"):
            assert number in first[1], page.request["PATH_INFO"]
