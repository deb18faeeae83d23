"""Diacritics for those who do not type them. What the visitor typed is never overwritten: readings go beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.corpus import site_names, site_sentences
from bot.nlu.language import LANGUAGE
from bot.nlu.learning import LearningComponent, read_json, write_json
from bot.nlu.readings import SyllableModel
from bot.nlu.tokenizer import CORRECTED, words_of
from guide.text import has_diacritics

READINGS = "readings"  # key in a token's data: reading → probability
SURELY_OTHER = 0.9  # confidence of another language from which nothing is restored: it would rewrite "can" to "cần"
_FILE = "syllables.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class DiacriticsRestorer(LearningComponent):
    """Gives each token of a Vietnamese message its likely readings: ``token.data["readings"]``.

    Learns from the accented training messages and from the site database's Vietnamese sentences and names.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``database``: as for the language identifier."""
        return {"database": None}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self.model = SyllableModel.learn(())

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the syllables and keep them."""
        messages = [piece for m in training_data.nlu_examples if m.get(TEXT) for piece in _without_bare_names(m)]
        texts = [text for code, text in site_sentences(self._config["database"]) if code == "vi"]
        self.model = SyllableModel.learn(texts + site_names(self._config["database"]), messages)
        return self.keep()

    def write(self, folder: Path) -> None:
        """Write the syllables."""
        write_json(folder / _FILE, self.model.to_json())

    def read(self, folder: Path) -> None:
        """Read the syllables."""
        self.model = SyllableModel.from_json(read_json(folder / _FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add readings to the tokens of messages that may be Vietnamese."""
        for message in messages:
            tokens = message.get(TOKENS_NAMES[TEXT]) or ()
            if not tokens or _surely_other(message.get(LANGUAGE)):
                continue
            for token, readings in zip(
                tokens, self.model.probabilities(words_of(message, corrected=True)), strict=True
            ):
                token.set(READINGS, readings)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for training messages, for the components that follow."""
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data


def _without_bare_names(message: Message) -> list[str]:
    """The text between annotated names that are written without marks, which many do who mark everything else."""
    text, pieces, position = message.get(TEXT), [], 0
    for entity in sorted(message.get(ENTITIES) or (), key=lambda e: e["start"]):
        if not has_diacritics(text[entity["start"] : entity["end"]]):
            pieces.append(text[position : entity["start"]])
            position = entity["end"]
    return [*pieces, text[position:]]


def _surely_other(language: Optional[Mapping[str, Any]]) -> bool:
    return bool(language) and language["code"] != "vi" and language["confidence"] >= SURELY_OTHER


def likeliest_readings(message: Message) -> list[str]:
    """The likeliest reading of each token; its corrected or normalised form where nothing was restored."""
    found = []
    for token in message.get(TOKENS_NAMES[TEXT]) or ():
        readings = token.get(READINGS)
        found.append(max(readings, key=readings.__getitem__) if readings else token.get(CORRECTED) or token.lemma)
    return found
