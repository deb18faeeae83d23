"""The headers that every answer carries. Pages may use what comes from here and talk to the bot, nothing else."""

from __future__ import annotations

from typing import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def content_security_policy(bot_url: str) -> str:
    """The policy of the public pages. JSON-LD is a data block, which script-src does not concern."""
    socket = bot_url.replace("http", "ws", 1)
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' {bot_url}",
            f"connect-src 'self' {bot_url} {socket}",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ]
    )


class SecurityHeaders:
    """Middleware: adds the headers that Django's own SecurityMiddleware does not know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": content_security_policy(settings.BOT_URL),
            "Permissions-Policy": "geolocation=(self), camera=(), microphone=(self), payment=()",
            "X-Frame-Options": "DENY",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers set, unless a view has set its own."""
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response
