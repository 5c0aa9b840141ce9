"""Replies to begin from: whose they are, what they fill in, nothing typed is lost."""

import pytest

from luoshi.cases.actions import (
    TemplateTold,
    add_reply_template,
    change_reply_template,
    reply_to_reporters,
    retire_reply_template,
)
from luoshi.cases.models import Reply, ReplyTemplate
from luoshi.cases.placeholders import fill_in, left_in, unknown_in
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal


def told(place, text="收到了", title="收到", office="Roads"):
    pk = place.office(office).pk if office else None
    return TemplateTold(title, text, pk)


def test_an_office_keeps_its_own_and_the_dispatcher_everybodys(place):
    for who, office in (("handler", "Water"), ("handler", None), ("leader", "Roads")):
        with pytest.raises(NotAllowed):
            add_reply_template(told(place, office=office), actor=place.staff(who))
    assert not ReplyTemplate.objects.exists()
    add_reply_template(told(place), actor=place.staff("handler"))
    everybodys = told(place, title="通用", office=None)
    add_reply_template(everybodys, actor=place.staff("dispatcher"))
    codes = TrailEntry.objects.filter(code="cases.template_added")
    assert [entry.person.name for entry in codes] == ["handler", "dispatcher"]


def test_nobody_moves_a_template_out_of_or_into_an_office_not_theirs(place):
    kept = add_reply_template(told(place), actor=place.staff("handler"))
    with pytest.raises(NotAllowed):
        change_reply_template(kept.pk, told(place), actor=place.staff("water"))
    moved = told(place, office="Water")
    with pytest.raises(NotAllowed):
        change_reply_template(kept.pk, moved, actor=place.staff("handler"))
    with pytest.raises(NotAllowed):
        retire_reply_template(kept.pk, actor=place.staff("water"))
    kept.refresh_from_db()
    assert kept.organisation == place.office("Roads") and kept.retired_at is None
    change_reply_template(kept.pk, moved, actor=place.staff("dispatcher"))
    kept.refresh_from_db()
    assert kept.organisation == place.office("Water")


@pytest.mark.parametrize("text", ["您的{姓名}", "{编号", "编号}", "{}", "｛手机｝"])
def test_what_cannot_be_filled_in_is_refused_by_name(place, text):
    with pytest.raises(Refusal) as refused:
        add_reply_template(told(place, text=text), actor=place.staff("handler"))
    assert refused.value.code == "cases.placeholder_unknown"
    assert refused.value.parameters["named"] in text.replace("｛", "{").replace(
        "｝", "}"
    )
    assert not ReplyTemplate.objects.exists()


def test_a_case_fills_the_names_in_and_shows_what_it_lacks(place):
    case = dispatched(place).case
    case.refresh_from_db()
    roads = place.office("Roads")
    text = "{编号} {单位} {期限} {due} {电话} { number }"
    assert unknown_in(text) == ""
    filled = fill_in(text, case)
    assert f"{case.number} Roads 3月11日 11 March {{电话}} {case.number}" == filled
    assert left_in(filled) == "{电话}"
    with pytest.raises(Refusal):
        reply_to_reporters(case.pk, text=filled, actor=place.staff("handler"))
    assert not Reply.objects.exists()
    roads.phone = "0570-1"
    roads.save(update_fields=["phone"])
    case = type(case).objects.get(pk=case.pk)
    reply_to_reporters(
        case.pk, text=fill_in("打{电话}", case), actor=place.staff("handler")
    )
    assert Reply.objects.get().text == "打0570-1"


def test_a_title_is_free_again_once_its_template_is_retired(place):
    actor = place.staff("handler")
    kept = add_reply_template(told(place), actor=actor)
    with pytest.raises(Refusal):
        add_reply_template(told(place, text="另一句"), actor=actor)
    retire_reply_template(kept.pk, actor=actor)
    add_reply_template(told(place, text="另一句"), actor=actor)


def test_with_scripts_off_the_text_goes_under_what_was_typed(place):
    case = dispatched(place).case
    actor = place.staff("dispatcher")
    own = add_reply_template(told(place, text="{编号}收到了"), actor=actor)
    other = add_reply_template(
        told(place, title="水", text="水站来人", office="Water"), actor=actor
    )
    client = place.client("handler")
    url = f"/{place.town.code}/work/case/{case.number}/"
    page = client.get(url).content.decode()
    assert f'data-text="{case.number}收到了"' in page
    assert "水站来人" not in page
    for chosen, wanted in ((own, f"您好。\n{case.number}收到了"), (other, "您好。")):
        asked = {"text": "您好。", "begin": chosen.pk, "load": "yes"}
        page = client.post(f"{url}reply/", asked)
        assert page.status_code == 200
        assert f">{wanted}</textarea>" in page.content.decode()
    assert client.post(f"{url}reply/", asked | {"begin": "x"}).status_code == 200
    assert not Reply.objects.exists()


def test_what_cannot_be_sent_stays_in_its_own_box(place):
    case = dispatched(place).case
    url = f"/{place.town.code}/work/case/{case.number}/"
    client = place.client("handler")
    page = client.post(f"{url}reply/", {"text": "找{电话}"}).content.decode()
    assert "{电话}还没填" in page and ">找{电话}</textarea>" in page
    long = "长" * 10_001
    page = client.post(f"{url}note/", {"text": long}).content.decode()
    reply, note = (page.index(f'id="{box}"') for box in ("reply", "note"))
    assert reply < note < page.index(long)


def test_through_the_pages_a_wrong_name_is_said_and_the_text_stays(place):
    client = place.client("handler")
    url = f"/{place.town.code}/work/templates/"
    asked = {
        "title": "收到",
        "text": "{姓名}",
        "organisation": place.office("Roads").pk,
    }
    page = client.post(url, asked)
    assert page.status_code == 422
    assert "{姓名}没法自动填" in page.content.decode()
    assert client.post(url, asked | {"organisation": ""}).status_code == 422
    assert client.post(url, asked | {"text": "好"}).status_code == 302
    kept = ReplyTemplate.objects.get()
    changed = asked | {"text": "改了"}
    assert client.post(f"{url}{kept.pk}/", changed).status_code == 302
    assert client.post(f"{url}{kept.pk}/retire/").status_code == 302
    assert client.post(f"{url}{kept.pk}/retire/").status_code == 404
    kept.refresh_from_db()
    assert kept.text == "改了" and kept.retired_at
