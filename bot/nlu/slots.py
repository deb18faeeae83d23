"""Slots that are learnt from annotated messages, for data whose names are in no site database.

Our own bot does not need it: its names come from the gazetteer. On other people's data (``./run bench nlu``) it takes
the gazetteer's place: a linear-chain model over written words, trained passive-aggressively (Crammer et al. 2006, by
CRFsuite), which is as right as a conditional random field and three times as fast with eighty kinds of slot. It sees
each word as restored and as folded, so that a message without marks is tagged like one with them.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Mapping, NamedTuple, Optional, Sequence

import pycrfsuite
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.learning import LearningComponent, read_json, write_json
from bot.nlu.restore import likeliest_readings
from bot.nlu.tokenizer import words_of
from guide.text import fold

WINDOW = (-2, -1, 0, 1, 2)  # words whose forms a word's tag may depend on
ENDS = (1, 2, 3)  # letters at either end of the word itself
OUTSIDE = "O"
_MODEL, _KINDS = "slots.crfsuite", "slots.json"


class Kind(NamedTuple):
    """What a slot is: its entity, and role and group where they are annotated."""

    entity: str
    role: Optional[str] = None
    group: Optional[str] = None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SlotTagger(LearningComponent, EntityExtractorMixin):
    """Adds entities with the kinds, roles and groups that the training messages are annotated with."""

    learns_always = False

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``rounds``: how many times at most the learner goes through the data."""
        return {"rounds": 30}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self.kinds: list[Kind] = []
        self._model = b""  # the tagger reads it where it lies
        self._tagger: Optional[pycrfsuite.Tagger] = None

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the tagger and keep it. Without annotations there is nothing to fit, and nothing will be found."""
        examples = [m for m in training_data.nlu_examples if words_of(m)]
        self.kinds = sorted({_kind(e) for m in examples for e in m.get(ENTITIES) or ()}, key=repr)
        if not self.kinds:
            return self._resource
        trainer = pycrfsuite.Trainer("pa", {"max_iterations": self._config["rounds"]}, verbose=False)
        for message in examples:
            trainer.append(pycrfsuite.ItemSequence(features(message)), self._tags(message))
        with TemporaryDirectory() as folder:  # CRFsuite writes what it learns to a file
            trainer.train(str(Path(folder) / _MODEL))
            self._model = (Path(folder) / _MODEL).read_bytes()
        return self.keep()

    def write(self, folder: Path) -> None:
        """Write the tagger and its kinds."""
        (folder / _MODEL).write_bytes(self._model)
        write_json(folder / _KINDS, self.kinds)

    def read(self, folder: Path) -> None:
        """Read the tagger and its kinds."""
        self.kinds = [Kind(*kind) for kind in read_json(folder / _KINDS)]
        self._model = (folder / _MODEL).read_bytes()
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the slots of each message to its entities."""
        for message in messages:
            found = self.add_extractor_name(self.find(message))
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
        return messages

    def find(self, message: Message) -> list[dict[str, Any]]:
        """The slots of a tokenized message, as Rasa entities."""
        tokens = message.get(TOKENS_NAMES[TEXT]) or ()
        if not tokens or self._tagger is None:
            return []
        found = []
        for number, first, last in runs(self._tagger.tag(pycrfsuite.ItemSequence(features(message)))):
            start, end = tokens[first].start, tokens[last].end
            named = {key: value for key, value in self.kinds[number]._asdict().items() if value is not None}
            found.append({**named, "value": message.get(TEXT)[start:end], "start": start, "end": end})
        return found

    def _tags(self, message: Message) -> list[str]:
        """The tag of each word: outside, or the first (B) or a later one (I) of a slot of a kind."""
        words = words_of(message)
        tags = [OUTSIDE] * len(words)
        for entity in message.get(ENTITIES) or ():
            covered = [i for i, w in enumerate(words) if w.start < entity["end"] and entity["start"] < w.end]
            number = self.kinds.index(_kind(entity))
            for i in covered:
                tags[i] = f"{'B' if i == covered[0] else 'I'}{number}"
        return tags


def _kind(entity: Mapping[str, Any]) -> Kind:
    return Kind(entity["entity"], entity.get("role"), entity.get("group"))


def runs(tags: Sequence[str]) -> list[tuple[int, int, int]]:
    """``(number of the kind, first word, last word)`` of each slot in a row of tags."""
    found: list[tuple[int, int, int]] = []
    for i, tag in enumerate(tags):
        number = int(tag[1:]) if tag != OUTSIDE else -1
        goes_on = tag[0] == "I" and found and found[-1][0] == number and found[-1][2] == i - 1
        if goes_on:
            found[-1] = (number, found[-1][1], i)
        elif number >= 0:
            found.append((number, i, i))
    return found


def features(message: Message) -> list[list[str]]:
    """What the tag of each word may depend on."""
    read = [reading.lower() for reading in likeliest_readings(message)]
    bare = [fold(word) for word in read]
    own = [_own_features(word, patterns) for word, patterns in zip(bare, _patterns(message), strict=True)]
    rows = []
    for i, alone in enumerate(own):
        row = ["always", *alone]
        for step in WINDOW:
            inside = 0 <= i + step < len(read)
            row += [f"{step}:{read[i + step]}", f"{step}~{bare[i + step]}"] if inside else [f"{step}:</s>"]
        for step in (-1, 0):
            pair = bare[max(0, i + step) : i + step + 2]
            row.append(f"{step}+{' '.join(pair)}")
        rows.append(row)
    return rows


def _own_features(word: str, patterns: Sequence[str]) -> list[str]:
    shape = "".join(key for key, _ in groupby("9" if c.isdigit() else "a" for c in word))
    ends = [f"{name}{n}={part}" for n in ENDS for name, part in (("pre", word[:n]), ("suf", word[-n:]))]
    return [f"shape={shape}", f"length={min(len(word), 5)}", *ends, *(f"pattern={name}" for name in patterns)]


def _patterns(message: Message) -> list[list[str]]:
    """Names of the data's regular expressions and look-up tables that each word is in (Rasa's RegexFeaturizer)."""
    tokens = message.get(TOKENS_NAMES[TEXT]) or ()
    return [[name for name, hit in (token.get("pattern") or {}).items() if hit] for token in tokens]


__all__ = ["Kind", "SlotTagger", "features", "runs"]
