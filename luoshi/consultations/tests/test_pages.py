"""People answer with scripts off and on; staff pages do what the actions do."""

import re

import pytest

from luoshi.conftest import Browser
from luoshi.consultations import actions, limits
from luoshi.consultations.models import Reaction, Voter
from luoshi.consultations.tests.play import (
    AGREE,
    DISAGREE,
    again,
    answered,
    ended,
    opened,
    prepared,
    said,
    steps_taken,
    tallies,
)
from luoshi.core.clock import today

JSON = {"HTTP_ACCEPT": "application/json"}


def _at(place, asked, page=""):
    return f"/{place.town.code}/consultations/{asked.number}/{page}"


def _desk(place, asked, page=""):
    return f"/{place.town.code}/work/consultations/{asked.number}/{page}"


def _shown(page):
    return int(re.search(r'name="statement" value="(\d+)"', page).group(1))


def test_one_after_the_other_with_scripts_off(place, asked):
    browser, url = Browser(), _at(place, asked, "answer/")
    seen = set()
    for _turn in range(2):
        page = browser.get(url).content.decode()
        seen.add(_shown(page))
        sent = browser.post(url, {"statement": _shown(page), "value": "1"})
        assert sent.status_code == 302
    assert seen == set(asked.statements.values_list("pk", flat=True))
    assert "谢谢，您都表过态了" in browser.get(url).content.decode()
    assert Voter.objects.count() == 1 and Reaction.objects.count() == 2


def test_two_browsers_are_two_and_a_poster_is_named(place, asked):
    one = asked.statements.first()
    url = _at(place, asked, "answer/")
    for came_by in ("", f"/q/c/{asked.code.lower()}"):
        browser = Browser()
        if came_by:
            assert browser.get(came_by).headers["Location"] == _at(place, asked)
        browser.get(url)
        browser.post(url, {"statement": one.pk, "value": "-1"})
    assert set(Voter.objects.values_list("channel", flat=True)) == {"web", "poster"}
    assert tallies(one) == (0, 2, 0)


def test_what_was_kept_without_signal_is_sent_later(place, asked):
    browser, url = Browser(), _at(place, asked, "answer/")
    browser.get(url)
    one = asked.statements.first()
    for _twice in range(2):
        sent = browser.post(url, {"statement": one.pk, "value": "1"}, **JSON)
        assert (sent.status_code, sent.json()) == (200, {"kept": True})
    assert tallies(one) == (1, 0, 0)
    for told in ({"statement": one.pk, "value": "9"}, {"statement": "x"}, {}):
        assert browser.post(url, told, **JSON).status_code == 409
    ended(asked, place)
    late = browser.post(url, {"statement": one.pk, "value": "-1"}, **JSON)
    assert late.status_code == 409 and late.json()["message"]
    assert tallies(one) == (1, 0, 0)


def test_too_many_from_one_network_are_refused(place, asked, monkeypatch):
    monkeypatch.setattr(limits, "MOST_NEW", 2)
    one, url = asked.statements.first(), _at(place, asked, "answer/")
    answers = [
        Browser().post(url, {"statement": one.pk, "value": "1"}, **JSON).status_code
        for _one in range(4)
    ]
    assert answers == [200, 200, 409, 409]
    assert tallies(one) == (2, 0, 0)
    assert Voter.objects.count() == 2


def test_somebody_says_something_hostile_and_it_is_text(place, asked):
    browser, url = Browser(), _at(place, asked, "say/")
    hostile = "<script>alert('x')</script>\u202e"
    assert browser.post(url, {"text": "长" * 10_000}).status_code == 422
    assert "10000个字" in browser.post(url, {"text": "长" * 10_000}).content.decode()
    assert browser.post(url, {"text": hostile}).status_code == 302
    made = asked.statements.get(origin="resident")
    actions.publish_statement(made.pk, actor=place.staff("dispatcher"))
    for page in ("answer/", "results/"):
        body = browser.get(_at(place, asked, page)).content.decode()
        assert "<script>alert" not in body and "\u202e" not in body
    desk = place.client("dispatcher").get(_desk(place, asked, "statements/"))
    assert "<script>alert" not in desk.content.decode()


