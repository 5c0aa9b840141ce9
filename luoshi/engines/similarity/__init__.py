"""Which cases are one matter: look-ups while somebody writes, and topics of a window.

Pure computation on what the caller passes: no database, no file but the weights,
nothing kept between two calls. `similar` reranks what a search found; `group` makes
topics. Both read `Case` rows; `Gazetteer` names the town's places.
docs/decisions/similarity.md says how and why, docs/benchmarks/similarity.md how well.
"""

from luoshi.engines.similarity.cases import Case
from luoshi.engines.similarity.features import Weights
from luoshi.engines.similarity.heat import Rise
from luoshi.engines.similarity.linkage import Cut
from luoshi.engines.similarity.places import Gazetteer, Mention, mentions
from luoshi.engines.similarity.repeats import Repeats
from luoshi.engines.similarity.rerank import PROBABLY, learn_weights, similar
from luoshi.engines.similarity.topics import Topic, Topics, group

__all__ = [
    "PROBABLY",
    "Case",
    "Cut",
    "Gazetteer",
    "Mention",
    "Repeats",
    "Rise",
    "Topic",
    "Topics",
    "Weights",
    "group",
    "learn_weights",
    "mentions",
    "similar",
]
