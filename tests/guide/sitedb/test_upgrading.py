"""The first database that was ever released becomes one of today, with what staff did to it.

``first_schema.db.gz`` was made by the program of the first schema: a pagoda, renamed by staff, and a question.
"""

from __future__ import annotations

import gzip
from contextlib import closing
from pathlib import Path

import pytest

from guide.refs import Ref
from guide.sitedb import DatabaseBroken, SiteDb
from guide.sitedb.connecting import SCHEMA_VERSION, open_file
from guide.sitedb.schema import migrate, migrations

FIRST = 3  # migrations that the first schema was made of
PAGODA = Ref("place", "chua-dong")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The old database."""
    (tmp_path / "site.db").write_bytes(gzip.decompress((Path(__file__).parent / "first_schema.db.gz").read_bytes()))
    return tmp_path / "site.db"


def test_it_is_not_read_before_it_is_upgraded(first: Path) -> None:
    with pytest.raises(DatabaseBroken, match=f"version {FIRST}, this program needs {SCHEMA_VERSION}"):
        SiteDb.open(first)


def test_it_becomes_one_of_today_with_its_history(first: Path) -> None:
    with closing(open_file(first)) as connection:
        assert migrate(connection) == [step.name for step in list(migrations._migrations)[FIRST:]]
    with closing(SiteDb.open(first, writable=True)) as site:
        assert site.name(PAGODA, "vi") == "Chùa Đồng Yên Tử"
        assert [change.actor for change in site.history(PAGODA)] == ["lan"]
        with site.acting("minh"):
            site.set(str(PAGODA), "name", "Chùa Đồng", "vi")
        assert [change.actor for change in site.history(PAGODA)] == ["minh", "lan"]
