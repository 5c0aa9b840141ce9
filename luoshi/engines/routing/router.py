"""Proposes a label for a message, learnt from labels that people gave."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from luoshi.engines.routing import files
from luoshi.engines.routing.errors import ModelFileError, TrainingError
from luoshi.engines.routing.features import Block, Features
from luoshi.engines.routing.learning import (
    Trust,
    learn_trust,
    learn_weights,
    score,
    score_unseen,
)
from luoshi.engines.routing.measuring import Report, measure
from luoshi.engines.routing.text import unpack
from luoshi.engines.routing.twins import deal_folds, group_twins

Floats = npt.NDArray[np.float32]
LEARNT, CATALOGUE = "learnt", "catalogue"
SUGGESTIONS, WORDS = 3, 3
FOLDS, FEWEST_FOR_FOLDS = 5, 10
AT_ONCE = 500


@dataclass(frozen=True)
class Suggestion:
    """One proposed label: how likely it is, the words that decided, and where from."""

    label: str
    confidence: float
    words: tuple[str, ...] = ()
    source: str = LEARNT


@dataclass
class Router:
    """Weights for each label, with what its training said about its own worth.

    `report` holds the figures of messages kept back in turn while training, None if
    there were too few; `sure_from` is the confidence from which 98 % of those were
    right; `shares` says how common each label was.
    """

    labels: list[str]
    features: Features
    weights: Floats
    shares: Floats
    trust: Trust
    report: Report | None = None

    @property
    def sure_from(self) -> float | None:
        """Confidence from which a form may be filled in before a person looks."""
        return self.trust.sure_from

    def route(self, texts: Sequence[str]) -> list[list[Suggestion]]:
        """Return up to three suggestions for each text, the likeliest first."""
        found: list[list[Suggestion]] = []
        for start in range(0, len(texts), AT_ONCE):
            found += self._route(texts[start : start + AT_ONCE])
        return found

    def confidences(self, texts: Sequence[str]) -> Floats:
        """Return the confidence of every label for each text."""
        parts = [
            self._confidences(self.features.rows(texts[at : at + AT_ONCE]))
            for at in range(0, len(texts), AT_ONCE)
        ]
        return np.concatenate([np.zeros((0, len(self.labels)), np.float32), *parts])

    def _confidences(self, rows: sparse.csr_matrix) -> Floats:
        found = self.trust.of(score(rows, self.weights))
        # Without one known run, only how common each label is can be said.
        found[np.diff(rows.indptr) == 0] = self.shares
        return found

    def _route(self, texts: Sequence[str]) -> list[list[Suggestion]]:
        rows = self.features.rows(texts)
        confidences = self._confidences(rows)
        best = np.argsort(-confidences, axis=1, kind="stable")[:, :SUGGESTIONS]
        words = [self._words(rows, best[:, place]) for place in range(best.shape[1])]
        return [
            [
                Suggestion(
                    self.labels[label],
                    float(confidences[row, label]),
                    words[place][row],
                )
                for place, label in enumerate(best[row])
            ]
            for row in range(len(texts))
        ]

    @cached_property
    def _usual(self) -> Floats:
        """What each column says for labels on average."""
        return self.weights.mean(1)

    def _words(
        self, rows: sparse.csr_matrix, chosen: npt.NDArray[np.int64]
    ) -> list[tuple[str, ...]]:
        """Return the words of each row that spoke most for its chosen label."""
        owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        column = rows.indices - len(self.features.blocks[0].keys)
        word = np.flatnonzero(
            (column >= 0) & (column < len(self.features.blocks[1].keys))
        )
        keys = self.features.blocks[1].keys[column[word]]
        word, keys = word[keys > 0xFFFF], keys[keys > 0xFFFF]
        weighed = self.weights[rows.indices[word], chosen[owner[word]]]
        speaks = rows.data[word] * (weighed - self._usual[rows.indices[word]])
        loud = speaks > 0
        owner, keys, speaks = owner[word][loud], keys[loud], speaks[loud]
        order = np.lexsort((-speaks, owner))
        owner, keys = owner[order], keys[order]
        starts = np.searchsorted(owner, np.arange(rows.shape[0] + 1))
        return [
            _some_words(keys[start : start + 4 * WORDS][: end - start].tolist())
            for start, end in pairwise(starts)
        ]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the router to a file from which `load` makes it again."""
        told, arrays = self.packed()
        files.write(path, told, arrays)

    def packed(self) -> tuple[dict[str, Any], files.Arrays]:
        """Return what a file keeps of it."""
        arrays: files.Arrays = {"weights": self.weights.astype(np.float16)}
        arrays["shares"] = self.shares
        for number, block in enumerate(self.features.blocks):
            arrays[f"keys{number}"] = block.keys
            arrays[f"rarity{number}"] = block.rarity.astype(np.float16)
        report = self.report.told() if self.report else None
        told = {"labels": self.labels, "trust": self.trust.told(), "report": report}
        return told, arrays

    @classmethod
    def unpacked(cls, told: dict[str, Any], arrays: files.Arrays) -> "Router":
        """Make it again from a file; ModelFileError where parts do not fit."""
        try:
            blocks = [
                Block.of(
                    arrays[f"keys{number}"].astype(np.uint64, casting="safe"),
                    arrays[f"rarity{number}"].astype(np.float32),
                )
                for number in range(3)
            ]
            features = Features(blocks)
            weights = arrays["weights"].astype(np.float32)
            shares = arrays["shares"].astype(np.float32)
            report = Report(**told["report"]) if told["report"] else None
            labels, trust = (
                [str(label) for label in told["labels"]],
                Trust(**told["trust"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelFileError("The file lacks a part of its router.") from error
        fits = weights.shape == (features.width + 1, len(labels))
        fits &= shares.shape == (len(labels),)
        if not fits or any(len(b.keys) != len(b.rarity) for b in blocks):
            raise ModelFileError("The parts of the file do not fit each other.")
        return cls(labels, features, weights, shares, trust, report)


def _some_words(packed: list[int]) -> tuple[str, ...]:
    """Return the first few words without figures, none of them a part of another."""
    chosen: list[str] = []
    for key in packed:
        word = unpack(key)
        if word.isalpha() and not any(word in one or one in word for one in chosen):
            chosen.append(word)
        if len(chosen) == WORDS:
            break
    return tuple(chosen)


def load(path: str | os.PathLike[str]) -> Router:
    """Read a router; ModelFileError if the file is damaged or of another version."""
    told, arrays = files.read(path)
    return Router.unpacked(told, arrays)


def train(texts: Sequence[str], labels: Sequence[str], *, seed: int = 1) -> Router:
    """Learn to propose labels.

    Its own figures and the limit of the sure ones come from texts kept back in turn,
    near-duplicates together. TrainingError if there is nothing to tell apart.
    """
    if len(texts) != len(labels):
        raise TrainingError(f"There are {len(texts)} texts and {len(labels)} labels.")
    names = sorted(set(labels))
    if len(names) < 2:
        raise TrainingError("Training needs at least two different labels.")
    numbers = np.searchsorted(names, labels).astype(np.int64)
    features = Features.learn(texts, classes=len(names))
    rows = features.rows(texts)
    if not rows.nnz:
        raise TrainingError("The texts hold no words to learn from.")
    weights = learn_weights(rows, numbers, len(names))
    trust, report = _judge(texts, rows, numbers, names, seed)
    shares = (np.bincount(numbers) / len(numbers)).astype(np.float32)
    return Router(names, features, weights, shares, trust, report)


def _judge(
    texts: Sequence[str],
    rows: sparse.csr_matrix,
    numbers: npt.NDArray[np.int64],
    names: list[str],
    seed: int,
) -> tuple[Trust, Report | None]:
    """Fit confidence and figures on texts kept back in turn."""
    folds = deal_folds(group_twins(texts), FOLDS, seed)
    if len(texts) < FEWEST_FOR_FOLDS or len(np.unique(folds)) < FOLDS:
        return Trust(), None
    unseen = score_unseen(rows, numbers, len(names), folds)
    trust = learn_trust(unseen, numbers)
    return trust, measure(trust.of(unseen), numbers, trust.sure_from)
