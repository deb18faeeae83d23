"""From files to rows: mistakes are all named at once, a second load changes nothing, staff's edits stay."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any, Callable

import pytest

from guide.refs import Ref
from guide.sitedb import LoadErrors, SiteDb, Unwritable
from guide.sitedb.loading import load
from tests.guide.sitedb.facts_kit import small_facts, write_place

PLACE = Ref("place", "chua-thu")
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def facts(tmp_path: Path, facts_dir: Path) -> Path:
    """One trial place as files."""
    return small_facts(tmp_path / "facts", facts_dir)


@pytest.fixture
def small(facts: Path, tmp_path: Path) -> SiteDb:
    """A database built from them."""
    return SiteDb.build(facts, tmp_path / "site.db")


def dump(path: Path) -> list[str]:
    """All there is in a database, as SQL."""
    with sqlite3.connect(path) as connection:
        return [line for line in connection.iterdump() if "_sqlite_migrations" not in line]


def price(**values: Any) -> Change:
    """The trial place with other values in its price."""
    return lambda place: place["prices"][0].update(values)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        pytest.param(lambda p: p.update(id="Chùa Thử"), "id", "small letters", id="wrong-id"),
        pytest.param(lambda p: p.update(id="chua-khac"), "id", "file's name", id="id-is-not-the-files-name"),
        pytest.param(lambda p: p.update(kind="castle"), "kind", "one of: pagoda", id="unknown-kind"),
        pytest.param(lambda p: p.update(part_of="chua-nao"), "part_of", "there is no place", id="dangling-reference"),
        pytest.param(lambda p: p.update(part_of="chua-thu"), "part_of", "part of itself", id="contains-itself"),
        pytest.param(lambda p: p["name"].pop("en"), "name", "missing in en", id="missing-translation"),
        pytest.param(lambda p: p["facts"][1].pop("vi"), "facts[1]", "missing in vi", id="fact-in-one-language"),
        pytest.param(lambda p: p["facts"][0].update(topic="gossip"), "facts[0].topic", "one of", id="unknown-topic"),
        pytest.param(lambda p: p["facts"][0].update(source="s9"), "facts[0].source", "'sources'", id="unlisted-source"),
        pytest.param(lambda p: p["facts"].append(p["facts"][0]), "facts[2]", "is there already", id="same-fact-twice"),
        pytest.param(lambda p: p["location"].update(lat=10.8), "location.lat", "20.4", id="outside-the-region"),
        pytest.param(lambda p: p["location"].pop("lon"), "location.lon", "is missing", id="half-a-location"),
        pytest.param(lambda p: p["visit"].update(hours="7h-17h"), "visit.hours", "Mo-Su", id="opening-hours"),
        pytest.param(lambda p: p["visit"].update(minutes="half an hour"), "visit.minutes", "number", id="not-a-number"),
        pytest.param(lambda p: p["visit"].update(wheelchair=False), "visit.wheelchair", "one of: yes", id="yaml-no"),
        pytest.param(price(unit="USD"), "prices[0].unit", "VND", id="unknown-unit"),
        pytest.param(price(adult=-1), "prices[0].adult", "0", id="negative-price"),
        pytest.param(price(valid_from="2026-02-30"), "prices[0].valid_from", "YYYY-MM-DD", id="no-such-date"),
        pytest.param(price(valid_to="2025-12-31"), "prices[0].valid_to", "before valid_from", id="ends-first"),
        pytest.param(lambda p: p["contacts"].update(phone="hỏi ở cổng"), "contacts.phone", "digits", id="phone"),
        pytest.param(lambda p: p["contacts"].update(website="yentu.vn"), "contacts.website", "http", id="website"),
        pytest.param(lambda p: p.update(sumary={}), "sumary", "not a key", id="misspelt-key"),
        pytest.param(lambda p: p.pop("summary"), "summary", "is missing", id="missing-key"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_field_and_advice(
    facts: Path, tmp_path: Path, change: Change, field: str, said: str
) -> None:
    write_place(facts, change)
    with pytest.raises(LoadErrors) as caught:
        load(facts, tmp_path / "site.db")
    problem = caught.value.problems[0]
    assert (problem.file, problem.field) == ("places/chua-thu.yaml", field)
    assert said in problem.message and problem.line
    assert not (tmp_path / "site.db").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("id: chua-thu\nid: chua-khac\n", "stands twice", id="key-twice"),
        pytest.param("id: [chua-thu\n", "not valid YAML", id="syntax"),
        pytest.param("- chua-thu\n", "no mapping", id="list"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(facts: Path, tmp_path: Path, text: str, said: str) -> None:
    (facts / "places" / "chua-thu.yaml").write_text(text, "utf-8")
    with pytest.raises(LoadErrors, match=f"places/chua-thu.yaml.*{said}"):
        load(facts, tmp_path / "site.db")


def test_a_file_of_no_known_format_is_named(facts: Path, tmp_path: Path) -> None:
    (facts / "places.yaml").write_text("id: x\n", "utf-8")
    with pytest.raises(LoadErrors, match=r"places\.yaml.*README"):
        load(facts, tmp_path / "site.db")


def test_all_mistakes_are_named_at_once_and_the_old_database_stays(small: SiteDb, facts: Path) -> None:
    before = dump(small.path)
    write_place(facts, lambda p: (p.update(kind="castle"), p["visit"].update(hours="7h"), p["name"].pop("vi")))
    with pytest.raises(LoadErrors) as caught:
        load(facts, small.path)
    assert {problem.field for problem in caught.value.problems} == {"kind", "visit.hours", "name"}
    assert str(caught.value).startswith("3 mistakes in the facts; nothing was written")
    assert dump(small.path) == before


def test_loading_twice_changes_nothing(fresh_site: SiteDb, facts_dir: Path) -> None:
    before = dump(fresh_site.path)
    report = load(facts_dir, fresh_site.path)
    assert not report.changed and not report.kept
    assert dump(fresh_site.path) == before


def test_a_load_brings_in_what_is_new_and_takes_away_what_is_gone(small: SiteDb, facts: Path) -> None:
    before = small.version()
    write_place(facts, lambda p: (p["facts"].pop(0), p["visit"].update(minutes=45), p["aliases"]["en"].append("Trial")))
    report = load(facts, small.path)
    assert (report.inserted, report.updated, report.deleted) == (1, 2, 3), (
        "an alias; minutes and a position; a fact with its texts"
    )
    assert small.version() != before, "a bot that is running sees it"
    assert small.get(PLACE).minutes == 45
    assert [fact.topic for fact in small.facts(PLACE)] == ["nature"]
    assert {change.actor for change in small.history()} == {"load"}


def test_what_staff_changed_stays_and_is_named(small: SiteDb, facts: Path) -> None:
    with small.acting("lan") as site:
        site.set(PLACE, "minutes", 20)
        site.set(PLACE, "summary", "Chùa nhỏ trong rừng.", lang="vi")
    write_place(
        facts, lambda p: (p["visit"].update(minutes=45), p["summary"].update(vi="Chùa lớn.", en="A big pagoda."))
    )
    report = load(facts, small.path)
    assert [(kept.what, kept.present, kept.shipped) for kept in report.kept] == [
        ("summary vi", "Chùa nhỏ trong rừng.", "Chùa lớn."),
        ("minutes", 20, 45),
    ]
    place = small.get(PLACE)
    assert (place.minutes, place.summary["vi"], place.summary["en"]) == (20, "Chùa nhỏ trong rừng.", "A big pagoda.")


def test_overwrite_takes_the_files_values(small: SiteDb, facts: Path) -> None:
    with small.acting("lan") as site:
        site.set(PLACE, "minutes", 20)
        site.delete(f"fact/{site.facts(PLACE)[0].id}")
    assert load(facts, small.path).kept
    assert not load(facts, small.path, overwrite=True).kept
    assert small.get(PLACE).minutes == 30 and len(small.facts(PLACE)) == 2


def test_what_staff_deleted_stays_deleted(small: SiteDb, facts: Path) -> None:
    with small.acting("lan") as site:
        site.delete(PLACE)
    report = load(facts, small.path)
    assert not report.changed and report.kept
    assert small.find(PLACE) is None


def test_what_staff_added_to_a_place_keeps_the_place(small: SiteDb, facts: Path, facts_dir: Path) -> None:
    with small.acting("lan", date(2026, 11, 24)) as site:
        site.add_fact(PLACE, "legend", {"vi": "Có chuyện kể.", "en": "There is a tale."})
    (facts / "places" / "chua-thu.yaml").unlink()
    report = load(facts, small.path)
    assert report.kept and small.get(PLACE).name["vi"] == "Chùa Thử"


def test_a_place_taken_out_of_the_files_goes_when_nobody_touched_it(small: SiteDb, facts: Path) -> None:
    (facts / "places" / "chua-thu.yaml").unlink()
    report = load(facts, small.path)
    assert report.deleted and not report.kept and small.find(PLACE) is None


def test_a_folder_that_cannot_be_written_is_named(facts: Path) -> None:
    (facts / "in-the-way").write_text("a file, not a folder", "utf-8")
    with pytest.raises(Unwritable, match="in-the-way"):
        load(facts, facts / "in-the-way" / "site.db")


def test_a_database_that_somebody_else_is_writing_is_said_to_be_busy(
    small: SiteDb, facts: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("guide.sitedb.connecting.BUSY_MS", 10)
    write_place(facts, lambda p: p["visit"].update(minutes=45))
    with small.acting("lan"), pytest.raises(Unwritable, match="locked"):
        load(facts, small.path)


def test_a_database_of_an_older_schema_is_brought_up_to_date_with_what_staff_wrote(small: SiteDb, facts: Path) -> None:
    with small.acting("lan") as site:
        site.set(PLACE, "minutes", 20)
    small.connection.execute("PRAGMA user_version = 1")
    small.close()
    report = load(facts, small.path)
    assert not report.created and report.kept[0].present == 20
    assert SiteDb.open(small.path).get(PLACE).minutes == 20


def test_a_broken_database_is_moved_aside_and_built_anew(small: SiteDb, facts: Path) -> None:
    small.close()
    small.path.write_bytes(b"no longer a database" * 100)
    report = load(facts, small.path)
    assert report.created and report.aside is not None and report.aside.read_bytes().startswith(b"no longer")
    assert SiteDb.open(small.path).get(PLACE).minutes == 30
