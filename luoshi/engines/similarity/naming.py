"""A topic's title and place, out of its own texts."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse

from luoshi.engines.similarity.cases import Case
from luoshi.engines.similarity.features import Text
from luoshi.engines.similarity.places import EMPTY, Gazetteer, mentions

__all__ = ["place_of", "title_of"]

# As many members are read for a name; a title is as long as this at most.
READ, LONGEST_TITLE, SHORTEST_TITLE = 12, 30, 6
# A letter names its place in the beginning.
OPENING = 200
# A place is a topic's if this share of those that were read names it.
NAMED_BY = 0.34
_LEAD = re.compile(
    r"^(?:(?:再次|强烈|坚决|关于|有关|投诉|反映|反应|举报|咨询|询问|请问|请求|恳请|建议|希望"
    r"|求助|呼吁|我要|对于|请)[:：,，]?)+"
)
_SENTENCE = re.compile(r"[。!?;！？；\n]")


def _headline(case: Case) -> str:
    """Return what a case is headed with, without the words of asking."""
    opening = _SENTENCE.split(case.text.strip()[:OPENING])[0]
    told = " ".join((case.subject.strip() or opening).split())
    told = "".join(sign for sign in told if sign.isprintable()).strip(" ,，.。")
    short = _LEAD.sub("", told)
    return (short if len(short) >= SHORTEST_TITLE else told)[:LONGEST_TITLE]


def title_of(cases: Sequence[Case], rows: sparse.csr_matrix) -> str:
    """Return the headline of the member that is most like all, if it is short enough.

    It is a resident's own words: staff may read it, a public page checks it first.
    """
    _columns, at = np.unique(rows.indices, return_inverse=True)
    shared = rows.data * np.bincount(at, rows.data)[at]
    row = np.repeat(np.arange(len(cases)), np.diff(rows.indptr))
    near = np.bincount(row, shared, len(cases))
    heads = [_headline(case) for case in cases]
    fit = [SHORTEST_TITLE <= len(head) < LONGEST_TITLE for head in heads]
    # Rounded, and the shorter then the first in the alphabet: no order of rows decides.
    best = min(
        range(len(cases)),
        key=lambda one: (
            not heads[one],
            not fit[one],
            -round(float(near[one]), 4),
            len(heads[one]),
            heads[one],
        ),
    )
    return heads[best]


def place_of(texts: Sequence[Text], gazetteer: Gazetteer = EMPTY) -> str:
    """Return the place that most members name: an entry's identity or a name.

    A name inside a longer one that is named nearly as often is taken with the longer.
    """
    named: Counter[str] = Counter()
    known = set()
    for text in texts[:READ]:
        told = set()
        for line in (text.subject, text.body[:OPENING]):
            for mention in mentions(line, gazetteer):
                if mention.known is not None:
                    known.add(mention.known)
                    told.add(mention.known)
                elif not mention.guessed:
                    told.add(mention.name)
        named.update(told)
    read = min(len(texts), READ)
    often = {
        name: count for name, count in named.items() if count >= max(2, NAMED_BY * read)
    }
    if not often:
        return ""
    return max(
        often, key=lambda name: (name in known, often[name] * min(len(name), 6), name)
    )
