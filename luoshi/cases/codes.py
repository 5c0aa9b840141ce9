"""Tracking codes: eight characters without those that are mistaken for others."""

import re
import secrets
import unicodedata

# Crockford's base 32: no I, L, O, U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def fresh_code(length: int = LENGTH) -> str:
    """Return so many random characters, 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def shown(prefix: str, code: str) -> str:
    """Return a code as people read it: QH-7K2M-94PX."""
    return f"{prefix}-{code[:4]}-{code[4:]}"


def tidy(text: str, prefix: str, length: int = LENGTH) -> str:
    """Return the characters of what was typed; empty if it cannot be a code."""
    folded = unicodedata.normalize("NFKC", text).upper()
    plain = re.sub(r"[^0-9A-Z]", "", folded)
    if len(plain) == length + len(prefix):
        plain = plain.removeprefix(prefix)
    code = plain.translate(_ALIKE)
    valid = len(code) == length and all(letter in ALPHABET for letter in code)
    return code if valid else ""
