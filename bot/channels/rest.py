"""The REST channel, for development and tests. It authenticates nobody: off in production.

Differs from Rasa's own: one message for each answer with the full text in ``text`` and the whole Reply in ``custom``
(Rasa splits text at blank lines and sends ``custom`` apart); bad requests get a 400 with a reason; typed text can't
be a command; a turn without output ends in an apology.

    POST /webhooks/rest/webhook {"sender": "u1", "message": "giá vé?", "metadata": {"lang": "vi", "place": "yen-tu"}}
    POST /webhooks/rest/webhook {"sender": "u1", "message": "Giá vé", "payload": "ask:price:place/yen-tu"}
"""

from __future__ import annotations

import uuid
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.erasing import erase_conversation
from bot.channels.intake import take_in
from bot.channels.messengers.platform import phrase
from bot.channels.render import as_message
from bot.channels.turns import OnNewMessage, Turns
from bot.channels.wishes import asks_to_be_forgotten

PREFIX = "rest:"
MAX_SENDER = 128


class BadRequest(ValueError):
    """The request's body is not what this channel takes"""


class RestOutput(CollectingOutputChannel):
    """Collects whole messages, in order."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message as one message."""
        self.messages.append({"recipient_id": recipient_id[len(PREFIX) :], **as_message(message)})


def read_body(request: Request) -> tuple[str, str, dict[str, Any]]:
    """Sender, message text and whole body; raise BadRequest with what is wrong. Sanic answers 400 to broken JSON."""
    body = request.json
    if not isinstance(body, dict):
        raise BadRequest('The body must be a JSON object such as {"sender": "u1", "message": "Tickets for Yen Tu?"}.')
    sender, message = body.get("sender"), body.get("message")
    if sender is None:
        sender = uuid.uuid4().hex
    if not isinstance(sender, (str, int)) or not 0 < len(str(sender)) <= MAX_SENDER:
        raise BadRequest(f"'sender' must be a text of 1 to {MAX_SENDER} characters.")
    if not isinstance(message, str):
        raise BadRequest("'message' must be a text.")
    return str(sender), message, body


class RestInput(InputChannel):
    """Serves /webhooks/rest."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: Any) -> InputChannel:
        """This channel takes no settings."""
        return cls()

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes: health and webhook."""
        webhook, turns = Blueprint("truc_rest", __name__), Turns()

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                sender, text, body = read_body(request)
            except BadRequest as wrong:
                return response.json({"error": str(wrong)}, status=400)
            lang = None if body.get("payload") else asks_to_be_forgotten(text)
            if lang:
                await erase_conversation(request.app, PREFIX + sender)
                return response.json([{"recipient_id": sender, "text": phrase("forgotten", lang)}])
            return response.json(await self._turn(turns, on_new_message, sender, text, body))

        return webhook

    async def _turn(
        self, turns: Turns, handle: OnNewMessage, sender: str, text: str, body: dict[str, Any]
    ) -> list[dict[str, Any]]:
        taken, output = take_in(text, body.get("payload"), body.get("metadata")), RestOutput()
        message = UserMessage(
            taken.text,
            output,
            PREFIX + sender,
            parse_data=taken.parse_data,
            input_channel=self.name(),
            metadata=taken.metadata,
        )
        apology = await turns.run(handle, message, sent=lambda: bool(output.messages))
        if apology:
            output.messages.append({"recipient_id": sender, "text": apology})
        return output.messages
