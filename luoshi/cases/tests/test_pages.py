"""Every address for every role: who may open it, here and from another town."""

import pytest
from django.urls import get_resolver
from django_scopes import scope

from luoshi.cases.models import ReplyTemplate
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.conftest import PEOPLE, Browser, build_town
from luoshi.core.models import Tenure

ANYBODY, STAFF = "anybody", "staff"
# Address name -> who gets in (200 or 302) with GET; the rest see 403 or 404.
ADMINISTRATOR = {"administrator"}
WALK = {
    "core:health": ANYBODY,
    "core:sign-in": ANYBODY,
    "portal:towns": ANYBODY,
    "portal:front": ANYBODY,
    "cases:report": ANYBODY,
    "cases:where": ANYBODY,
    "cases:contact": ANYBODY,
    "cases:check": ANYBODY,
    "cases:track": ANYBODY,
    "cases:join": ANYBODY,
    "short:code": ANYBODY,
    "core:password": STAFF,
    "manage:people": ADMINISTRATOR,
    "manage:add-post": ADMINISTRATOR,
    "manage:end-post": ADMINISTRATOR,
    "manage:hand-over": ADMINISTRATOR,
    # Only with an office of the town.
    "manage:hand-over-pairs": set(),
    "manage:hand-over-posts": ADMINISTRATOR,
    # Only where something was handed over.
    "manage:handed-over": set(),
    "manage:villages": ADMINISTRATOR,
    "manage:groups": set(),
    "manage:population": ADMINISTRATOR,
    "manage:population-example": ADMINISTRATOR,
    "manage:population-look": set(),
    "manage:offices": ADMINISTRATOR,
    "manage:calendar": ADMINISTRATOR,
    "manage:settings": ADMINISTRATOR,
    "manage:robot": ADMINISTRATOR,
    "manage:email": STAFF,
    "emergency:emergency": STAFF,
    "emergency:declare": {"leader"},
    # Only while one is on.
    "emergency:end": set(),
    "catalogue:categories": ADMINISTRATOR,
    "catalogue:category": ADMINISTRATOR,
    "catalogue:path": ADMINISTRATOR,
    "catalogue:remove-path": set(),
    "catalogue:deputies": STAFF,
    "catalogue:end-deputy": set(),
    "catalogue:duties": STAFF,
    "catalogue:rules": ADMINISTRATOR,
    "catalogue:bring": ADMINISTRATOR,
    "catalogue:bring-example": ADMINISTRATOR,
    "catalogue:bring-look": set(),
    "catalogue:off": set(),
    "catalogue:on": set(),
    "catalogue:remove-duty": set(),
    "manage:reset": set(),
    "manage:reset-factor": set(),
    "core:code": set(),
    "core:enrol": set(),
    "core:enrol-picture": set(),
    "work:today": STAFF,
    "work:inbox": STAFF,
    "work:search": STAFF,
    "work:keys": STAFF,
    "work:many": set(),
    "work:sheet": {
        "dispatcher",
        "handler",
        "colleague",
        "inspector",
        "leader",
        "releaser",
    },
    "work:templates": STAFF,
    "work:template": {"dispatcher", "handler", "colleague"},
    "work:retire-template": set(),
    "work:views": STAFF,
    "work:save-view": set(),
    "work:rename-view": set(),
    "work:move-view": set(),
    "work:remove-view": set(),
    "work:dispatch": {"dispatcher"},
    "work:enter": {"dispatcher"},
    "work:import": {"dispatcher", "administrator"},
    "work:entered": {"dispatcher"},
    "work:orders": {"dispatcher", "administrator"},
    "work:orders-paste": {"dispatcher", "administrator"},
    "work:orders-system": {"dispatcher", "administrator"},
    "work:orders-look": set(),
    # Only of a matter that has one.
    "work:order-reply": set(),
    "work:case": {
        "dispatcher",
        "handler",
        "colleague",
        "inspector",
        "leader",
        "releaser",
    },
    "work:step": {"handler", "colleague"},
    "work:erase": {"dispatcher"},
    "work:merge": {"dispatcher"},
    "work:unmerge": set(),
    "work:split": {"dispatcher"},
    "work:papers": STAFF,
    # Only the paper of a post that one may read.
    "work:paper": set(),
    "work:seal": {"dispatcher", "handler", "colleague", "inspector", "leader"},
    "work:sealed": {"discipline", "minors"},
    "work:sealed-days": ADMINISTRATOR,
    "work:sealed-one": set(),
    "work:sealed-read": set(),
    "work:sealed-note": set(),
    "work:sealed-done": set(),
    "work:sealed-open": set(),
    "work:figures": {"dispatcher", "inspector", "leader"},
    "work:behind": set(),
    "work:exports": STAFF,
    "work:export-inbox": set(),
    "work:export-search": set(),
    "work:export-figure": set(),
    "work:release-queue": {"releaser"},
    "work:publish": {"releaser"},
    "work:withdraw": set(),
    "work:seen": set(),
    "work:poster": STAFF,
    "cases:ledger": ANYBODY,
    "cases:data": ANYBODY,
    "cases:data-csv": ANYBODY,
    "cases:data-xlsx": ANYBODY,
    "cases:data-json": ANYBODY,
    "cases:village": ANYBODY,
    "cases:published": set(),
    "cases:still-broken": set(),
    "cases:withdraw": set(),
    # Only with a code that this browser gave, or only by POST, or only what waits.
    "cases:receipt": set(),
    "cases:code": set(),
    "cases:tracking": set(),
    "cases:other": set(),
    "cases:add": set(),
    "cases:judge": set(),
    "cases:correct": set(),
    "town:file": set(),
    "work:dispatch-one": set(),
    "work:support": set(),
    "work:import-look": set(),
    "work:import-progress": set(),
    "work:import-rejects": set(),
    "core:sign-out": set(),
    # In development only.
    "ui:gallery": set(),
    "ui:language": set(),
    "ui:size": set(),
    "work:put-away": set(),
    "work:leader": {"leader"},
    "work:inspector": {"inspector"},
    "work:attention": {"leader", "inspector"},
    # Only what was drawn, and nobody looked at yet.
    "work:sample": set(),
    "work:unreached": STAFF,
    "work:send-again": set(),
    "work:told": set(),
    "work:reply": set(),
    "work:note": set(),
    "work:write-down": set(),
    "work:contact": set(),
    "work:release": set(),
    "work:not-reached": set(),
    "answers:proposals": ANYBODY,
    "answers:led": ANYBODY,
    "pledges:led": STAFF,
    "pledges:names": set(),
    "pledges:remove": set(),
    "pledges:proposals": STAFF,
    "pledges:enter": {"dispatcher"},
    "pledges:answer": set(),
    "pledges:withdraw": set(),
}


