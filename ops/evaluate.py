"""How well messages are understood: the trained model against questions that were never trained on, in disguises.

Each held-out file is ``data/heldout/<topic>.<language>.yml`` in Rasa's own format. What is counted:

- intents: accuracy and macro-F1. A message that fell back is counted as wrong, unless it was out of scope;
- entities: F1 by kind and value, and by kind, value and exact span;
- out of scope: how many such messages were refused, and how many good questions were;
- values: see ops/evaluate_values.py.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

import click

from ops.evaluate_values import add_values

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
WORDS = {"place_kind", "language"}  # words of a question, which are annotated only where an answer depends on them
LOSS_ALLOWED = 0.01  # how far a figure may fall below the baseline
WATCHED = ("intent_accuracy", "intent_macro_f1", "entity_f1", "out_of_scope_recall", "value_accuracy")
WATCHED_TO_STAY_LOW = ("good_questions_refused",)
BASELINE = "baseline.json"  # beside the held-out questions that its figures are of


@dataclass(frozen=True)
class Example:
    """One held-out message with what it means."""

    text: str
    intent: str
    language: str
    entities: tuple[Mapping[str, Any], ...] = ()

    def pieces(self) -> list[str]:
        """The text cut at its entities: text, entity, text, entity …, text."""
        cuts = [cut for e in self.entities for cut in (e["start"], e["end"])]
        return [self.text[a:b] for a, b in zip([0, *cuts], [*cuts, len(self.text)], strict=True)]

    def disguised(self, pieces: Sequence[str]) -> Example:
        """The same message in other pieces, its entities moved with them."""
        starts = [sum(map(len, pieces[:i])) for i in range(len(pieces))]
        moved = tuple(
            {**entity, "start": starts[2 * i + 1], "end": starts[2 * i + 1] + len(pieces[2 * i + 1])}
            for i, entity in enumerate(self.entities)
        )
        return Example("".join(pieces), self.intent, self.language, moved)


@dataclass
class Score:
    """Counts of one language in one disguise, and the figures that follow from them."""

    kinds: frozenset[str]  # kinds of entity that are annotated at all, hence counted
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)  # (true intent, found intent)
    spans: Counter[str] = field(default_factory=Counter)  # right, found, wanted
    values: Counter[str] = field(default_factory=Counter)

    def add(self, example: Example, parsed: Mapping[str, Any]) -> None:
        """Count one message."""
        self.pairs[example.intent, (parsed.get("intent") or {}).get("name") or FALLBACK] += 1
        found = [entity for entity in parsed.get("entities") or () if entity["entity"] in self.kinds]
        _count(self.spans, *({(*_meaning(e), e["start"], e["end"]) for e in es} for es in (found, example.entities)))
        _count(self.values, *({_meaning(e) for e in es} for es in (found, example.entities)))

    def figures(self) -> dict[str, Any]:
        """Everything that is reported, as fractions of 1."""
        total = sum(self.pairs.values())
        outside = sum(n for (true, _), n in self.pairs.items() if true == OUT_OF_SCOPE)
        caught = sum(n for (true, found), n in self.pairs.items() if true == OUT_OF_SCOPE and _refused(found))
        refused = sum(n for (true, found), n in self.pairs.items() if true != OUT_OF_SCOPE and _refused(found))
        return {
            "messages": total,
            "intent_accuracy": _share(sum(n for pair, n in self.pairs.items() if _right(*pair)), total),
            "intent_macro_f1": macro_f1(self.pairs),
            "entity_f1": _f1(self.values),
            "entity_span_f1": _f1(self.spans),
            "out_of_scope_recall": _share(caught, outside),
            "good_questions_refused": _share(refused, total - outside),
        }


def _meaning(entity: Mapping[str, Any]) -> tuple[Any, Any]:
    return entity["entity"], entity.get("value")


def _count(counts: Counter[str], found: set[Any], wanted: set[Any]) -> None:
    counts.update(right=len(found & wanted), found=len(found), wanted=len(wanted))


def _refused(intent: str) -> bool:
    return intent in (OUT_OF_SCOPE, FALLBACK)


def _right(true: str, found: str) -> bool:
    return true == found or (true == OUT_OF_SCOPE and _refused(found))


def _share(part: int, whole: int) -> Optional[float]:
    return round(part / whole, 4) if whole else None


def _f1(counts: Counter[str]) -> Optional[float]:
    return _share(2 * counts["right"], counts["found"] + counts["wanted"])


def macro_f1(pairs: Counter[tuple[str, str]]) -> Optional[float]:
    """The mean of the intents' F1, each intent counting alike."""
    scores = []
    for intent in sorted({true for true, _ in pairs}):
        right = sum(n for (true, found), n in pairs.items() if true == intent and _right(true, found))
        wanted = sum(n for (true, _), n in pairs.items() if true == intent)
        found = right + sum(n for (true, name), n in pairs.items() if name == intent and true != intent)
        scores.append(2 * right / (wanted + found))
    return round(sum(scores) / len(scores), 4) if scores else None


