"""TF-IDF features of a message: words and letters, as typed and folded."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from guide.text import fold

# name → (folded?, analyzer, shortest and longest n-gram). The best row of the measurements in docs/nlu.md.
BLOCKS = {
    "typed words": (False, "word", (1, 2)),
    "typed letters": (False, "char_wb", (1, 4)),
    "folded words": (True, "word", (1, 2)),
    "folded letters": (True, "char_wb", (1, 4)),
}


def _vectorizer(analyzer: str, ngrams: tuple[int, int]) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=analyzer,
        ngram_range=ngrams,
        token_pattern=r"\S+" if analyzer == "word" else None,
        lowercase=False,
        sublinear_tf=True,
        dtype=np.float32,
    )


class NgramFeatures:
    """Texts → sparse rows. Texts are words joined by spaces (bot/nlu/masking.py)."""

    def __init__(self) -> None:
        self._blocks = {name: _vectorizer(analyzer, ngrams) for name, (_, analyzer, ngrams) in BLOCKS.items()}
        self._rarities: dict[str, np.ndarray] = {}
        self._analyzers = {name: vectorizer.build_analyzer() for name, vectorizer in self._blocks.items()}

    def fit(self, texts: Sequence[str]) -> NgramFeatures:
        """Learn which n-grams there are and how rare each is."""
        for name, vectorizer in self._blocks.items():
            vectorizer.fit(self._form(name, texts))
            self._rarities[name] = vectorizer.idf_.astype(np.float32)
        return self

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """One row for each text."""
        if len(texts) == 1:
            return self._row(texts[0])
        return hstack([v.transform(self._form(name, texts)) for name, v in self._blocks.items()], format="csr")

    def _row(self, text: str) -> csr_matrix:
        """The same for one text, without scikit-learn's checks of every step, which cost ten times the work itself."""
        columns, values, width = [], [], 0
        for name, vectorizer in self._blocks.items():
            (form,) = self._form(name, [text])
            known = vectorizer.vocabulary_
            counts = Counter(term for term in self._analyzers[name](form) if term in known)
            here = np.fromiter((known[term] for term in counts), dtype=np.int32, count=len(counts))
            often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
            weights = (np.log(often) + 1) * self._rarities[name][here]
            columns.append(here + width)
            values.append(weights / max(float(np.linalg.norm(weights)), 1e-12))
            width += len(known)
        data = np.concatenate(values, dtype=np.float32)
        return csr_matrix((data, np.concatenate(columns), [0, len(data)]), shape=(1, width))

    @staticmethod
    def _form(name: str, texts: Sequence[str]) -> list[str]:
        return [fold(text) for text in texts] if BLOCKS[name][0] else list(texts)

    def save(self, folder: Path) -> None:
        """Write vocabularies and weights to a folder, as plain JSON and arrays."""
        for number, vectorizer in enumerate(self._blocks.values()):
            terms = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
            (folder / f"terms{number}.json").write_text(json.dumps(terms), encoding="utf-8")
            np.save(folder / f"idf{number}.npy", vectorizer.idf_.astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> NgramFeatures:
        """What ``save`` wrote."""
        features = cls()
        for number, (name, vectorizer) in enumerate(features._blocks.items()):
            terms = json.loads((folder / f"terms{number}.json").read_text(encoding="utf-8"))
            vectorizer.vocabulary = {term: position for position, term in enumerate(terms)}
            vectorizer.idf_ = features._rarities[name] = np.load(folder / f"idf{number}.npy")
        return features
