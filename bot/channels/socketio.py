"""The socket.io channel, for development and existing Rasa widgets.

Rasa's own, with its measured faults mended: with python-socketio ≥ 5.10 ``session_persistence`` delivers nothing
(RasaHQ/rasa#13027: ``enter_room`` became a coroutine), ``custom`` with unknown keys raises and loses the turn, and
typed text could be a command. The events are Rasa's: ``session_request``, ``session_confirm``, ``user_uttered``,
``bot_uttered``; a bot message is {"text", "quick_replies", "custom"}.
"""

from __future__ import annotations

import json
import uuid
from typing import Any, Optional

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.socketio import SocketBlueprint, SocketIOOutput
from rasa.core.channels.socketio import SocketIOInput as RasaSocketIOInput
from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse
from socketio import AsyncServer

from bot.channels.intake import take_in
from bot.channels.render import as_message
from bot.channels.turns import OnNewMessage, Turns

PREFIX = "socketio:"
MAX_MESSAGE_BYTES = 16_384
MAX_SESSION_ID = 128


class Output(SocketIOOutput):
    """Sends each answer as one event to the session's room."""

    def __init__(self, sio: AsyncServer, event: str) -> None:
        super().__init__(sio, event)
        self.sent = 0

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Emit one message; the room is the session id without the channel's prefix."""
        shown = as_message(message)
        buttons = shown.pop("buttons", [])
        if buttons:
            shown["quick_replies"] = [{"content_type": "text", **button} for button in buttons]
        await self._send_message(recipient_id[len(PREFIX) :], shown)
        self.sent += 1


def read_message(data: object) -> tuple[str, object, object]:
    """Text, payload and metadata of a ``user_uttered`` event; anything malformed counts as an empty message."""
    given = data if isinstance(data, dict) else {}
    metadata = given.get("metadata")
    if isinstance(metadata, str):
        try:
            metadata = json.loads(metadata)
        except ValueError:
            metadata = None
    text = given.get("message")
    return (text if isinstance(text, str) else "", given.get("payload"), metadata)


def session_of(data: object, otherwise: str) -> str:
    """The session id that the client asks for, if it is a sensible one."""
    wanted = data.get("session_id") if isinstance(data, dict) else None
    return wanted if isinstance(wanted, str) and 0 < len(wanted) <= MAX_SESSION_ID else otherwise


class SocketIOInput(RasaSocketIOInput):
    """Serves /socket.io with Rasa's events."""

    def blueprint(self, on_new_message: OnNewMessage) -> SocketBlueprint:
        """The socket.io server and its health route."""
        sio = AsyncServer(async_mode="sanic", cors_allowed_origins=[], max_http_buffer_size=MAX_MESSAGE_BYTES)
        blueprint = SocketBlueprint(sio, self.socketio_path, "socketio_webhook", __name__)
        self.sio, turns = sio, Turns()

        @blueprint.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @sio.on("session_request", namespace=self.namespace)
        async def session_request(sid: str, data: Optional[dict]) -> None:
            session = session_of(data, uuid.uuid4().hex)
            await sio.enter_room(sid, session)
            await sio.emit("session_confirm", session, room=sid)

        @sio.on(self.user_message_evt, namespace=self.namespace)
        async def uttered(sid: str, data: object) -> None:
            session = session_of(data, sid)
            await sio.enter_room(sid, session)
            await self._turn(turns, on_new_message, session, data)

        return blueprint

    async def _turn(self, turns: Turns, handle: OnNewMessage, session: str, data: object) -> None:
        taken, output = take_in(*read_message(data)), Output(self.sio, self.bot_message_evt)
        message = UserMessage(
            taken.text,
            output,
            PREFIX + session,
            parse_data=taken.parse_data,
            input_channel=self.name(),
            metadata=taken.metadata,
        )
        apology = await turns.run(handle, message, sent=lambda: output.sent > 0)
        if apology:
            await output._send_message(session, {"text": apology})
