"""Everything of value goes into one file while it is written to, and comes back whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from guide.refs import Ref
from guide.sitedb import SiteDb
from ops.__main__ import main
from ops.archive import BadBackup
from ops.backup import NotBackedUp, backup
from ops.cluster.stores import make_database, postgres
from ops.ports import free_ports
from ops.restore import Running as ServersRun
from ops.restore import restore
from ops.settings import PORTS, Settings
from ops.state import Running, State

PAGODA = Ref("place", "chua-dong")
KEY = "the key of the channels"


@pytest.fixture
def house(site_path: Path, tmp_path: Path) -> Settings:
    """An installation with facts, an account, a key and a conversation."""
    var = tmp_path / "var"
    var.mkdir()
    shutil.copy(site_path, var / "site.db")
    (var / "channels.key").write_text(KEY)
    for name in ("accounts", "conversations"):
        with closing(sqlite3.connect(var / f"{name}.db")) as made, made:
            made.execute("CREATE TABLE kept (number INTEGER)")
            made.execute("INSERT INTO kept VALUES (1)")
    return Settings(PORTS, var=var, site_db=var / "site.db", trips_db=var / "t.db", accounts_db=var / "accounts.db")


def rename(settings: Settings, name: str) -> None:
    with closing(SiteDb.open(settings.site_db, writable=True)) as site, site.acting("lan"):
        site.set(str(PAGODA), "name", name, "vi")


def called(settings: Settings) -> str:
    with closing(SiteDb.open(settings.site_db)) as site:
        return site.name(PAGODA, "vi")


def test_what_was_lost_comes_back_with_history_and_keys(house: Settings, tmp_path: Path) -> None:
    rename(house, "Chùa Đồng của Lan")
    file = backup(house, tmp_path / "backups")
    assert file.stat().st_mode & 0o077 == 0, "the keys are in it"
    shutil.rmtree(house.var)
    restore(house, file)
    assert called(house) == "Chùa Đồng của Lan" and (house.var / "channels.key").read_text() == KEY
    with closing(SiteDb.open(house.site_db)) as site:
        assert site.history(PAGODA)[0].actor == "lan"
    with closing(sqlite3.connect(house.var / "conversations.db")) as back:
        assert back.execute("SELECT number FROM kept").fetchall() == [(1,)]


def test_the_former_state_is_kept(house: Settings, tmp_path: Path) -> None:
    file = backup(house, tmp_path / "backups")
    rename(house, "Tên mới")
    before = restore(house, file)
    assert called(house) == "Chùa Đồng"
    shutil.copy(before / "site.db", house.site_db)
    for journal in before.glob("site.db-*"):
        shutil.copy(journal, house.var)
    assert called(house) == "Tên mới"


def test_a_reader_that_has_the_database_open_sees_the_restored_one(house: Settings, tmp_path: Path) -> None:
    file = backup(house, tmp_path / "backups")
    rename(house, "Tên mới")
    with closing(SiteDb.open(house.site_db)) as reader:
        assert reader.name(PAGODA, "vi") == "Tên mới"
        restore(house, file)
        assert reader.name(PAGODA, "vi") == "Chùa Đồng"


def test_a_backup_under_writes_is_of_one_moment(house: Settings, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            with closing(SiteDb.open(house.site_db, writable=True)) as site, site.acting("lan"):
                for field in ("name", "summary"):
                    site.set(str(PAGODA), field, f"Chùa số {number}", "vi")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [backup(house, tmp_path / "backups") for _ in range(3)]
    finally:
        done.set()
        writer.join()
    for file in files:
        restore(house, file)
        with closing(SiteDb.open(house.site_db)) as site:
            place = site.get(PAGODA)
            assert place.name.in_("vi") == place.summary.in_("vi") or place.name.in_("vi") == "Chùa Đồng"


def test_old_backups_go_and_conversations_can_be_left_out(house: Settings, tmp_path: Path) -> None:
    files = [backup(house, tmp_path / "backups", conversations=False, keep=2) for _ in range(3)]
    assert sorted((tmp_path / "backups").iterdir()) == files[1:]
    (house.var / "conversations.db").unlink()
    restore(house, files[-1])
    assert not (house.var / "conversations.db").exists()


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_bit(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("harm", [cut_short, one_bit, lambda content: b"no archive"], ids=["cut-short", "bit", "other"])
def test_a_damaged_backup_changes_nothing(harm: Callable[[bytes], bytes], house: Settings, tmp_path: Path) -> None:
    file = backup(house, tmp_path / "backups")
    file.write_bytes(harm(file.read_bytes()))
    rename(house, "Tên mới")
    with pytest.raises(BadBackup, match="Nothing was changed"):
        restore(house, file)
    assert called(house) == "Tên mới"


def test_a_damaged_database_is_no_backup(house: Settings, tmp_path: Path) -> None:
    content = bytearray(house.site_db.read_bytes())
    content[4096 * 20 : 4096 * 60] = os.urandom(4096 * 40)
    house.site_db.write_bytes(content)
    with pytest.raises(NotBackedUp):
        backup(house, tmp_path / "backups")
    assert not list((tmp_path / "backups").glob("truc-*"))


def test_nothing_is_restored_below_running_servers_unless_told(house: Settings, tmp_path: Path) -> None:
    file = backup(house, tmp_path / "backups")
    State(os.getpid(), (Running("bot", None, 1, None),)).write(house.state)
    with pytest.raises(ServersRun, match="--while-running"):
        restore(house, file)
    assert restore(house, file, while_running=True).is_dir()


@pytest.fixture
def postgres_port() -> Iterator[int]:
    """A PostgreSQL of the test's own."""
    [port] = free_ports(1)
    with tempfile.TemporaryDirectory(prefix="truc-postgres-") as name:
        Path(name).chmod(0o755)
        with postgres(Path(name), port):
            yield port


def test_conversations_in_postgresql_are_dumped_and_put_back(
    house: Settings, tmp_path: Path, postgres_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUC_TRACKER_URL", make_database(postgres_port))
    engine = create_engine(os.environ["TRUC_TRACKER_URL"])
    with engine.begin() as db:
        db.execute(text("CREATE TABLE events (said TEXT)"))
        db.execute(text("INSERT INTO events VALUES ('giá vé Yên Tử')"))
    file = backup(house, tmp_path / "backups")
    with engine.begin() as db:
        db.execute(text("UPDATE events SET said = 'lost'"))
    before = restore(house, file)
    with engine.begin() as db:
        assert db.execute(text("SELECT said FROM events")).scalars().all() == ["giá vé Yên Tử"]
    engine.dispose()
    assert (before / "conversations.dump").stat().st_size > 0


def test_a_postgresql_that_is_away_is_no_backup(
    house: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [port] = free_ports(1)
    monkeypatch.setenv("TRUC_TRACKER_URL", f"postgresql://truc@127.0.0.1:{port}/truc")
    with pytest.raises(NotBackedUp):
        backup(house, tmp_path / "backups")
    assert not list((tmp_path / "backups").glob("truc-*"))


def test_the_verbs(house: Settings, tmp_path: Path) -> None:
    environ = {"TRUC_VAR": str(house.var)}
    made = CliRunner(env=environ).invoke(main, ["backup", str(tmp_path / "backups")], catch_exceptions=False)
    assert made.exit_code == 0
    done = CliRunner(env=environ).invoke(main, ["restore", made.output.strip()], catch_exceptions=False)
    assert done.exit_code == 0 and "before-restore" in done.output
