"""The comparison on other people's data: it is scored as it should be, and a pipeline that breaks does not stop it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.command import bench
from bench.nlu.command import _why, measure, table
from bench.nlu.score import intent_accuracy, read_test, slot_f1
from ops.evaluate import Example

TRAIN = """
version: "3.1"
nlu:
- intent: fly
  examples: |
    - tôi muốn bay từ [Hà Nội]{"entity": "city", "role": "from"} đến [Huế]{"entity": "city", "role": "to"}
    - bay từ [Đà Nẵng]{"entity": "city", "role": "from"} đi [Hà Nội]{"entity": "city", "role": "to"}
    - cho tôi vé từ [Huế]{"entity": "city", "role": "from"} đến [Đà Nẵng]{"entity": "city", "role": "to"}
    - có chuyến nào từ [Hà Nội]{"entity": "city", "role": "from"} đi [Đà Nẵng]{"entity": "city", "role": "to"}
- intent: thanks
  examples: |
    - cảm ơn
    - cảm ơn bạn nhiều
    - thank you
    - many thanks
- lookup: city
  examples: |
    - Hà Nội
    - Huế
"""
TEST = """
version: "3.1"
nlu:
- intent: fly
  examples: |
    - tôi muốn bay từ [Huế]{"entity": "city", "role": "from"} đến [Hà Nội]{"entity": "city", "role": "to"}
- intent: thanks
  examples: |
    - cảm ơn nhiều
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("train.yml", TRAIN), ("test.yml", TEST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "train.yml", tmp_path / "test.yml"


CITY = {"entity": "city", "role": "from", "start": 3, "end": 6, "value": "Huế"}


@pytest.mark.parametrize(
    "found, right",
    [
        pytest.param([CITY], 1.0, id="the same"),
        pytest.param([{**CITY, "value": "hue", "extractor": "SlotTagger"}], 1.0, id="the value does not count"),
        pytest.param([{**CITY, "role": "to"}], 0.0, id="another role"),
        pytest.param([{**CITY, "end": 5}], 0.0, id="another end"),
        pytest.param([CITY, {**CITY, "start": 0, "end": 2}], 0.6667, id="one too many"),
        pytest.param([], 0.0, id="none"),
    ],
)
def test_a_slot_is_right_when_kind_role_and_place_are(found: list[dict[str, object]], right: float) -> None:
    assert slot_f1([Example("từ Huế", "fly", "vi", (CITY,))], [{"entities": found}]) == right


def test_not_being_sure_is_no_intent_of_the_data() -> None:
    unsure = {"intent": {"name": "nlu_fallback"}, "intent_ranking": [{"name": "nlu_fallback"}, {"name": "fly"}]}
    assert intent_accuracy([Example("bay", "fly", "vi")], [unsure]) == 1.0


def test_nothing_to_score_is_no_score() -> None:
    assert slot_f1([Example("bay", "fly", "vi")], [{"entities": []}]) is None
    assert intent_accuracy([Example("bay", "", "vi")], [{"intent": {"name": "fly"}}]) is None


@pytest.mark.timeout(400)  # it trains and loads for real
def test_our_pipeline_learns_foreign_data_with_slots_and_survives_lost_marks(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    train, test = files
    out = tmp_path / "figures.json"
    arguments = ["nlu", "--train", str(train), "--test", str(test), "--only", "truc", "--json", str(out)]
    done = CliRunner().invoke(bench, arguments)
    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text("utf-8"))["truc"]
    assert figures["typed"] == {"intent_accuracy": 1.0, "slot_f1": 1.0}
    assert figures["folded"] == {"intent_accuracy": 1.0, "slot_f1": 1.0}
    assert figures["train_seconds"] > 0 and figures["p50_ms"] > 0 and figures["rss_mb"] > 0
    assert "intent accuracy, folded, %" in done.output


@pytest.mark.timeout(400)
def test_a_pipeline_that_breaks_is_told_in_one_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "train.yml").write_text("nlu:\n- intent: [", encoding="utf-8")
    figures = measure("truc", files[0], read_test(files[1]), minutes=5)
    assert figures["failed"].startswith("train failed: ")
    assert figures["failed"] in table({"truc": figures, "stock": {"p50_ms": 1.0}})


def test_a_pipeline_that_takes_too_long_is_ended(files: tuple[Path, Path], tmp_path: Path) -> None:
    figures = measure("stock", files[0], read_test(files[1]), minutes=0.001)
    assert figures["failed"] == "train was ended after 0.001 minutes"


def test_a_process_that_the_system_ended_is_told_so(tmp_path: Path) -> None:
    assert _why(-9, tmp_path / "train.log") == "ended by SIGKILL, as a system does that is out of memory"
