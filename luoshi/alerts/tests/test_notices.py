"""One text for many: who lets it go, how long it is, how it is spoken."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.alerts import actions, notice_queries
from luoshi.alerts.models import GroupNotice
from luoshi.alerts.spoken import DIGITS, number, sentences, spoken
from luoshi.alerts.tests.test_alerts import A, B, bring, codes, row
from luoshi.alerts.wording import EACH, ONE, length_of
from luoshi.commitments.actions import declare_emergency
from luoshi.conftest import Browser
from luoshi.core.models import Notice
from luoshi.core.notices import sweep
from luoshi.core.refusals import Conflict, NotAllowed, Refusal


def write(place, clock, who="dispatcher", **told):
    wanted = {"title": "今晚暴雨", "text": "请不要过河。"} | told
    until = clock.moment + timedelta(days=1)
    written = actions.Written(shown_until=until, **wanted)
    return actions.write_notice(written, actor=place.staff(who))


def release(place, notice, who="leader", version=1):
    return actions.release_notice(notice.pk, version=version, actor=place.staff(who))


def test_a_leader_lets_it_go_and_each_telephone_hears_once(place, clock):
    with pytest.raises(NotAllowed):
        write(place, clock, "handler")
    # Two households with one telephone, one with a fixed one, one with none.
    bring(
        place,
        row(place, "甲", A),
        row(place, "乙", A),
        row(place, "丙", "05706001234"),
        row(place, "丁"),
    )
    notice = write(place, clock)
    with pytest.raises(NotAllowed, match="leader_only"):
        release(place, notice, "dispatcher")
    assert not Notice.objects.filter(channel="sms").exists()
    actions.ask_leader(notice.pk, version=1, actor=place.staff("dispatcher"))
    assert Notice.objects.filter(code="alerts.leader_asked").exists()
    release(place, notice)
    message = Notice.objects.get(channel="sms")
    assert message.data == {"text": "【qinghe】请不要过河。"}
    counts = notice_queries.counts_of(place.staff("leader"), notice)
    assert (counts.all, counts.waiting, counts.unreached) == (4, 2, 2)
    sweep()
    counts = notice_queries.counts_of(place.staff("leader"), notice)
    assert (counts.sent, counts.unreached) == (2, 2)
    with pytest.raises(Refusal, match="released_already"):
        release(place, notice)
    left = notice_queries.unreached_of(place.staff("leader"), notice)
    actions.told_otherwise(left[0].line.pk, actor=place.staff("leader"))
    assert len(notice_queries.unreached_of(place.staff("leader"), notice)) == 1
    assert codes()[-2:] == ["alerts.notice_released", "alerts.told_otherwise"]


def test_what_failed_is_not_reached(place, clock):
    bring(place, row(place, "甲", A), row(place, "乙", B))
    notice = release(place, write(place, clock))
    Notice.objects.filter(channel="sms").update(
        state=Notice.State.FAILED, last_error="PermissionError: x"
    )
    left = notice_queries.unreached_of(place.staff("leader"), notice)
    assert len(left) == 2
    assert left[0].why


def test_a_text_changed_after_it_was_read_does_not_leave(place, clock):
    notice = write(place, clock)
    actions.ask_leader(notice.pk, version=1, actor=place.staff("dispatcher"))
    until = clock.moment + timedelta(days=2)
    actions.change_notice(
        notice.pk,
        actions.Written("今晚暴雨", "改了", until),
        version=1,
        actor=place.staff("dispatcher"),
    )
    with pytest.raises(Conflict, match="changed_meanwhile"):
        release(place, notice)
    notice.refresh_from_db()
    assert notice.state == GroupNotice.State.DRAFT
    assert release(place, notice, version=2).text == "改了"


def test_a_leader_returns_it_with_the_reason(place, clock):
    notice = write(place, clock)
    actions.ask_leader(notice.pk, version=1, actor=place.staff("dispatcher"))
    told = {"why": "写上时间", "version": 1}
    with pytest.raises(NotAllowed):
        actions.return_notice(notice.pk, actor=place.staff("dispatcher"), **told)
    actions.return_notice(notice.pk, actor=place.staff("leader"), **told)
    notice.refresh_from_db()
    assert (notice.state, notice.returned_why) == ("draft", "写上时间")
    assert Notice.objects.filter(
        code="alerts.notice_returned", person=place.staff("dispatcher").person
    ).exists()


def test_the_towns_rule_says_when_a_leader_is_needed(place, clock):
    with pytest.raises(NotAllowed):
        actions.choose_rule("never", actor=place.staff("dispatcher"))
    actions.choose_rule("not_in_emergency", actor=place.staff("administrator"))
    notice = write(place, clock)
    with pytest.raises(NotAllowed, match="leader_only"):
        release(place, notice, "dispatcher")
    declare_emergency(name="汛期", reason="暴雨", actor=place.staff("leader"))
    release(place, notice, "dispatcher")
    actions.choose_rule("never", actor=place.staff("administrator"))
    release(place, write(place, clock), "dispatcher")


def test_everybody_reads_what_was_released_until_it_is_over(place, clock):
    notice = write(place, clock)
    url, front = f"/{place.town.code}/notice/{notice.pk}/", f"/{place.town.code}/"
    assert Browser().get(url).status_code == 404
    assert "今晚暴雨" not in Browser().get(front).content.decode()
    release(place, notice)
    assert "请不要过河" in Browser().get(url).content.decode()
    assert "今晚暴雨" in Browser().get(front).content.decode()
    actions.end_notice(notice.pk, actor=place.staff("dispatcher"))
    assert "今晚暴雨" not in Browser().get(front).content.decode()
    assert "已经失效" in Browser().get(url).content.decode()


def test_the_pages_show_four_forms_and_the_length(place, clock):
    base, client = f"/{place.town.code}/work/notices", place.client("dispatcher")
    told = {
        "title": "停水",
        "text": "明天14:00停水。打0570-6001234问。",
        "shown_until": "2026-03-04",
    }
    assert client.post(f"{base}/new/", {"title": "停水"}).status_code == 422
    page = client.post(f"{base}/new/", told, follow=True).content.decode()
    assert "一条发完" in page
    assert "十四点" in page
    assert "零五七零，六零零，幺二三四" in page
    notice = GroupNotice.objects.get()
    assert client.get(f"{base}/{notice.pk}/sheet/").status_code == 404
    step = f"{base}/{notice.pk}/do/release/"
    client.post(step, {"version": "1"})
    notice.refresh_from_db()
    assert notice.released_at is None
    place.client("leader").post(step, {"version": "1"})
    sheet = client.get(f"{base}/{notice.pk}/sheet/").content.decode()
    assert "<svg" in sheet
    assert f"/notice/{notice.pk}/" in sheet


@pytest.mark.parametrize(
    ("text", "parts", "left"),
    [
        ("", 1, 70),
        ("一" * ONE, 1, 0),
        ("一" * (ONE + 1), 2, 63),
        ("一" * 2 * EACH, 2, 0),
        ("一" * 2 * EACH + "一", 3, 66),
        # One of two units does not fit into the one that is left.
        ("一" * 66 + "𠮷" + "一" * 65, 2, 0),
        ("一" * 66 + "𠮷" + "一" * 66, 3, 66),
    ],
)
def test_a_message_is_counted_in_parts(text, parts, left):
    length = length_of(text)
    assert (length.parts, length.left) == (parts, left)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026年11月25日14:00起", "二零二六年十一月二十五日十四点起"),
        ("8:05到2:30", "八点零五分到两点三十分"),
        ("降雨100-150mm", "降雨一百到一百五十毫米"),
        ("打119，转移120人", "打幺幺九，转移一百二十人"),
        ("2户2级", "两户二级"),
        ("1,204户，2.5米，80%", "一千二百零四户，二点五米，百分之八十"),
        ("X305县道（东段）", "X三零五县道，东段，"),
        ("今晚-5℃", "今晚零下五摄氏度"),
        ("打13800000001", "打幺三八，零零零零，零零零幺"),
    ],
)
def test_a_voice_reads_it_well(written, said):
    assert spoken(written).strip("，") == said.strip("，")


def test_sentences_end_with_a_stop():
    assert sentences("停电。\n请检查冰箱") == ["停电。", "请检查冰箱。"]


def read(said):
    """Read a number back: the slow twin of saying it."""
    if said.startswith("十"):
        said = f"一{said}"
    total = group = digit = 0
    for one in said:
        if one in DIGITS:
            digit = DIGITS.index(one)
        elif one in "十百千":
            group, digit = group + digit * 10 ** ("十百千".index(one) + 1), 0
        else:
            scale = {"万": 10**4, "亿": 10**8}[one]
            if one == "亿":
                total = (total + group + digit) * scale
            else:
                total += (group + digit) * scale
            group = digit = 0
    return total + group + digit


@given(st.integers(0, 10**12 - 1))
def test_a_number_said_is_the_number(value):
    said = number(value)
    assert read(said) == value
    assert "零零" not in said
    assert value == 0 or not said.endswith("零")


@given(st.text(max_size=200))
def test_no_figure_is_left_for_a_voice(text):
    assert not any(one in "0123456789" for one in spoken(text))
