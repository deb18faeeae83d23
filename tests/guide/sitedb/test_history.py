"""Whoever writes, by whatever means: it is recorded, the search follows, and it can be undone."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Callable

import pytest
from sqlite_utils import Database

from guide.refs import Ref
from guide.sitedb import NoActor, NoSuchChange, ReadOnly, RevertConflict, SiteDb
from guide.sitedb.loading import load

CHUA_DONG = Ref("place", "chua-dong")
YEN_TU = Ref("place", "yen-tu")


def by_the_api(site: SiteDb) -> None:
    with site.acting("lan"):
        site.set(CHUA_DONG, "minutes", 50)


def by_plain_sqlite3(site: SiteDb) -> None:
    with sqlite3.connect(site.path) as connection:
        connection.execute("UPDATE place SET minutes = 50 WHERE id = 'place/chua-dong'")
    connection.close()


def by_replace(site: SiteDb) -> None:
    """INSERT OR REPLACE deletes without firing delete triggers."""
    with sqlite3.connect(site.path) as connection:
        names = [column[1] for column in connection.execute("PRAGMA table_info(place)")]
        values = ", ".join("50" if name == "minutes" else name for name in names)
        connection.execute(f"INSERT OR REPLACE INTO place SELECT {values} FROM place WHERE id = 'place/chua-dong'")
    connection.close()


def by_sqlite_utils(site: SiteDb) -> None:
    database = Database(site.path)
    database["place"].update("place/chua-dong", {"minutes": 50})
    database.close()


@pytest.mark.parametrize(
    ("write", "actor"),
    [
        pytest.param(by_the_api, "lan", id="api"),
        pytest.param(by_plain_sqlite3, "shell", id="sqlite3-without-our-code"),
        pytest.param(by_replace, "shell", id="insert-or-replace"),
        pytest.param(by_sqlite_utils, "shell", id="sqlite-utils"),
    ],
)
def test_every_writer_is_recorded(fresh_site: SiteDb, write: Callable[[SiteDb], None], actor: str) -> None:
    version = fresh_site.version()
    write(fresh_site)
    change = fresh_site.history(CHUA_DONG)[0]
    assert (change.actor, change.action, change.table, change.row_key) == (actor, "update", "place", "place/chua-dong")
    assert change.before is not None and change.after is not None
    assert (change.before["minutes"], change.after["minutes"]) == (45, 50)
    assert fresh_site.version() != version and fresh_site.get(CHUA_DONG).minutes == 50


def test_the_actor_does_not_stay_for_the_next_writer(fresh_site: SiteDb) -> None:
    by_the_api(fresh_site)
    with sqlite3.connect(fresh_site.path) as connection:
        connection.execute("UPDATE place SET minutes = 60 WHERE id = 'place/chua-dong'")
    connection.close()
    assert [change.actor for change in fresh_site.history(CHUA_DONG)] == ["shell", "lan"]


def test_a_change_that_fails_leaves_nothing(fresh_site: SiteDb) -> None:
    version = fresh_site.version()
    with pytest.raises(RuntimeError), fresh_site.acting("lan"):
        fresh_site.set(CHUA_DONG, "minutes", 50)
        raise RuntimeError("the console crashed")
    assert (fresh_site.version(), fresh_site.history(), fresh_site.get(CHUA_DONG).minutes) == (version, [], 45)


def test_readers_go_on_beside_a_writer_and_see_all_of_it_or_nothing(fresh_site: SiteDb) -> None:
    reader = SiteDb.open(fresh_site.path)
    with fresh_site.acting("lan"):
        fresh_site.set(CHUA_DONG, "minutes", 50)
        assert (fresh_site.get(CHUA_DONG).minutes, reader.get(CHUA_DONG).minutes) == (50, 45)
    assert reader.get(CHUA_DONG).minutes == 50


def test_threads_share_one_site(fresh_site: SiteDb) -> None:
    with ThreadPoolExecutor(4) as threads:
        names = list(threads.map(lambda _: fresh_site.name(CHUA_DONG, "vi"), range(40)))
        hits = list(threads.map(fresh_site.search, ["chua dong"] * 8))
    assert set(names) == {"Chùa Đồng"} and all(hit[0].ref == CHUA_DONG for hit in hits)


def test_the_version_changes_from_another_process(fresh_site: SiteDb) -> None:
    version = fresh_site.version()
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('DELETE FROM alias WHERE id = 1'); c.commit()"
    )
    subprocess.run([sys.executable, "-c", script, str(fresh_site.path)], check=True)
    assert fresh_site.version() != version


def test_a_file_put_in_place_of_an_open_one_is_noticed(fresh_site: SiteDb, tmp_path: Path, facts_dir: Path) -> None:
    by_the_api(fresh_site)
    version = fresh_site.version()
    SiteDb.build(facts_dir, fresh_site.path).close()
    assert fresh_site.version() != version and fresh_site.get(CHUA_DONG).minutes == 45


# undoing


def test_an_update_is_undone_and_the_undoing_is_recorded(fresh_site: SiteDb) -> None:
    by_the_api(fresh_site)
    change = fresh_site.history(CHUA_DONG)[0]
    assert fresh_site.revert(change.id, "chief") == [change.id]
    undoing, undone = fresh_site.history(CHUA_DONG)
    assert (undoing.actor, undone.reverted_by) == ("chief", undoing.id)
    assert fresh_site.get(CHUA_DONG).minutes == 45


def test_adding_a_place_is_undone_with_its_texts(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan"):
        ref = fresh_site.add_place(
            "am-moi", "hermitage", {"vi": "Am Mới", "en": "New"}, {"vi": "a", "en": "b"}, part_of="yen-tu"
        )
    first = fresh_site.history(ref)[-1]
    assert len(fresh_site.revert(first.id, "chief")) == 6
    assert fresh_site.find(ref) is None and ref not in [hit.ref for hit in fresh_site.search("am moi")]


def test_deleting_a_place_is_undone_with_all_that_hung_on_it(fresh_site: SiteDb, site: SiteDb) -> None:
    with fresh_site.acting("lan"):
        fresh_site.delete(YEN_TU)
    assert fresh_site.find(YEN_TU) is None and fresh_site.get(CHUA_DONG).part_of is None
    deletion = next(change for change in fresh_site.history(limit=10_000) if change.table == "subject")
    fresh_site.revert(deletion.id, "chief")
    assert fresh_site.get(YEN_TU) == site.get(YEN_TU)
    assert sorted(fresh_site.facts(YEN_TU), key=lambda fact: fact.id) == sorted(
        site.facts(YEN_TU), key=lambda fact: fact.id
    )
    assert [child.id for child in fresh_site.children("yen-tu")] == [child.id for child in site.children("yen-tu")]
    assert fresh_site.road_links() == site.road_links()


def test_undoing_never_overwrites_a_later_change(fresh_site: SiteDb) -> None:
    by_the_api(fresh_site)
    with fresh_site.acting("minh"):
        fresh_site.set(CHUA_DONG, "minutes", 70)
    first = fresh_site.history(CHUA_DONG)[-1]
    with pytest.raises(RevertConflict, match="'minh'"):
        fresh_site.revert(first.id, "chief")
    assert fresh_site.get(CHUA_DONG).minutes == 70


def test_undoing_never_takes_away_what_others_built_on(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan"):
        ref = fresh_site.add_place(
            "am-moi", "hermitage", {"vi": "Am Mới", "en": "New"}, {"vi": "a", "en": "b"}, part_of="yen-tu"
        )
    with fresh_site.acting("minh"):
        fresh_site.add_fact(ref, "history", {"vi": "Dựng năm 2026.", "en": "Built in 2026."})
    with pytest.raises(RevertConflict, match="built upon"):
        fresh_site.revert(fresh_site.history(ref)[-1].id, "chief")
    assert fresh_site.find(ref) is not None


def test_an_undoing_can_be_undone(fresh_site: SiteDb) -> None:
    by_the_api(fresh_site)
    fresh_site.revert(fresh_site.history()[0].id, "chief")
    fresh_site.revert(fresh_site.history()[0].id, "chief")
    assert fresh_site.get(CHUA_DONG).minutes == 50


def test_there_must_be_such_a_change(fresh_site: SiteDb) -> None:
    with pytest.raises(NoSuchChange, match="12345"):
        fresh_site.revert(12345, "chief")


# who may write


def test_a_reader_cannot_write(site: SiteDb) -> None:
    with pytest.raises(ReadOnly), site.acting("lan"):
        pass
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        site.connection.execute("UPDATE place SET minutes = 1")


def test_nobody_writes_without_a_name(fresh_site: SiteDb) -> None:
    with pytest.raises(NoActor):
        fresh_site.set(CHUA_DONG, "minutes", 50)


def test_a_load_over_changes_keeps_the_history(fresh_site: SiteDb, facts_dir: Path) -> None:
    by_the_api(fresh_site)
    load(facts_dir, fresh_site.path, overwrite=True)
    assert [change.actor for change in fresh_site.history(CHUA_DONG)] == ["load", "lan"]


def test_what_staff_enter_is_dated(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan", today=date(2026, 11, 24)):
        fresh_site.set(CHUA_DONG, "hours", "Mo-Su 06:00-18:00")
    source = fresh_site.get(CHUA_DONG).hours_source
    assert source is not None and source.date == "2026-11-24" and source.publisher
