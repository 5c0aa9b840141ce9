"""What is arranged around a round: its days, and where people vote."""

from datetime import timedelta

import pytest

from luoshi.core.clock import now
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects import actions
from luoshi.projects.actions import Place, usual_days
from luoshi.projects.models import Booth
from luoshi.projects.tests.play import COSTS, opened, round_with, wish


def test_the_days_of_stages_move_and_stay_in_order(place):
    cycle, days = opened(place), usual_days(2027)
    opens, closes = days["collect"]
    longer = days | {"collect": (opens, closes + timedelta(days=1))}
    with pytest.raises(NotAllowed):
        actions.plan_stages(cycle.pk, longer, actor=place.staff("dispatcher"))
    leader = place.staff("leader")
    # The next stage begins on the day on which this one would end.
    with pytest.raises(Refusal, match="days_in_order"):
        actions.plan_stages(cycle.pk, longer, actor=leader)
    url = f"/{place.town.code}/work/projects/round/{cycle.pk}/days/"
    assert place.client("dispatcher").get(url).status_code == 403
    client = place.client("leader")
    assert f'value="{opens:%Y-%m-%d}"' in client.get(url).content.decode()
    told = {}
    for name, (begins, ends) in days.items():
        told |= {f"{name}_opens": f"{begins}", f"{name}_closes": f"{ends}"}
    told["collect_closes"] = f"{closes + timedelta(days=1)}"
    assert client.post(url, told).status_code == 422
    told["collect_closes"] = f"{closes - timedelta(days=3)}"
    assert client.post(url, told).status_code == 302
    assert cycle.stages.get(name="collect").closes_on == closes - timedelta(days=3)
    # One entry for the stage that moved, with the days before; none for the others.
    entry = TrailEntry.objects.get(code="projects.stage_planned")
    assert entry.data["stage"] == "collect" and len(entry.data["closes_on"]) == 2
    assert client.post(url, told).status_code == 302
    assert TrailEntry.objects.filter(code="projects.stage_planned").count() == 1


def test_a_booth_with_the_wrong_hour_is_taken_off_while_voting_goes_on(place):
    election, _codes = wish(place, round_with(place, *COSTS))
    leader, handler = place.staff("leader"), place.staff("handler")
    told = Place(
        *(place.village.pk, "村委会", handler.person.pk),
        *(now(), now() + timedelta(hours=2)),
    )
    first, second = (
        actions.add_booth(election.pk, told, actor=leader) for _shift in range(2)
    )
    with pytest.raises(NotAllowed):
        actions.drop_booth(first.pk, actor=handler)
    base = f"/{place.town.code}/work/votes/{election.pk}/booth"
    assert place.client("handler").post(f"{base}/{first.pk}/off/").status_code == 404
    client = place.client("leader")
    assert client.post(f"{base}/0/off/").status_code == 404
    assert client.post(f"{base}/{first.pk}/off/").status_code == 302
    assert list(Booth.objects.all()) == [second]
    assert TrailEntry.objects.filter(code="projects.booth_dropped").exists()
    actions.close_vote(election.pk, actor=leader)
    with pytest.raises(Refusal, match="vote_state"):
        actions.drop_booth(second.pk, actor=leader)
    assert client.post(f"{base}/{second.pk}/off/").status_code == 404
