"""The intent model: two heads whose margins are weighed together into probabilities.

- Words: a linear support vector machine over n-grams (bot/nlu/ngrams.py), one against the rest, balanced by class. It
  sees a message that has marks twice, as typed and folded.
- Meaning, where an encoder is at hand: kernel ridge regression over sentence vectors with a Gaussian kernel, which is a
  least-squares support vector machine. Memory grows with the square of the messages, 4 bytes each.

Margins are no probabilities. A softmax over the weighted margins is fitted to predictions for messages that the heads
had not seen (temperature scaling, Guo et al. 2017, with one weight for each head), so that what it calls 80% sure is
right about four times in five.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional, Sequence

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from scipy.sparse import spmatrix, vstack
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from bot.nlu.ngrams import NgramFeatures
from guide.text import fold

UNCALIBRATED = 3.0  # the weight of margins where no message could be held back to find it by
COST = 0.5  # of errors, in the support vector machine
TOLERANCE = 0.1  # of its solver; a finer one takes longer and is no better
HELD_BACK = 0.25  # of the messages, to fit the temperatures on
RIDGE = 0.1  # regularisation of the kernel head, divided by a class's weight
LEAST_SHARE = 0.05  # of a class's weight, so that a class of one message leaves the kernel invertible
COMPONENTS = 192  # of a sentence vector; more make the head slower and no better
WIDTH = 1.0  # of the Gaussian kernel: exp(-WIDTH * squared distance) between unit vectors


@dataclass
class WordHead:
    """A linear model: ``rows @ weights + bias`` are the margins of the classes."""

    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(cls, rows: spmatrix, labels: np.ndarray, classes: int) -> WordHead:
        """Fit to rows and class numbers; a class that does not occur gets a margin that never wins."""
        svm = LinearSVC(C=COST, class_weight="balanced", tol=TOLERANCE, random_state=0).fit(rows, labels)
        coefficients, intercepts = svm.coef_, svm.intercept_
        if len(svm.classes_) == 2:  # scikit-learn keeps one row for two classes
            coefficients, intercepts = np.vstack([-coefficients, coefficients]), np.hstack([-intercepts, intercepts])
        weights = np.zeros((rows.shape[1], classes), dtype=np.float32)
        bias = np.full(classes, -2.0, dtype=np.float32)
        weights[:, svm.classes_] = coefficients.T
        bias[svm.classes_] = intercepts
        return cls(weights, bias)

    def margins(self, rows: spmatrix) -> np.ndarray:
        """Margins, one row for each text."""
        if rows.shape[0] == 1:  # five times faster than the product, which copies the weights
            return (rows.data @ self.weights[rows.indices] + self.bias)[None, :]
        return np.asarray(rows @ self.weights) + self.bias


@dataclass
class MeaningHead:
    """Kernel ridge regression: ``centre`` is taken off a vector, which is told by its components along ``axes``;
    ``points`` are what it is compared with.
    """

    centre: np.ndarray
    axes: np.ndarray
    points: np.ndarray
    weights: np.ndarray

    @classmethod
    def fit(cls, vectors: np.ndarray, labels: np.ndarray, classes: int) -> MeaningHead:
        """Fit to vectors and class numbers; a class that does not occur gets a margin that never wins."""
        centre = vectors.mean(axis=0)
        axes = _principal_axes(vectors - centre)
        points = _directions((vectors - centre) @ axes)
        targets = -np.ones((len(labels), classes), dtype=np.float32)
        targets[np.arange(len(labels)), labels] = 1.0
        share = np.bincount(labels, minlength=classes)[labels] * classes / len(labels)
        matrix = _kernel(points, points)
        matrix[np.diag_indices_from(matrix)] += RIDGE * np.maximum(share, LEAST_SHARE)
        return cls(centre, axes, points, _solve(matrix, targets))

    def margins(self, vectors: np.ndarray) -> np.ndarray:
        """Margins, one row for each vector."""
        return _kernel(_directions((vectors - self.centre) @ self.axes), self.points) @ self.weights


def _principal_axes(centred: np.ndarray) -> np.ndarray:
    """Columns along which the vectors differ most; all there are where the vectors are few."""
    axes = np.linalg.eigh(centred.T @ centred)[1]
    return axes if len(centred) < 2 * COMPONENTS else axes[:, -COMPONENTS:]


def _directions(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)


def _kernel(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    found = one @ other.T
    found -= 1.0  # in place: the matrix of all messages is large
    found *= 2.0 * WIDTH
    return np.exp(found, out=found)


def _solve(matrix: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """``matrix⁻¹ @ targets`` of a symmetric positive definite matrix, which is used up, on all cores."""
    with threadpool_limits(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()):
        return cho_solve(cho_factor(matrix.T, lower=True, overwrite_a=True, check_finite=False), targets)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Rows of scores → rows of probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def fit_temperatures(margins: Sequence[np.ndarray], labels: np.ndarray) -> list[float]:
    """The weight of each head's margins that makes the true classes likeliest (least log loss)."""

    def loss(logs: np.ndarray) -> float:
        scores = sum(np.exp(log) * m for log, m in zip(logs, margins, strict=True))
        top = scores.max(axis=1, keepdims=True)
        total = top[:, 0] + np.log(np.exp(scores - top).sum(axis=1))
        return float((total - scores[np.arange(len(labels)), labels]).mean())

    if not len(labels):
        return [UNCALIBRATED] * len(margins)
    best = minimize(loss, np.ones(len(margins)), method="Nelder-Mead", options={"xatol": 0.01, "fatol": 1e-4})
    return [float(weight) for weight in np.exp(best.x)]


