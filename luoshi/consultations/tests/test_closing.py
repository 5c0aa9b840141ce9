"""Nothing is decided in public before it is answered, stepped and tried."""

from datetime import timedelta

import pytest

from luoshi.consultations import actions
from luoshi.consultations.models import Consultation, Link
from luoshi.consultations.queries import to_answer, unanswered
from luoshi.consultations.tests.play import (
    AGREE,
    DISAGREE,
    again,
    answered,
    ended,
    opened,
    said,
    steps_taken,
)
from luoshi.core.clock import today
from luoshi.core.models import Notice
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.core.trail import entries_of, words_of


def _publish(found, place, who="leader", decision="The village pays."):
    return actions.publish_decision(
        found.pk,
        decision=decision,
        version=again(found).version,
        actor=place.staff(who),
    )


def test_who_is_of_one_mind_decides_what_is_answered(place, asked):
    option = asked.statements.first()
    liked, few = said(asked, place, "池塘臭。"), said(asked, place, "路太窄。")
    answered(asked, option, *[AGREE] * 5, DISAGREE, DISAGREE)
    answered(asked, liked, AGREE, AGREE, AGREE)
    answered(asked, few, AGREE, AGREE, DISAGREE, DISAGREE, DISAGREE)
    assert list(to_answer(asked)) == [liked]
    answered(asked, option, DISAGREE, first=20)
    assert list(to_answer(asked)) == [option, liked]


def test_an_unanswered_objection_blocks_the_decision(place, asked):
    objection = said(asked, place, "我们出不起。")
    answered(asked, objection, AGREE, AGREE, AGREE)
    found = ended(asked, place)
    steps_taken(found, place)
    with pytest.raises(Refusal, match="unanswered") as refused:
        _publish(found, place)
    assert refused.value.parameters == {"count": 1, "numbers": str(objection.number)}
    assert again(found).state == "closed"
    handler = place.staff("handler")
    for told, code in (
        ({"outcome": "maybe", "why": "x"}, "outcome_missing"),
        ({"outcome": "adopted", "why": " "}, "why_missing"),
        ({"outcome": "adopted", "why": "问13800001111"}, "holds_personal"),
    ):
        with pytest.raises(Refusal, match=code):
            actions.answer_statement(objection.pk, **told, actor=handler)
    assert unanswered(found).count() == 1
    with pytest.raises(NotAllowed):
        actions.answer_statement(
            objection.pk, outcome="not", why="No.", actor=place.staff("inspector")
        )
    actions.answer_statement(
        objection.pk, outcome="partly", why="困难户减半。", actor=handler
    )
    actions.answer_statement(
        objection.pk, outcome="adopted", why="镇里出。", actor=handler
    )
    entry = entries_of(objection)[0]
    assert entry.data["outcome"] == ["partly", "adopted"]
    assert words_of(entry) == "镇里出。"
    with pytest.raises(NotAllowed):
        _publish(found, place, "handler")
    done = _publish(found, place)
    assert (done.state, done.decision) == ("published", "The village pays.")
    assert entries_of(done)[0].code == "consultations.published"
    assert Notice.objects.filter(code="consultations.published").exists()
    with pytest.raises(NotAllowed):
        actions.answer_statement(objection.pk, outcome="not", why="No", actor=handler)


def test_steps_looks_and_words_are_owed_too(place, asked):
    actions.say(asked.pk, text="池塘臭。")
    found = ended(asked, place)
    with pytest.raises(Refusal, match="not_looked_at"):
        _publish(found, place)
    waiting = asked.statements.get(state="waiting")
    actions.refuse_statement(
        waiting.pk, reason="beside", actor=place.staff("dispatcher")
    )
    with pytest.raises(Refusal, match="steps_missing"):
        _publish(found, place)
    steps_taken(found, place)
    with pytest.raises(Refusal, match="decision_missing"):
        _publish(found, place, decision=" ")
    with pytest.raises(Conflict):
        actions.publish_decision(
            found.pk, decision="x", version=1, actor=place.staff("leader")
        )
    assert _publish(found, place, "releaser").published_by.name == "releaser"


