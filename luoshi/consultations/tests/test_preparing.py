"""Set up step by step; opened only with all that its track asks first."""

from datetime import date, timedelta

import pytest

from luoshi.commitments import actions as work
from luoshi.commitments.models import Kind, State
from luoshi.consultations import actions
from luoshi.consultations.actions import Asked, Way
from luoshi.consultations.models import Consultation, Statement
from luoshi.consultations.tests.play import again, ended, opened, prepared, steps_taken
from luoshi.consultations.tracks import track_of
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import today
from luoshi.core.models import Notice
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.core.trail import entries_of

DRAFT, OPEN = Consultation.State.DRAFT, Consultation.State.OPEN


def _asked(place, title="Rubbish"):
    return Asked(title, "Who pays?", "All households", place.office("Roads"))


@pytest.mark.parametrize("who", ["inspector", "releaser", "administrator"])
def test_only_who_prepares_prepares(place, who):
    with pytest.raises(NotAllowed):
        actions.prepare_consultation(_asked(place), actor=place.staff(who))
    with pytest.raises(NotAllowed):
        actions.prepare_consultation(_asked(place), actor=RESIDENT)
    assert not Consultation.objects.exists()
    made = actions.prepare_consultation(_asked(place), actor=place.staff("handler"))
    assert (made.number, made.state, len(made.code)) == (1, DRAFT, 8)
    assert entries_of(made)[0].code == "consultations.prepared"
    assert [step.name for step in made.steps.all()] == ["Talked over by the leadership"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("", "Who?", "All"), "title_missing"),
        (("Rubbish", " ", "All"), "question_missing"),
        (("Rubbish", "Who?", ""), "affected_missing"),
        (("Rubbish", "Call 13800001111", "All"), "holds_personal"),
    ],
)
def test_what_everybody_reads_is_there_and_leads_to_nobody(place, words, code):
    asked = Asked(*words, place.office("Roads"))
    with pytest.raises(Refusal, match=code):
        actions.prepare_consultation(asked, actor=place.staff("handler"))
    assert not Consultation.objects.exists()


def test_a_second_writer_sees_the_first(place):
    staff = place.staff("handler")
    made = actions.prepare_consultation(_asked(place), actor=staff)
    actions.change_asked(made.pk, _asked(place, "Water"), version=1, actor=staff)
    with pytest.raises(Conflict):
        actions.change_asked(made.pk, _asked(place, "Roads"), version=1, actor=staff)
    assert again(made).title == "Water"


def test_options_are_statements_of_the_town(place):
    made = prepared(place)
    staff = place.staff("handler")
    for options, code in (
        (["One"], "options_count"),
        (["One", "One"], "options_count"),
        ([str(n) for n in range(9)], "options_count"),
        (["x" * 141, "y"], "too_long"),
    ):
        with pytest.raises(Refusal, match=code):
            actions.write_draft(
                made.pk,
                draft="",
                options=options,
                version=again(made).version,
                actor=staff,
            )
    with pytest.raises(Refusal, match="draft_or_options"):
        actions.write_draft(
            made.pk, draft=" ", options=[], version=again(made).version, actor=staff
        )
    told = made.statements.values_list("text", "origin", "state")
    assert list(told) == [
        ("Each household pays.", Statement.Origin.OPTION, Statement.State.PUBLISHED),
        ("The village pays.", Statement.Origin.OPTION, Statement.State.PUBLISHED),
    ]


def test_a_track_brings_its_steps_until_one_is_taken(place):
    made, staff = prepared(place, track="major"), place.staff("handler")
    assert [step.workdays for step in made.steps.all()] == [0, 7, 0]
    steps_taken(made, place)
    with pytest.raises(Refusal, match="track_begun"):
        actions.choose_way(
            made.pk, Way("ordinary", 3), version=made.version, actor=staff
        )
    with pytest.raises(Refusal, match="no_such_track"):
        actions.choose_way(made.pk, Way("quick", 3), version=made.version, actor=staff)


def test_a_town_writes_its_own_days_and_steps(place):
    place.town.rules["tracks"] = {
        "ordinary": {"days": 10, "steps": [{"name": "开会", "before": "open"}]}
    }
    track = track_of(place.town, "ordinary")
    assert (track.days, track.most_days) == (10, 15)
    assert [(step.name, step.before) for step in track.steps] == [("开会", "open")]


@pytest.mark.parametrize(
    ("track", "days", "why", "code"),
    [
        ("ordinary", 0, "", "day_past"),
        ("ordinary", 6, "", "days_few"),
        ("ordinary", 16, "", "days_many"),
        ("major", 29, "", "days_few"),
        ("major", 29, "打电话13800001111", "holds_personal"),
    ],
)
def test_days_are_those_of_the_track(place, track, days, why, code):
    made, leader = prepared(place, track=track), place.staff("leader")
    until = today() + timedelta(days=days)
    with pytest.raises(Refusal, match=code):
        actions.open_for_answers(
            made.pk, until=until, shorter_why=why, version=made.version, actor=leader
        )
    assert again(made).state == DRAFT