def read_examples(folder: Path) -> list[Example]:
    """Every message of the held-out files. Raises click.ClickException where there are none."""
    from rasa.shared.nlu.training_data.loading import load_data

    examples = []
    for path in sorted(Path(folder).glob("*.*.yml")):
        language = path.name.split(".")[-2]
        for message in load_data(str(path)).intent_examples:
            entities = sorted(message.get("entities") or (), key=lambda entity: entity["start"])
            examples.append(Example(message.get("text"), message.get("intent"), language, tuple(entities)))
    if not examples:
        raise click.ClickException(f"There are no held-out questions in {folder}. They are files such as price.vi.yml.")
    return examples


class Model:
    """A trained model in this process."""

    def __init__(self, path: str) -> None:
        import logging

        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.WARNING)  # else every message is told in full
        self._agent, self._parsed = Agent.load(path), dict[str, dict[str, Any]]()
        if not self._agent.is_ready():
            raise click.ClickException(f"The model {path} cannot be loaded. Train one with: ./run train")

    def parse(self, texts: Iterable[str]) -> list[dict[str, Any]]:
        """What the model makes of each text; the same text, which many disguises leave, is parsed once."""

        async def all_of_them() -> list[dict[str, Any]]:
            for text in texts:
                if text not in self._parsed:
                    self._parsed[text] = await self._agent.parse_message(text)
            return [self._parsed[text] for text in texts]

        texts = list(texts)
        return asyncio.run(all_of_them())


def evaluate(model: Model, heldout: Path, disguises: Optional[Sequence[str]] = None) -> dict[str, Any]:
    """Measure a model on a folder of held-out questions.

    The report: ``results`` (one for each language and disguise) and ``confusions`` (most frequent first).
    """
    from bench.disguise import DISGUISES

    examples = read_examples(heldout)
    kinds = frozenset(entity["entity"] for example in examples for entity in example.entities) - WORDS
    results, confusions = [], []
    for name in disguises or DISGUISES:
        changed = [example.disguised(DISGUISES[name](example.pieces())) for example in examples]
        parsed = model.parse(example.text for example in changed)
        for language in sorted({example.language for example in changed}):
            score = Score(kinds)
            for example, found in zip(changed, parsed, strict=True):
                if example.language == language:
                    score.add(example, found)
            results.append({"language": language, "disguise": name, **score.figures()})
        confusions += _confusions(name, changed, parsed)
    wrong = add_values(results, model.parse, heldout)
    return {"results": results, "confusions": confusions, "values_wrong": wrong}


