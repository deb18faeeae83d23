"""What the visitor wants: the intent of a message, with confidences that mean what they say."""

from __future__ import annotations

import logging
from itertools import zip_longest
from pathlib import Path
from typing import Any, Hashable, Optional, Sequence

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers import LABEL_RANKING_LENGTH
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.embedding import Encoder, encoder
from bot.nlu.gazetteer import NAMES
from bot.nlu.intent_model import IntentModel
from bot.nlu.language import language_of
from bot.nlu.learning import LearningComponent
from bot.nlu.masking import masked_words, spoken_text
from bot.nlu.parts import PARTS, parts_of
from bot.nlu.restore import likeliest_readings
from bot.nlu.tokenizer import words_of
from bot.nlu.vectors import vectors_of

logger = logging.getLogger(__name__)

OUT_OF_SCOPE, SWITCH_LANGUAGE = "out_of_scope", "switch_language"
LEARNT = ("vi", "en")  # languages of the training messages
DOUBTED = 0.1  # how much of its probability a request for another language keeps in a message in that language
SHARPER = 1.5  # power of the probabilities in a language that was not learnt, which are less sure than they are right
OURS = 0.01  # the same of being none of our business, where the message names something of ours


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VisitorIntentClassifier(LearningComponent, IntentClassifier):
    """Sets ``intent`` and ``intent_ranking`` (ten intents, confidences of all intents sum to 1), and ``parts`` where a
    message asks several things (bot/nlu/parts.py).

    A message without words gets no intent and confidence 0.
    """

    learns_always = False

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``embedding``: use sentence vectors where an encoder is at hand; ``clear``: confidence by words alone from
        which the encoder is not asked; ``sentences``: how many training messages it encodes at most, besides those
        whose vectors are in one of the files ``kept_vectors`` (the first is written by training). ``outside``: how many
        times likelier than it looks ``out_of_scope`` is taken to be, since answering what is not ours is the worse
        mistake.
        """
        return {"embedding": True, "clear": 0.9, "sentences": 2500, "kept_vectors": [], "outside": 5.0}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self.model: Optional[IntentModel] = None

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model and keep it. With fewer than two intents there is nothing to tell apart and no model."""
        examples = [m for m in training_data.intent_examples if words_of(m)]
        if len({m.get(INTENT) for m in examples}) < 2:
            logger.warning("Fewer than two intents in the training data: no intent will be predicted")
            return self._resource
        texts = [masked_text(m) for m in examples]
        intents = [m.get(INTENT) for m in examples]
        self.model = IntentModel.fit(texts, intents, self._known_vectors(examples))
        return self.keep()

    def write(self, folder: Path) -> None:
        """Write the model."""
        self.model.save(folder)  # type: ignore[union-attr]

    def read(self, folder: Path) -> None:
        """Read the model."""
        self.model = IntentModel.load(folder)

    def _encoder(self) -> Optional[Encoder]:
        return encoder() if self._config["embedding"] else None

    def _vectors(self, messages: list[Message]) -> Optional[np.ndarray]:
        found = self._encoder()
        return None if found is None else found.encode([sentence(m) for m in messages])

    def _known_vectors(self, examples: list[Message]) -> dict[int, np.ndarray]:
        """Vectors of the examples, by position: all that are kept, and a sample of the others, since encoding all
        would take longer than everything else."""
        found = self._encoder()
        if found is None:
            return {}
        groups = [(m.get(INTENT), language_of(m)) for m in examples]
        return vectors_of(
            [sentence(m) for m in examples],
            found,
            [Path(file) for file in self._config["kept_vectors"]],
            lambda new: sample([groups[i] for i in new], self._config["sentences"]),
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Say what each message wants."""
        for message in messages:
            ranking = self.ranking(message)
            message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(PARTS, parts_of(message, ranking, self.ranking), add_to_output=True)
        return messages

    def ranking(self, message: Message) -> list[dict[str, Any]]:
        """The intents of a message that went through the components before, the likeliest first."""
        if self.model is None or not words_of(message):
            return []
        chances = self._foreign_chances(message)
        if chances is None:
            chances = self._chances(message)
        best = np.argsort(-chances)[:LABEL_RANKING_LENGTH]
        return [{"name": self.model.intents[i], "confidence": float(chances[i])} for i in best]

    def _chances(self, message: Message) -> np.ndarray:
        """Probabilities by the words, and by the meaning too where the words leave a doubt."""
        text = masked_text(message)
        (chances,) = self.model.probabilities([text])
        if chances.max() < self._config["clear"] and self.model.meaning is not None:
            (chances,) = self.model.probabilities([text], self._vectors([message]))
        if OUT_OF_SCOPE in self.model.intents:
            chances[self.model.intents.index(OUT_OF_SCOPE)] *= self._config["outside"]
        return chances / chances.sum()

    def _foreign_chances(self, message: Message) -> Optional[np.ndarray]:
        """Probabilities by the meaning alone for a language whose words were not learnt; None for those that were.

        That a message is in another language makes it alike to requests to speak one, and to what nobody here asks;
        whoever names one of our places need mean neither.
        """
        if language_of(message) in LEARNT or self.model is None:
            return None
        encoder_ = self._encoder()
        found = None if encoder_ is None else self.model.by_meaning(encoder_.encode([message.get(TEXT)]))
        if found is None:
            return None
        (chances,) = found
        if SWITCH_LANGUAGE in self.model.intents:
            chances[self.model.intents.index(SWITCH_LANGUAGE)] *= DOUBTED
        if message.get(NAMES) and OUT_OF_SCOPE in self.model.intents:
            chances[self.model.intents.index(OUT_OF_SCOPE)] *= OURS
        chances = chances**SHARPER
        return chances / chances.sum()


def masked_text(message: Message) -> str:
    """The message's words with names replaced by signs of their kinds."""
    return " ".join(masked_words(words_of(message, corrected=True), message.get(NAMES) or ()))


def sentence(message: Message) -> str:
    """The message as the sentence encoder reads it."""
    names = message.get(NAMES) or ()
    text, words = message.get(TEXT) or "", words_of(message)
    return spoken_text(text, words, likeliest_readings(message), names, language_of(message))


def sample(groups: Sequence[Hashable], size: int) -> list[int]:
    """Positions of at most ``size`` members, taken from all groups in turn, so that small ones are there in full."""
    waiting: dict[Hashable, list[int]] = {}
    for position, group in enumerate(groups):
        waiting.setdefault(group, []).append(position)
    turns = zip_longest(*(_spread(members) for members in waiting.values()))
    return sorted([position for turn in turns for position in turn if position is not None][:size])


def _spread(members: list[int]) -> list[int]:
    """The same members in an order whose beginning is spread evenly over all of them (golden ratio sequence)."""
    return sorted(members, key=lambda member: member * 0.6180339887498949 % 1)
