"""The outbox: at least once, never twice at a time, and no failure stops the rest."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail

from luoshi.core.actions import set_own_email, set_robot
from luoshi.core.clock import now
from luoshi.core.models import Notice, Person, TrailEntry
from luoshi.core.notices import inbox_of, leave_notice, sweep
from luoshi.core.notices.adapters import ADAPTERS, NotSent, check_robot, post_to_robot
from luoshi.core.notices.sweep import LEASE, MOST_ATTEMPTS, _send
from luoshi.core.refusals import NotAllowed, Refusal

CODE = "commitments.given_to_you"
TOLD = {"number": "QI-7", "title": "路灯"}


def person(place, who="handler"):
    return place.staff(who).person


def tell(place, **more):
    told = more or {"person": person(place)}
    return leave_notice(person(place), CODE, **told, **TOLD)


@pytest.fixture
def sent(monkeypatch):
    """Collect what is sent to a telephone; a number in `fail` raises."""
    kept = []

    def send(notice):
        kept.append(notice.message_id)

    monkeypatch.setitem(ADAPTERS, Notice.Channel.SMS, send)
    return kept


def test_each_notice_is_sent_once(place, sent):
    one = tell(place, phone="13800001111")
    assert sweep() == 1
    assert sweep() == 0
    assert sent == [one.message_id]
    assert Notice.objects.get(pk=one.pk).state == "sent"


def test_a_leased_notice_waits_and_goes_with_the_same_id_when_the_lease_ends(
    place, sent, clock
):
    one = tell(place, phone="13800001111")
    Notice.objects.filter(pk=one.pk).update(leased_until=now() + LEASE)
    assert _send(one.pk) == 0
    assert sent == []
    clock.tick(LEASE + timedelta(seconds=1))
    assert sweep() == 1
    assert sent == [one.message_id]


def test_a_failure_waits_longer_each_time_and_ends_after_eight(
    place, clock, monkeypatch
):
    def fail(_notice):
        raise NotSent("no line")

    monkeypatch.setitem(ADAPTERS, Notice.Channel.SMS, fail)
    one = tell(place, phone="13800001111")
    waits = []
    for _try in range(MOST_ATTEMPTS):
        assert sweep() == 0
        one.refresh_from_db()
        waits.append(one.not_before - now())
        assert sweep() == 0
        clock.tick(waits[-1])
    assert waits == [timedelta(minutes=2**n) for n in range(1, MOST_ATTEMPTS + 1)]
    assert (one.state, one.last_error) == ("failed", "NotSent: no line")
    clock.tick(timedelta(days=9))
    assert sweep() == 0


def test_one_that_fails_stops_no_other(place, monkeypatch):
    bad = tell(place, phone="13800001111")
    good = tell(place, phone="13800002222")
    kept = []

    def send(notice):
        if notice.pk == bad.pk:
            raise NotSent("no line")
        kept.append(notice.pk)

    monkeypatch.setitem(ADAPTERS, Notice.Channel.SMS, send)
    assert sweep() == 1
    assert kept == [good.pk]


def test_mail_goes_to_who_asked_for_it_with_a_stable_id(place, settings):
    settings.MAIL_READY = True
    tell(place)
    assert sweep() == 1
    assert mail.outbox == []
    set_own_email(address="wang@example.org", actor=place.staff("handler"))
    tell(place)
    sweep()
    [letter] = mail.outbox
    kept = Notice.objects.get(channel="email")
    assert letter.to == ["wang@example.org"]
    assert letter.extra_headers["Message-ID"] == f"<{kept.message_id}@luoshi>"
    assert b"wang" not in bytes(person(place).account.email)
    assert len(inbox_of(person(place))) == 2
    assert TrailEntry.objects.get(code="core.email_set").data == {
        "on": True,
        "mail": "at_once",
    }


@pytest.fixture
def robot():
    """Give a robot on this machine, what it heard, and what it answers."""
    heard, answer = [], {"errcode": 0}

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            heard.append(json.loads(self.rfile.read(size)))
            if "moved" in answer:
                self.send_response(302)
                self.send_header("Location", answer["moved"])
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Robot)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/send?key=1", heard, answer
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_robot_hears_number_and_name_and_nothing_else(place, settings, robot):
    address, heard, _answer = robot
    settings.ROBOT_ANYWHERE = True
    with pytest.raises(NotAllowed):
        set_robot(address=address, actor=place.staff("handler"))
    set_robot(address=address, actor=place.staff("administrator"))
    tell(place)
    assert sweep() == 2
    [told] = heard
    assert told["msgtype"] == "text"
    assert told["text"]["content"] == "qinghe：QI-7有新消息，请handler看一看"


def test_a_robot_that_says_no_or_points_elsewhere_is_tried_again(
    place, settings, robot
):
    address, heard, answer = robot
    settings.ROBOT_ANYWHERE = True
    answer["errcode"] = 310000
    with pytest.raises(NotSent):
        post_to_robot(address, "x")
    answer["moved"] = address
    with pytest.raises(OSError):
        post_to_robot(address, "x")
    assert len(heard) == 2


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/robot",
        "https://[::1]/",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "nothing",
    ],
)
def test_a_robot_may_not_lead_into_the_own_network(place, address):
    with pytest.raises((NotSent, OSError)):
        check_robot(address)
    with pytest.raises(Refusal):
        set_robot(address=address, actor=place.staff("administrator"))
    assert Person.objects.first().town.robot is None
