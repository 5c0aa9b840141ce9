"""A consultation begins from a topic, and the topic names it."""

from luoshi.consultations.models import Consultation
from luoshi.topics.grouping import group_town
from luoshi.topics.tests.play import PLANT, tell, topic_with


def _topic(place):
    first, *_others = [tell(place, text) for text in PLANT]
    group_town(place.town)
    return topic_with(first)


def test_who_prepares_begins_from_a_topic(place):
    topic = _topic(place)
    page = f"/{place.town.code}/work/topics/{topic.number}/"
    begin = f"/{place.town.code}/work/consultations/new/?topic={topic.number}"
    assert begin not in place.client("inspector").get(page).content.decode()
    desk = place.client("dispatcher")
    assert begin in desk.get(page).content.decode()
    assert desk.get(begin).context["form"]["title"].value() == str(topic)[:60]
    told = {
        "title": "搅拌站怎么办",
        "question": "搅拌站几点停工？",
        "affected": "丽发新城住户",
        "office": place.office("Roads").pk,
    }
    assert desk.post(begin, told).status_code == 302
    assert Consultation.objects.get().topic == topic
    for who in ("dispatcher", "inspector"):
        assert told["title"] in place.client(who).get(page).content.decode()