def test_a_browser_does_not_say_without_end(place, asked, monkeypatch):
    monkeypatch.setattr(limits, "MOST_SAID_EACH", 1)
    browser, url = Browser(), _at(place, asked, "say/")
    browser.get(_at(place, asked, "answer/"))
    sent = [browser.post(url, {"text": f"第{n}条"}).status_code for n in range(3)]
    assert sent == [302, 422, 422]


def test_own_answers_are_changed_carried_over_and_withdrawn(place, asked):
    browser, one = Browser(), asked.statements.first()
    browser.get(_at(place, asked, "answer/"))
    browser.post(_at(place, asked, "answer/"), {"statement": one.pk, "value": "1"})
    page = browser.get(_at(place, asked, "mine/")).content.decode()
    code = re.search(r"QI-\w{4}-\w{4}", page).group()
    told = {"statement": one.pk, "value": "-1"}
    browser.post(_at(place, asked, "mine/change/"), told)
    assert tallies(one) == (0, 1, 0)
    other = Browser()
    url = _at(place, asked, "mine/")
    assert other.post(url, {"code": "QI-0000-0000"}).status_code == 422
    assert other.post(url, {"code": code}).status_code == 302
    assert one.text in other.get(url).content.decode()
    other.post(_at(place, asked, "mine/withdraw/"))
    assert tallies(one) == (0, 0, 0) and not Voter.objects.exists()


