"""A single text's features, made the quick way, are those that scikit-learn makes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import vstack

from bot.nlu.ngrams import NgramFeatures

TEXTS = ["giá vé PLACE bao nhiêu", "gia ve PLACE bao nhieu gia", "opening hours of PLACE", "xyz zyx", ""]


@pytest.mark.parametrize("kept", [False, True], ids=["just fitted", "loaded"])
def test_one_text_has_the_same_features_as_among_others(kept: bool, tmp_path) -> None:
    features = NgramFeatures().fit(TEXTS[:3])
    if kept:
        features.save(tmp_path)
        features = NgramFeatures.load(tmp_path)
    alone = vstack([features.rows([text]) for text in TEXTS])
    assert np.allclose(features.rows(TEXTS).toarray(), alone.toarray(), atol=1e-6)