@dataclass
class IntentModel:
    """Intent names, features and heads. ``alone`` is the weight of the words where there is no meaning to weigh in,
    ``meant`` that of the meaning where the words are of a language that was not learnt.
    """

    intents: list[str]
    features: NgramFeatures
    words: WordHead
    alone: float
    meaning: Optional[MeaningHead] = None
    together: tuple[float, float] = (0.0, 0.0)
    meant: float = 0.0

    @classmethod
    def fit(
        cls, texts: Sequence[str], intents: Sequence[str], vectors: Optional[Mapping[int, np.ndarray]] = None
    ) -> IntentModel:
        """Fit to masked texts, and to the vectors of those of them, by position, that have one."""
        names = sorted(set(intents))
        labels = np.array([names.index(intent) for intent in intents])
        bare = [fold(text) for text in texts]
        features = NgramFeatures().fit([*texts, *bare])
        copies = np.array([i for i, text in enumerate(texts) if bare[i] != text], dtype=int)
        rows = vstack([features.rows(texts), features.rows([bare[i] for i in copies])], format="csr")
        kept, back = _hold_back(labels)
        words, unseen = _fit_words(rows, np.hstack([np.arange(len(texts)), copies]), labels, kept, back)
        model = cls(names, features, words, fit_temperatures([unseen], labels[back])[0])
        if vectors:
            model.meaning, unseen_too = _fit_meaning(vectors, labels, kept, back)
            both = np.isin(back, list(vectors))
            first, second = fit_temperatures([unseen[both], unseen_too], labels[back[both]])
            model.together = (first, second)
            model.meant = fit_temperatures([unseen_too], labels[back[both]])[0]
        return model

    def probabilities(self, texts: Sequence[str], vectors: Optional[np.ndarray] = None) -> np.ndarray:
        """Rows of probabilities of the intents."""
        margins = self.words.margins(self.features.rows(texts))
        if vectors is None or self.meaning is None:
            return softmax(self.alone * margins)
        first, second = self.together
        return softmax(first * margins + second * self.meaning.margins(vectors))

    def by_meaning(self, vectors: np.ndarray) -> Optional[np.ndarray]:
        """Rows of probabilities of the intents by the meaning alone; None where none was learnt."""
        return None if self.meaning is None else softmax(self.meant * self.meaning.margins(vectors))

    def save(self, folder: Path) -> None:
        """Write the model to a folder, without pickled code."""
        self.features.save(folder)
        arrays = {"words": self.words.weights, "bias": self.words.bias}
        if self.meaning is not None:
            head = self.meaning
            arrays.update(centre=head.centre, axes=head.axes, points=head.points, weights=head.weights)
        np.savez(folder / "heads.npz", **{name: array.astype(np.float32) for name, array in arrays.items()})
        facts = {"intents": self.intents, "alone": self.alone, "together": self.together, "meant": self.meant}
        (folder / "model.json").write_text(json.dumps(facts), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """What ``save`` wrote."""
        facts = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        with np.load(folder / "heads.npz") as arrays:
            words = WordHead(arrays["words"], arrays["bias"])
            parts = ("centre", "axes", "points", "weights")
            meaning = MeaningHead(*(arrays[part] for part in parts)) if "points" in arrays else None
        features = NgramFeatures.load(folder)
        return cls(facts["intents"], features, words, facts["alone"], meaning, tuple(facts["together"]), facts["meant"])


def _fit_words(
    rows: spmatrix, messages: np.ndarray, labels: np.ndarray, kept: np.ndarray, back: np.ndarray
) -> tuple[WordHead, np.ndarray]:
    """The head fitted to all rows, and the margins that one fitted without the messages ``back`` gives them.

    ``messages``: of each row the message that it is or is a folded copy of. The first rows are the messages themselves.
    """
    classes = int(labels.max()) + 1
    part = np.flatnonzero(np.isin(messages, kept))
    with ThreadPoolExecutor(2) as pool:  # the solver leaves Python's lock while it works
        whole = pool.submit(WordHead.fit, rows, labels[messages], classes)
        without = pool.submit(WordHead.fit, rows[part], labels[messages[part]], classes)
        return whole.result(), without.result().margins(rows[back])


def _fit_meaning(
    vectors: Mapping[int, np.ndarray], labels: np.ndarray, kept: np.ndarray, back: np.ndarray
) -> tuple[MeaningHead, np.ndarray]:
    """The same for the other head, of those messages that have a vector."""
    classes = int(labels.max()) + 1
    seen, new = ([i for i in part if i in vectors] for part in (kept, back))

    def rows(positions: Sequence[int]) -> np.ndarray:
        return np.array([vectors[i] for i in positions], dtype=np.float32).reshape(len(positions), -1)

    known = sorted(vectors)
    whole = MeaningHead.fit(rows(known), labels[known], classes)
    if not seen or not new:
        return whole, np.zeros((len(new), classes), dtype=np.float32)
    return whole, MeaningHead.fit(rows(seen), labels[seen], classes).margins(rows(new))


def _hold_back(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions to fit to and positions held back, each intent giving its share; sorted."""
    order = np.random.default_rng(0).permutation(len(labels))
    rank = np.empty(len(labels), dtype=int)  # of each message among those of its intent, in a fixed random order
    for label in np.unique(labels):
        members = order[labels[order] == label]
        rank[members] = np.arange(len(members))
    back = rank % round(1 / HELD_BACK) == 1
    return np.flatnonzero(~back), np.flatnonzero(back)


__all__ = ["IntentModel", "MeaningHead", "WordHead", "fit_temperatures", "softmax"]
