"""What all components that learn share: made empty, trained, kept in a folder of Rasa's, loaded again."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from bot.nlu.code import code_fingerprint


class LearningComponent(GraphComponent, ABC):
    """A component that knows nothing when it is made; ``train`` of its own ends with ``keep()``.

    ``learns_always`` is False where training may find nothing to learn: the component then stays as it was made.
    """

    learns_always = True

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, storage, resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LearningComponent:
        """A component that knows nothing yet."""
        component = cls(config, model_storage, resource)
        component.begin()
        return component

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LearningComponent:
        """The component as it was trained."""
        component = cls(config, model_storage, resource)
        try:
            with model_storage.read_from(resource) as folder:
                component.read(Path(folder))
        except ValueError:  # Rasa's way to say that nothing was stored
            if cls.learns_always:
                raise
            return cls(config, model_storage, resource)
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> Optional[str]:
        """Train again when the code of the understanding changes."""
        return code_fingerprint()

    def begin(self) -> None:
        """What a new component needs before it is trained."""

    @abstractmethod
    def write(self, folder: Path) -> None:
        """Write what was learnt."""

    @abstractmethod
    def read(self, folder: Path) -> None:
        """Read what ``write`` wrote."""

    def keep(self) -> Resource:
        """Keep what was learnt in the model."""
        with self._storage.write_to(self._resource) as folder:
            self.write(Path(folder))
        return self._resource


def write_json(path: Path, value: Any) -> None:
    """Write a value of a component's."""
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def read_json(path: Path) -> Any:
    """Read it back."""
    return json.loads(path.read_text(encoding="utf-8"))
