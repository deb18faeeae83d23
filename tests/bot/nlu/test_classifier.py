"""What a visitor wants."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data.training_data import TrainingData

import bot.nlu.classifier
from bot.nlu.classifier import VisitorIntentClassifier, masked_text, sample, sentence
from bot.nlu.embedding import encoder
from bot.nlu.intent_model import IntentModel
from bot.nlu.vectors import read, vectors_of, write_small
from tests.bot.nlu.conftest import ALL, Parse, Pipeline, trained

TEXTS = 2 * ["giá vé bao nhiêu", "vé mấy tiền", "mấy giờ mở cửa", "giờ đóng cửa", "đường đi thế nào", "đi bằng gì"]
INTENTS = 2 * ["price", "price", "hours", "hours", "way", "way"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("giá vé Côn Sơn bao nhiêu", "ask_price", id="typed"),
        pytest.param("gia ve con son bao nhieu", "ask_price", id="folded"),
        pytest.param("MẤY GIỜ ĐÓNG CỬA", "ask_hours", id="capitals"),
        pytest.param("how much is the ticket", "ask_price", id="English"),
        pytest.param("từ Hải Phòng đi Kiếp Bạc bao xa", "ask_distance", id="other places than in training"),
        pytest.param("xin chào", "greet", id="talk"),
    ],
)
def test_intents(parse: Parse, text: str, intent: str) -> None:
    """The same want, in any dress."""
    assert parse(text)["intent"]["name"] == intent


def test_confidences_are_probabilities(parse: Parse) -> None:
    """The ranking is ordered, begins with the intent, and sums to one where all intents are listed."""
    parsed = parse("giá vé bao nhiêu")
    confidences = [found["confidence"] for found in parsed["intent_ranking"]]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1, abs=1e-3)
    assert parsed["intent"] == parsed["intent_ranking"][0]


@pytest.mark.parametrize("text", ["", "🙂", "?!", "\x00"])
def test_a_message_without_words_wants_nothing_known(parse: Parse, text: str) -> None:
    """No intent, confidence 0: the fallback takes it."""
    assert parse(text)["intent"] == {"name": None, "confidence": 0.0}


def test_names_give_way_to_signs(pipeline: Pipeline) -> None:
    """The classifier never sees which place is meant, only that one is."""
    one, other = (pipeline.message(f"giá vé {name} bao nhiêu") for name in ("Yên Tử", "chua vinh nghiem"))
    assert masked_text(one) == masked_text(other)
    assert sentence(one) == sentence(other)


class Letters:
    """A stand-in for a sentence encoder: counts of letters."""

    def encode(self, texts: list[str]) -> np.ndarray:
        counts = np.array([[text.count(chr(c)) + 0.1 for c in range(97, 123)] for text in texts], dtype=np.float32)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def test_meaning_is_weighed_in_where_there_is_an_encoder(
    site_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a model that was trained with one answers without it."""
    monkeypatch.setattr(bot.nlu.classifier, "encoder", Letters)
    pipeline = trained(tmp_path, site_path, ALL, embedding=True, clear=1.1)
    assert pipeline.parse("giá vé bao nhiêu")["intent"]["name"] == "ask_price"
    monkeypatch.setattr(bot.nlu.classifier, "encoder", lambda: None)
    assert pipeline.parse("giá vé bao nhiêu")["intent"]["name"] == "ask_price"


def test_a_stored_model_predicts_alike(tmp_path: Path) -> None:
    """Saved and loaded without pickled code."""
    model = IntentModel.fit(TEXTS, INTENTS, dict(enumerate(Letters().encode(TEXTS))))
    model.save(tmp_path)
    again = IntentModel.load(tmp_path)
    for vectors in (None, Letters().encode(TEXTS)):
        assert np.allclose(again.probabilities(TEXTS, vectors), model.probabilities(TEXTS, vectors), atol=1e-5)
    assert not [path for path in tmp_path.iterdir() if path.suffix in (".pkl", ".joblib")]


def test_two_intents_are_enough() -> None:
    """The smallest model that can be."""
    two = [i for i, intent in enumerate(INTENTS) if intent != "way"]
    texts, intents = [TEXTS[i] for i in two], [INTENTS[i] for i in two]
    model = IntentModel.fit(texts, intents)
    assert [model.intents[i] for i in model.probabilities(texts).argmax(axis=1)] == intents


def test_a_sample_takes_from_every_group() -> None:
    """Small groups in full, large ones alike, and no more than asked for."""
    chosen = sample(["a"] * 50 + ["b"] * 2 + ["c"] * 50, 22)
    assert len(chosen) == 22
    assert {50, 51} <= set(chosen)
    assert sum(i < 50 for i in chosen) == sum(i > 51 for i in chosen) == 10


def test_one_intent_is_nothing_to_learn(pipeline: Pipeline) -> None:
    """No model, and no error, neither in training nor after."""
    message = pipeline.message("giá vé")
    message.set("intent", "ask_price")
    component = VisitorIntentClassifier(VisitorIntentClassifier.get_default_config(), None, None)
    component.train(TrainingData([message]))
    assert component.process([message])[0].get("intent") == {"name": None, "confidence": 0.0}


def test_the_encoder_puts_like_with_like() -> None:
    """A question in three languages is nearer to itself than to another question."""
    price, prix, hours = encoder().encode(["giá vé bao nhiêu", "how much is the ticket", "mấy giờ đóng cửa"])
    assert price @ prix > price @ hours


class Counting(Letters):
    """Remembers how many texts it was asked to encode."""

    asked = 0

    def encode(self, texts: list[str]) -> np.ndarray:
        self.asked += len(texts)
        return super().encode(texts)


def everything(new: list[int]) -> range:
    return range(len(new))


def test_vectors_are_kept_from_one_training_to_the_next(tmp_path: Path) -> None:
    """Only new texts are encoded; a broken file is as none."""
    inner, path = Counting(), tmp_path / "vectors.npz"
    first = vectors_of(["a b", "c"], inner, [path], everything)
    again = vectors_of(["c", "d", "a b"], inner, [path], everything)
    assert inner.asked == 3
    assert np.allclose([again[2], again[0]], [first[0], first[1]], atol=1e-3)
    path.write_bytes(b"no archive")
    assert np.allclose(list(vectors_of(["a b", "c"], inner, [path], everything).values()), list(first.values()))


def test_of_new_texts_a_sample_is_encoded_and_what_is_shipped_is_used(tmp_path: Path) -> None:
    """The shipped file is small, close to the truth, and never written."""
    texts = [chr(97 + i % 26) * (1 + i // 26) + chr(97 + i * 7 % 26) for i in range(300)]
    full, small, mine = tmp_path / "full.npz", tmp_path / "small.npz", tmp_path / "mine.npz"
    true = vectors_of(texts, Letters(), [full], everything)
    write_small(small, read(full))
    before = small.read_bytes()
    found = vectors_of([*texts, "qqqq", "zzzz"], Letters(), [mine, small], lambda new: [1])
    assert small.read_bytes() == before and small.stat().st_size < full.stat().st_size
    assert set(found) == {*range(300), 301}
    assert min(true[i] @ found[i] for i in range(300)) > 0.99


def test_a_single_example_of_each_intent_is_enough_to_answer() -> None:
    """Nothing can be held back to weigh the heads by, and nothing fails."""
    texts, intents = ["giá vé", "mấy giờ", "đường đi"], ["price", "hours", "way"]
    vectors = Letters().encode(texts)
    model = IntentModel.fit(texts, intents, dict(enumerate(vectors)))
    assert [model.intents[i] for i in model.probabilities(texts, vectors).argmax(axis=1)] == intents
