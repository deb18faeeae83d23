"""What can go wrong with the site database: one small class for each cause, whose message is the sentence to show."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Optional

from guide.sitedb.problems import Problem

LOAD_COMMAND = "./run load"


class SiteDbError(Exception):
    """Something is wrong with the site database or with what was asked of it."""


class DatabaseMissing(SiteDbError):
    """There is no database file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no site database at {path}. Build it with: {LOAD_COMMAND}")
        self.path = path


class DatabaseBroken(SiteDbError):
    """The file is no site database, is damaged, or has another version of the schema."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The site database {path} cannot be used ({reason}). Rebuild it with: {LOAD_COMMAND}")
        self.path, self.reason = path, reason


class Unwritable(SiteDbError):
    """The database could not be written: the disk is full, the folder is closed to us, somebody else is writing."""

    def __init__(self, path: object, reason: object) -> None:
        super().__init__(f"The site database {path} could not be written ({reason}). Nothing was changed.")
        self.path, self.reason = path, reason


class NotFound(SiteDbError, LookupError):
    """The site database has no such subject."""

    def __init__(self, ref: object) -> None:
        super().__init__(f"The site database knows no '{ref}'")
        self.ref = ref


class ReadOnly(SiteDbError):
    """The database was opened for reading."""

    def __init__(self) -> None:
        super().__init__("This site database was opened for reading: open it with writable=True to change it")


class NoActor(SiteDbError):
    """A change was tried without saying who makes it."""

    def __init__(self) -> None:
        super().__init__("Say who makes the change: with site.acting('name'): …")


class Invalid(SiteDbError, ValueError):
    """A value that the site database does not take; ``problems`` has each of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class LoadErrors(Invalid):
    """The fact files have mistakes. Nothing was written."""

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{count} {'mistake' if count == 1 else 'mistakes'} in the facts; nothing was written:"
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])


class NoSuchChange(SiteDbError, LookupError):
    """The history has no change of that number."""

    def __init__(self, change_id: int) -> None:
        super().__init__(f"The history has no change {change_id}")
        self.change_id = change_id


class RevertConflict(SiteDbError):
    """Undoing the change would overwrite a later one."""

    def __init__(self, change_id: int, what: str, later: Optional[str]) -> None:
        because = f"it was changed again by {later}" if later else "it is no longer as that change left it"
        super().__init__(f"Change {change_id} cannot be undone: {what} — {because}. Undo that one first.")
        self.change_id = change_id
