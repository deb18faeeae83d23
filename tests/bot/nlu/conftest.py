"""A small trained pipeline, component by component, without a Rasa server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Sequence

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import VisitorIntentClassifier
from bot.nlu.gazetteer import Gazetteer
from bot.nlu.language import LanguageIdentifier
from bot.nlu.normalizer import Normalizer
from bot.nlu.restore import DiacriticsRestorer
from bot.nlu.tokenizer import SyllableTokenizer
from bot.nlu.values import ValueExtractor

Parse = Callable[[str], dict[str, Any]]


class Pipeline:
    """Trains components one after the other as Rasa does, and loads each again from what it stored."""

    def __init__(self, folder: Path, data: TrainingData) -> None:
        self._storage, self._data = LocalModelStorage.create(folder), data
        self.components: list[Any] = []

    def add(self, component: Any, **config: Any) -> Any:
        """Train a component on the data as the ones before left it, and load it."""
        resource = Resource(component.__name__)
        settings = {**component.get_default_config(), **config}
        fresh = component.create(settings, self._storage, resource, None)
        if hasattr(fresh, "train"):
            fresh.train(self._data)
            fresh = component.load(settings, self._storage, resource, None)
        if hasattr(fresh, "process_training_data"):
            self._data = fresh.process_training_data(self._data)
        self.components.append(fresh)
        return fresh

    def message(self, text: str) -> Message:
        """A message that went through every component."""
        messages = [Message({TEXT: text})]
        for component in self.components:
            messages = component.process(messages)
        return messages[0]

    def parse(self, text: str) -> dict[str, Any]:
        """What Rasa would hand on."""
        return self.message(text).as_dict(only_output_properties=True)


def small_data() -> TrainingData:
    """The examples beside this file."""
    here = Path(__file__).parent
    first, second = (load_data(str(here / f"small.{code}.yml")) for code in ("vi", "en"))
    return first.merge(second)


def trained(folder: Path, site_path: Path, components: Sequence[Any], **config: Any) -> Pipeline:
    """A pipeline of these components over a site database; ``config`` goes to the last."""
    pipeline = Pipeline(folder, small_data())
    for component in components:
        known = component.get_default_config()
        settings = {"database": str(site_path)} if "database" in known else {}
        pipeline.add(component, **settings, **(config if component is components[-1] else {}))
    return pipeline


ALL = (
    SyllableTokenizer,
    Normalizer,
    LanguageIdentifier,
    DiacriticsRestorer,
    Gazetteer,
    ValueExtractor,
    VisitorIntentClassifier,
)


@pytest.fixture(scope="session")
def pipeline(site_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """All components, trained on the small data, going by words alone."""
    return trained(tmp_path_factory.mktemp("nlu"), site_path, ALL, embedding=False)


@pytest.fixture(scope="session")
def parse(pipeline: Pipeline) -> Parse:
    """``parse(text)`` gives intent, entities and language."""
    return pipeline.parse
