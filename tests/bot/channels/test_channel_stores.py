"""The two stores keep the same promises: SQLite, and Redis, a real one."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.channels.messengers.stores import Store, StoreFault, Verdict, base, open_store
from bot.channels.messengers.workers import is_dead, owner_of_this_process

ME, YOU = "telegram:me", "telegram:you"
NOW = 1_795_000_000.0


@pytest.fixture(params=["sqlite", "redis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store."""
    if request.param == "redis":
        return str(request.getfixturevalue("redis_url"))
    return f"sqlite:///{tmp_path / 'channels.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store of its own for the test."""
    opened = open_store(url)
    yield opened
    opened.close()


def test_a_message_is_kept_once_even_after_it_was_answered(store: Store) -> None:
    assert store.accept(ME, "1", 1, {"text": "giá vé"}, NOW) is Verdict.NEW
    assert store.accept(ME, "1", 1, {}, NOW) is Verdict.REPEATED
    job = store.first(ME)
    assert job and job.body == {"text": "giá vé"} and not job.answered and job.received == NOW
    store.done(job, {}, NOW)
    assert store.accept(ME, "1", 1, {}, NOW) is Verdict.REPEATED
    assert store.first(ME) is None and store.waiting("telegram") == []


def test_the_same_id_on_another_channel_is_another_message(store: Store) -> None:
    assert store.accept("zalo_oa:me", "1", 1, {}, NOW) is store.accept(ME, "1", 1, {}, NOW) is Verdict.NEW


def test_messages_are_handed_out_by_rank_and_an_answer_on_its_way_goes_first(store: Store) -> None:
    for rank in (20, 3, 100):
        store.accept(ME, str(rank), rank, rank, NOW)
    first = store.first(ME)
    assert first and first.body == 3
    store.answered(first, ["a call"], {}, NOW)
    store.accept(ME, "1", 1, 1, NOW)
    again = store.first(ME)
    assert again and again.answered and again.body == ["a call"] and (again.step, again.trying) == (0, False)
    store.progress(again, 1, True)
    later = store.first(ME)
    assert later and (later.step, later.trying) == (1, True)


def test_what_is_remembered_with_an_answer_is_there_with_it(store: Store) -> None:
    store.accept(ME, "1", 1, {}, NOW)
    job = store.first(ME)
    assert job
    store.answered(job, [], {f"memory:{ME}": ({"lang": "en"}, 60)}, NOW)
    store.done(job, {f"memory:{ME}": ({"lang": "vi"}, 60)}, NOW)
    assert store.get([f"memory:{ME}", "nothing"], NOW) == {f"memory:{ME}": {"lang": "vi"}}


def test_values_are_taken_by_one_only(store: Store) -> None:
    assert store.put_if_absent("lock", 1, 60, NOW) and not store.put_if_absent("lock", 2, 60, NOW)
    store.drop(["lock"])
    assert store.put_if_absent("lock", 2, 60, NOW) and store.get(["lock"], NOW) == {"lock": 2}


def test_a_claim_is_held_by_one(store: Store) -> None:
    assert store.claim(ME, "a", NOW + 60, NOW) and not store.claim(ME, "b", NOW + 60, NOW)
    assert store.claim(ME, "a", NOW + 90, NOW), "one's own can be prolonged"
    store.release(ME, "b")
    assert store.owners() == {ME: "a"}
    store.release(ME, "a")
    assert store.claim(ME, "b", NOW + 60, NOW)


def test_bounds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sql", "redis"):
        monkeypatch.setattr(f"bot.channels.messengers.stores.{module}.MOST_WAITING", 4)
        monkeypatch.setattr(f"bot.channels.messengers.stores.{module}.MOST_WAITING_OF_ONE", 3)
    verdicts = [store.accept(ME, str(n), n, {}, NOW) for n in range(4)]
    assert verdicts == [Verdict.NEW] * 3 + [Verdict.TOO_MANY]
    assert [store.accept(YOU, f"y{n}", n, {}, NOW) for n in range(2)] == [Verdict.NEW, Verdict.FULL]
    assert base.MOST_WAITING > base.MOST_WAITING_OF_ONE


