"""Rasa's own command line with four faults of it mended: ``python -m ops.rasa train …``, ``python -m ops.rasa run …``.

1. Rasa calls ``jsonschema.validate`` for every name that is marked in the training data and for every answer of the
action server. That function first checks the schema itself, against the schema of schemas, which takes 20 ms: half of
the time of a training and of an answer. A schema that was right once stays right, so here each one is checked once.

2. For every event that it reads, Rasa looks through all classes of events there are. Here it remembers the class.

3. When the model cannot be loaded, Rasa logs it, serves all the same and ignores every message. Here it ends.

4. Messages go through ``bot.engine.processor``, which does once what Rasa does for each; and an action's answer
is compared with the schema of all events only where it does not look like one (``well_formed``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

import jsonschema
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for


@lru_cache(maxsize=64)
def _validator(schema: str) -> Any:
    """A validator for this schema (as JSON). Raises jsonschema.SchemaError when the schema itself is wrong."""
    parsed = json.loads(schema)
    kind = validator_for(parsed)
    kind.check_schema(parsed)
    return kind(parsed)


def validate(instance: Any, schema: dict[str, Any]) -> None:
    """What ``jsonschema.validate`` does with these arguments. Raises jsonschema.ValidationError."""
    error = best_match(_validator(json.dumps(schema, sort_keys=True)).iter_errors(instance))
    if error is not None:
        raise error


def remember_classes_of_events() -> None:
    """Let Rasa find the class of an event by its name at once, after the first time."""
    from rasa.shared.core.events import Event

    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))  # type: ignore[method-assign]


class NoModel(Exception):
    """The server has no model to answer with"""


def require_model(load: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """Rasa's way to load an agent, with an end when the agent it returns has no model. The result raises NoModel."""

    async def load_or_end(*arguments: Any) -> Any:
        agent = await load(*arguments)
        if not agent or not agent.is_ready():
            raise NoModel("the model could not be loaded; why is said above. To make it anew: ./run train")
        return agent

    return load_or_end


def _serve_our_way() -> None:
    import rasa.core.agent
    import rasa.core.run
    from rasa.core.actions.action import RemoteAction

    from bot.engine.endpoint import well_formed
    from bot.engine.processor import Processor

    rasa.core.run.load_agent_on_start = require_model(rasa.core.run.load_agent_on_start)
    rasa.core.agent.MessageProcessor = Processor  # type: ignore[misc]
    thorough = RemoteAction._validate_action_result
    RemoteAction._validate_action_result = (  # type: ignore[method-assign]
        lambda action, result: well_formed(result) or thorough(action, result)
    )


def main() -> None:
    """Run the command line of Rasa."""
    jsonschema.validate = validate
    remember_classes_of_events()
    if sys.argv[1:2] == ["run"]:
        _serve_our_way()
    from rasa.__main__ import main as command_line

    sys.argv[0] = "rasa"
    command_line()


if __name__ == "__main__":
    main()
