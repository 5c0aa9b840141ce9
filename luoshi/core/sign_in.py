"""Signing in: names and passwords, and a lock after five wrong ones."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from luoshi.core.clock import now
from luoshi.core.models import User

TRIES = 5
LOCK = timedelta(minutes=15)
# Checked when a name is unknown, so that both answers take the same time.
_NOBODY = make_password("nobody")


@dataclass(frozen=True)
class Attempt:
    """What came of a try: the account, or how many tries are left."""

    user: User | None
    tries_left: int = 0


@transaction.atomic(durable=True)
def try_sign_in(username: str, password: str) -> Attempt:
    """Check a name and a password; five wrong ones lock the account."""
    user = User.objects.select_for_update().filter(username=username.strip()).first()
    if user is None:
        check_password(password, _NOBODY)
        return Attempt(None, TRIES - 1)
    if user.locked_until and user.locked_until > now():
        return Attempt(None, 0)
    if not user.is_active or not check_password(password, user.password):
        return Attempt(None, count_failure(user))
    user.failed_attempts, user.locked_until, user.last_login = 0, None, now()
    user.save(update_fields=["failed_attempts", "locked_until", "last_login"])
    return Attempt(user)


def count_failure(user: User) -> int:
    """Write down one more wrong try; return how many are left."""
    user.failed_attempts += 1
    left = TRIES - user.failed_attempts
    if left <= 0:
        user.failed_attempts, user.locked_until = 0, now() + LOCK
    user.save(update_fields=["failed_attempts", "locked_until"])
    return max(left, 0)


def find_account(user_id: int) -> User | None:
    """Return an active account."""
    return User.objects.filter(pk=user_id, is_active=True).first()
