"""What is told of a topic: counted by the engine, kept with the topic."""

from collections import Counter

from luoshi.cases.models import Case
from luoshi.core.clock import now
from luoshi.core.gazetteer import town_gazetteer
from luoshi.engines import similarity as engine
from luoshi.topics.models import Apart, Membership, Topic
from luoshi.topics.reading import (
    case_of,
    cases_to_group,
    read_cases,
    villages_of,
)

FACTS = (
    *("title", "place", "village", "first_at", "last_at", "matters", "people"),
    *("weeks", "heat", "lately", "expected", "years", "rising", "told_at"),
)
# A page is waited for: of a topic this large the newest are read.
MOST_READ = 2000


def set_facts(topic: Topic, told: engine.Topic, villages: dict[int, str]) -> None:
    """Put on a topic what the engine tells of it; `villages` by the case's id."""
    cases = {case_of(voice) for voice in told.cases}
    most = Counter(villages[case] for case in sorted(cases)).most_common(1)
    topic.village_id = int(most[0][0]) if most and most[0][0] else None
    topic.title, topic.place = told.title[:120], told.place[:120]
    topic.first_at, topic.last_at = told.first, told.last
    topic.matters, topic.people = len(cases), told.people
    topic.weeks, topic.heat = list(told.weeks), told.heat
    topic.rising, topic.lately, topic.expected, topic.years = told.rising, 0, 0, 0
    if told.rise is not None:
        topic.lately, topic.years = told.rise.people, told.rise.years
        topic.expected = round(told.rise.expected, 1)
    topic.told_at = now()


def tell_anew_within(topic: Topic) -> None:
    """Count a topic anew after a person changed it; a rise is for the night to say."""
    rows = cases_to_group(topic.town).filter(membership__topic=topic)
    window = read_cases(rows[:MOST_READ])
    grouped = engine.group(window.voices, now=now(), gazetteer=town_gazetteer())
    told = next((one for one in grouped.topics if one.number == topic.number), None)
    if told is None:
        topic.matters, topic.people, topic.heat, topic.weeks = 0, 0, 0, []
        topic.title, topic.rising, topic.told_at = "", False, now()
    else:
        set_facts(topic, told, villages_of(window))
        topic.rising, topic.lately, topic.years = False, 0, 0
    topic.save(update_fields=list(FACTS))


def forget_case_within(case: Case) -> None:
    """Let a case whose words were erased leave its topic, title and all."""
    Apart.objects.filter(case=case).delete()
    row = Membership.objects.filter(case=case).select_related("topic__town").first()
    if row is None:
        return
    topic = row.topic
    row.delete()
    topic.changed_at = now()
    topic.save(update_fields=["changed_at"])
    tell_anew_within(topic)
