"""Tokens of a message: written words, with offsets in the visitor's own text. No input makes it fail."""

from __future__ import annotations

from typing import Any, Sequence

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from guide.gazetteer.syllables import Word, split_words
from guide.text import fold

CORRECTED = "corrected"  # key in a token's data: the known word that this one is probably a slip for
MAX_WORDS = 400  # a question is shorter; what follows in a pasted text is not looked at


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SyllableTokenizer(Tokenizer):
    """Splits into written words. A token's text is the visitor's spelling, its lemma NFC in lower case."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Keys that Rasa's own tokenizers have too, for splitting intent names."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one attribute of a message."""
        return tokens_of(message.get(attribute) or "")


def tokens_of(text: str) -> list[Token]:
    """The first ``MAX_WORDS`` words of a text as Rasa tokens."""
    return [Token(text[w.start : w.end], w.start, w.end, lemma=w.typed) for w in split_words(text)[:MAX_WORDS]]


def words_of(message: Message, corrected: bool = False) -> list[Word]:
    """A message's tokens as words, in the form that the normaliser gave them; ``corrected``: with its guesses at what
    misspelt words should be, which names must not be looked up by.
    """
    tokens: Sequence[Token] = message.get(TOKENS_NAMES[TEXT]) or ()
    forms = [(t.get(CORRECTED) if corrected else None) or t.lemma for t in tokens]
    return [Word(form, fold(form), t.start, t.end, t.text[:1].isupper()) for t, form in zip(tokens, forms, strict=True)]
