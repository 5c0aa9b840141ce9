"""Words to be found by: single Han characters, overlapping pairs, Latin words.

A trigram index finds no two-character word, and most Chinese words have two: so
every pair of neighbours is stored as a term of its own, and every single character.
"""

import re
import unicodedata
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUNS = re.compile(rf"[{HAN}]+|[a-z0-9]+")
MOST_QUERY = 60


def _runs(text: str) -> list[str]:
    return RUNS.findall(unicodedata.normalize("NFKC", text).lower())


def _is_han(run: str) -> bool:
    return ord(run[0]) > 0x3000


def terms_of(text: str) -> list[str]:
    """Return every term under which a text is found, in order, with repeats."""
    terms: list[str] = []
    for run in _runs(text):
        if _is_han(run):
            terms += run
            terms += ["".join(pair) for pair in pairwise(run)]
        else:
            terms.append(run)
    return terms


def query_terms(words: str) -> list[str]:
    """Return the terms that all must be there; empty if nothing can be searched."""
    terms: list[str] = []
    for run in _runs(words[:MOST_QUERY]):
        if _is_han(run) and len(run) > 1:
            terms += ["".join(pair) for pair in pairwise(run)]
        else:
            terms.append(run)
    return list(dict.fromkeys(terms))


def highlight(text: str, words: str) -> SafeString:
    """Escape a text and mark the words searched for."""
    wanted = sorted(set(_runs(words[:MOST_QUERY])), key=len, reverse=True)
    if not wanted:
        return escape(text)
    pattern = re.compile("|".join(map(re.escape, wanted)), re.IGNORECASE)
    parts, last = [], 0
    for match in pattern.finditer(text):
        parts += [escape(text[last : match.start()]), "<mark>", escape(match[0])]
        parts.append("</mark>")
        last = match.end()
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))
