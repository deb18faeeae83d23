"""What a client may send, read strictly (docs/web-channel.md). What it may not is a BadFrame that says why."""

from __future__ import annotations

import json
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel, Field, ValidationError, conint, constr
from pydantic.tools import parse_obj_as

MAX_BYTES = 16_384
Id = constr(regex=r"^[0-9a-zA-Z-]{8,64}$")
Frame = dict[str, Any]


class BadFrame(ValueError):
    """A frame is not as the protocol has it"""


class TooLarge(BadFrame):
    """A frame has more bytes than any message needs"""


class Position(BaseModel):
    """WGS84 degrees."""

    lat: float
    lon: float


class Hello(BaseModel):
    """Who speaks, and what was already seen."""

    type: Literal["hello"]
    token: constr(max_length=1_024)  # type: ignore[valid-type]
    after: conint(ge=0) = 0  # type: ignore[valid-type]


class Message(BaseModel):
    """Typed text, or a pressed button with its title and payload."""

    type: Literal["message"]
    id: Id  # type: ignore[valid-type]
    text: str
    payload: Optional[constr(max_length=256)] = None  # type: ignore[valid-type]
    lang: Optional[constr(max_length=16)] = None  # type: ignore[valid-type]
    place: Optional[constr(max_length=64)] = None  # type: ignore[valid-type]
    location: Optional[Position] = None

    def metadata(self) -> dict[str, Any]:
        """What goes along with the text, for the intake to check."""
        return self.dict(include={"lang", "place", "location"}, exclude_none=True)


class Feedback(BaseModel):
    """Whether the answer of this number helped and, if not, why."""

    type: Literal["feedback"]
    id: Id  # type: ignore[valid-type]
    of: conint(gt=0)  # type: ignore[valid-type]
    good: bool
    reason: Optional[Literal["wrong", "unclear", "incomplete", "other"]] = None


class Forget(BaseModel):
    """Delete this conversation."""

    type: Literal["forget"]
    id: Id  # type: ignore[valid-type]


Given = Union[Hello, Message, Feedback, Forget]


class _Any(BaseModel):
    frame: Given = Field(..., discriminator="type")


def read_object(data: object) -> Frame:
    """A JSON object of a client, from its bytes. Raises TooLarge or BadFrame."""
    if not isinstance(data, (bytes, str)):
        raise BadFrame("a frame is a JSON object")
    if len(data) > MAX_BYTES:
        raise TooLarge(f"a frame has at most {MAX_BYTES} bytes")
    try:
        found = json.loads(data or "{}")
    except (ValueError, RecursionError):
        raise BadFrame("this is no JSON") from None
    if not isinstance(found, dict):
        raise BadFrame("a frame is a JSON object")
    return found


def read_frame(data: object) -> Given:
    """A frame of a client. Raises TooLarge or BadFrame, whose text names the first thing that is wrong."""
    try:
        return parse_obj_as(_Any, {"frame": read_object(data)}).frame
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise BadFrame(f"{'.'.join(map(str, first['loc'][2:])) or 'frame'}: {first['msg']}") from None
