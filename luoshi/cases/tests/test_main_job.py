"""A case from the first word to the verdict, through the pages."""

from datetime import timedelta

import pytest
from django_scopes import scope

from luoshi.cases.actions import judge_case, receive_case
from luoshi.cases.models import Case, Reporter
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, State, Verdict
from luoshi.conftest import Browser, build_town
from luoshi.core.actors import RESIDENT
from luoshi.core.models import Notice, TrailEntry, Village
from luoshi.core.refusals import Conflict, NotAllowed, Refusal


def report(place, client, text="村口三盏路灯不亮𠮷", village=None):
    """Tell the town through the four pages; return the new case."""
    base = f"/{place.town.code}/report/"
    assert client.post(base, {"text": text}).status_code == 302
    village = place.village.pk if village is None else village
    told = {"village": village, "place": "老槐树旁"}
    assert client.post(f"{base}where/", told).status_code == 302
    told = {"answer": "sms", "phone": "138 0000 1111", "name": "王建国"}
    assert client.post(f"{base}contact/", told).status_code == 302
    assert "138" in client.get(f"{base}check/").content.decode()
    assert client.post(f"{base}check/", {"website": ""}).status_code == 302
    return Case.objects.latest("pk")


def do(place, who, case, name, follow=302, **told):
    """Take one step through its page; return the commitment afterwards."""
    url = f"/{place.town.code}/work/case/{case.number}/do/{name}/"
    version = Commitment.objects.get(pk=case.commitment_id).version
    response = place.client(who).post(url, {"version": version, **told})
    assert response.status_code == follow, response.content.decode()[:2000]
    return Commitment.objects.get(pk=case.commitment_id)


def dispatched(place, office="Roads"):
    """Return a case that was told and dispatched by the actions."""
    receipt = receive_case(
        town=place.town,
        text="路灯不亮",
        actor=RESIDENT,
        channel="web",
        village=place.village,
    )
    actions.dispatch_commitment(
        receipt.case.commitment_id,
        organisation_id=place.office(office).pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    return receipt


def handed_in(place):
    receipt = dispatched(place)
    pk, handler = receipt.case.commitment_id, place.staff("handler")
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="换了灯", actor=handler)
    return receipt


def awaiting(place):
    receipt = handed_in(place)
    pk = receipt.case.commitment_id
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    return receipt


def state(receipt):
    return Commitment.objects.get(pk=receipt.case.commitment_id).state


def test_the_main_job_through_the_pages(place, clock):
    resident = Browser()
    case = report(place, resident)
    roads, water = place.office("Roads").pk, place.office("Water").pk
    told = {"organisation": water, "category": place.category.pk}
    assert do(place, "dispatcher", case, "dispatch", **told).state == State.ASSIGNED
    do(place, "water", case, "hand_back", reason="归村建办")
    told = {"upheld": "yes", "organisation": roads, "answer": "有道理"}
    moved = do(place, "dispatcher", case, "decide_handback", **told)
    assert moved.owner_organisation_id == roads
    assert moved.started_at == case.received_at
    taker = "handler" if moved.owner.name == "handler" else "colleague"
    assert do(place, taker, case, "take").state == State.TAKEN
    due = moved.due_at
    assert do(place, taker, case, "extend", amount=3, reason="等灯具").due_at > due
    done = {"words": "三盏都换了"}
    assert do(place, taker, case, "submit", **done).state == State.SUBMITTED
    assert do(place, "inspector", case, "review").state == State.AWAITING
    judge = f"/{place.town.code}/matter/judge/"
    resident.post(judge, {"solved": "not", "satisfied": "not"})
    again = Commitment.objects.get(pk=case.commitment_id)
    assert (again.state, again.reopened) == (State.IN_HAND, 1)
    do(place, taker, case, "submit", words="换了镇流器")
    do(place, "inspector", case, "review")
    resident.post(judge, {"solved": "solved", "satisfied": "satisfied"})
    closed = Commitment.objects.get(pk=case.commitment_id)
    assert (closed.state, closed.ending) == (State.CLOSED, "solved")
    page = resident.get(f"/{place.town.code}/matter/").content.decode()
    assert "解决了" in page
    assert "𠮷" in page


def test_contact_is_encrypted_masked_and_looking_is_written_down(place):
    case = report(place, Browser())
    raw = Reporter.objects.get(case=case)
    assert "王建国".encode() not in bytes(raw.name)
    client = place.client("dispatcher")
    url = f"/{place.town.code}/work/case/{case.number}/"
    assert "王建国" not in client.get(url).content.decode()
    assert "王建国" in client.post(f"{url}contact/").content.decode()
    assert TrailEntry.objects.filter(code="cases.contact_seen").count() == 1


