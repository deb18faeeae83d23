"""Readings that only staff need: notices of any day."""

from __future__ import annotations

from typing import Optional

from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.records import Notice


def notices_of(site: SiteDb, ref: Optional[Ref]) -> list[Notice]:
    """The subject's own notices, past and future ones too, the latest to begin first; None: those about everything."""
    found = [notice for notice in site.every_notice() if notice.subject == ref]
    return sorted(found, key=lambda notice: str(notice.starts or ""), reverse=True)
