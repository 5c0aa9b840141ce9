"""Consultations as tests play them: opened, answered, closed."""

from datetime import timedelta

from luoshi.consultations import actions
from luoshi.consultations.actions import Asked, Way
from luoshi.consultations.models import Consultation, Reaction
from luoshi.core.clock import today

AGREE, UNSURE, DISAGREE = 1, 0, -1
OPTIONS = ["Each household pays.", "The village pays."]


def prepared(place, *, track="ordinary", threshold=3, daily=False, draft="A plan."):
    """Return one that is ready to begin, but for the steps of its track."""
    staff = place.staff("handler")
    asked = Asked("Rubbish", "Who pays?", "All households", place.office("Roads"))
    if daily:
        asked = Asked(asked.title, asked.question, asked.affected, asked.office, (), 1)
    made = actions.prepare_consultation(asked, actor=staff)
    actions.write_draft(
        made.pk, draft=draft, options=OPTIONS, version=made.version, actor=staff
    )
    made.refresh_from_db()
    way = Way(track, threshold)
    return actions.choose_way(made.pk, way, version=made.version, actor=staff)


def opened(place, *, days=10, **how):
    """Return one that takes answers for so many days."""
    made = prepared(place, **how)
    until = today() + timedelta(days=days)
    return actions.open_for_answers(
        made.pk, until=until, version=made.version, actor=place.staff("leader")
    )


def code(number):
    """Return the code of one who answers."""
    return f"{number:08d}"


def answered(consultation, statement, *values, first=0):
    """Let so many people react to a statement, each with a code of their own."""
    for place, value in enumerate(values, first):
        actions.react(consultation.pk, statement.pk, value, code=code(place))


def said(consultation, place, text="The pond stinks."):
    """Let a resident say something, and have it published."""
    made = actions.say(consultation.pk, text=text)
    return actions.publish_statement(made.pk, actor=place.staff("dispatcher"))


def ended(consultation, place):
    """Let its last day be over; return it as it is then."""
    actions.close_consultation(
        consultation.pk, why="Everybody was heard.", actor=place.staff("leader")
    )
    return again(consultation)


def steps_taken(consultation, place):
    """Write down every step of the track."""
    for step in consultation.steps.filter(done_on=None):
        actions.record_step(
            step.pk,
            begun_on=today() - timedelta(days=30),
            done_on=today(),
            words="Minutes of the day.",
            actor=place.staff("handler"),
        )


def again(consultation):
    """Return it as the database has it."""
    return Consultation.objects.get(pk=consultation.pk)


def recount(statement):
    """Count the reactions afresh: what the tallies must say."""
    values = list(
        Reaction.objects.filter(statement=statement).values_list("value", flat=True)
    )
    return values.count(AGREE), values.count(DISAGREE), values.count(UNSURE)


def tallies(statement):
    """Return what the tallies say."""
    statement.refresh_from_db()
    return statement.agree, statement.disagree, statement.unsure
