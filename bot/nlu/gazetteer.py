"""Names in a message, from the site database as it is now: nothing to train, nothing to restart for a new place."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path
from typing import Any, Sequence

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.language import language_of
from bot.nlu.learning import LearningComponent, read_json, write_json
from bot.nlu.live import LiveNames
from bot.nlu.restore import READINGS
from bot.nlu.tokenizer import words_of
from guide.gazetteer.find import Found, find_names
from guide.gazetteer.judge import Message as Words
from guide.gazetteer.names import WORD_KINDS
from guide.gazetteer.syllables import Word, breaks_after

logger = logging.getLogger(__name__)

NAMES = "names"  # on a message: every entity, annotated or found, for the classifier's placeholders
ORDINARY_FROM = 2  # times a word must stand outside names in the training data to count as a word of its own
ENGLISH = "en"
_FILE = "ordinary_words.json"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class Gazetteer(LearningComponent, EntityExtractorMixin):
    """Adds entities ``{"entity": kind, "value": id, "start", "end", "role"?, "alternatives"?, "also"?}``.

    ``alternatives`` are refs such as ``place/den-cao`` that the same words may mean, ``also`` such as they mean too.
    What is learnt in training is only which words occur outside names; the names themselves are read from the database
    while the bot runs.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``database``: path of the site database, None for the default one, False for no names at all."""
        return {"database": None}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self.ordinary: frozenset[str] = frozenset()
        self.ordinary_english: frozenset[str] = frozenset()
        self.names = LiveNames(config["database"])

    def begin(self) -> None:
        """Read the names; raises if the site database cannot be read."""
        self.names.load()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which words occur outside names."""
        every: Counter[str] = Counter()
        english: Counter[str] = Counter()
        for message in training_data.nlu_examples:
            words = [form for w in self._outside_names(message) for form in {w.typed, w.folded}]
            every.update(words)
            if language_of(message) == ENGLISH:
                english.update(words)
        self.ordinary, self.ordinary_english = _often(every), _often(english)
        return self.keep()

    def write(self, folder: Path) -> None:
        """Write the ordinary words."""
        write_json(folder / _FILE, [sorted(self.ordinary), sorted(self.ordinary_english)])

    def read(self, folder: Path) -> None:
        """Read the ordinary words; the names are taken as they are now."""
        self.ordinary, self.ordinary_english = map(frozenset, read_json(folder / _FILE))
        self.names.refresh()

    def _outside_names(self, message: Message) -> list[Word]:
        words = words_of(message)
        spans = self.names.exact([w.folded for w in words])
        taken = {i for start, end in spans if self._is_name(words[start:end]) for i in range(start, end)}
        annotated = [(e["start"], e["end"]) for e in message.get(ENTITIES) or ()]
        outside = (w for i, w in enumerate(words) if i not in taken)
        return [w for w in outside if not any(a < w.end and w.start < b for a, b in annotated)]

    def _is_name(self, words: Sequence[Word]) -> bool:
        """Whether these words are a name of something, and not only a kind of place such as "chùa"."""
        entries = self.names.index.entries.get(tuple(w.folded for w in words), ())
        return any(entry.kind not in WORD_KINDS for entry in entries)

    def find(self, message: Message) -> list[Found]:
        """The names in a tokenized message."""
        tokens = message.get(TOKENS_NAMES[TEXT]) or ()
        readings = [token.get(READINGS) or {} for token in tokens]
        words = words_of(message)
        known = Words(
            words,
            readings if any(readings) else (),
            self._ordinary_in(message).__contains__,
            breaks_after(message.get(TEXT) or "", words),
        )
        return find_names(known, self.names.index, self.names.exact)

    def _ordinary_in(self, message: Message) -> frozenset[str]:
        """Words that need be no name. Vietnamese ones, such as "kịp", are none in an English message."""
        return self.ordinary_english if language_of(message) == ENGLISH else self.ordinary

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the names in each message to its entities."""
        self.names.refresh()
        for message in messages:
            found = self.add_extractor_name([as_entity(name) for name in self.find(message)])
            entities = (message.get(ENTITIES) or []) + found
            message.set(ENTITIES, entities, add_to_output=True)
            message.set(NAMES, entities)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Tell the classifier where names are. What is annotated counts; the rest is found as in a real message."""
        for message in training_data.nlu_examples:
            annotated = list(message.get(ENTITIES) or ())
            found = [as_entity(name) for name in self.find(message)]
            message.set(NAMES, annotated + [e for e in found if not any(_overlap(e, a) for a in annotated)])
        return training_data


def _often(counts: Counter[str]) -> frozenset[str]:
    return frozenset(word for word, count in counts.items() if count >= ORDINARY_FROM)


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["start"] < other["end"] and other["start"] < one["end"]


def as_entity(name: Found) -> dict[str, Any]:
    """A found name in the shape of a Rasa entity."""
    entity: dict[str, Any] = {
        "entity": name.kind,
        "value": name.value,
        "start": name.start,
        "end": name.end,
        "confidence_entity": round(name.score, 3),
    }
    if name.role:
        entity["role"] = name.role
    if name.alternatives:
        entity["alternatives"] = list(name.alternatives)
    if name.also:
        entity["also"] = list(name.also)
    return entity
