"""How a notice leaves: nothing to do in-app, a file, a mail, or a group's robot."""

import ipaddress
import json
import os
import socket
import urllib.request
from collections.abc import Callable
from http.client import HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.core.models import Notice, Town, User
from luoshi.core.notices.digest import digest_subject, digest_text, held_by
from luoshi.core.notices.outbox import text_of
from luoshi.core.secrets import unseal

TIMEOUT_S = 10
MOST_ANSWER = 10_000


class NotSent(Exception):
    """Why a notice could not be sent; it is tried again."""


class NotNeeded(Exception):
    """Why a notice is not sent and never will be; the reason's code."""


def to_inbox(notice: Notice) -> None:
    """Lie in the inbox already."""


def to_sms_file(notice: Notice) -> None:
    """Append to the operator's file; the message id lets a gateway drop repeats."""
    place = f"core.notice:{notice.message_id}:address"
    if notice.address is None:
        raise NotNeeded("erased")
    phone = unseal(notice.address, town_id=notice.town_id, place=place)
    with override(settings.LANGUAGE_CODE):
        line = {"id": str(notice.message_id), "to": phone, "text": text_of(notice)}
    folder = settings.DATA / "outbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(
        folder / "sms.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
    )
    with os.fdopen(descriptor, "a") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def email_place(user: User) -> str:
    """Name the row and field to which an account's mail address is bound."""
    return f"core.user:{user.pk}:email"


def to_email(notice: Notice) -> None:
    """Send a mail to the person; its Message-ID stays the same over tries."""
    user = User.objects.get(person=notice.person)
    if user.email is None or user.mail == User.Mail.NONE:
        raise NotNeeded("mail_off")
    address = unseal(user.email, town_id=notice.town_id, place=email_place(user))
    with override(settings.LANGUAGE_CODE):
        subject, text = _letter(notice)
        mail = EmailMessage(
            subject=subject,
            body=text,
            to=[address],
            headers={"Message-ID": f"<{notice.message_id}@luoshi>"},
        )
    mail.send()


def _letter(notice: Notice) -> tuple[str, str]:
    """Return subject and text of one notice, or of a day's."""
    if notice.day is None:
        return f"{notice.town.name}：{notice.data.get('number', '')}", text_of(notice)
    told = held_by(notice)
    if not told:
        raise NotNeeded("nothing")
    return digest_subject(notice, told), digest_text(told)


def robot_place(town: Town) -> str:
    """Name the row and field to which a robot's address is bound."""
    return f"core.town:{town.pk}:robot"


def to_robot(notice: Notice) -> None:
    """Tell the staff's group in 企业微信 or 钉钉: a number and a name, no title.

    The town's name begins the text, for 钉钉 asks for a keyword.
    """
    town = notice.town
    if town.robot is None:
        raise NotNeeded("robot_off")
    address = unseal(town.robot, town_id=town.pk, place=robot_place(town))
    with override(settings.LANGUAGE_CODE):
        text = _("%(town)s: news of %(number)s for %(person)s") % {
            "town": town.name,
            "number": notice.data.get("number", ""),
            "person": notice.person.name if notice.person else "",
        }
    post_to_robot(address, text)


def post_to_robot(address: str, text: str) -> None:
    """Post one text; `NotSent` if the address may not be used or it says no."""
    check_robot(address)
    body = json.dumps({"msgtype": "text", "text": {"content": text}})
    request = urllib.request.Request(
        address, body.encode(), {"Content-Type": "application/json"}
    )
    with _OPENER.open(request, timeout=TIMEOUT_S) as answer:
        told = answer.read(MOST_ANSWER)
    try:
        code = json.loads(told).get("errcode", 0)
    except (ValueError, AttributeError):
        code = 0
    if code:
        raise NotSent(f"The robot answered errcode {code}.")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A robot that sends elsewhere is not followed: it could point inside."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow nothing."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def check_robot(address: str) -> None:
    """Refuse what is not https, or leads into the town's own network."""
    parts = urlsplit(address)
    if settings.ROBOT_ANYWHERE:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise NotSent("The robot's address must begin with https://.")
    for found in socket.getaddrinfo(parts.hostname, parts.port or 443):
        if not ipaddress.ip_address(found[4][0]).is_global:
            raise NotSent("The robot's address leads into a private network.")


ADAPTERS: dict[str, Callable[[Notice], None]] = {
    Notice.Channel.INBOX: to_inbox,
    Notice.Channel.SMS: to_sms_file,
    Notice.Channel.EMAIL: to_email,
    Notice.Channel.WEBHOOK: to_robot,
}
