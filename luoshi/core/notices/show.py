"""Who was told, through which channel, when, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.clock import now
from luoshi.core.models import Notice
from luoshi.core.notices.outbox import words_of_notice
from luoshi.core.secrets import unseal
from luoshi.ui.wording import moment

CHANNELS: dict[str, Promise] = {
    Notice.Channel.INBOX: gettext_lazy("On the page Today"),
    Notice.Channel.SMS: gettext_lazy("Text message"),
    Notice.Channel.EMAIL: gettext_lazy("E-mail"),
    Notice.Channel.WEBHOOK: gettext_lazy("Group robot"),
}
# Why something is not sent and not to be sent.
DROPPED: dict[str, Promise] = {
    "erased": gettext_lazy("The telephone was erased."),
    "left": gettext_lazy("The person left the town's service."),
    "mail_off": gettext_lazy("The person switched the mail off."),
    "robot_off": gettext_lazy("The group robot was switched off."),
    "nothing": gettext_lazy("Everything was put away before the mail went out."),
    "told": gettext_lazy("The person was told another way."),
}
# What the first word of an error means to somebody who has to mend it.
FAILED: dict[str, Promise] = {
    "ConnectionRefusedError": gettext_lazy("The other side does not answer."),
    "TimeoutError": gettext_lazy("The other side does not answer."),
    "gaierror": gettext_lazy("The other side's name is not found."),
    "SMTPRecipientsRefused": gettext_lazy("The mail server refuses this address."),
    "SMTPAuthenticationError": gettext_lazy("The mail server refuses our password."),
    "FileNotFoundError": gettext_lazy("The folder of text messages is missing."),
    "PermissionError": gettext_lazy("The folder of text messages is locked."),
}
# Written out: SQLite takes a partial index only where it sees the constants.
FAILED_INDEX = RawSQL(
    '"core_notice"."state" = \'failed\' AND "core_notice"."channel" = \'sms\'',
    [],
    output_field=BooleanField(),
)


@dataclass(frozen=True)
class Sent:
    """One notice as a screen shows it; a telephone is masked."""

    notice: Notice
    who: str
    channel: str
    words: str
    # How far it got, in one sentence.
    how: str
    # Whether it may be sent again.
    failed: bool


def notices_about(kind: str, ids: Iterable[int], most: int = 60) -> list[Sent]:
    """Return who was told of things, the newest first."""
    rows = Notice.objects.filter(subject_kind=kind, subject_id__in=list(ids))
    rows = rows.select_related("person", "digest").order_by("-pk")
    return [shown(one) for one in rows[:most]]


def failed_messages() -> QuerySet[Notice]:
    """Return the messages that did not reach a resident's telephone."""
    return Notice.objects.filter(
        FAILED_INDEX, state=Notice.State.FAILED, channel=Notice.Channel.SMS
    )


def shown(notice: Notice) -> Sent:
    """Return a notice as a screen shows it."""
    return Sent(
        notice,
        notice.person.name if notice.person else masked_address(notice),
        str(CHANNELS[notice.channel]),
        words_of_notice(notice),
        _in_app(notice) if notice.channel == Notice.Channel.INBOX else _sent(notice),
        notice.state == Notice.State.FAILED,
    )


def _in_app(notice: Notice) -> str:
    """Say since when it lies there, when it was put away, and which mail told it."""
    told = {"at": moment(notice.created_at)}
    digest = notice.digest
    if notice.read_at:
        return _("put away %(at)s") % {"at": moment(notice.read_at)}
    if digest and digest.sent_at:
        told["mailed"] = moment(digest.sent_at)
        return _("there since %(at)s, and in the daily mail of %(mailed)s") % told
    return _("there since %(at)s, not put away yet") % told


def _sent(notice: Notice) -> str:
    """Say when it was sent, when it is tried again, or why it was not sent."""
    told = {"tries": notice.attempts, "why": why_not_sent(notice)}
    match notice.state:
        case Notice.State.SENT:
            assert notice.sent_at is not None
            return _("sent %(at)s") % {"at": moment(notice.sent_at)}
        case Notice.State.FAILED:
            return _("not sent after %(tries)d tries: %(why)s") % told
        case Notice.State.DROPPED:
            return _("not sent: %(why)s") % told
    if notice.attempts:
        told["at"] = moment(notice.not_before)
        return _("tried %(tries)d times, again at %(at)s: %(why)s") % told
    return _("waits to be sent")


def masked_address(notice: Notice) -> str:
    """Write 138****5678, or that the telephone was erased."""
    if notice.address is None:
        return _("(erased)")
    place = f"core.notice:{notice.message_id}:address"
    phone = unseal(notice.address, town_id=notice.town_id, place=place)
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "****"


def why_not_sent(notice: Notice) -> str:
    """Say in one sentence why something was not sent; empty where it was."""
    if not notice.last_error or notice.state == Notice.State.SENT:
        return ""
    if notice.last_error in DROPPED:
        return str(DROPPED[notice.last_error])
    name = notice.last_error.split(":", 1)[0]
    return str(FAILED.get(name, notice.last_error))


def try_again(notice: Notice) -> bool:
    """Put what failed back into the outbox, under the same message id."""
    moved = Notice.objects.filter(pk=notice.pk, state=Notice.State.FAILED).update(
        state=Notice.State.WAITING, attempts=0, not_before=now(), leased_until=None
    )
    return bool(moved)
