"""Every address for every role: who may open it, here and from another town."""

import pytest
from django_scopes import scope

from luoshi.cases.tests.test_main_job import dispatched
from luoshi.cases.tests.walk import ANYBODY, STAFF, WALK, address, names
from luoshi.conftest import PEOPLE, Browser, build_town


def test_every_address_has_a_row():
    assert names() == set(WALK)


@pytest.mark.parametrize("name", sorted(WALK))
def test_who_may_open_it(place, name):
    case = dispatched(place).case
    url = address(name, place, case)
    allowed = WALK[name]
    signed_out = Browser().get(url)
    opened = signed_out.status_code in (200, 302) and "/sign-in/" not in (
        signed_out.headers.get("Location", "")
    )
    assert opened == (allowed == ANYBODY), (name, signed_out.status_code)
    for who in PEOPLE:
        status = place.client(who).get(url).status_code
        wanted = allowed in (ANYBODY, STAFF) or who in allowed
        assert (status in (200, 302)) == wanted, (name, who, status)


@pytest.mark.parametrize(
    "name",
    sorted(
        name
        for name, who in WALK.items()
        if name.startswith(
            (
                *("work:", "manage:", "catalogue:", "pledges:", "emergency:"),
                *("roster:", "alerts:", "papers", "archive:", "topics:"),
                *("projects:", "upkeep", "consultations:"),
                "opinions_work:",
            )
        )
    ),
)
def test_staff_of_another_town_find_nothing(place, name):
    url = address(name, place, dispatched(place).case)
    other = build_town("other")
    with scope(town=other.town):
        stranger = other.client("dispatcher")
    assert stranger.get(url).status_code in (404, 405)
    assert stranger.post(url).status_code in (404, 405)


@pytest.mark.parametrize("path", ["inbox/", "", "search/?q=路灯"])
def test_a_longer_list_needs_no_more_queries(
    place, path, django_assert_max_num_queries
):
    client = place.client("dispatcher")
    dispatched(place)
    url = f"/{place.town.code}/work/{path}"
    client.get(url)
    for _case in range(30):
        dispatched(place)
    with django_assert_max_num_queries(27):
        page = client.get(url)
    assert page.status_code == 200


def test_sign_in_locks_after_five_wrong_tries(place):
    client, url = Browser(), "/sign-in/"
    told = {"username": place.name("handler"), "password": "wrong"}
    for left in (4, 3, 2, 1):
        assert f"还能试{left}次" in client.post(url, told).content.decode()
    client.post(url, told)
    right = told | {"password": "a-long-password"}
    assert "15分钟" in client.post(url, right).content.decode()


def test_sign_in_goes_to_no_other_host(place):
    told = {"username": place.name("handler"), "password": "a-long-password"}
    answer = Browser().post("/sign-in/", told | {"next": "https://example.org/"})
    assert answer.headers["Location"] == f"/{place.town.code}/work/"


def test_every_page_speaks_english_too(place):
    client = Browser()
    client.cookies["language"] = "en"
    assert "Tell us" in client.get(f"/{place.town.code}/").content.decode()
