"""What must not stand in a public text: numbers that lead to a person."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

# One character for one, so that places in the text stay the same.
_DIGITS = str.maketrans(
    "０１２３４５６７８９〇零一二三四五六七八九－—　", "012345678900123456789-- "
)
_GAP = r"[\s\-.·]*"
_PLATE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


class Kind(StrEnum):
    """What a finding is."""

    PHONE = "phone"
    ID = "id"
    PLATE = "plate"
    CARD = "card"
    ADDRESS = "address"
    KNOWN = "known"


KIND_WORDS = {
    Kind.PHONE: _("a telephone number"),
    Kind.ID: _("an identity number"),
    Kind.PLATE: _("a number plate"),
    Kind.CARD: _("a bank card"),
    Kind.ADDRESS: _("a mail or chat address"),
    Kind.KNOWN: _("the name or number of who told it"),
}


@dataclass(frozen=True)
class Finding:
    """Where something stands; `sure` ones are refused, others must be looked at."""

    kind: Kind
    start: int
    end: int
    sure: bool


def _run(count: str) -> str:
    """Match so many digits, with blanks or hyphens between them."""
    return rf"(?<!\d)(?<!\d[\s\-.·]){count}(?!{_GAP}\d)"


_MOBILE = rf"1{_GAP}[3-9](?:{_GAP}\d){{9}}"
_PATTERNS: list[tuple[Kind, bool, re.Pattern[str]]] = [
    (Kind.PHONE, True, re.compile(_run(rf"(?:86{_GAP})?{_MOBILE}"))),
    (Kind.PHONE, True, re.compile(_run(rf"0\d{{2,3}}{_GAP}\d(?:{_GAP}\d){{6,7}}"))),
    (Kind.PHONE, False, re.compile(_run(r"[2-8]\d{6,7}"))),
    (Kind.ADDRESS, True, re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)),
    (
        Kind.ADDRESS,
        True,
        re.compile(
            r"(?:微信|wechat|vx|qq|QQ)(?:号|群)?[\s:：是]*[A-Za-z\d][\w-]{4,}", re.I
        ),
    ),
    (
        Kind.PLATE,
        True,
        re.compile(
            rf"[{_PLATE}]\s?[A-HJ-NP-Z]\s?[·.\- ]?\s?(?:[A-HJ-NP-Z\d]\s?){{5,6}}"
        ),
    ),
]
_LONG = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{13,18}}(?:{_GAP}[xX])?(?!\d)")


def find_personal(text: str, known: Collection[str] = ()) -> list[Finding]:
    """Return what leads to a person, in the order of the text.

    `known` are the names and telephones of who told it; names of one character are
    left out, for they stand in other words.
    """
    plain = text.translate(_DIGITS)
    found = [
        Finding(kind, match.start(), match.end(), sure)
        for kind, sure, pattern in _PATTERNS
        for match in pattern.finditer(plain)
    ]
    found += [one for match in _LONG.finditer(plain) if (one := _long(match))]
    for word in known:
        if len(word) >= 2:
            at = text.find(word)
            while at >= 0:
                found.append(Finding(Kind.KNOWN, at, at + len(word), True))
                at = text.find(word, at + 1)
    return _without_inner(found)


def _long(match: re.Match[str]) -> Finding | None:
    """Tell identity numbers and bank cards among long rows of digits."""
    digits = re.sub(r"[^\dxX]", "", match.group())
    if len(digits) == 18 and _id_holds(digits):
        return Finding(Kind.ID, match.start(), match.end(), True)
    if 16 <= len(digits) <= 19 and digits.isdigit() and _luhn_holds(digits):
        return Finding(Kind.CARD, match.start(), match.end(), True)
    if len(digits) in (15, 18):
        return Finding(Kind.ID, match.start(), match.end(), False)
    return None


def _id_holds(digits: str) -> bool:
    """Check the last character of an identity number (GB 11643-1999)."""
    if not digits[:17].isdigit():
        return False
    total = sum(
        int(digit) * (pow(2, 17 - place, 11)) for place, digit in enumerate(digits[:17])
    )
    return "10X98765432"[total % 11] == digits[17].upper()


def _luhn_holds(digits: str) -> bool:
    """Check a card's last digit (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _without_inner(found: list[Finding]) -> list[Finding]:
    """Leave out what lies inside a longer finding; sure ones stay before others."""
    found.sort(key=lambda one: (one.start, -one.end, not one.sure))
    kept: list[Finding] = []
    for one in found:
        if kept and one.end <= kept[-1].end and (kept[-1].sure or not one.sure):
            continue
        kept.append(one)
    return kept


def masked(text: str, known: Collection[str] = ()) -> str:
    """Return the text with every finding covered, sure or not."""
    for one in reversed(find_personal(text, known)):
        text = text[: one.start] + "□" * min(one.end - one.start, 3) + text[one.end :]
    return text
