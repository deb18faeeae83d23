"""The database step of ./run: loaded when the facts are new, left alone when not, trouble said in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.sitedb import SiteDb
from ops.database import ensure_database
from ops.errors import DatabaseTrouble
from ops.freshness import Stamp
from ops.screen import Screen
from ops.settings import PORTS, Settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy with a database that is up to date."""
    var = tmp_path_factory.mktemp("var")
    settings = Settings(PORTS, var=var, site_db=var / "site.db")
    ensure_database(settings, Screen(quiet=True))
    return settings


def test_a_fresh_clone_gets_a_database(settings: Settings) -> None:
    assert SiteDb.open(settings.site_db).all("place")


def test_the_second_start_loads_nothing(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    ensure_database(settings, Screen())
    assert "up to date with data/facts" in capsys.readouterr().out


def test_changed_facts_are_loaded_and_what_staff_wrote_is_kept_and_said(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    site = SiteDb.open(settings.site_db, writable=True)
    with site.acting("the gatekeeper"):
        site.set(site.all("place")[0].ref, "phone", "0203 385 4100")
    Stamp(settings.site_db).write("as if other facts had been loaded")
    ensure_database(settings, Screen())
    said = capsys.readouterr().out
    assert "Left as staff have them (1;" in said
    assert SiteDb.open(settings.site_db).all("place")[0].phone == "0203 385 4100"


def test_a_broken_database_is_named_with_the_command_that_mends_it(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "site.db"
    broken.write_bytes(b"this is no database " * 400)
    Stamp(broken).path.write_text(Stamp(settings.site_db).path.read_text())
    other = Settings(PORTS, var=tmp_path, site_db=broken)
    with pytest.raises(DatabaseTrouble, match=r"site\.db cannot be used.*\./run load"):
        ensure_database(other, Screen(quiet=True))
