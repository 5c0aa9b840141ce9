"""The town's rules: who may change them, from when they hold, what is refused."""

from datetime import time

import pytest

from luoshi.commitments import actions
from luoshi.commitments.terms import share_of
from luoshi.core.clock import SHANGHAI, now
from luoshi.core.models import Town, TrailEntry
from luoshi.core.notices.digest import digest_time
from luoshi.core.refusals import NotAllowed, Refusal

SHARES = {"work": 30, "solved": 0, "partly": 5, "other": 100}
ASKED = {"digest_at": "16:30", "leader_after": 20, **SHARES}


def change(place, who="administrator", at="16:30", **shares):
    return actions.change_rules(
        digest_at=time.fromisoformat(at),
        leader_after=20,
        shares=SHARES | shares,
        actor=place.staff(who),
    )


def test_only_an_administrator_changes_the_rules(place):
    place.town.rules = {"office": [["09:00", "17:00"]], "samples": {"history": 1}}
    place.town.save(update_fields=["rules"])
    with pytest.raises((Refusal, NotAllowed)):
        change(place, who="leader")
    with pytest.raises(Refusal):
        change(place, work=101)
    assert Town.objects.get().rules == place.town.rules

    change(place)
    town = Town.objects.get()
    assert digest_time(town, now().date()).astimezone(SHANGHAI).hour == 16
    assert [share_of(town, what) for what in ("work", "partly", "destination")] == [
        *(30, 5, 100)
    ]
    assert share_of(town, "history") == 1, "what is not asked for stays"
    assert town.rules["office"] == [["09:00", "17:00"]]
    entry = TrailEntry.objects.get(code="commitments.rules_changed")
    assert entry.data["work"] == [10, 30]


def test_what_changes_nothing_leaves_no_entry(place):
    change(place)
    change(place)
    assert TrailEntry.objects.filter(code="commitments.rules_changed").count() == 1


def test_the_page_keeps_what_is_wrong_and_shows_what_holds(place):
    client, url = place.client("administrator"), "/qinghe/work/manage/rules/"
    wrong = client.post(url, ASKED | {"other": "120"})
    assert wrong.status_code == 422 and b'value="120"' in wrong.content
    right = client.post(url, ASKED, follow=True)
    assert right.status_code == 200
    assert b'value="16:30"' in right.content and b'value="30"' in right.content
