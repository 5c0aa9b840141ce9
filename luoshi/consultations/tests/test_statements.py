"""What residents say: tidied, held, looked at by published rules, mended."""

import pytest

from luoshi.consultations import actions
from luoshi.consultations.models import Statement
from luoshi.consultations.tests.play import AGREE, answered, said
from luoshi.consultations.wording import may_name_somebody, tidy
from luoshi.core.models import Notice
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import entries_of, words_of

State = Statement.State


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  两 行\n一条 ", "两 行 一条"),
        ("\u202e倒着写\u202c", "倒着写"),
        ("零\u200b宽\ufeff", "零宽"),
        ("a\x00b\x1bc", "abc"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_marks_that_hide_or_turn_text_go(place, asked, typed, kept):
    assert tidy(typed) == kept
    assert actions.say(asked.pk, text=typed).text == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "nothing_said"),
        (" \u200b\n", "nothing_said"),
        ("长" * 141, "too_long"),
        ("长" * 10_000, "too_long"),
    ],
)
def test_nothing_and_too_much_is_refused(place, asked, typed, code):
    with pytest.raises(Refusal, match=code):
        actions.say(asked.pk, text=typed)
    assert asked.statements.count() == 2
    assert actions.say(asked.pk, text="长" * 140).number == 3


@pytest.mark.parametrize(
    "words",
    [
        "打13800001111找他",
        "王建国家的猪场太臭",
        "老李家占了路",
        "张某天天喝酒",
        "刘大爷的低保不对",
        "有个叫陈小明的天天吵",
    ],
)
def test_what_may_name_somebody_is_held(place, asked, words):
    assert may_name_somebody(words)
    assert actions.say(asked.pk, text=words).state == State.HELD


@pytest.mark.parametrize(
    "words",
    [
        "水管冬天会冻",
        "高处的田浇不上水",
        "周末人多，垃圾桶不够",
        "方案一太贵",
        "万一停电怎么办",
    ],
)
def test_what_names_nobody_only_waits(place, asked, words):
    assert actions.say(asked.pk, text=words).state == State.WAITING


def test_the_same_words_are_one_statement(place, asked):
    first = actions.say(asked.pk, text="池塘臭。")
    assert actions.say(asked.pk, text=" 池塘臭！").pk == first.pk
    assert actions.say(asked.pk, text="池塘不臭。").pk != first.pk


def test_one_notice_for_all_that_wait(place, asked):
    actions.say(asked.pk, text="池塘臭。")
    actions.say(asked.pk, text="路太窄。")
    waiting = Notice.objects.filter(code="consultations.to_look_at")
    assert set(waiting.values_list("person__name", flat=True)) == {"dispatcher"}
    assert waiting.values("person").distinct().count() == 1


@pytest.mark.parametrize("who", ["handler", "inspector", "leader", "administrator"])
def test_only_the_desk_and_releasers_look(place, asked, who):
    made = actions.say(asked.pk, text="池塘臭。")
    actor = place.staff(who)
    for act in (
        lambda: actions.publish_statement(made.pk, actor=actor),
        lambda: actions.refuse_statement(made.pk, reason="beside", actor=actor),
        lambda: actions.mend_statement(made.pk, text="池塘很臭。", actor=actor),
    ):
        with pytest.raises(NotAllowed):
            act()
    made.refresh_from_db()
    assert made.state == State.WAITING and len(entries_of(made)) == 1


def test_published_refused_and_published_after_all(place, asked):
    made, desk = actions.say(asked.pk, text="池塘臭。"), place.staff("dispatcher")
    with pytest.raises(Refusal, match="reason_of_the_rules"):
        actions.refuse_statement(made.pk, reason="unwelcome", actor=desk)
    actions.refuse_statement(made.pk, reason="beside", words="另一件事", actor=desk)
    made.refresh_from_db()
    assert (made.state, made.reason, made.published_at) == ("refused", "beside", None)
    assert words_of(entries_of(made)[0]) == "另一件事"
    with pytest.raises(Refusal, match="decided_already"):
        actions.refuse_statement(made.pk, reason="beside", actor=desk)
    actions.publish_statement(made.pk, actor=place.staff("releaser"))
    made.refresh_from_db()
    assert (made.state, made.reason, made.decided_by.name) == (
        *("published", ""),
        "releaser",
    )


def test_the_town_does_not_take_its_own_words_off(place, asked):
    with pytest.raises(Refusal, match="town_said_it"):
        actions.refuse_statement(
            asked.statements.first().pk, reason="said", actor=place.staff("dispatcher")
        )


def test_words_are_mended_only_before_the_first_reaction(place, asked):
    made, desk = said(asked, place, "池塘臭。"), place.staff("dispatcher")
    assert actions.mend_statement(made.pk, text="池塘很臭。", actor=desk).pk == made.pk
    assert words_of(entries_of(made)[0]) == "池塘臭。"
    answered(asked, made, AGREE)
    with pytest.raises(Refusal, match="same_words"):
        actions.mend_statement(made.pk, text="池塘很臭。", actor=desk)
    fresh = actions.mend_statement(made.pk, text="池塘夏天很臭。", actor=desk)
    made.refresh_from_db()
    assert (made.state, made.text, made.agree) == (State.REPLACED, "池塘很臭。", 1)
    assert (fresh.replaces, fresh.state, fresh.agree) == (made, State.PUBLISHED, 0)
    with pytest.raises(Refusal, match="decided_already"):
        actions.mend_statement(made.pk, text="再改", actor=desk)


def test_what_the_town_says_is_marked_and_at_once_there(place, asked):
    with pytest.raises(NotAllowed):
        actions.say_for_town(
            asked.pk, text="电费镇里出。", actor=place.staff("inspector")
        )
    made = actions.say_for_town(
        asked.pk, text="电费镇里出。", actor=place.staff("handler")
    )
    assert (made.origin, made.state) == (Statement.Origin.TOWN, State.PUBLISHED)