@pytest.mark.parametrize(
    ("track", "days", "why"),
    [("ordinary", 7, ""), ("ordinary", 15, ""), ("major", 5, "The flood is near.")],
)
def test_a_leader_lets_it_begin_and_an_answer_is_owed(place, track, days, why):
    made = prepared(place, track=track)
    until = today() + timedelta(days=days)
    told = {"until": until, "shorter_why": why, "version": made.version}
    for who in ("handler", "dispatcher", "administrator"):
        with pytest.raises(NotAllowed):
            actions.open_for_answers(made.pk, **told, actor=place.staff(who))
    assert again(made).commitment is None
    found = actions.open_for_answers(made.pk, **told, actor=place.staff("leader"))
    assert (found.state, found.last_day, found.shorter_why) == (OPEN, until, why)
    owed = found.commitment
    assert (owed.kind, owed.state) == (Kind.CONSULTATION, State.ASSIGNED)
    assert owed.owner_organisation == place.office("Roads")
    assert entries_of(found)[0].code == "consultations.opened"
    told = Notice.objects.filter(code="consultations.opened")
    assert set(told.values_list("person__name", flat=True)) == {"handler"}


def test_steps_that_come_first_come_first(place):
    made, leader = prepared(place, track="village"), place.staff("leader")
    told = {"until": today() + timedelta(days=7), "actor": leader}
    with pytest.raises(Refusal, match="steps_missing"):
        actions.open_for_answers(made.pk, version=made.version, **told)
    steps_taken(made, place)
    assert actions.open_for_answers(made.pk, version=made.version, **told).commitment


@pytest.mark.parametrize(
    ("begun", "done", "words", "code"),
    [
        (None, date(2026, 3, 2), "Opinion", "step_begun"),
        (date(2026, 2, 27), date(2026, 3, 2), "Opinion", "step_short"),
        (date(2026, 2, 24), date(2026, 3, 3), "Opinion", "step_ahead"),
        (date(2026, 2, 14), date(2026, 3, 2), "", "step_paper"),
        (date(2026, 3, 2), date(2026, 2, 2), "Opinion", "step_short"),
    ],
)
def test_the_check_of_lawfulness_takes_seven_workdays(place, begun, done, words, code):
    step = prepared(place, track="major").steps.get(workdays=7)
    told = {"actor": place.staff("handler")}
    with pytest.raises(Refusal, match=code):
        actions.record_step(step.pk, begun_on=begun, done_on=done, words=words, **told)
    step.refresh_from_db()
    assert step.done_on is None
    # The New Year's holidays of 2026 lie between: just seven workdays.
    actions.record_step(
        step.pk,
        begun_on=date(2026, 2, 14),
        done_on=date(2026, 3, 2),
        words="Opinion",
        **told,
    )
    step.refresh_from_db()
    assert step.recorded_by.name == "handler"


def test_the_answer_is_handed_in_when_it_is_public(place):
    asked = opened(place)
    owner = place.staff("handler")
    work.take_commitment(asked.commitment_id, actor=owner)
    with pytest.raises(Refusal, match="publish_first"):
        work.submit_commitment(asked.commitment_id, words="Done.", actor=owner)
    found = ended(asked, place)
    steps_taken(found, place)
    actions.publish_decision(
        found.pk,
        decision="The village pays.",
        version=found.version,
        actor=place.staff("releaser"),
    )
    work.submit_commitment(asked.commitment_id, words="Done.", actor=owner)
    assert again(asked).commitment.state == State.SUBMITTED


def test_a_stopped_one_takes_nothing_and_says_why(place, asked):
    with pytest.raises(NotAllowed):
        actions.stop_consultation(asked.pk, why="x", actor=place.staff("handler"))
    with pytest.raises(Refusal, match="reason_missing"):
        actions.stop_consultation(asked.pk, why=" ", actor=place.staff("leader"))
    actions.stop_consultation(asked.pk, why="No money.", actor=place.staff("leader"))
    with pytest.raises(Refusal, match="takes_no_answers"):
        actions.say(asked.pk, text="Go on!")
    assert again(asked).stopped_why == "No money."


def test_a_year_later_the_same_people_are_asked_again(place, clock):
    asked = opened(place)
    asked.villages.add(place.village)
    found = ended(asked, place)
    steps_taken(found, place)
    with pytest.raises(NotAllowed):
        actions.ask_again(found.pk, title="How?", actor=place.staff("handler"))
    found = actions.publish_decision(
        found.pk,
        decision="The village pays.",
        version=found.version,
        actor=place.staff("leader"),
    )
    assert actions.remind_to_ask_again() == 0
    clock.tick(timedelta(days=366))
    assert (actions.remind_to_ask_again(), actions.remind_to_ask_again()) == (1, 0)
    assert Notice.objects.filter(code="consultations.to_ask_again").exists()
    made = actions.ask_again(found.pk, title="How?", actor=place.staff("handler"))
    assert made.evaluates == found and made.draft == "The village pays."
    assert list(made.villages.all()) == [place.village]
    assert made.affected == found.affected
