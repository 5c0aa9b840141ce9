"""How common each piece of text is in the town's own cases, learnt at night.

Without it, what many have told is common among the candidates of a look-up, and so
would tell least just where it should be found. A file of numbers beside the database;
where it is missing or broken, the candidates tell by themselves what is common.
"""

import logging
import os
from functools import lru_cache
from pathlib import Path

from luoshi.cases.models import Case
from luoshi.cases.suggest.shelf import folder_of
from luoshi.core.gazetteer import town_gazetteer
from luoshi.core.models import Town
from luoshi.engines import similarity

logger = logging.getLogger(__name__)
# Of the newest so many it is learnt; fewer than the least say nothing of a town.
MOST_TEXTS, LEAST_TEXTS = 20_000, 300


def _path_of(town: Town) -> Path:
    return folder_of(town) / "common.npz"


def learn_common(town: Town) -> int:
    """Learn from the newest cases, and return of how many; nothing sealed is read."""
    rows = Case.objects.exclude(commitment__visibility="sealed").exclude(text="")
    told = [
        similarity.Case(pk, text, "" if text.startswith(subject) else subject)
        for pk, text, subject in rows.order_by("-received_at", "-pk").values_list(
            "pk", "text", "subject"
        )[:MOST_TEXTS]
    ]
    path = _path_of(town)
    if len(told) < LEAST_TEXTS:
        path.unlink(missing_ok=True)
        return 0
    # Whoever reads it meanwhile has the old one or the new one, never a half.
    fresh = path.with_suffix(".new.npz")
    similarity.learn_weights(told, town_gazetteer()).save(str(fresh))
    os.replace(fresh, path)
    return len(told)


def common_of(town: Town) -> similarity.Weights | None:
    """Return what was learnt last; None where nothing was, or the file is broken."""
    path = _path_of(town)
    try:
        stat = path.stat()
        return _opened(str(path), stat.st_mtime_ns, stat.st_ino)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        logger.warning("What is common in %s is not used: %s", town, error)
        return None


@lru_cache(maxsize=4)
def _opened(path: str, _changed: int, _file: int) -> similarity.Weights:
    return similarity.Weights.load(path)
