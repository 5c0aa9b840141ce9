"""One text for many: written, let go by a leader where the town asks, sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from luoshi.alerts import rules
from luoshi.alerts.banner import banner_key
from luoshi.alerts.models import GroupNotice, NoticeLine
from luoshi.alerts.notice_queries import households_for
from luoshi.alerts.secrets import told_of
from luoshi.alerts.wording import MOST_TEXT, for_message
from luoshi.commitments.actions.base import people_with, required
from luoshi.commitments.queries.emergency import emergency_now
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.notices import Reach, leave_messages, leave_notices
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.core.roles import LEADER
from luoshi.core.trail import record

State = GroupNotice.State


@dataclass(frozen=True)
class Written:
    """What is said, to whom, and until when pages show it."""

    title: str
    text: str
    shown_until: datetime
    villages: Sequence[int] = ()
    kinds: Sequence[str] = ()


@transaction.atomic(durable=True)
def write_notice(written: Written, *, actor: Staff) -> GroupNotice:
    """Write a notice down; nobody hears it yet."""
    if not rules.may_write(actor):
        raise NotAllowed("alerts.not_yours")
    notice = GroupNotice(town=actor.town, written_at=now(), written_by=actor.person)
    _fill(notice, written)
    notice.save(force_insert=True)
    notice.villages.set(written.villages)
    record(notice, "alerts.notice_written", actor=actor, title=notice.title)
    return notice


@transaction.atomic(durable=True)
def change_notice(
    notice_id: int, written: Written, *, version: int, actor: Staff
) -> GroupNotice:
    """Change what was not released yet; a leader who was asked is asked anew."""
    notice = _locked(notice_id, version)
    if not rules.may_change(actor, notice):
        raise NotAllowed("alerts.not_yours")
    fields = _fill(notice, written)
    notice.state, notice.version = State.DRAFT, notice.version + 1
    notice.save(update_fields=["state", "version", *fields])
    notice.villages.set(written.villages)
    record(notice, "alerts.notice_changed", actor=actor, title=notice.title)
    return notice


def _fill(notice: GroupNotice, written: Written) -> tuple[str, ...]:
    notice.title = required(written.title, "alerts.title_missing")
    notice.text = required(written.text, "alerts.words_missing")
    if len(notice.text) > MOST_TEXT:
        raise Refusal("alerts.text_long", most=MOST_TEXT, count=len(notice.text))
    if written.shown_until <= now():
        raise Refusal("alerts.shown_past")
    notice.shown_until, notice.kinds = written.shown_until, list(written.kinds)
    return ("title", "text", "shown_until", "kinds")


@transaction.atomic(durable=True)
def ask_leader(notice_id: int, *, version: int, actor: Staff) -> GroupNotice:
    """Ask the leaders to let it go."""
    notice = _locked(notice_id, version)
    if not rules.may_write(actor):
        raise NotAllowed("alerts.not_yours")
    if notice.state != State.DRAFT:
        raise Refusal("alerts.asked_already")
    notice.state, notice.returned_why = State.ASKED, ""
    notice.save(update_fields=["state", "returned_why"])
    record(notice, "alerts.leader_asked", actor=actor, title=notice.title)
    leave_notices(
        notice,
        "alerts.leader_asked",
        people_with(LEADER),
        number="",
        title=notice.title,
    )
    return notice


@transaction.atomic(durable=True)
def return_notice(
    notice_id: int, *, why: str, version: int, actor: Staff
) -> GroupNotice:
    """Give it back to be written anew, with the reason."""
    notice = _locked(notice_id, version)
    if not rules.may_return(actor, notice):
        raise NotAllowed("alerts.leader_only")
    why = required(why, "commitments.reason_missing")
    notice.state, notice.returned_why = State.DRAFT, why[:300]
    notice.save(update_fields=["state", "returned_why"])
    record(notice, "alerts.notice_returned", actor=actor, words=why)
    told = [notice.written_by]
    leave_notices(notice, "alerts.notice_returned", told, number="", title=notice.title)
    return notice


@transaction.atomic(durable=True)
def release_notice(notice_id: int, *, version: int, actor: Staff) -> GroupNotice:
    """Let it go just as it was read: messages leave, pages show it."""
    notice = _locked(notice_id, version)
    if notice.state == State.RELEASED:
        raise Refusal("alerts.released_already")
    if not rules.may_release(actor, notice, emergency_now() is not None):
        raise NotAllowed("alerts.leader_only")
    if notice.shown_until <= now():
        raise Refusal("alerts.shown_past")
    notice.state, notice.released_at = State.RELEASED, now()
    notice.released_by, notice.returned_why = actor.person, ""
    fields = ["state", "released_at", "released_by", "returned_why"]
    notice.save(update_fields=fields)
    sent, without = _send(notice)
    cache.delete(banner_key(notice.town_id))
    record(
        notice,
        "alerts.notice_released",
        actor=actor,
        title=notice.title,
        count=sent,
        without=without,
    )
    if notice.written_by_id != actor.person.pk:
        leave_notices(
            notice,
            "alerts.notice_released",
            [notice.written_by],
            reach=Reach.OWN,
            number="",
            title=notice.title,
        )
    return notice


def _send(notice: GroupNotice) -> tuple[int, int]:
    """Leave one message a telephone; return how many, and how many have none."""
    found = households_for(notice)
    told = {one.pk: told_of(one) for one in found}
    phones = dict.fromkeys(one.phone for one in told.values() if one.mobile)
    text = for_message(notice)
    messages = leave_messages(notice, "alerts.message", phones, text=text)
    by_phone = dict(zip(phones, messages, strict=True))
    NoticeLine.objects.bulk_create(
        (
            NoticeLine(
                town_id=notice.town_id,
                notice=notice,
                household=one,
                village_id=one.roster.village_id,
                message=by_phone.get(told[one.pk].phone),
            )
            for one in found
        ),
        batch_size=500,
    )
    return len(phones), sum(not one.mobile for one in told.values())


@transaction.atomic(durable=True)
def end_notice(notice_id: int, *, actor: Staff) -> GroupNotice:
    """Take a notice off the pages because it no longer holds."""
    notice = _locked(notice_id)
    if not rules.may_end(actor, notice):
        raise NotAllowed("alerts.not_yours")
    notice.ended_at = now()
    notice.save(update_fields=["ended_at"])
    cache.delete(banner_key(notice.town_id))
    record(notice, "alerts.notice_ended", actor=actor, title=notice.title)
    return notice


@transaction.atomic(durable=True)
def told_otherwise(line_id: int, *, actor: Staff) -> NoticeLine:
    """Write down that a household heard of it another way."""
    lines = NoticeLine.objects.select_for_update(of=("self",))
    line = lines.filter(pk=line_id, village__in=rules.villages_of(actor)).first()
    if line is None:
        raise NotAllowed("alerts.not_your_village")
    if line.told_at is None:
        line.told_at, line.told_by = now(), actor.person
        line.save(update_fields=["told_at", "told_by"])
        record(line, "alerts.told_otherwise", actor=actor)
    return line


@transaction.atomic(durable=True)
def choose_rule(rule: str, *, actor: Staff) -> Town:
    """Say when a leader's word is needed before a notice leaves."""
    if not rules.may_choose_rule(actor):
        raise NotAllowed("alerts.not_yours")
    if rule not in (rules.ALWAYS, rules.NOT_IN_EMERGENCY, rules.NEVER):
        raise Refusal("alerts.no_such_answer")
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    before, town.rules["notice_word"] = rules.rule_of(town), rule
    town.save(update_fields=["rules"])
    cache.delete(f"town:{town.code}")
    record(actor.person, "alerts.rule_chosen", actor=actor, rule=(before, rule))
    return town


def _locked(notice_id: int, version: int | None = None) -> GroupNotice:
    """Return a notice under a lock; `Conflict` if its text is not what was read."""
    rows = GroupNotice.objects.select_for_update(of=("self",))
    notice = rows.select_related("written_by", "town").get(pk=notice_id)
    if version is not None and notice.version != version:
        raise Conflict("alerts.changed_meanwhile")
    return notice
