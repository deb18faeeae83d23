"""Sentence vectors that are kept, so that a training encodes only sentences that are new.

Two files: ``var/sentence_vectors.npz`` is written by every training; ``data/vectors.npz`` is shipped, so that the first
training of a fresh clone has them too. The shipped one is small: principal components in 8 bits, with which the
classifier is as right as with the vectors themselves. After larger changes of the examples it is made anew:

    ./run train && python -m bot.nlu.vectors var/sentence_vectors.npz data/vectors.npz
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Callable, Iterable, Mapping, Sequence
from zipfile import BadZipFile

import click
import numpy as np

from bot.nlu.embedding import MODEL, Encoder
from bot.nlu.intent_model import COMPONENTS

logger = logging.getLogger(__name__)

STEPS = 127  # on either side of zero, in which a component is told

Vectors = dict[int, np.ndarray]
Choice = Callable[[Sequence[int]], Iterable[int]]


def key(text: str) -> int:
    """What a text's vector is kept under; another model's vectors have other keys."""
    return int.from_bytes(hashlib.sha256(f"{MODEL}\n{text}".encode()).digest()[:8], "big")


def read(path: Path) -> Vectors:
    """The vectors of a file; none where it is missing or broken."""
    try:
        with np.load(path) as kept:
            rows = kept["vectors"].astype(np.float32)
            if "axes" in kept:
                rows = (rows * kept["scale"].astype(np.float32)) @ kept["axes"].astype(np.float32) + kept["centre"]
            return dict(zip(kept["keys"].tolist(), rows, strict=True))
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}


def write(path: Path, vectors: Mapping[int, np.ndarray]) -> None:
    """Keep the vectors, to half precision. Where they cannot be, the log says so."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npz")
        rows = np.array(list(vectors.values()), dtype=np.float16)
        np.savez(unfinished, keys=np.array(list(vectors), dtype=np.uint64), vectors=rows)
        unfinished.replace(path)
    except OSError as error:
        logger.warning("Sentence vectors are not kept in %s: %s", path, error)


def write_small(path: Path, vectors: Mapping[int, np.ndarray]) -> None:
    """The same vectors in a tenth of the room, about: what ``read`` gives back is close to them."""
    keys = sorted(vectors)
    rows = np.array([vectors[k] for k in keys], dtype=np.float32)
    centre = rows.mean(axis=0)
    axes = np.linalg.svd(rows - centre, full_matrices=False)[2][:COMPONENTS]
    parts = (rows - centre) @ axes.T
    scale = np.maximum(np.abs(parts).max(axis=0), 1e-9) / STEPS
    np.savez_compressed(
        path,
        keys=np.array(keys, dtype=np.uint64),
        vectors=np.round(parts / scale).astype(np.int8),
        axes=axes.astype(np.float16),
        scale=scale,
        centre=centre,
    )


def vectors_of(texts: Sequence[str], encoder: Encoder, files: Sequence[Path], choose: Choice) -> Vectors:
    """Vectors of the texts by position: those that are kept, and of the others those that ``choose`` picks.

    The first of the files is written with what is now known, if anything was new; the others are only read.
    """
    known: Vectors = {}
    for path in reversed(files):
        known |= read(path)
    keys = [key(text) for text in texts]
    new = [position for position, k in enumerate(keys) if k not in known]
    chosen = [new[i] for i in choose(new)]
    if chosen:
        known.update(zip((keys[i] for i in chosen), encoder.encode([texts[i] for i in chosen]), strict=True))
        if files:
            write(files[0], {k: known[k] for k in keys if k in known})
    return {position: known[k] for position, k in enumerate(keys) if k in known}


@click.command()
@click.argument("kept", type=click.Path(exists=True, path_type=Path))
@click.argument("shipped", type=click.Path(path_type=Path))
def main(kept: Path, shipped: Path) -> None:
    """Make the shipped file of the kept one."""
    vectors = read(kept)
    write_small(shipped, vectors)
    click.echo(f"{len(vectors)} vectors in {shipped}, {shipped.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
