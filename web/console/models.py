"""Who may come in: accounts and invitations, kept in the console's own database. Facts are not here."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from web.console.roles import Role
from web.console.words import DEFAULT_LANGUAGE


class Accounts(BaseUserManager["Account"]):
    """Accounts by e-mail address, in small letters."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account that signs in with this address, however it is typed."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A member of staff."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    areas = models.JSONField(default=list)  # references of provinces and places; none: everywhere
    needs_review = models.BooleanField(default=False)  # an editor's changes wait for a reviewer
    lang = models.CharField(max_length=2, default=DEFAULT_LANGUAGE)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects = Accounts()

    @property
    def is_administrator(self) -> bool:
        """Whether they may invite others and must use a second step."""
        return self.role == Role.ADMINISTRATOR

    def get_full_name(self) -> str:
        """The name that the history shows."""
        return self.name


class Invitation(models.Model):
    """A link that works once: to join, or to choose a new password. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    email = models.EmailField()
    role = models.CharField(max_length=20)
    areas = models.JSONField(default=list)
    needs_review = models.BooleanField(default=False)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def holds(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return self.used is None and now < self.expires
