"""A change as data: what a form, a sheet or a draft asks for, so that it can be kept, shown and made later.

The fields are keyed as on a sheet (``guide.sitedb.sheets``): ``adult``, ``item.vi``, ``aliases.vi``; their values are
what JSON can hold.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Iterable, Mapping, Optional

from guide.refs import Ref
from guide.sitedb.database import SiteDb
from guide.sitedb.fields import STATEMENTS

UPDATE, ADD, DELETE = "update", "add", "delete"


@dataclass(frozen=True)
class Write:
    """One change. ``subject`` is the sheet to update or delete: ``place/yen-tu``, ``price/12``.

    To add a subject or a source, ``subject`` is its own reference; to add a statement, ``kind`` says which (``price``)
    and ``subject`` what it is about (None: everything).
    ``stamp`` is that of the sheet when it was read: an update whose sheet has changed since is refused.
    """

    op: str
    subject: Optional[str]
    fields: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    stamp: Optional[str] = None

    def as_json(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Write:
        """From what ``as_json`` gave."""
        return cls(**kept)

    def about(self, site: SiteDb) -> Optional[Ref]:
        """The subject that the change is about, which decides who may make it; None: everything. NotFound."""
        if self.op == ADD or self.subject is None or self.subject.partition("/")[0] not in STATEMENTS:
            owner = self.subject
        else:
            owner = site.sheet(self.subject).subject
        return Ref.of(owner) if owner else None


def apply(site: SiteDb, writes: Iterable[Write]) -> list[str]:
    """Make the changes, within ``site.acting``; the sheets that were written. Invalid, ChangedMeanwhile, NotFound."""
    return [_apply(site, write) for write in writes]


def _apply(site: SiteDb, write: Write) -> str:
    if write.op == ADD:
        return _add(site, write)
    assert write.subject is not None  # only what is added may be about everything
    if write.op == DELETE:
        site.delete(write.subject)
    else:
        site.update(write.subject, write.fields, write.stamp)
    return write.subject


def _add(site: SiteDb, write: Write) -> str:
    if not write.kind:
        return str(site.add_subject(write.subject or "", write.fields))
    columns, texts = _parted(write.fields)
    source = columns.pop("source", None)
    return f"{write.kind}/{site.add_statement(write.kind, write.subject, columns, texts, source=source)}"


def _parted(fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Columns, and texts by their name and language."""
    columns = {key: value for key, value in fields.items() if "." not in key}
    texts: dict[str, dict[str, str]] = {}
    for key in fields.keys() - columns.keys():
        name, _, lang = key.partition(".")
        texts.setdefault(name, {})[lang] = fields[key]
    return columns, texts
