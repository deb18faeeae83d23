"""What the classifier sees of a message."""

from __future__ import annotations

import pytest

from bot.nlu.masking import masked_words, masks, spoken_text
from guide.gazetteer.syllables import Word, split_words

YEN_TU = {"entity": "place", "value": "yen-tu", "start": 7, "end": 13}


def test_a_name_becomes_one_sign() -> None:
    """However many words it has; what is no name stays."""
    assert masked_words(split_words("giá vé Yên Tử nhé"), [YEN_TU]) == ["giá", "vé", masks()["place"]["sign"], "nhé"]


def test_kinds_keep_their_words() -> None:
    """ "Which pagoda" is the question itself."""
    kind = {"entity": "place_kind", "value": "pagoda", "start": 0, "end": 4}
    assert masked_words(split_words("chùa nào"), [kind]) == ["chùa", "nào"]


def test_every_sign_is_a_single_private_character() -> None:
    """So that no spelling of a placeholder leaks into letters."""
    assert all(len(mask["sign"]) == 1 and 0xE000 <= ord(mask["sign"]) <= 0xF8FF for mask in masks().values())


@pytest.mark.parametrize(
    ("text", "words", "readings", "names", "language", "spoken"),
    [
        pytest.param("gia ve?", None, ["giá", "vé"], [], "vi", "giá vé?", id="readings"),
        pytest.param("giá vé Yên Tử!", None, ["giá", "vé", "", ""], [YEN_TU], "vi", "giá vé nơi này!", id="a name"),
        pytest.param("giá vé Yên Tử!", None, ["giá", "vé", "", ""], [YEN_TU], "en", "giá vé this place!", id="en"),
        pytest.param("đi ntn", [(0, 2), (3, 6), (3, 6)], ["đi", "thế", "nào"], [], "vi", "đi thế nào", id="1 for 2"),
        pytest.param("giave", [(0, 3), (3, 5)], ["giá", "vé"], [], "vi", "giá vé", id="two for one"),
        pytest.param("", None, [], [], "vi", "", id="nothing"),
    ],
)  # fmt: skip
def test_a_sentence_is_spoken_without_names(text, words, readings, names, language, spoken) -> None:
    """Each word in its reading, names in general words of the message's language."""
    found = split_words(text) if words is None else [Word("", "", start, end) for start, end in words]
    assert spoken_text(text, found, readings, names, language) == spoken
