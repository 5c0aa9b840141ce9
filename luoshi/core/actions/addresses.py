"""Where notices go besides the in-app inbox."""

from django.core.cache import cache
from django.core.validators import validate_email
from django.db import transaction

from luoshi.core.actions.people import check_administrator
from luoshi.core.actors import Staff
from luoshi.core.models import Town, User
from luoshi.core.notices.adapters import (
    NotSent,
    check_robot,
    email_place,
    robot_place,
)
from luoshi.core.refusals import Refusal
from luoshi.core.secrets import seal
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def set_own_email(*, address: str, actor: Staff, mail: str = User.Mail.AT_ONCE) -> User:
    """Say when one's own notices are mailed, and where to; "none" forgets where."""
    user = User.objects.select_for_update().get(person=actor.person)
    address = address.strip()
    if mail == User.Mail.NONE:
        address = ""
    elif not address:
        raise Refusal("core.email_missing")
    else:
        validate_email(address)
    town_id = actor.town.pk
    user.mail = mail
    user.email = (
        seal(address, town_id=town_id, place=email_place(user)) if address else None
    )
    user.save(update_fields=["email", "mail"])
    record(actor.person, "core.email_set", actor=actor, on=bool(address), mail=mail)
    return user


@transaction.atomic(durable=True)
def set_robot(*, address: str, actor: Staff) -> Town:
    """Say which group robot tells the staff of news; empty switches it off."""
    check_administrator(actor)
    address = address.strip()
    if address:
        _check(address)
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    town.robot = (
        seal(address, town_id=town.pk, place=robot_place(town)) if address else None
    )
    town.save(update_fields=["robot"])
    record(actor.person, "core.robot_set", actor=actor, on=bool(address))
    cache.delete(f"town:{town.code}")
    return town


def _check(address: str) -> None:
    try:
        check_robot(address)
    except (NotSent, OSError, ValueError) as error:
        raise Refusal("core.robot_address") from error
