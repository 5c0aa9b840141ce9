"""Second factors, passwords, posts: what an administrator does and may not."""

from datetime import date

import pytest

from luoshi.cases.tests.test_main_job import dispatched
from luoshi.commitments.models import Commitment
from luoshi.conftest import PASSWORD, Browser
from luoshi.core import actions, second_factor
from luoshi.core.models import DayOverride, Person, Tenure, TrailEntry, User
from luoshi.core.refusals import NotAllowed, Refusal


def code_at(user, at_s):
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    return TOTP(second_factor.open_secret(user), 6, SHA1(), 30).generate(at_s).decode()


@pytest.fixture
def enrolled(place):
    """Give the leader's account with a phone set up at second 3000."""
    user = User.objects.get(username=place.name("leader"))
    secret = second_factor.fresh_secret()
    user.totp_secret = second_factor.seal_secret(user, secret)
    user.save(update_fields=["totp_secret"])
    return user


def test_a_leader_is_not_in_before_the_second_factor(place):
    client = Browser()
    told = {"username": place.name("leader"), "password": PASSWORD}
    answer = client.post("/sign-in/", told)
    assert answer.headers["Location"] == "/sign-in/phone/"
    assert client.get(f"/{place.town.code}/work/").status_code == 302
    assert client.get("/sign-in/phone/code.svg").status_code == 200


def test_a_phone_set_up_once_lets_in_with_a_fresh_code_only(place):
    client, user = Browser(), User.objects.get(username=place.name("leader"))
    told = {"username": user.username, "password": PASSWORD}
    client.post("/sign-in/", told)
    user.totp_secret = bytes.fromhex(client.session["signing-in"]["secret"])
    code = code_at(user, int(second_factor.wall_clock_s()))
    answer = client.post("/sign-in/phone/", {"code": code})
    assert answer.headers["Location"] == f"/{place.town.code}/work/"
    assert client.get(answer.headers["Location"]).status_code == 200
    again = Browser()
    again.post("/sign-in/", told)
    assert again.post("/sign-in/code/", {"code": code}).status_code == 422


def test_a_code_counts_once_and_neighbours_in_time_count(enrolled):
    code = code_at(enrolled, 3000)
    assert actions.pass_second_factor(enrolled.pk, code=code, at_s=3031)
    assert not actions.pass_second_factor(enrolled.pk, code=code, at_s=3031)
    late = code_at(enrolled, 3300)
    assert not actions.pass_second_factor(enrolled.pk, code=late, at_s=3400)


def test_wrong_codes_lock_like_wrong_passwords(enrolled):
    for _try in range(5):
        actions.pass_second_factor(enrolled.pk, code="000000", at_s=3000)
    right = code_at(enrolled, 3000)
    assert not actions.pass_second_factor(enrolled.pk, code=right, at_s=3000)


def test_a_phone_is_enrolled_by_a_right_code_only_and_once(place):
    user = User.objects.get(username=place.name("leader"))
    secret = second_factor.fresh_secret()
    told = {"secret": secret, "at_s": 3000}
    assert not actions.enrol_second_factor(user.pk, code="123", **told)
    user.totp_secret = second_factor.seal_secret(user, secret)
    code = code_at(user, 3000)
    assert actions.enrol_second_factor(user.pk, code=code, **told)
    assert not actions.enrol_second_factor(user.pk, code=code, **told)


def test_the_one_who_scans_before_the_password_finds_nothing(place):
    for path in ("", "code/", "phone/", "phone/code.svg"):
        status = Browser().get(f"/sign-in/{path}").status_code
        assert status == (404 if path else 200)


def test_a_first_password_must_be_changed_before_anything_else(place):
    user = User.objects.get(username=place.name("handler"))
    with pytest.raises(NotAllowed):
        actions.reset_password(user.pk, actor=place.staff("leader"))
    first = actions.reset_password(user.pk, actor=place.staff("administrator"))
    client = Browser()
    client.post("/sign-in/", {"username": user.username, "password": first})
    answer = client.get(f"/{place.town.code}/work/")
    assert answer.headers["Location"] == "/password/"
    page = client.post("/password/", {"old": first, "new": "12345678"})
    assert page.status_code == 422
    client.post("/password/", {"old": first, "new": "落实-is-carried-out"})
    assert client.get(f"/{place.town.code}/work/").status_code == 200
    assert TrailEntry.objects.filter(code="core.password_reset").count() == 1


def test_nobody_leaves_open_work_behind(place):
    receipt = dispatched(place)
    owner = Commitment.objects.get(pk=receipt.case.commitment_id).owner
    tenure = Tenure.objects.get(person=owner)
    administrator = place.staff("administrator")
    with pytest.raises(Refusal, match="work_left"):
        actions.end_post(tenure.pk, actor=administrator)
    taker = place.staff("water").person
    actions.end_post(tenure.pk, actor=administrator, successor_id=taker.pk)
    moved = Commitment.objects.get(pk=receipt.case.commitment_id)
    assert moved.owner == taker
    assert moved.started_at == receipt.case.received_at
    assert not User.objects.get(person=owner).is_active
    assert Person.objects.get(pk=owner.pk).left_at is not None


def test_an_administrator_gives_a_post_through_the_page(place):
    client, base = place.client("administrator"), f"/{place.town.code}/work/manage/"
    told = {
        "name": "王㐂",
        "username": "wang",
        "organisation": place.office("Roads").pk,
        "title": "经办人",
        "roles": ["handler"],
    }
    assert client.post(f"{base}post/", told | {"username": ""}).status_code == 422
    assert client.post(f"{base}post/", told).status_code == 302
    assert "wang" in client.get(base).content.decode()
    assert "只在这里显示一次" not in client.get(base).content.decode()
    assert client.post(f"{base}post/", told).status_code == 422


def test_a_new_day_off_moves_promises_later_and_never_earlier(place):
    receipt = dispatched(place)
    pk = receipt.case.commitment_id
    before = Commitment.objects.get(pk=pk).due_at
    client = place.client("administrator")
    url = f"/{place.town.code}/work/manage/calendar/"
    told = {"day": "2026-03-04", "is_workday": "no", "reason": "镇运动会"}
    client.post(url, told)
    later = Commitment.objects.get(pk=pk).due_at
    assert later > before
    client.post(url, told | {"is_workday": "yes"})
    assert Commitment.objects.get(pk=pk).due_at == later
    assert DayOverride.objects.get(day=date(2026, 3, 4)).is_workday
