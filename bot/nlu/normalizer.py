"""What was meant by what was typed: raw keystrokes, abbreviations, drawn-out and run-together words.

Only a token's lemma changes, and a token may give way to several; offsets always point at what the visitor typed. Where
a word is only guessed to be a slip, the guess stands beside it (``token.data["corrected"]``).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.corpus import site_names, site_sentences
from bot.nlu.keyboards import telex, vni
from bot.nlu.learning import LearningComponent, read_json, write_json
from bot.nlu.spelling import Speller
from bot.nlu.tokenizer import CORRECTED
from guide.gazetteer.judge import is_syllable
from guide.text import fold, fold_with_offsets, nfc

_FILE = "words.json"


@lru_cache(maxsize=1)
def teencode() -> Mapping[str, str]:
    """Abbreviation → what it stands for."""
    lists = yaml.safe_load((Path(__file__).parent / "teencode.yaml").read_text(encoding="utf-8"))
    return {str(short): full for words in lists.values() for short, full in words.items()}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Normalizer(LearningComponent):
    """Rewrites the lemmas of a message's tokens. Learns which words there are from all text of our own."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``database``: as for the language identifier."""
        return {"database": None}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self.speller = Speller({})

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words and keep them."""
        texts = [m.get(TEXT) for m in training_data.nlu_examples if m.get(TEXT)]
        texts += [text for _, text in site_sentences(self._config["database"])]
        self.speller = Speller.learn([*texts, *site_names(self._config["database"])])
        return self.keep()

    def write(self, folder: Path) -> None:
        """Write the words."""
        write_json(folder / _FILE, self.speller.counts)

    def read(self, folder: Path) -> None:
        """Read the words."""
        self.speller = Speller(read_json(folder / _FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise each message's tokens."""
        for message in messages:
            message.set(TOKENS_NAMES[TEXT], normalized(message.get(TOKENS_NAMES[TEXT]) or [], self.speller))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for training messages, so that both are written alike."""
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data


def normalized(tokens: Sequence[Token], speller: Speller) -> list[Token]:
    """The tokens with their lemmas as meant."""
    decoded = decode_keystrokes([token.lemma for token in tokens], speller)
    return [new for token, lemma in zip(tokens, decoded, strict=True) for new in _meant(token, lemma, speller)]


def decode_keystrokes(words: Sequence[str], speller: Speller) -> list[str]:
    """The words with raw Telex or VNI converted, if the message is written so: if some of its words are unknown as
    they stand and known when converted, and these are no fewer than half of the unknown ones.
    """
    for scheme in (telex, vni):
        converted = [scheme(word) for word in words]
        unknown = [i for i, word in enumerate(words) if not speller.knows(word)]
        telling = [i for i in unknown if converted[i] and speller.knows(converted[i])]
        if telling and 2 * len(telling) >= len(unknown):
            return [_converted(word, new, speller) for word, new in zip(words, converted, strict=True)]
    return list(words)


def _converted(word: str, converted: Optional[str], speller: Speller) -> str:
    """One word of a message in raw keystrokes; words that Vietnamese has as they stand are left alone."""
    if converted is None or (is_syllable(word) and not speller.knows(converted)):
        return word
    return converted if speller.knows(converted) or not speller.knows(word) else word


def _meant(token: Token, lemma: str, speller: Speller) -> list[Token]:
    """The token, or the tokens, that stand for one typed word."""
    lemma = speller.without_drawl(lemma)
    full = teencode().get(lemma)
    if full:
        return [Token(token.text, token.start, token.end, lemma=word) for word in full.split(" ")]
    pieces = speller.split(fold(lemma)) if lemma == token.lemma else None
    if pieces:
        return _split(token, pieces)
    new = Token(token.text, token.start, token.end, dict(token.data), lemma)
    guess = speller.corrected(lemma)
    if guess:
        new.set(CORRECTED, guess)
    return [new]


def _split(token: Token, pieces: Sequence[str]) -> list[Token]:
    """One token for each piece of a word, each with its own letters of the visitor's text."""
    folded = fold_with_offsets(token.text)
    if folded.text != "".join(pieces):  # letters that fold to several, in a word that is no Vietnamese: leave it whole
        return [token]
    found, position = [], 0
    for piece in pieces:
        start = folded.offsets[position]
        position += len(piece)
        end = folded.offsets[position] if position < len(folded.offsets) else len(token.text)
        text = token.text[start:end]
        found.append(Token(text, token.start + start, token.start + end, lemma=nfc(text).lower()))
    return found


__all__ = ["CORRECTED", "Normalizer", "decode_keystrokes", "normalized", "teencode"]
