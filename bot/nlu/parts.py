"""Several questions in one message: "Yên Tử mở cửa mấy giờ và giá vé bao nhiêu", "chào bạn, cho hỏi giá vé chùa Đồng".

A message is cut at sentence ends, commas and conjunctions; each piece is classified as if it were the message. It
counts as several questions only where the pieces surely ask different things; a piece that asks nothing by itself
belongs to its neighbour. Names side by side ("Yên Tử và Côn Sơn") are never cut apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

import yaml
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from guide.dialogue.bare import is_bare
from guide.dialogue.context import Mention, Understood
from guide.dialogue.intents import topic_of
from guide.dialogue.phrases import spans_of

PARTS = "parts"
SURE = 0.94  # confidence from which on a piece is a question of its own; statements beside one rarely reach it
SURE_WHOLE = 0.85  # confidence from which on the whole message is one question, where no piece asks the same
FEWEST_WORDS = 4  # of a message that is worth cutting
MOST_PIECES = 6
_MARKS = re.compile(r"[.?!;\n…]+|,(?!\d)")

Ranking = Sequence[Mapping[str, Any]]
Classify = Callable[[Message], Ranking]


@dataclass(frozen=True)
class Piece:
    """Characters ``start:end`` of a message and what they seem to ask."""

    start: int
    end: int
    intent: str
    confidence: float


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Sequence[str]]:
    return yaml.safe_load((Path(__file__).parent / "parts.yaml").read_text(encoding="utf-8"))


def parts_of(message: Message, whole: Ranking, classify: Classify) -> list[dict[str, Any]]:
    """The questions of a message that holds several, in order: ``{"start", "end", "intent", "confidence"}``, else none.

    ``whole``: the ranking of the message itself. ``classify`` ranks the intents of a message.
    """
    spans = _spans(message)
    if len(spans) < 2 or not whole or whole[0]["name"] in _words()["whole"]:
        return []
    pieces = [_piece(message, span, classify) for span in spans]
    joined = _joined(message, pieces, classify)
    if not _are_several(joined, whole[0]):
        return []
    return [vars(piece) for piece in joined]


def _spans(message: Message) -> list[tuple[int, int]]:
    """The pieces between the cuts, without empty ones; a single one where the message is not worth cutting."""
    text = message.get(TEXT) or ""
    if len(message.get(TOKENS_NAMES[TEXT]) or ()) < FEWEST_WORDS:
        return [(0, len(text))]
    marks = [match.end() for match in _MARKS.finditer(text)]
    cuts = {*marks, *(start for start, _ in spans_of(text, _words()["conjunctions"]))}
    allowed = [at for at in sorted(cuts) if 0 < at < len(text) and not _parts_names(message, at)]
    bounds = [0, *allowed, len(text)]
    spans = [(a, b) for a, b in zip(bounds, bounds[1:], strict=False) if re.search(r"\w", text[a:b])]
    return spans if len(spans) <= MOST_PIECES else [(0, len(text))]


def _parts_names(message: Message, at: int) -> bool:
    """Whether a cut would part a name, or two names that stand side by side with no more than a conjunction between."""
    named = [(e["start"], e["end"]) for e in message.get(ENTITIES) or ()]
    if any(start < at < end for start, end in named):
        return True
    text = message.get(TEXT) or ""
    before = max((end for _, end in named if end <= at), default=None)
    after = min((start for start, _ in named if start >= at), default=None)
    if before is None or after is None:
        return False
    between = re.sub(r"[\s,;]", " ", text[before:after])
    rest = sorted(spans_of(between, _words()["conjunctions"]))
    return len(re.findall(r"\w+", between)) == sum(len(re.findall(r"\w+", between[a:b])) for a, b in rest)


def _piece(message: Message, span: tuple[int, int], classify: Classify) -> Piece:
    """A piece and its intent; names and particles alone ask nothing."""
    part = piece_of(message, *span)
    entities = part.get(ENTITIES) or ()
    mentions = tuple(Mention(e["entity"], str(e["value"]), e["start"], e["end"], e.get("role")) for e in entities)
    starts = bool(mentions) and all(m.role == "origin" for m in mentions)  # "Mình ở Hạ Long. Đi Yên Tử thế nào?"
    if (starts and re.search(r"\w", (message.get(TEXT) or "")[span[1] :])) or is_bare(
        Understood(part.get(TEXT), None, mentions)
    ):
        return Piece(*span, "", 0.0)
    ranking = classify(part)
    return Piece(*span, ranking[0]["name"], ranking[0]["confidence"]) if ranking else Piece(*span, "", 0.0)


def piece_of(message: Message, start: int, end: int) -> Message:
    """The characters ``start:end`` as a message; the others become blanks, so that every offset stays as it is."""
    text = message.get(TEXT) or ""
    data = {**message.data, TEXT: " " * start + text[start:end] + " " * (len(text) - end)}
    for key in (ENTITIES, "names"):
        data[key] = [e for e in message.get(key) or () if start <= e["start"] and e["end"] <= end]
    tokens = message.get(TOKENS_NAMES[TEXT]) or ()
    data[TOKENS_NAMES[TEXT]] = [token for token in tokens if start <= token.start and token.end <= end]
    return Message(data)


def _asks(piece: Piece) -> bool:
    return piece.confidence >= SURE and topic_of(piece.intent) is not None


def _stands(piece: Piece) -> bool:
    return _asks(piece) or (piece.confidence >= SURE and piece.intent in _words()["polite"])


def _joined(message: Message, pieces: Sequence[Piece], classify: Classify) -> list[Piece]:
    """The pieces with those that ask nothing joined to the one before, else to the next, and like ones put together."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before and (not _stands(before) or not _stands(piece) or before.intent == piece.intent):
            found[-1] = _together(message, before, piece, classify)
        else:
            found.append(piece)
    return found


def _together(message: Message, one: Piece, other: Piece, classify: Classify) -> Piece:
    if _stands(one) and one.intent == other.intent:
        return Piece(one.start, other.end, one.intent, max(one.confidence, other.confidence))
    return _piece(message, (one.start, other.end), classify)


def _are_several(pieces: Sequence[Piece], whole: Mapping[str, Any]) -> bool:
    """Whether the pieces are different questions, or a question with polite words, and the whole is not one itself."""
    asking = {piece.intent for piece in pieces if _asks(piece)}
    if len(pieces) < 2 or not asking or not all(map(_stands, pieces)):
        return False
    return whole["name"] in {piece.intent for piece in pieces} or whole["confidence"] < SURE_WHOLE
