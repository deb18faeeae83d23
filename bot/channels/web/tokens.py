"""Session tokens: who speaks is in the token and nowhere else, so nobody can claim another's conversation."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

import jwt

PREFIX = "web:"
ALGORITHM = "HS256"
SESSION_BYTES = 16
AUDIENCE = "truc-web"


class SessionExpired(Exception):
    """The token is forged, over, or of a conversation that was deleted"""


@dataclass(frozen=True)
class Pass:
    """A token as a client gets it. ``expires`` in Unix seconds."""

    token: str
    expires: int


def signing_key(key: bytes) -> bytes:
    """The key of the tokens, from that of the channels: the one tells nothing of the other."""
    return hmac.new(key, b"web session tokens", hashlib.sha256).digest()


class Tokens:
    """Signs and reads tokens (RFC 7519). ``lifetime`` in seconds."""

    def __init__(self, key: bytes, lifetime: int) -> None:
        self._key, self._lifetime = signing_key(key), lifetime

    @property
    def lifetime(self) -> int:
        """For how many seconds a token is good."""
        return self._lifetime

    def issue(self, now: float, conversation: str = "") -> Pass:
        """A token for this conversation, else for a new one."""
        session = conversation.removeprefix(PREFIX) or secrets.token_hex(SESSION_BYTES)
        expires = int(now) + self._lifetime
        claims = {"sub": session, "aud": AUDIENCE, "exp": expires}
        return Pass(jwt.encode(claims, self._key, ALGORITHM), expires)

    def read(self, token: str, now: float) -> tuple[str, int]:
        """The conversation that a token speaks for, ``web:…``, and when it ends. Raises SessionExpired."""
        options: Any = {"require": ["sub", "exp", "aud"], "verify_exp": False}
        try:
            claims = jwt.decode(token, self._key, [ALGORITHM], audience=AUDIENCE, options=options)
        except jwt.InvalidTokenError as wrong:
            raise SessionExpired from wrong
        if not isinstance(claims["exp"], int) or claims["exp"] <= now or not isinstance(claims["sub"], str):
            raise SessionExpired
        return PREFIX + claims["sub"], claims["exp"]
