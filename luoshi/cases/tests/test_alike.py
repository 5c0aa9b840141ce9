"""What is probably the same: found by its rare words, said without private words."""

from datetime import timedelta

import pytest

from luoshi.cases import common
from luoshi.cases.actions import (
    Public,
    judge_case,
    publish_matter,
    receive_case,
    seal_case,
)
from luoshi.cases.alike import alike_at_desk, alike_while_telling, heads_open
from luoshi.cases.models import Case
from luoshi.commitments import actions
from luoshi.conftest import Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Village
from luoshi.core.search import Words, find_likely

PUMP = "东风渠抽水泵坏了，张大爷家的秧田干了"
AGAIN = "东风渠的抽水泵又坏了，田里没水"
LAMP = "村口三盏路灯不亮"


def tell(place, text, village=None):
    return receive_case(
        town=place.town,
        text=text,
        actor=RESIDENT,
        channel="web",
        village=village or place.village,
    ).case


def send(place, case):
    actions.dispatch_commitment(
        case.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )


def while_telling(place, text=AGAIN, village=None):
    found = alike_while_telling(place.town, text, village or place.village)
    return [one.case.pk for one in found]


@pytest.fixture
def pump(place):
    """A pump and twenty lamps, all dispatched."""
    cases = [tell(place, PUMP), *(tell(place, f"{LAMP}，第{n}次说") for n in range(20))]
    for case in cases:
        send(place, case)
    return cases[0]


def likely(place, text, most=5):
    return find_likely(Words(place.town, text, "case"), most=most)


def test_rare_words_find_first_and_the_newer_of_equals(place, pump):
    assert likely(place, "抽水泵和路灯")[0] == pump.pk
    lamps = likely(place, LAMP, most=50)
    assert pump.pk not in lamps
    assert lamps == sorted(lamps, reverse=True)


@pytest.mark.parametrize(
    "text", ["", "泵", "\x00\x1b‮", "😀😀", "的的的", "'\" & | ! AND OR NOT *"]
)
def test_a_text_without_words_finds_nothing(place, pump, text):
    assert likely(place, text) == []
    assert while_telling(place, text) == []


def test_a_long_text_and_latin_words_are_read(place, pump):
    assert likely(place, "抽水泵" * 40_000)[0] == pump.pk
    wifi = tell(place, "村部WIFI-5G连不上")
    assert likely(place, "wifi 5g")[0] == wifi.pk


def test_another_town_is_not_found(place, pump):
    from django_scopes import scope

    from luoshi.conftest import build_town

    other = build_town("lianhua")
    with scope(town=other.town):
        assert likely(other, PUMP) == []


def test_who_tells_it_again_reads_kind_and_place_and_none_of_the_words(place, pump):
    client, base = Browser(), f"/{place.town.code}/report/"
    client.post(base, {"text": AGAIN})
    client.post(f"{base}where/", {"village": place.village.pk, "place": ""})
    page = client.get(f"{base}contact/").content.decode()
    assert f"{place.category} · {place.village}" in page
    assert pump.number in page
    assert "张大爷" not in page and "秧田" not in page
    page = client.get(f"{base}join/{pump.number}/").content.decode()
    assert f"{place.category} · {place.village}" in page
    assert "张大爷" not in page
    told = Public("东风渠的泵", "在修", checked=True, looked=True)
    publish_matter(pump.pk, public=told, actor=place.staff("releaser"))
    assert "东风渠的泵" in client.get(f"{base}contact/").content.decode()


def test_what_nobody_may_see_is_not_offered(place, pump):
    assert while_telling(place) == [pump.pk]
    elsewhere = Village.objects.create(town=place.town, name="Shikan")
    assert while_telling(place, village=elsewhere) == []
    # Not dispatched: no kind yet, and the words are private.
    fresh = tell(place, AGAIN)
    assert fresh.pk not in while_telling(place)
    Case.objects.filter(pk=pump.pk).update(held=True)
    assert while_telling(place) == []
    Case.objects.filter(pk=pump.pk).update(held=False)
    seal_case(pump.pk, kind="conduct", actor=place.staff("dispatcher"))
    assert while_telling(place) == []


def test_a_closed_one_is_not_offered(place, pump):
    pk, handler = pump.commitment_id, place.staff("handler")
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="修好了", actor=handler)
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    assert while_telling(place) == [pump.pk]
    judge_case(
        pump.reporters.get().pk,
        actor=RESIDENT,
        words="",
        solved="solved",
        satisfied="satisfied",
    )
    assert while_telling(place) == []


def test_the_desk_says_what_is_probably_the_same_and_leads_there(place, pump, clock):
    clock.tick(timedelta(hours=2))
    again = tell(place, AGAIN)
    rows = heads_open()
    assert [one.case.pk for one in alike_at_desk(again, rows)] == [pump.pk]
    url = f"/{place.town.code}/work/dispatch/{again.number}/"
    assert place.client("handler").get(url).status_code == 403
    client = place.client("dispatcher")
    page = client.get(url).content.decode()
    merge = f"/{place.town.code}/work/case/{again.number}/merge/"
    assert f"{merge}?q={pump.number}" in page
    looked = client.get(f"{merge}?q={pump.number}").content.decode()
    assert PUMP in looked and LAMP not in looked
    # Without a word typed, the likeliest stands first.
    assert PUMP in client.get(merge).content.decode()
    assert client.post(merge, {"head": pump.number}).status_code == 302
    assert Case.objects.get(pk=again.pk).commitment_id == pump.commitment_id
    assert alike_at_desk(Case.objects.get(pk=again.pk), rows) == []


def test_the_same_words_of_two_villages_are_not_probably_the_same(place, pump):
    elsewhere = Village.objects.create(town=place.town, name="Shikan")
    here, there = tell(place, PUMP), tell(place, PUMP, elsewhere)
    found = {one.case.pk: one.probably for one in alike_at_desk(here, heads_open())}
    assert found[pump.pk]
    assert not found.get(there.pk)


def test_a_look_up_costs_as_much_with_many_as_with_few(place, pump):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(connection) as few:
            while_telling(place)
        return len(few)

    before = asked()
    for number in range(30):
        send(place, tell(place, f"{PUMP}，{number}"))
    assert asked() <= before <= 11


def test_a_look_up_reads_what_is_common_and_does_without(place, pump, monkeypatch):
    assert common.learn_common(place.town) == 0
    assert common.common_of(place.town) is None
    monkeypatch.setattr(common, "LEAST_TEXTS", 21)
    assert common.learn_common(place.town) == 21
    assert common.common_of(place.town).texts == 21
    again = tell(place, AGAIN)

    def scores():
        found = alike_at_desk(again, heads_open())
        assert [one.case.pk for one in found] == [pump.pk]
        return [one.score for one in found]

    learnt = scores()
    common._path_of(place.town).write_bytes(b"no numbers")
    assert common.common_of(place.town) is None
    alone = scores()
    assert learnt != alone
    monkeypatch.setattr(common, "LEAST_TEXTS", 23)
    assert common.learn_common(place.town) == 0
    assert not common._path_of(place.town).exists()
    assert scores() == alone


def test_what_is_sealed_is_not_learnt_from(place, pump, monkeypatch):
    monkeypatch.setattr(common, "LEAST_TEXTS", 1)
    assert common.learn_common(place.town) == 21
    seal_case(pump.pk, kind="conduct", actor=place.staff("dispatcher"))
    assert common.learn_common(place.town) == 20
