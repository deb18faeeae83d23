"""Drafts: kept, looked at, sent on their way, published once, taken back at their time."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from guide.refs import Ref
from guide.sitedb import NotFound, SiteDb, schema
from guide.sitedb.copying import preview
from guide.sitedb.drafts import CHANGED, GONE, Draft, NotOpen, State, drafts, due, get, keep, move, publish, run_due
from guide.sitedb.records import Notice
from guide.sitedb.sheets import ChangedMeanwhile
from guide.sitedb.writes import ADD, DELETE, UPDATE, Write

YEN_TU = Ref("place", "yen-tu")
TODAY = date(2026, 11, 24)
NOTICE = Write(ADD, str(YEN_TU), {"kind": "closure", "text.vi": "Đóng", "text.en": "Closed"}, "notice")


def phone(site: SiteDb, number: str) -> Write:
    return Write(UPDATE, str(YEN_TU), {"phone": number}, stamp=site.sheet(YEN_TU).stamp)


def notices(site: SiteDb) -> list[Notice]:
    return [notice for notice in site.every_notice() if notice.subject == YEN_TU]


def kept(site: SiteDb, now: datetime, *writes: Write, **more: object) -> Draft:
    return get(site, keep(site, writes, "lan@example.vn", now, **more))  # type: ignore[arg-type]


def test_a_draft_changes_nothing_until_it_is_published(fresh_site: SiteDb, now: datetime) -> None:
    before = fresh_site.version()
    draft = kept(fresh_site, now, phone(fresh_site, "0203 111 222"), NOTICE, note="Gọi hỏi rồi")
    assert draft.state is State.DRAFT and draft.note == "Gọi hỏi rồi" and fresh_site.version() == before
    sheet, notice = publish(fresh_site, draft.id, "minh@example.vn", now)
    assert fresh_site.get(YEN_TU).phone == "0203 111 222" and notice.startswith("notice/")
    done = get(fresh_site, draft.id)
    assert done.state is State.PUBLISHED and done.decided_by == "minh@example.vn"
    change = fresh_site.change(done.last or 0)
    assert change and change.actor == "lan@example.vn", "the history knows its author"


def test_what_it_would_change_is_seen_in_a_copy(fresh_site: SiteDb) -> None:
    before = fresh_site.version()
    with preview(fresh_site, [phone(fresh_site, "0203 111 222"), NOTICE], "lan", TODAY) as seen:
        assert seen.site.get(YEN_TU).phone == "0203 111 222"
        assert {change.table for change in seen.changes} >= {"place", "notice", "notice_text"}
        path = seen.site.path
    assert not path.exists() and fresh_site.version() == before


def test_what_has_changed_since_is_not_overwritten(fresh_site: SiteDb, now: datetime) -> None:
    draft = kept(fresh_site, now, phone(fresh_site, "0203 111 222"))
    with fresh_site.acting("minh"):
        fresh_site.set(YEN_TU, "phone", "0203 333 444")
    with pytest.raises(ChangedMeanwhile):
        publish(fresh_site, draft.id, "minh", now)
    assert fresh_site.get(YEN_TU).phone == "0203 333 444" and get(fresh_site, draft.id).state is State.DRAFT


@pytest.mark.parametrize("state", [State.PUBLISHED, State.DISCARDED, State.EXPIRED])
def test_what_is_over_is_over(fresh_site: SiteDb, now: datetime, state: State) -> None:
    draft = kept(fresh_site, now, NOTICE, state=state)
    with pytest.raises(NotOpen):
        publish(fresh_site, draft.id, "minh", now)
    with pytest.raises(NotOpen):
        move(fresh_site, draft.id, State.WAITING, "lan", now)
    assert drafts(fresh_site) == []


def test_it_goes_to_a_reviewer_and_comes_back_with_a_reason(fresh_site: SiteDb, now: datetime) -> None:
    draft = kept(fresh_site, now, NOTICE, state=State.WAITING)
    move(fresh_site, draft.id, State.REFUSED, "minh", now, reason="Chưa có ngày")
    (refused,) = drafts(fresh_site)
    assert (refused.state, refused.reason, refused.decided_by) == (State.REFUSED, "Chưa có ngày", "minh")
    with pytest.raises(NotFound):
        get(fresh_site, 99)


def test_a_fare_begins_at_its_hour_and_ends_at_its_own(fresh_site: SiteDb, now: datetime) -> None:
    was = fresh_site.get(YEN_TU).phone
    hour, end = now + timedelta(days=38), now + timedelta(days=40)
    writes = (phone(fresh_site, "0203 111 222"), NOTICE)
    draft = kept(fresh_site, now, *writes, state=State.SCHEDULED, publish_at=hour, expires_at=end)
    assert run_due(fresh_site, hour - timedelta(seconds=1)) == 0
    assert run_due(fresh_site, hour) == 1 and run_due(fresh_site, hour) == 0
    assert fresh_site.get(YEN_TU).phone == "0203 111 222" and get(fresh_site, draft.id).state is State.PUBLISHED
    assert run_due(fresh_site, end) == 1 and due(fresh_site, end) == ([], [])
    assert fresh_site.get(YEN_TU).phone == was and not notices(fresh_site)
    assert get(fresh_site, draft.id).state is State.EXPIRED


def test_what_cannot_be_published_at_its_hour_goes_to_a_person(fresh_site: SiteDb, now: datetime) -> None:
    first = kept(fresh_site, now, phone(fresh_site, "0203 111 222"), state=State.SCHEDULED, publish_at=now)
    second = kept(fresh_site, now, Write(DELETE, "notice/99"), state=State.SCHEDULED, publish_at=now)
    with fresh_site.acting("minh"):
        fresh_site.set(YEN_TU, "phone", "0203 333 444")
    assert run_due(fresh_site, now) == 0
    found = {draft.id: (draft.state, draft.reason) for draft in drafts(fresh_site)}
    assert found == {first.id: (State.WAITING, CHANGED), second.id: (State.WAITING, GONE)}


def test_what_others_built_upon_is_not_taken_back(fresh_site: SiteDb, now: datetime) -> None:
    draft = kept(
        fresh_site, now, phone(fresh_site, "0203 111 222"), state=State.SCHEDULED, publish_at=now, expires_at=now
    )
    run_due(fresh_site, now - timedelta(seconds=1))
    publish(fresh_site, draft.id, "lan", now)
    with fresh_site.acting("minh"):
        fresh_site.set(YEN_TU, "phone", "0203 333 444")
    assert run_due(fresh_site, now) == 0
    assert fresh_site.get(YEN_TU).phone == "0203 333 444"
    assert get(fresh_site, draft.id).reason == CHANGED and due(fresh_site, now) == ([], []), "it is tried once"


def test_several_servers_publish_once(fresh_site: SiteDb, now: datetime) -> None:
    keep(fresh_site, [NOTICE], "lan", now, state=State.SCHEDULED, publish_at=now)
    servers = [SiteDb.open(fresh_site.path, writable=True) for _ in range(4)]
    threads = [threading.Thread(target=run_due, args=(server, now)) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(notices(fresh_site)) == 1


def test_a_database_without_drafts_gets_the_table(fresh_site: SiteDb, now: datetime) -> None:
    connection = fresh_site.connection
    connection.execute("DROP TABLE draft")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name IN ('drafts', 'forms_of_drafts')")
    assert schema.migrate(connection) == ["drafts", "forms_of_drafts"]
    assert drafts(fresh_site) == [] and kept(fresh_site, now, NOTICE).id == 1


def test_drafts_survive_a_load_of_the_facts(fresh_site: SiteDb, now: datetime) -> None:
    from guide.sitedb.loading import load

    draft = kept(fresh_site, now, NOTICE)
    load(Path(__file__).parents[3] / "data" / "facts", fresh_site.path)
    assert get(fresh_site, draft.id) == draft
