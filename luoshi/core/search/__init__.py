"""Full-text search that finds two-character words on both databases."""

from luoshi.core.search.find import HIT, Words, find_titles_first
from luoshi.core.search.index import (
    index_fresh,
    index_within,
    remove_within,
    terms_text,
    title_marks,
)
from luoshi.core.search.likely import find_likely
from luoshi.core.search.terms import excerpt_beside, highlight, query_terms, terms_of

__all__ = [
    "HIT",
    "Words",
    "excerpt_beside",
    "find_likely",
    "find_titles_first",
    "highlight",
    "index_fresh",
    "index_within",
    "query_terms",
    "remove_within",
    "terms_of",
    "terms_text",
    "title_marks",
]
