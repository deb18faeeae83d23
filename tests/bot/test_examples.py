"""The training examples and the held-out questions: about real things, and never the same sentence twice."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.training_data.entities_parser import parse_training_example
from rasa.shared.nlu.training_data.message import Message

from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.text import fold

ROOT = Path(__file__).parents[2]
TRAINING = sorted((ROOT / "data" / "nlu").glob("*.yml"))
HELD_OUT = sorted((ROOT / "data" / "heldout").glob("*.yml"))
BLIND = sorted((ROOT / "data" / "heldout" / "blind").glob("*.yml"))
NOT_OF_THE_DATABASE = {"place_kind", "language"}  # entities whose values are words of ours
NEEDS = {  # what visitors ask for, by a count over public questions: the intents, and their share of the topical ones
    "getting there": ("ask_directions", "ask_bus", "ask_distance", "ask_parking"),
    "what to see": ("ask_overview", "ask_nearby", "ask_list"),
    "planning, how long": ("plan_trip", "ask_duration"),
    "where": ("ask_location",),
    "people, history, heritage": ("ask_person", "ask_history", "ask_heritage"),
    "sleeping, eating, souvenirs": ("ask_lodging", "ask_food", "ask_souvenir"),
    "when, weather": ("ask_best_time", "ask_weather", "ask_festival"),
    "preparation, safety": ("ask_climbing", "ask_accessibility", "ask_etiquette", "ask_safety"),
    "cost": ("ask_price",),
    "choosing": ("ask_compare", "ask_route"),
}
SHARES = dict(zip(NEEDS, (0.2, 0.1, 0.09, 0.08, 0.07, 0.07, 0.07, 0.07, 0.07, 0.05), strict=True))
ENOUGH = {"vi": 60, "en": 40}  # examples that a question about a topic needs to be understood


@lru_cache(maxsize=None)
def messages(path: Path) -> list[Message]:
    """The examples of one file. Rasa's own loader checks them against its schema, too slowly to be called here."""
    blocks = [block for block in yaml.safe_load(path.read_text("utf-8"))["nlu"] if "intent" in block]
    lines = [(line[2:], block["intent"]) for block in blocks for line in block["examples"].splitlines()]
    return [
        parse_training_example(text, intent) if "[" in text else Message({"text": text, "intent": intent})
        for text, intent in lines
    ]


def language(path: Path) -> str:
    """``price.vi.yml`` → ``vi``."""
    return path.name.split(".")[-2]


def gist(message: Message) -> str:
    """What two examples share when they differ only in marks, case and punctuation."""
    return " ".join(re.findall(r"\w+", fold(message.get("text"))))


@pytest.fixture(scope="module")
def known(site: SiteDb) -> set[Ref]:
    """Everything of the site database that has a name; provinces are marked by their names."""
    provinces = {Ref("province", name) for province in site.provinces() for name in province.name.values()}
    return provinces | {name.ref for name in site.names()}


@pytest.mark.parametrize("path", [*TRAINING, *HELD_OUT, *BLIND], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_names_are_marked_with_things_of_the_site_database(path: Path, known: set[Ref]) -> None:
    marked = [entity for message in messages(path) for entity in message.get("entities", [])]
    unknown = {Ref(entity["entity"], entity["value"]) for entity in marked} - known
    assert {ref for ref in unknown if ref.kind not in NOT_OF_THE_DATABASE} == set()


def test_no_sentence_is_written_twice_nor_both_trained_on_and_held_out() -> None:
    counts = Counter(gist(message) for path in [*TRAINING, *HELD_OUT, *BLIND] for message in messages(path))
    assert [text for text, times in counts.items() if times > 1] == []


@pytest.mark.parametrize(("code", "enough"), [("vi", 430), ("en", 270)])
def test_the_blind_questions_are_many_and_only_of_known_intents(code: str, enough: int) -> None:
    """Written by somebody who does not work on the understanding; those who do look at no line of it."""
    asked = Counter(m.get("intent") for path in BLIND if language(path) == code for m in messages(path))
    assert sum(asked.values()) >= enough
    assert set(asked) <= {m.get("intent") for path in TRAINING for m in messages(path)}


def test_the_blind_questions_ask_in_the_proportions_of_real_visitors() -> None:
    asked = Counter(m.get("intent") for path in BLIND for m in messages(path))
    topical = sum(times for intent, times in asked.items() if intent.startswith("ask_") or intent == "plan_trip")
    shares = {need: sum(asked[intent] for intent in intents) / topical for need, intents in NEEDS.items()}
    assert shares == {need: pytest.approx(share, abs=0.025) for need, share in SHARES.items()}
    assert asked["out_of_scope"] >= 80


@pytest.mark.parametrize("code", ["vi", "en"])
def test_every_topic_has_enough_examples_in_both_languages(code: str) -> None:
    counts = Counter(m.get("intent") for path in TRAINING if language(path) == code for m in messages(path))
    topics = {m.get("intent") for path in TRAINING for m in messages(path) if m.get("intent").startswith("ask_")}
    assert {topic: counts[topic] for topic in sorted(topics) if counts[topic] < ENOUGH[code]} == {}


def test_every_intent_that_is_trained_is_held_out_too() -> None:
    trained, held_out = (
        {(m.get("intent"), language(path)) for path in paths for m in messages(path)} for paths in (TRAINING, HELD_OUT)
    )
    assert trained == held_out