def test_before_dispatch_only_dispatchers_see_a_case(place):
    case = report(place, Browser())
    url = f"/{place.town.code}/work/case/{case.number}/"
    for who in ("handler", "inspector", "leader"):
        assert place.client(who).get(url).status_code == 404
    assert place.client("dispatcher").get(url).status_code == 200


def test_a_double_send_is_one_case(place):
    told = {"town": place.town, "text": "坑", "actor": RESIDENT, "channel": "web"}
    one = receive_case(form_token="t", **told)
    two = receive_case(form_token="t", **told)
    assert (two.again, two.case, two.code) == (True, one.case, one.code)


def test_nothing_and_too_much_are_refused_and_10000_characters_fit(place):
    told = {"town": place.town, "actor": RESIDENT, "channel": "web"}
    for text in ("  ", "长" * 10_001):
        with pytest.raises(Refusal):
            receive_case(text=text, **told)
    assert receive_case(text="长" * 10_000, **told).case.pk


def test_nobody_accepts_their_own_work(place):
    receipt = handed_in(place)
    pk = receipt.case.commitment_id
    with pytest.raises(NotAllowed, match="own_work"):
        actions.accept_commitment(pk, actor=place.staff("handler"))
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    assert state(receipt) == State.AWAITING


def test_an_objection_is_made_once_and_in_time(place, clock):
    receipt = dispatched(place)
    pk, handler = receipt.case.commitment_id, place.staff("handler")
    actions.hand_back_commitment(pk, reason="不归我们", actor=handler)
    actions.decide_handback(
        pk, upheld=False, answer="归你们", actor=place.staff("dispatcher")
    )
    with pytest.raises(Refusal, match="handed_back_before"):
        actions.hand_back_commitment(pk, reason="再退", actor=handler)
    late = dispatched(place)
    clock.tick(timedelta(days=5))
    with pytest.raises(Refusal, match="objection_over"):
        actions.hand_back_commitment(
            late.case.commitment_id, reason="晚了", actor=handler
        )


def test_extension_is_once_and_half_at_most(place):
    pk, handler = dispatched(place).case.commitment_id, place.staff("handler")
    actions.take_commitment(pk, actor=handler)
    with pytest.raises(Refusal, match="too_long"):
        actions.extend_commitment(pk, amount=4, reason="r", actor=handler)
    actions.extend_commitment(pk, amount=3, reason="r", actor=handler)
    with pytest.raises(Refusal, match="extended_already"):
        actions.extend_commitment(pk, amount=1, reason="r", actor=handler)


def test_a_pause_moves_the_due_day_by_the_workdays_it_lasted(place, clock):
    pk, handler = dispatched(place).case.commitment_id, place.staff("handler")
    due = actions.take_commitment(pk, actor=handler).due_at
    clock.tick(timedelta(days=1))
    actions.pause_commitment(pk, outside_body="供电", reason="r", actor=handler)
    clock.tick(timedelta(days=2))
    resumed = actions.resume_commitment(pk, actor=handler)
    assert resumed.due_at - due == timedelta(days=2)


def test_twice_not_solved_goes_to_the_leader(place):
    receipt = awaiting(place)
    pk, handler = receipt.case.commitment_id, place.staff("handler")
    told = {"solved": "not", "satisfied": "not"}
    judge_case(receipt.reporter.pk, **told)
    actions.submit_commitment(pk, words="又换了", actor=handler)
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    judge_case(receipt.reporter.pk, **told)
    commitment = Commitment.objects.get(pk=pk)
    assert commitment.with_leader
    assert Notice.objects.filter(code="commitments.not_solved_again").exists()
    leader = place.staff("leader")
    actions.decide_not_solved(pk, again=False, words="做不到", actor=leader)
    assert Commitment.objects.get(pk=pk).ending == "not_solved"


def test_a_staff_session_gives_no_verdict_and_the_owners_office_does_not_call(place):
    receipt = awaiting(place)
    told = {"solved": "solved", "satisfied": "satisfied"}
    with pytest.raises(NotAllowed):
        judge_case(receipt.reporter.pk, actor=place.staff("dispatcher"), **told)
    with pytest.raises(NotAllowed):
        actions.note_call_attempt(
            receipt.case.commitment_id, actor=place.staff("colleague")
        )


def test_three_days_without_an_answer_end_it_and_never_as_solved(place, clock):
    receipt = awaiting(place)
    pk, caller = receipt.case.commitment_id, place.staff("dispatcher")
    actions.note_call_attempt(pk, actor=caller)
    with pytest.raises(Refusal, match="called_today"):
        actions.note_call_attempt(pk, actor=caller)
    for _day in range(2):
        clock.tick(timedelta(days=1))
        actions.note_call_attempt(pk, actor=caller)
    assert Commitment.objects.get(pk=pk).ending == "no_verdict"


