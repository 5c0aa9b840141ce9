"""Words to be found by: single Han characters, overlapping pairs, Latin words.

A trigram index finds no two-character word, and most Chinese words have two: so
every pair of neighbours is stored as a term of its own, and every single character.
Where a number or a Latin word meets a character, both together are a term as well, so
that "3栋" finds no other building. What a title says is stored once more, marked.
"""

import re
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from luoshi.engines.text import even

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUNS = re.compile(rf"[{HAN}]+|[a-z0-9]+")
# Some set a blank between a number and what it counts; a query may, or may not.
APART = re.compile(rf"(?<=[a-z0-9])[ \t]+(?=[{HAN}])|(?<=[{HAN}])[ \t]+(?=[a-z0-9])")
MOST_QUERY = 60
# Before each term of a title: a letter that no query has, since it is in no run.
TITLE = "τ"
AROUND, BEFORE = 60, 20


def _is_han(run: str) -> bool:
    return ord(run[0]) > 0x3000


def _meetings(text: str) -> list[tuple[str, str]]:
    """Return runs, each with the term that it makes with its neighbour, or nothing."""
    runs = list(RUNS.finditer(text))
    found = []
    for one, after in zip(runs, [*runs[1:], None], strict=False):
        meeting = ""
        if after is not None and one.end() == after.start():
            # Of the two, one is Han and gives the sign that touches the other.
            here, there = one[0], after[0]
            meeting = here[-1] + there if _is_han(here) else here + there[0]
        found.append((one[0], meeting))
    return found


def terms_of(text: str) -> list[str]:
    """Return every term under which a text is found, in order, with repeats."""
    terms: list[str] = []
    for run, meeting in _meetings(APART.sub("", even(text))):
        if _is_han(run):
            terms += run
            terms += ["".join(pair) for pair in pairwise(run)]
        else:
            terms.append(run)
        if meeting:
            terms.append(meeting)
    return terms


def query_terms(words: str) -> list[str]:
    """Return the terms that all must be there; empty if nothing can be searched."""
    terms: list[str] = []
    met = ""
    for run, meeting in _meetings(even(words[:MOST_QUERY])):
        if _is_han(run) and len(run) > 1:
            terms += ["".join(pair) for pair in pairwise(run)]
        elif not met and not meeting:
            terms.append(run)
        if meeting:
            terms.append(meeting)
        met = meeting
    return list(dict.fromkeys(terms))


def highlight(text: str, words: str) -> SafeString:
    """Escape a text and mark what made it found."""
    return _marked(text, _spans(text, words))


def excerpt_beside(title: str, text: str, words: str) -> SafeString:
    """Return where a text first has the words, marked; nothing if the title has all."""
    wanted = query_terms(words)
    spans = _spans(text, words)
    if not spans or set(wanted) <= set(terms_of(title)):
        return mark_safe("")
    first = max(spans[0][0] - BEFORE, 0)
    last = min(max(first + AROUND, spans[0][1]), len(text))
    inside = [(start - first, min(end, last) - first) for start, end in spans]
    shown = _marked(text[first:last], [one for one in inside if one[0] < one[1]])
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return mark_safe(f"{before}{shown}{after}")


def _marked(text: str, spans: list[tuple[int, int]]) -> SafeString:
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end])]
        parts.append("</mark>")
        last = end
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))


def _spans(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the terms of a query stand in a text as it was written."""
    wanted = [_pattern(term) for term in query_terms(words)]
    if not wanted:
        return []
    # Each sign on its own: made even, one sign can become several, or none.
    signs = [even(sign) for sign in text]
    places = [at for at, sign in enumerate(signs) for _one in sign]
    # Terms overlap each other: each place is looked at, and what touches is one mark.
    pattern = re.compile(f"(?=({'|'.join(wanted)}))")
    spans: list[tuple[int, int]] = []
    for match in pattern.finditer("".join(signs)):
        start, end = places[match.start(1)], places[match.end(1) - 1] + 1
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


def _pattern(term: str) -> str:
    """Write a term so that a number or a Latin word is met only as a whole."""
    runs = RUNS.findall(term)
    before = "" if _is_han(runs[0]) else "(?<![a-z0-9])"
    after = "" if _is_han(runs[-1]) else "(?![a-z0-9])"
    return before + r"[ \t]*".join(runs) + after