def test_what_was_not_delivered_is_listed_newest_first_and_can_be_taken_out(store: Store) -> None:
    store.bury(ME, [{"text": "một"}], "failed: 1", NOW)
    store.bury(YOU, [{"text": "hai"}], "failed: 2", NOW + 1)
    newest, oldest = store.buried()
    assert (newest.conversation, newest.reason, oldest.body) == (YOU, "failed: 2", [{"text": "một"}])
    assert store.unbury(oldest.id) == oldest and store.buried() == [newest] and store.unbury(oldest.id) is None
    store.sweep(NOW + 100, keep_buried=50)
    assert store.buried() == []


def test_forgetting_leaves_nothing_of_one_and_all_of_others(store: Store) -> None:
    for one in (ME, YOU):
        store.accept(one, one, 1, {"text": "bí mật"}, NOW)
        store.put({f"memory:{one}": (1, 60), f"press:x:{one}": (2, 60)}, NOW)
        store.bury(one, [1], "x", NOW)
    store.forget(ME)
    assert store.first(ME) is None and store.get([f"memory:{ME}", f"press:x:{ME}"], NOW) == {}
    assert (
        store.waiting("telegram") == [YOU] and len(store.buried()) == 1 and len(store.get([f"memory:{YOU}"], NOW)) == 1
    )


def test_values_expire(tmp_path: Path) -> None:
    """Redis goes by its own clock: see the next test."""
    store = open_store(f"sqlite:///{tmp_path / 'channels.db'}")
    store.put({"a": (1, 10)}, NOW)
    assert store.get(["a"], NOW + 9) == {"a": 1} and store.get(["a"], NOW + 11) == {}
    assert store.claim(ME, "a", NOW + 10, NOW) and store.claim(ME, "b", NOW + 30, NOW + 11), "a claim lapses"


def test_values_expire_in_redis(redis_url: str) -> None:
    store = open_store(redis_url)
    store.put({"a": (1, 0.2), "b": (2, 60)}, NOW)
    assert store.claim(ME, "a", NOW + 0.2, NOW) and store.get(["a", "b"], NOW) == {"a": 1, "b": 2}
    time.sleep(0.3)
    assert store.get(["a", "b"], NOW) == {"b": 2} and store.claim(ME, "b", NOW + 60, NOW)


def test_four_workers_never_keep_a_message_twice(url: str) -> None:
    stores = [open_store(url) for _ in range(4)]

    def keep(worker: int) -> list[Verdict]:
        return [stores[worker].accept(ME, str(n), n, {}, NOW) for n in range(20)]

    with ThreadPoolExecutor(4) as threads:
        every = [verdict for verdicts in threads.map(keep, range(4)) for verdict in verdicts]
    assert every.count(Verdict.NEW) == 20 and every.count(Verdict.REPEATED) == 60


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'channels.db'}").close()
    assert stat.S_IMODE(os.stat(tmp_path / "channels.db").st_mode) == 0o600


def test_a_store_that_can_not_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreFault):
        open_store(f"sqlite:///{tmp_path / 'file' / 'channels.db'}")
    with pytest.raises(StoreFault):
        open_store("redis://127.0.0.1:1/0")


def test_a_dead_process_is_known() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    host, _, started = owner_of_this_process().rsplit("/", 2)
    assert is_dead(f"{host}/{ended.stdout.strip()}/1.0") and not is_dead(owner_of_this_process())
    assert is_dead(f"{host}/{os.getpid()}/{float(started) - 500}"), "a later process with the same number is another"
    assert not is_dead(f"elsewhere/{ended.stdout.strip()}/1.0"), "nobody knows of other machines"
