"""How a message goes through: Rasa's processor, every stage timed, with what it repeats for every message done once."""

from __future__ import annotations

import logging
from typing import Any, Optional

from rasa.core.actions.action import Action
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import ActionExecutionRejected, Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.endpoint import KeptAlive
from bot.engine.runner import StraightRunner
from guide import watching

logger = logging.getLogger(__name__)
NLU, POLICY, ACTION, WHOLE = (watching.STAGES.labels(stage) for stage in ("nlu", "policy", "action", "whole"))
NOT_UNDERSTOOD = "nlu_fallback"


class Processor(MessageProcessor):
    """Rasa's processor over a straight graph and open connections."""

    def __init__(self, **named: Any) -> None:
        endpoint = named.pop("action_endpoint", None)
        super().__init__(**named, action_endpoint=endpoint and KeptAlive.instead_of(endpoint))

    @staticmethod
    def _load_model(model_path: Any) -> Any:
        file, metadata, runner = MessageProcessor._load_model(model_path)
        return file, metadata, StraightRunner.instead_of(runner)

    async def handle_message(self, message: UserMessage) -> Optional[list[dict[str, Any]]]:
        """Rasa's, as one request."""
        with watching.request(watching.request_id()), WHOLE.time():
            return await super().handle_message(message)

    async def parse_message(self, *arguments: Any, **named: Any) -> Any:
        """Rasa's, timed."""
        with NLU.time():
            return await super().parse_message(*arguments, **named)

    async def _handle_message_with_tracker(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        await super()._handle_message_with_tracker(message, tracker)
        intent = tracker.latest_message.intent_name or "" if tracker.latest_message else ""
        watching.INTENTS.labels(intent if intent in self.domain.intents else NOT_UNDERSTOOD).inc()
        if intent == NOT_UNDERSTOOD:
            watching.FALLBACKS.inc()

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """Rasa's, timed."""
        with POLICY.time():
            return super().predict_next_with_tracker_if_should(tracker)

    async def _run_action(self, action: Action, *arguments: Any, **named: Any) -> bool:
        if action.name().startswith("action_listen"):
            return await super()._run_action(action, *arguments, **named)
        with ACTION.time():
            return await super()._run_action(action, *arguments, **named)

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: Optional[list[Event]],
        prediction: PolicyPrediction,
    ) -> None:
        """As Rasa does it, without copying whole answers for the sake of a debug line that nobody has asked for."""
        events = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)