def test_codes_are_not_guessed(place, asked, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TRIED", 1)
    answered(asked, asked.statements.first(), AGREE)
    url = _at(place, asked, "mine/")
    browser = Browser()
    browser.post(url, {"code": "QI-0000-0009"})
    assert browser.post(url, {"code": "QI-0000-0000"}).status_code == 422
    assert "0000-0000" not in browser.get(url).content.decode()


def test_nobody_reads_a_draft(place):
    made = prepared(place)
    for page in ("", "answer/", "results/", "mine/", "say/"):
        assert Browser().get(_at(place, made, page)).status_code == 404
    assert made.title not in Browser().get(f"/{place.town.code}/").content.decode()
    assert Browser().get(f"/q/c/{made.code}").headers["Location"] == "/"


def test_the_front_and_the_list_name_what_is_asked(place, asked):
    for page in ("", "consultations/"):
        body = Browser().get(f"/{place.town.code}/{page}").content.decode()
        assert asked.title in body


def test_results_in_words_and_what_was_done(place, asked):
    liked = said(asked, place, "池塘臭。")
    answered(asked, liked, *[AGREE] * 6, DISAGREE)
    refused = actions.say(asked.pk, text="别的事")
    actions.refuse_statement(
        refused.pk, reason="beside", actor=place.staff("dispatcher")
    )
    body = Browser().get(_at(place, asked, "results/")).content.decode()
    assert "7人作答" in body and "赞同6 · 不赞同1" in body
    assert body.index("多数人赞同") < body.index("池塘臭。")
    assert "别的事，不是" in body and "别的事</p>" not in body
    actions.answer_statement(
        liked.pk, outcome="adopted", why="清了淤。", actor=place.staff("handler")
    )
    found = ended(asked, place)
    steps_taken(found, place)
    actions.publish_decision(
        found.pk,
        decision="先清淤。",
        version=found.version,
        actor=place.staff("leader"),
    )
    body = Browser().get(_at(place, asked)).content.decode()
    assert "先清淤。" in body and "清了淤。" in body and "您说了，办了" in body


def test_the_wizard_leads_to_an_open_consultation(place):
    client = place.client("handler")
    base = f"/{place.town.code}/work/consultations/"
    asked = {
        "title": "Rubbish",
        "question": "Who pays?",
        "affected": "All",
        "office": place.office("Roads").pk,
    }
    assert client.post(f"{base}new/", {"title": "x"}).status_code == 422
    page = client.post(f"{base}new/", asked, follow=True)
    assert page.request["PATH_INFO"] == f"{base}1/draft/"
    told = {"draft": "A plan.", "options": "One\nTwo\n", "version": "1"}
    page = client.post(f"{base}1/draft/", told, follow=True)
    assert page.request["PATH_INFO"] == f"{base}1/way/"
    way = {"track": "ordinary", "threshold": "3", "pull": "1", "version": "2"}
    page = client.post(f"{base}1/way/", way, follow=True)
    assert page.request["PATH_INFO"] == f"{base}1/"
    until = {"until": f"{today().year}-03-12", "version": "3"}
    assert client.post(f"{base}1/open/", until).status_code == 404
    leader = place.client("leader")
    assert leader.post(f"{base}1/open/", {"until": "x"}).status_code == 422
    assert leader.post(f"{base}1/open/", until).status_code == 302
    assert Browser().get(f"/{place.town.code}/consultations/1/").status_code == 200


def test_a_sheet_is_typed_in_on_its_page_and_opens_to_be_corrected(place, asked):
    client = place.client("handler")
    opened_at = client.post(_desk(place, asked, "sheets/"), {"sheet": "12"})
    assert opened_at.headers["Location"] == _desk(place, asked, "sheets/12/")
    first, second = asked.statements.all()
    told = {"sheet": "12", "channel": "paper", f"mark-{first.pk}": "1", "said": "路窄"}
    url = _desk(place, asked, "sheets/12/")
    assert client.post(url, told).status_code == 302
    again_typed = client.post(url, told)
    assert again_typed.status_code == 422 and tallies(first) == (1, 0, 0)
    page = client.get(url).content.decode()
    assert 'name="correcting"' in page
    told = {"sheet": "12", "channel": "visit", f"mark-{second.pk}": "0"}
    assert client.post(url, told | {"correcting": "yes"}).status_code == 302
    assert (tallies(first), tallies(second)) == ((0, 0, 0), (0, 0, 1))
    client.post(_desk(place, asked, "sheets/12/drop/"), {"why": "Spoilt"})
    assert tallies(second) == (0, 0, 0)


def test_the_closing_desk_says_what_is_owed(place, asked):
    objection = said(asked, place, "我们出不起。")
    answered(asked, objection, AGREE, AGREE, AGREE)
    leader, handler = place.client("leader"), place.client("handler")
    leader.post(_desk(place, asked, "closing/close/"), {"why": "都说过了"})
    told = {"decision": "定了。", "version": str(again(asked).version)}
    refused = leader.post(_desk(place, asked, "closing/publish/"), told)
    assert refused.status_code == 422
    assert "还有1条意见没有答复：3号" in refused.content.decode()
    # What was typed is still there.
    assert "定了。" in refused.content.decode()
    url = _desk(place, asked, f"closing/answer/{objection.pk}/")
    assert handler.post(url, {"outcome": "not"}).status_code == 422
    assert handler.post(url, {"outcome": "not", "why": "没钱。"}).status_code == 302
    step = asked.steps.get()
    url = _desk(place, asked, f"closing/step/{step.pk}/")
    assert handler.post(url, {"done_on": "2027-01-01"}).status_code == 422
    done = {"done_on": "2026-03-02", "words": "会议记录"}
    assert handler.post(url, done).status_code == 302
    assert leader.post(_desk(place, asked, "closing/publish/"), told).status_code == 302
    assert again(asked).state == "published"


def test_the_queue_publishes_refuses_and_mends(place, asked):
    client = place.client("dispatcher")
    held = actions.say(asked.pk, text="王建国家的猪场太臭")
    page = client.get(_desk(place, asked, "statements/")).content.decode()
    assert "可能提到了个人" in page
    nav = client.get(f"/{place.town.code}/work/").content.decode()
    assert re.search(r"征求意见</span>\s*<span class=\"count\">1<", nav)
    url = _desk(place, asked, f"statements/{held.pk}")
    client.post(f"{url}/mend/", {"text": "有个猪场太臭"})
    client.post(f"{url}/refuse/", {"reason": "no such"})
    client.post(f"{url}/publish/")
    held.refresh_from_db()
    assert (held.text, held.state) == ("有个猪场太臭", "published")
    assert client.post(f"{url}/eat/").status_code == 404


def test_a_statement_of_another_consultation_is_not_found(place, asked):
    other = opened(place)
    client = place.client("dispatcher")
    foreign = other.statements.first().pk
    url = _desk(place, asked, f"statements/{foreign}/publish/")
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("page", ["answer/", "results/", ""])
def test_more_statements_need_no_more_queries(
    place, asked, page, django_assert_max_num_queries
):
    url = _at(place, asked, page)
    Browser().get(url)
    for number in range(30):
        actions.say_for_town(
            asked.pk, text=f"Sentence {number}", actor=place.staff("handler")
        )
    with django_assert_max_num_queries(14):
        assert Browser().get(url).status_code == 200
