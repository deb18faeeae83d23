"""The console as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Accounts, invitations and the console's pages."""

    name = "web.console"
    label = "console"
    default_auto_field = "django.db.models.BigAutoField"
