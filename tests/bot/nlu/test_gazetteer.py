"""Names from the site database, as it is at this moment."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.live import LiveNames
from bot.nlu.phrases import phrase_matcher
from guide.gazetteer.names import Row, build_index
from guide.gazetteer.syllables import folded_words
from guide.sitedb import SiteDb
from tests.bot.nlu.conftest import Parse, Pipeline


def entities(parsed: dict) -> list[tuple[str, str]]:
    """Kind and value of each entity."""
    return [(entity["entity"], entity["value"]) for entity in parsed["entities"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("giá vé chùa Đồng", [("place", "chua-dong")], id="as written"),
        pytest.param("gia ve chua dong", [("place", "chua-dong")], id="folded"),
        pytest.param("chua dong cua chua", [], id="not closed yet"),
        pytest.param("Trần Nhân Tông là ai", [("person", "tran-nhan-tong")], id="a person"),
        pytest.param("nguyên tử", [], id="an atom"),
        pytest.param("how far is Vinh Nghiem Pagoda", [("place", "chua-vinh-nghiem")], id="English"),
    ],
)
def test_names_of_the_database(parse: Parse, text: str, wanted: list[tuple[str, str]]) -> None:
    """Kind and id, ready for an answer."""
    assert entities(parse(text)) == wanted


def test_the_shape_of_an_entity(parse: Parse) -> None:
    """Span, role and alternatives stand in the entity."""
    origin, goal = parse("từ Hà Nội đi Yên Tử")["entities"]
    assert (origin["value"], origin["role"], origin["start"], origin["end"]) == ("ha-noi", "origin", 3, 9)
    assert "role" not in goal
    (tie,) = parse("đền Cao")["entities"]
    assert tie["alternatives"]


def test_a_temple_of_the_tran_is_one_of_several(parse: Parse) -> None:
    """Nothing tells which, so it can be asked back."""
    (name,) = [entity for entity in parse("đền Trần ở đâu")["entities"] if entity["entity"] != "place_kind"]
    meant = {f"{name['entity']}/{name['value']}", *name["alternatives"]}
    assert {"place/den-an-sinh", "place/bach-dang-giang"} <= meant


@pytest.mark.parametrize("text", ["vé cáp treo Yên Tử", "Yen Tu cable car", "cabel car yen tu"])
def test_the_cable_cars_of_yen_tu_are_both_lines(parse: Parse, text: str) -> None:
    """Whoever asks about them is told about both."""
    (found,) = parse(text)["entities"]
    assert (found["entity"], found["value"]) == ("cable_car", "cap-treo-yen-tu-1")
    assert found["also"] == ["cable_car/cap-treo-yen-tu-2"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_message_is_parsed(parse: Parse, text: str) -> None:
    """Through the whole pipeline: nothing raises, offsets point into the visitor's own text."""
    for entity in parse(text)["entities"]:
        assert 0 <= entity["start"] < entity["end"] <= len(text)


@pytest.mark.parametrize("text", ["a" * 10_000, "yên tử " * 1_500, "🙂" * 3_000, "<b>' OR 1=1;--</b>\x00"])
def test_endless_and_odd_messages_take_no_time(parse: Parse, text: str) -> None:
    """A second is plenty."""
    started = time.process_time()
    parse(text)
    assert time.process_time() - started < 1


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def found(names: LiveNames, text: str) -> bool:
    """Whether the text is a name by now."""
    names.refresh()
    return folded_words(text) in names.index.entries


def test_a_name_is_known_as_soon_as_it_is_entered(fresh_site: SiteDb, tmp_path: Path) -> None:
    """No retraining, no restart: the next look at the database finds it."""
    clock = Clock()
    names = LiveNames(str(tmp_path / "site.db"), clock)
    assert not found(names, "chùa Trăng Non")
    with fresh_site.acting("test"):
        fresh_site.add_alias("place/chua-dong", "chùa Trăng Non", "vi")
    clock.now = 0.5
    assert not found(names, "chùa Trăng Non"), "the database is looked at once a second, not at every message"
    clock.now = 1.1
    assert found(names, "chùa Trăng Non")


def test_a_database_that_is_replaced_is_read_again(site_path: Path, tmp_path: Path) -> None:
    """A new file under the old name, as a load or a copy leaves it."""
    clock, path = Clock(), tmp_path / "site.db"
    shutil.copy(site_path, path)
    names = LiveNames(str(path), clock)
    assert not found(names, "chùa Trăng Non")
    shutil.copy(site_path, tmp_path / "other.db")
    other = SiteDb.open(tmp_path / "other.db", writable=True)
    with other.acting("test"):
        other.add_alias("place/chua-dong", "chùa Trăng Non", "vi")
    other.close()
    os.replace(tmp_path / "other.db", path)
    clock.now = 2
    assert found(names, "chùa Trăng Non")


def test_the_last_names_stay_when_the_database_is_gone(site_path: Path, tmp_path: Path) -> None:
    """A conversation goes on, and goes back to the database when it is there again."""
    clock, path = Clock(), tmp_path / "site.db"
    shutil.copy(site_path, path)
    names = LiveNames(str(path), clock)
    assert found(names, "Yên Tử")
    path.rename(tmp_path / "away.db")
    clock.now = 2
    assert found(names, "Yên Tử")
    (tmp_path / "away.db").rename(path)
    clock.now = 4
    assert found(names, "Yên Tử")


def test_without_a_database_there_are_no_names_and_no_error() -> None:
    """Kinds of place are still words."""
    names = LiveNames(False)
    names.refresh()
    assert folded_words("chùa") in names.index.entries


def test_three_thousand_names_are_read_within_a_second() -> None:
    """What a change of the database costs the next message."""
    rows = [Row("place", f"p{i}", f"Chùa Số {i} Làng {i % 97} Đông {i % 13}", True) for i in range(3_000)]
    started = time.process_time()  # what else runs on the machine does not count
    phrase_matcher(build_index(rows).entries)
    assert time.process_time() - started < 1


def test_annotated_names_count_in_training(pipeline: Pipeline) -> None:
    """What the training data says is a name is one, whatever the gazetteer finds there."""
    from bot.nlu.gazetteer import NAMES, Gazetteer

    gazetteer = next(c for c in pipeline.components if isinstance(c, Gazetteer))
    message = pipeline.message("giá vé Yên Tử")
    message.set("entities", [{"entity": "person", "value": "somebody", "start": 7, "end": 13}])
    from rasa.shared.nlu.training_data.training_data import TrainingData

    message.set("intent", "ask_price")
    gazetteer.process_training_data(TrainingData([message]))
    assert [(e["entity"], e["value"]) for e in message.get(NAMES)] == [("person", "somebody")]
