"""Finding what may be alike: any of a text's words, what has the rarest ones first.

Each word is asked on its own, for the newest few that have it: a rare word gives all
it has, a common one stops early. What is found under few hits counts much. Two
statements, and a number of rows that does not grow with the town.
"""

from collections import defaultdict
from math import log1p
from typing import Any

from django.db import connection

from luoshi.core.search.find import Words
from luoshi.core.search.terms import terms_of

# Of so much of a text the words are taken; so many are asked, the newest so many each.
READ, ASKED, EACH = 400, 40, 60
# PostgreSQL gathers all hits of a word before it gives the first one: there only the
# rarest are asked.
ASKED_OF_GIN = 16
# Words of everybody and everything, which tell no matter from another.
SAY_NOTHING = frozenset("的了是在我你您他她它们这那有无不没也都就还很请问好吗呢吧")
PROBES = {
    "sqlite": (
        "SELECT * FROM (SELECT rowid AS id, %s AS term FROM core_searchterms "
        "WHERE core_searchterms MATCH %s ORDER BY rowid DESC LIMIT %s)"
    ),
    "postgresql": (
        "(SELECT id, %s::int AS term FROM core_searchterms "
        "WHERE terms @@ %s::tsquery ORDER BY id DESC LIMIT %s)"
    ),
}
# What the daily look at the tables found to be common, and in which share of all.
COMMON = """
SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats
WHERE schemaname = current_schema() AND tablename = 'core_searchterms'
AND attname = 'terms'
"""


def telling_terms(text: str) -> list[str]:
    """Return the words by which a text is looked for: pairs, Latin words, numbers."""
    found = [
        term
        for term in terms_of(text[:READ])
        if len(term) > 1 and SAY_NOTHING.isdisjoint(term)
    ]
    return list(dict.fromkeys(found))


def find_likely(words: Words, *, most: int) -> list[int]:
    """Return the ids of what has most of a text's rare words, the likeliest first."""
    terms = _asked(telling_terms(words.text))
    if not terms:
        return []
    one, tag = PROBES[connection.vendor], f"{words.kind}{words.town.pk}"
    params: list[Any] = []
    for place, term in enumerate(terms):
        lite = connection.vendor == "sqlite"
        query = f'"{term}" AND "{tag}"' if lite else f"'{term}' & '{tag}'"
        params += [place, query, EACH]
    hits: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(terms)), params)
        for row, term_at in cursor.fetchall():
            hits[term_at].append(row)
    return _things(_best(hits, most))


def _asked(terms: list[str]) -> list[str]:
    """Choose the words to ask: spread over the text, on PostgreSQL the rarest."""
    if connection.vendor == "sqlite":
        step = max(1, -(-len(terms) // ASKED))
        return terms[::step]
    with connection.cursor() as cursor:
        cursor.execute(COMMON)
        row = cursor.fetchone()
    shares = dict(zip(row[0], row[1], strict=False)) if row and row[0] else {}
    return sorted(terms, key=lambda term: shares.get(term, 0.0))[:ASKED_OF_GIN]


def _best(hits: dict[int, list[int]], most: int) -> list[int]:
    """Return the rows whose words are the rarest together; the newer of equals."""
    score: dict[int, float] = defaultdict(float)
    for rows in hits.values():
        for row in rows:
            score[row] += log1p(EACH / len(rows))
    return sorted(score, key=lambda row: (-score[row], -row))[:most]


def _things(rows: list[int]) -> list[int]:
    """Return what each row of the index stands for, in the same order."""
    if not rows:
        return []
    marks = ", ".join(["%s"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, object_id FROM core_searchrow WHERE id IN ({marks})", rows
        )
        things = dict(cursor.fetchall())
    return [things[row] for row in rows if row in things]
