"""Authorising the app for an OA, once, by its administrator (OAuth v4 with PKCE)."""

from __future__ import annotations

import base64
import hashlib
import secrets
import string
from typing import Any
from urllib.parse import urlencode

from bot.channels.messengers.transport import Transport
from bot.channels.zalo_oa.tokens import OAUTH_BASE, TOKEN_PATH, read_pair

VERIFIER_LETTERS = string.ascii_letters + string.digits
VERIFIER_LENGTH = 43


class NotAuthorised(Exception):
    """Zalo did not give tokens for this code"""


def new_verifier() -> str:
    """A secret for one authorisation."""
    return "".join(secrets.choice(VERIFIER_LETTERS) for _ in range(VERIFIER_LENGTH))


def challenge(verifier: str) -> str:
    """base64url without padding of SHA-256 of the verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def permission_page(app_id: str, callback: str, verifier: str, state: str, base: str = OAUTH_BASE) -> str:
    """Where the OA's administrator agrees."""
    asked = {"app_id": app_id, "redirect_uri": callback, "code_challenge": challenge(verifier), "state": state}
    return f"{base}/v4/oa/permission?{urlencode(asked)}"


def exchange_code(transport: Transport, app_id: str, app_secret: str, code: str, verifier: str) -> dict[str, Any]:
    """The pair of tokens for a code of the callback. Blocks. Raises NotAuthorised, NotSent, MaybeSent."""
    body = {"code": code, "app_id": app_id, "grant_type": "authorization_code", "code_verifier": verifier}
    answer = transport.request_now("POST", TOKEN_PATH, data=body, headers={"secret_key": app_secret})
    pair = read_pair(answer)
    if pair is None:
        raise NotAuthorised(f"Zalo refused the code (error {answer.object().get('error', answer.status)})")
    return pair