def test_a_second_writer_sees_that_the_first_was_there(place):
    pk = dispatched(place).case.commitment_id
    version = Commitment.objects.get(pk=pk).version
    actions.take_commitment(pk, actor=place.staff("handler"), version=version)
    with pytest.raises(Conflict):
        actions.hand_back_commitment(
            pk, reason="r", actor=place.staff("colleague"), version=version
        )


def test_a_page_shows_the_second_writer_what_the_first_did(place):
    case = dispatched(place).case
    pk, who = case.commitment_id, place.staff("handler")
    actions.take_commitment(pk, actor=who)
    version = Commitment.objects.get(pk=pk).version
    url = f"/{place.town.code}/work/case/{case.number}/do/progress/"
    actions.report_progress(pk, words="已经到现场看过", actor=who)
    told = {"words": "灯泡明天到", "version": version}
    page = place.client("handler").post(url, told)
    text = page.content.decode()
    assert page.status_code == 409
    assert "已经到现场看过" in text and "灯泡明天到" in text
    fresh = Commitment.objects.get(pk=pk).version
    assert f'name="version" value="{fresh}"' in text
    again = place.client("handler").post(url, told | {"version": fresh})
    assert again.status_code == 302


def test_what_was_typed_stays_when_the_step_is_gone(place):
    receipt = receive_case(
        town=place.town, text="路灯不亮", actor=RESIDENT, channel="web"
    )
    case = receipt.case
    version = case.commitment.version
    actions.dispatch_commitment(
        case.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    url = f"/{place.town.code}/work/case/{case.number}/do/dispatch/"
    told = {"words": "请带梯子", "version": version}
    page = place.client("dispatcher").post(url, told)
    assert page.status_code == 409
    assert "请带梯子" in page.content.decode()
    assert Commitment.objects.get(pk=case.commitment_id).version == version + 1


def test_a_doubtful_report_waits_apart_until_somebody_says_it_is_real(place):
    receipt = receive_case(
        town=place.town,
        text="路灯不亮",
        actor=RESIDENT,
        channel="web",
        held_why="A field that people do not see was filled in.",
    )
    url = f"/{place.town.code}/work/dispatch/"
    desk = place.client("dispatcher")
    assert receipt.case.number not in desk.get(url).content.decode()
    assert receipt.case.number in desk.get(f"{url}?held").content.decode()
    desk.post(f"/{place.town.code}/work/case/{receipt.case.number}/release/")
    assert receipt.case.number in desk.get(url).content.decode()


def test_dispatching_a_held_report_says_that_it_is_real(place):
    receipt = receive_case(
        town=place.town, text="路灯", actor=RESIDENT, channel="web", held_why="x"
    )
    actions.dispatch_commitment(
        receipt.case.commitment_id,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    assert not Case.objects.get(pk=receipt.case.pk).held


def test_a_verdict_while_it_is_reopened_is_refused(place):
    receipt = awaiting(place)
    judge_case(receipt.reporter.pk, solved="not", satisfied="not")
    with pytest.raises(Refusal, match="not_to_judge_now"):
        judge_case(receipt.reporter.pk, solved="solved", satisfied="satisfied")
    assert Verdict.objects.count() == 1


def test_overdue_tells_the_leader_once_and_again_at_twice_the_time(place, clock):
    dispatched(place)
    codes = []
    for days in (1, 10, 1, 15, 1):
        clock.tick(timedelta(days=days))
        actions.escalate_overdue()
        codes.append(
            TrailEntry.objects.filter(code__startswith="commitments.escalated").count()
        )
    assert codes == [0, 1, 1, 2, 2]


def test_wrong_codes_are_limited_and_another_towns_code_is_wrong(place):
    receipt = dispatched(place)
    other = build_town("other")
    client = Browser()
    with scope(town=other.town):
        page = client.post("/other/track/", {"code": receipt.code})
    assert page.status_code == 422
    url = f"/{place.town.code}/track/"
    assert client.post(url, {"code": receipt.code}).status_code == 302
    for _try in range(5):
        client.post(url, {"code": "QH-0000-0000"})
    assert "10分钟" in client.post(url, {"code": receipt.code}).content.decode()


def test_what_somebody_writes_is_never_run(place):
    case = report(place, Browser(), text="<script>alert(1)</script>")
    url = f"/{place.town.code}/work/case/{case.number}/"
    page = place.client("dispatcher").get(url)
    assert "<script>alert" not in page.content.decode()
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_town_without_villages_can_be_told_something(place):
    Village.objects.all().delete()
    case = report(place, Browser(), village="")
    assert case.village is None
    told = {"text": "井没水", "channel": "phone", "answer": "none"}
    url = f"/{place.town.code}/work/enter/"
    told["form_token"] = "t" * 9
    assert place.client("dispatcher").post(url, told).status_code == 302