def names():
    """Return every named address of the project."""
    found = set()
    for namespace, (_prefix, resolver) in _namespaces():
        found |= {
            f"{namespace}:{name}"
            for name in resolver.reverse_dict
            if isinstance(name, str)
        }
    return found


def _namespaces():
    return get_resolver().namespace_dict.items()


def address(name, place, case):
    from django.urls import reverse

    known = {
        "town": place.town.code,
        "number": case.number,
        "name": "take",
        "stored_name": "no.jpg",
        "support_id": 1,
        "notice_id": 1,
        "sample_id": 1,
        "proposal_id": 1,
        "led_id": 1,
        "list_name": "late",
        "order_id": 1,
        "file_id": 1,
        "village_id": place.village.pk,
        "tenure_id": Tenure.objects.earliest("pk").pk,
        "user_id": 1,
        "handover_id": 1,
        "pair_id": 1,
        "category_id": place.category.pk,
        "duty_id": 1,
        "rule_id": 1,
        "deputy_id": 1,
        "view_id": 1,
        "matter_id": 1,
        "template_id": template_of(place).pk,
        "job": "x" * 22,
        "code": "12345" if name.startswith("work:orders") else "00000000",
    }
    resolver = get_resolver().namespace_dict[name.split(":")[0]]
    prefix, inner = resolver
    keys = set(inner.reverse_dict.getlist(name.split(":")[1])[0][0][0][1])
    if "%(town)s" in prefix or name.split(":")[0] in (
        "cases",
        "work",
        "town",
        "manage",
        "catalogue",
        "pledges",
        "answers",
        "emergency",
    ):
        keys.add("town")
    return reverse(name, kwargs={key: known[key] for key in keys})


def template_of(place):
    """Return a reply template of the roads' office."""
    kept, _made = ReplyTemplate.objects.get_or_create(
        town=place.town, title="x", text="y", organisation=place.office("Roads")
    )
    return kept


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
        if name.startswith(("work:", "manage:", "catalogue:", "pledges:", "emergency:"))
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
    with django_assert_max_num_queries(25):
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
