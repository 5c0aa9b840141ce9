"""Full-text search that finds two-character words on both databases."""

from luoshi.core.search.find import HIT, Words, find_newest
from luoshi.core.search.index import (
    index_fresh,
    index_within,
    remove_within,
    terms_text,
)
from luoshi.core.search.terms import highlight, query_terms, terms_of

__all__ = [
    "HIT",
    "Words",
    "find_newest",
    "highlight",
    "index_fresh",
    "index_within",
    "query_terms",
    "remove_within",
    "terms_of",
    "terms_text",
]
