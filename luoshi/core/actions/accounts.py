"""Passwords and second factors."""

import secrets

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django_scopes import scope

from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import User
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.second_factor import matching_step, open_secret, seal_secret
from luoshi.core.sign_in import count_failure
from luoshi.core.staff import staff_of
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def change_password(user_id: int, *, old: str, new: str) -> User:
    """Change one's own password; ValidationError says what a new one lacks."""
    user = User.objects.select_for_update().get(pk=user_id)
    if not check_password(old, user.password):
        raise Refusal("core.old_password_wrong")
    validate_password(new, user)
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    return user


@transaction.atomic(durable=True)
def reset_password(user_id: int, *, actor: Staff) -> str:
    """Give somebody a first password, which is shown once and must be changed."""
    user = _account_of_town(user_id, actor)
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.must_change_password = True
    user.failed_attempts, user.locked_until = 0, None
    user.save(
        update_fields=[
            "password",
            "must_change_password",
            "failed_attempts",
            "locked_until",
        ]
    )
    assert user.person is not None
    record(user.person, "core.password_reset", actor=actor, person=user.person.name)
    return password


def _account_of_town(user_id: int, actor: Staff) -> User:
    """Lock an account of the administrator's own town."""
    if not actor.has(ADMINISTRATOR):
        raise NotAllowed("core.administrators_only")
    return User.objects.select_for_update().get(
        pk=user_id, person__town_id=actor.town.pk
    )


@transaction.atomic(durable=True)
def reset_second_factor(user_id: int, *, actor: Staff) -> None:
    """Forget a lost phone; the next sign-in sets up another."""
    user = _account_of_town(user_id, actor)
    user.totp_secret, user.totp_last_step = None, 0
    user.save(update_fields=["totp_secret", "totp_last_step"])
    assert user.person is not None
    record(user.person, "core.factor_reset", actor=actor, person=user.person.name)


@transaction.atomic(durable=True)
def enrol_second_factor(user_id: int, *, secret: bytes, code: str, at_s: float) -> bool:
    """Keep a secret once a first code proves that the phone has it."""
    user = User.objects.select_for_update().get(pk=user_id)
    step = matching_step(secret, code, 0, at_s)
    if step is None or user.totp_secret is not None:
        return False
    user.totp_secret, user.totp_last_step = seal_secret(user, secret), step
    user.save(update_fields=["totp_secret", "totp_last_step"])
    staff = staff_of(user)
    assert staff is not None
    with scope(town=staff.town):
        record(staff.person, "core.factor_set", actor=staff)
    return True


@transaction.atomic(durable=True)
def pass_second_factor(user_id: int, *, code: str, at_s: float) -> bool:
    """Take a code once; a wrong one counts like a wrong password."""
    user = User.objects.select_for_update().get(pk=user_id)
    if user.locked_until and user.locked_until > now():
        return False
    step = matching_step(open_secret(user), code, user.totp_last_step, at_s)
    if step is None:
        count_failure(user)
        return False
    user.totp_last_step = step
    user.save(update_fields=["totp_last_step"])
    return True