def _confusions(
    disguise: str, examples: Sequence[Example], parsed: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    texts: dict[tuple[str, str], list[str]] = {}
    for example, found in zip(examples, parsed, strict=True):
        intent = (found.get("intent") or {}).get("name") or FALLBACK
        if not _right(example.intent, intent):
            texts.setdefault((example.intent, intent), []).append(example.text)
    ordered = sorted(texts.items(), key=lambda item: -len(item[1]))
    return [
        {"disguise": disguise, "intent": true, "taken_for": found, "count": len(those), "texts": those}
        for (true, found), those in ordered
    ]


def table(results: Sequence[Mapping[str, Any]]) -> str:
    """The results as text, one line for each language and disguise."""
    heads = {
        "language": "lang",
        "disguise": "disguise",
        "messages": "n",
        "intent_accuracy": "intent",
        "intent_macro_f1": "macro-F1",
        "entity_f1": "entity F1",
        "entity_span_f1": "span F1",
        "out_of_scope_recall": "oos recall",
        "good_questions_refused": "refused",
        "value_accuracy": "values",
        "value_f1": "value F1",
    }
    lines = [[*heads.values()]] + [[_cell(result.get(key)) for key in heads] for result in results]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _cell(value: Any) -> str:
    return "–" if value is None else f"{100 * value:.1f}" if isinstance(value, float) else str(value)


def losses(results: Sequence[Mapping[str, Any]], baseline: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A sentence for every figure that is more than ``LOSS_ALLOWED`` worse than the baseline's."""
    now = {(r["language"], r["disguise"]): r for r in results}
    for old in baseline:
        new = now.get((old["language"], old["disguise"]))
        for key in (*WATCHED, *WATCHED_TO_STAY_LOW):
            if new is None or old.get(key) is None:
                continue
            before, after = old[key], new.get(key) or 0.0
            loss = after - before if key in WATCHED_TO_STAY_LOW else before - after
            if loss > LOSS_ALLOWED:
                yield f"{key} went from {before:.3f} to {after:.3f} ({old['language']}, {old['disguise']})"


def read_baseline(heldout: Path) -> list[dict[str, Any]]:
    """The figures that are kept beside the held-out questions, one a line; none where there are none."""
    path = heldout / BASELINE
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def write_baseline(heldout: Path, results: Sequence[Mapping[str, Any]]) -> None:
    """Keep the figures, and nothing of the questions."""
    lines = ",\n".join(json.dumps(result) for result in results)
    (heldout / BASELINE).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


@click.command("eval")
@click.option("--model", help="A trained model; the newest one when not given.")
@click.option("--heldout", default="data/heldout", show_default=True, help="Folder of held-out questions.")
@click.option("--json", "json_out", help="Write the whole report to this file too.")
@click.option("--disguise", "disguises", multiple=True, help="Only this disguise; may be given several times.")
@click.option("--confusions", default=20, show_default=True, help="How many confusions to list.")
@click.option("--keep", is_flag=True, help=f"Make these figures the baseline ({BASELINE} in the folder).")
def eval_command(
    model: Optional[str],
    heldout: str,
    json_out: Optional[str],
    disguises: tuple[str, ...],
    confusions: int,
    keep: bool,
) -> None:
    """How well questions are understood, on questions that were never trained on.

    Fails when a figure is more than a point below the folder's baseline.
    """
    from rasa.model import get_latest_model

    path = model or get_latest_model("models")
    if not path:
        raise click.ClickException("There is no trained model. Train one with: ./run train")
    report = {"model": Path(path).name, **evaluate(Model(path), Path(heldout), disguises)}
    if json_out:
        Path(json_out).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(table(report["results"]))
    for confusion in report["confusions"][:confusions]:
        line = "{count:3} × {intent} taken for {taken_for} ({disguise}): {texts[0]}"
        click.echo(line.format(**confusion))
    if keep:
        write_baseline(Path(heldout), report["results"])
        return
    fallen = list(losses(report["results"], read_baseline(Path(heldout))))
    if fallen:
        raise click.ClickException("Understanding has become worse: " + "; ".join(fallen))
