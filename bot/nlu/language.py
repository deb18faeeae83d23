"""Which language the visitor writes in, so that the answer comes in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.corpus import site_sentences
from bot.nlu.language_table import LanguageTable, learn
from bot.nlu.learning import LearningComponent, read_json, write_json
from bot.nlu.tokenizer import words_of

LANGUAGE = "language"
_FILE = "language.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(LearningComponent):
    """Sets ``language``: ``{"code": "vi", "confidence": 0.98}``.

    Learns from the sentences of the site database, which name their language, and from the training messages, which
    need not. Other languages than Vietnamese and English are told by script or by function words.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``database``: path of the site database, None for the default one, False to learn from messages alone."""
        return {"database": None}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self.table = LanguageTable()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the table and keep it."""
        messages = [m.get(TEXT) for m in training_data.nlu_examples if m.get(TEXT)]
        self.table = learn(site_sentences(self._config["database"]), messages)
        return self.keep()

    def write(self, folder: Path) -> None:
        """Write the table."""
        write_json(folder / _FILE, self.table.odds)

    def read(self, folder: Path) -> None:
        """Read the table."""
        self.table = LanguageTable(read_json(folder / _FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        """Say which language each message is in."""
        for message in messages:
            found = self.table.identify(message.get(TEXT) or "", words_of(message))
            value = {"code": found.code, "confidence": round(found.confidence, 4)}
            message.set(LANGUAGE, value, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for training messages, for the components that follow."""
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data


def language_of(message: Message) -> str:
    """The language code of a message that went through the identifier; Vietnamese where it did not."""
    return (message.get(LANGUAGE) or {}).get("code", "vi")
