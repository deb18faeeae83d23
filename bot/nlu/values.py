"""Values in a message (guide/values): dates, lengths, times of day, people, money, ways to come, which of several."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Callable

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language import language_of
from bot.nlu.tokenizer import CORRECTED
from guide.calendar.hours import TIME_ZONE
from guide.text import nfc
from guide.values import Found, find_in, find_values, kind_of, to_json, vocabulary
from guide.values.reading import Form, Reading, read_words

_RAW_STROKE = re.compile("d[d9]$")  # Telex and VNI for a d with a stroke, as in "2n1dd"
WORDS = frozenset({"place_kind", "language"})  # entities that are words of a question: a value may hold them


def site_now() -> datetime:
    """The clock at the site."""
    return datetime.now(TIME_ZONE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ValueExtractor(GraphComponent, EntityExtractorMixin):
    """Adds entities ``{"entity": kind, "value": guide.values.to_json(…), "start", "end", "role"?}``.

    Stands after what finds names: a value never lies in one. Each word is read as the normaliser understood it.
    """

    clock: Callable[[], datetime] = staticmethod(site_now)  # tests and evaluations put another in its place

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ValueExtractor:
        """Nothing to set, nothing to learn; the patterns are compiled here and not at the first message."""
        find_values("", "vi", site_now())
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the values of each message to its entities."""
        for message in messages:
            found = find_in(reading_of(message), language_of(message), self.clock())
            entities = self.add_extractor_name([as_entity(one) for one in found])
            message.set(ENTITIES, (message.get(ENTITIES) or []) + entities, add_to_output=True)
        return messages


def reading_of(message: Message) -> Reading:
    """A message as the normaliser read it, its names hidden."""
    names = [(e["start"], e["end"]) for e in message.get(ENTITIES) or () if e["entity"] not in WORDS]
    forms, before = [], ""
    for token in message.get(TOKENS_NAMES[TEXT]) or ():
        after_number = before[-1:].isdecimal()  # "500 k" is no "500 không"
        forms.append(Form(_form(token, after_number), token.start, token.end))
        before = token.text
    return read_words(message.get(TEXT) or "", forms, names)


def _form(token: Any, after_number: bool) -> str:
    """A word as it is read: what begins with a digit as it stands (``1.000k``), a word that values know as it was
    normalised, any other as what it is probably a slip for.
    """
    typed = nfc(token.text).lower()
    if typed[0].isdecimal():
        return _RAW_STROKE.sub("\u0111", typed)
    if after_number and len(typed) <= 2:
        return typed
    if vocabulary.knows(token.lemma):
        return str(token.lemma)
    return vocabulary.slip_for(token.lemma) or token.get(CORRECTED) or str(token.lemma)


def as_entity(found: Found) -> dict[str, Any]:
    """A value in the shape of a Rasa entity."""
    entity: dict[str, Any] = {
        "entity": kind_of(found.value),
        "value": to_json(found.value),
        "start": found.start,
        "end": found.end,
    }
    return {**entity, "role": found.role} if found.role else entity
