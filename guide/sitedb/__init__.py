"""The site database: the one owner of the schema and of every fact that the bot may say."""

from guide.sitedb.connecting import default_path
from guide.sitedb.database import SiteDb
from guide.sitedb.errors import (
    DatabaseBroken,
    DatabaseMissing,
    Invalid,
    LoadErrors,
    NoActor,
    NoSuchChange,
    NotFound,
    ReadOnly,
    RevertConflict,
    SiteDbError,
    Unwritable,
)

__all__ = [
    "DatabaseBroken",
    "DatabaseMissing",
    "Invalid",
    "LoadErrors",
    "NoActor",
    "NoSuchChange",
    "NotFound",
    "ReadOnly",
    "RevertConflict",
    "SiteDb",
    "SiteDbError",
    "Unwritable",
    "default_path",
]