def test_before_its_day_it_closes_only_with_a_reason(place, asked):
    for who in ("handler", "dispatcher", "inspector"):
        with pytest.raises(NotAllowed):
            actions.close_consultation(asked.pk, why="x", actor=place.staff(who))
    with pytest.raises(Refusal, match="early_why"):
        actions.close_consultation(asked.pk, why="", actor=place.staff("leader"))
    found = ended(asked, place)
    assert (found.state, found.shorter_why) == ("closed", "Everybody was heard.")
    assert entries_of(found)[0].code == "consultations.closed"


def test_it_closes_by_itself_and_tells_what_is_owed(place, asked, clock):
    option = asked.statements.first()
    answered(asked, option, DISAGREE, DISAGREE, DISAGREE)
    assert actions.close_where_due() == 0
    clock.tick(timedelta(days=11))
    assert actions.close_where_due() == 1
    told = Notice.objects.filter(code="consultations.closed")
    assert {one.data["count"] for one in told} == {1}
    assert again(asked).shorter_why == ""


def test_a_measure_on_daily_habits_is_tried_first(place):
    asked = opened(place, daily=True)
    found = ended(asked, place)
    steps_taken(found, place)
    staff = place.staff("handler")
    told = {
        "group": "三组的十二户",
        "village": place.village,
        "since": today(),
        "until": today() + timedelta(days=14),
        "actor": staff,
    }
    with pytest.raises(Refusal, match="try_first"):
        _publish(found, place)
    with pytest.raises(Refusal, match="group_missing"):
        actions.begin_trial(found.pk, **(told | {"group": " "}))
    trial = actions.begin_trial(found.pk, **told)
    with pytest.raises(Refusal, match="tried_now"):
        actions.begin_trial(found.pk, **told)
    with pytest.raises(Refusal, match="look_first"):
        _publish(found, place)
    look = {"found": "桶太小。", "outcome": "change", "looked_on": today()}
    for change, code in (
        ({"outcome": "hm"}, "trial_outcome"),
        ({"found": ""}, "found_missing"),
        ({"looked_on": today() + timedelta(days=1)}, "looked_when"),
        ({"looked_on": today() - timedelta(days=1)}, "looked_when"),
    ):
        with pytest.raises(Refusal, match=code):
            actions.look_at_trial(trial.pk, **(look | change), actor=staff)
    actions.look_at_trial(trial.pk, **look, actor=staff)
    with pytest.raises(Refusal, match="looked_already"):
        actions.look_at_trial(trial.pk, **look, actor=staff)
    with pytest.raises(Refusal, match="try_again"):
        _publish(found, place)
    second = actions.begin_trial(found.pk, **told)
    actions.look_at_trial(second.pk, **(look | {"outcome": "widen"}), actor=staff)
    assert _publish(found, place).state == "published"


def test_where_nothing_daily_changes_nothing_is_tried(place, asked):
    with pytest.raises(NotAllowed):
        actions.begin_trial(
            asked.pk,
            group="x",
            village=None,
            since=today(),
            until=today(),
            actor=place.staff("handler"),
        )


def test_matters_are_tied_to_it_for_ever(place, asked):
    other = opened(place)
    staff = place.staff("handler")
    for told, code in (
        ({"number": "QI-999", "why": "came_of"}, "no_such_number"),
        ({"number": asked.commitment.number, "why": "came_of"}, "itself"),
        ({"number": other.commitment.number, "why": "hm"}, "link_why"),
    ):
        with pytest.raises(Refusal, match=code):
            actions.link_matter(asked.pk, **told, actor=staff)
    told = {"number": other.commitment.number.lower(), "why": "came_of"}
    link = actions.link_matter(asked.pk, **told, actor=staff)
    with pytest.raises(Refusal, match="linked_already"):
        actions.link_matter(asked.pk, **told, actor=staff)
    assert entries_of(other.commitment)[0].code == "consultations.linked_to"
    Consultation.objects.filter(pk=asked.pk).update(state="stopped")
    with pytest.raises(NotAllowed):
        actions.unlink_matter(link.pk, actor=staff)
    Consultation.objects.filter(pk=asked.pk).update(state="open")
    actions.unlink_matter(link.pk, actor=staff)
    assert not Link.objects.exists()
    case = other.commitment.cases.get()
    actions.link_matter(asked.pk, **told, actor=staff)
    page = place.client("handler").get(f"/{place.town.code}/work/case/{case.number}/")
    assert asked.title in page.content.decode()
