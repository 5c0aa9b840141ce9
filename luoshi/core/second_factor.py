"""Time-based codes (RFC 6238) for those whose account can do most harm."""

import secrets
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from luoshi.core.models import User
from luoshi.core.roles import ADMINISTRATOR, LEADER
from luoshi.core.secrets import seal, unseal
from luoshi.core.staff import staff_of

STEP_S, DIGITS, DRIFT = 30, 6, 1
SECRET_BYTES = 20


def is_needed(user: User) -> bool:
    """Tell whether this account needs a second factor."""
    staff = staff_of(user)
    if staff is None or not staff.town.rules.get("second_factor", True):
        return False
    return staff.has(LEADER, ADMINISTRATOR)


def fresh_secret() -> bytes:
    """Return a new secret of the length that the standard asks for."""
    return secrets.token_bytes(SECRET_BYTES)


def _totp(secret: bytes) -> TOTP:
    # Authenticator programs know SHA-1 only.
    return TOTP(secret, DIGITS, SHA1(), STEP_S)


def address_of(secret: bytes, username: str, issuer: str) -> str:
    """Return what the QR code holds."""
    return _totp(secret).get_provisioning_uri(username, issuer)


def matching_step(secret: bytes, code: str, after: int, at_s: float) -> int | None:
    """Return the time step of a right code later than `after`; None otherwise."""
    tidy = "".join(code.split())
    now_step = int(at_s) // STEP_S
    for step in range(now_step - DRIFT, now_step + DRIFT + 1):
        right = _totp(secret).generate(step * STEP_S).decode()
        if step > after and secrets.compare_digest(right, tidy):
            return step
    return None


def seal_secret(user: User, secret: bytes) -> bytes:
    """Encrypt a secret for its account."""
    return seal(secret.hex(), town_id=_town_id(user), place=_place(user))


def open_secret(user: User) -> bytes:
    """Decrypt an account's secret."""
    assert user.totp_secret is not None
    text = unseal(user.totp_secret, town_id=_town_id(user), place=_place(user))
    return bytes.fromhex(text)


def _town_id(user: User) -> int:
    return user.person.town_id if user.person else 0


def _place(user: User) -> str:
    return f"core.user:{user.pk}:totp"


def wall_clock_s() -> float:
    """Return the seconds by which codes change; phones know no other clock."""
    return time.time()
