"""Making the accounts' database, inviting people and letting them in."""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Optional, Sequence

from axes.utils import reset as unlock
from django.conf import settings
from django.core.management import call_command
from django.core.validators import validate_email
from django.db import transaction

from web.console.models import Account, Invitation

HOURS_TO_ACCEPT = 72


def prepare() -> None:
    """Bring the accounts' database up to date, making it, for its owner's eyes only, when there is none."""
    file = Path(settings.DATABASES["default"]["NAME"])
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    call_command("migrate", verbosity=0, interactive=False)


def invite(email: str, role: str, areas: Sequence[str], now: datetime, needs_review: bool = False) -> str:
    """The token of a new invitation. Earlier ones for this address end. Django's ValidationError for a bad address."""
    email = email.strip().lower()
    validate_email(email)
    token = secrets.token_urlsafe(32)
    expires = now + timedelta(hours=HOURS_TO_ACCEPT)
    with transaction.atomic():
        Invitation.objects.filter(email=email).delete()
        Invitation.objects.create(
            token_hash=_hash(token),
            email=email,
            role=role,
            areas=list(areas),
            needs_review=needs_review,
            expires=expires,
        )
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str, now: datetime) -> Optional[Invitation]:
    """The invitation of a token, while it can be used."""
    found = Invitation.objects.filter(token_hash=_hash(token)).first()
    return found if found and found.holds(now) else None


def existing(invitation: Invitation) -> Optional[Account]:
    """The account that the invitation gives a new password, if the address has one."""
    return Account.objects.filter(email=invitation.email).first()


def accept(invitation: Invitation, name: str, password: str, now: datetime) -> Optional[Account]:
    """Use the invitation up; None when somebody else was quicker. The account gets its role, areas and password."""
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, used=None).update(used=now):
            return None
        account = existing(invitation) or Account(email=invitation.email)
        account.name, account.role, account.areas = name, invitation.role, invitation.areas
        account.needs_review, account.is_active = invitation.needs_review, True
        account.set_password(password)
        account.save()
    unlock(username=account.email)
    return account
