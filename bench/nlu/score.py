"""How right a pipeline is: the share of right intents, and F1 of the slots."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Optional, Sequence

import click

from ops.evaluate import FALLBACK, Example

Parsed = Mapping[str, Any]


def read_test(path: Path) -> list[Example]:
    """The annotated messages of a file or folder. Raises click.ClickException where there are none."""
    from rasa.shared.nlu.training_data.loading import load_data

    examples = []
    for message in load_data(str(path)).nlu_examples:
        entities = sorted(message.get("entities") or (), key=lambda entity: entity["start"])
        if message.get("text"):
            examples.append(Example(message.get("text"), message.get("intent"), "", tuple(_apart(entities))))
    if not examples:
        raise click.ClickException(f"There are no messages in Rasa's NLU format in {path}")
    return examples


def _apart(entities: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The entities without those that begin inside the one before."""
    found: list[Mapping[str, Any]] = []
    for entity in entities:
        if not found or entity["start"] >= found[-1]["end"]:
            found.append(entity)
    return found


def intent_of(parsed: Parsed) -> Optional[str]:
    """The likeliest intent. "Not sure" is none of the data's: as in ``rasa test``, the likeliest real one counts."""
    ranking = [parsed.get("intent") or {}, *(parsed.get("intent_ranking") or ())]
    return next((entry["name"] for entry in ranking if entry.get("name") not in (None, FALLBACK)), None)


def intent_accuracy(examples: Sequence[Example], parsed: Sequence[Parsed]) -> Optional[float]:
    """The share of messages whose intent is right, of those that have one."""
    pairs = [(e.intent, intent_of(found)) for e, found in zip(examples, parsed, strict=True) if e.intent]
    return round(sum(true == found for true, found in pairs) / len(pairs), 4) if pairs else None


def slots(entities: Sequence[Mapping[str, Any]]) -> set[tuple[Any, ...]]:
    """What makes a slot: its kind, role and group, and exactly where it stands."""
    return {(e["entity"], e.get("role"), e.get("group"), e["start"], e["end"]) for e in entities}


def slot_f1(examples: Sequence[Example], parsed: Sequence[Parsed]) -> Optional[float]:
    """Micro-averaged F1 of exact slots, as conlleval counts; None where the test has none."""
    right = found = wanted = 0
    for example, parse in zip(examples, parsed, strict=True):
        got, true = slots(parse.get("entities") or ()), slots(example.entities)
        right, found, wanted = right + len(got & true), found + len(got), wanted + len(true)
    return round(2 * right / (found + wanted), 4) if wanted else None
