"""A village's groups are asked for only where there are any, and stay optional."""

import pytest

from luoshi.cases.actions import receive_case
from luoshi.cases.models import Case
from luoshi.conftest import Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Village, VillageGroup
from luoshi.core.refusals import Refusal


def add_group(place, village=None):
    return VillageGroup.objects.create(
        town=place.town, village=village or place.village, name="三组"
    )


def elsewhere(place):
    village = Village.objects.create(town=place.town, name="Yangjia")
    return add_group(place, village)


def test_nobody_is_asked_for_a_group_where_there_is_none(place):
    resident, base = Browser(), f"/{place.town.code}/report/"
    resident.post(base, {"text": "路灯不亮"})
    assert 'name="group"' not in resident.get(f"{base}where/").content.decode()
    page = place.client("dispatcher").get(f"/{place.town.code}/work/enter/")
    assert 'name="group"' not in page.content.decode()


def test_a_resident_names_the_group_and_may_leave_it_out(place):
    group, other = add_group(place), elsewhere(place)
    resident, base = Browser(), f"/{place.town.code}/report/"
    resident.post(base, {"text": "路灯不亮"})
    told = {"village": place.village.pk, "place": ""}
    page = resident.get(f"{base}where/").content.decode()
    assert '<optgroup label="Qingxi">' in page
    wrong = resident.post(f"{base}where/", told | {"group": other.pk})
    assert (wrong.status_code, "Yangjia" in wrong.content.decode()) == (422, True)
    assert resident.post(f"{base}where/", told).status_code == 302
    resident.post(f"{base}where/", told | {"group": group.pk})
    resident.post(f"{base}contact/", {"answer": "none"})
    assert "三组" in resident.get(f"{base}check/").content.decode()
    resident.post(f"{base}check/", {"website": ""})
    assert Case.objects.get().group == group


def test_staff_write_the_group_down(place):
    group = add_group(place)
    client, url = place.client("dispatcher"), f"/{place.town.code}/work/enter/"
    told = {
        "text": "路灯不亮",
        "village": place.village.pk,
        "answer": "none",
        "channel": "phone",
        "form_token": "one",
    }
    assert client.post(url, told | {"group": group.pk}).status_code == 302
    assert client.post(url, told | {"form_token": "two"}).status_code == 302
    assert [case.group for case in Case.objects.order_by("pk")] == [group, None]
    number = Case.objects.earliest("pk").number
    page = client.get(f"/{place.town.code}/work/case/{number}/").content.decode()
    assert "三组" in page


def test_a_group_of_another_village_is_refused(place):
    with pytest.raises(Refusal) as refused:
        receive_case(
            town=place.town,
            text="路灯不亮",
            actor=RESIDENT,
            channel="web",
            village=place.village,
            group=elsewhere(place),
        )
    assert refused.value.code == "cases.group_elsewhere"
    assert Case.objects.count() == 0
