"""The command line, as staff use it."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import click
import pytest
from click.testing import CliRunner, Result

from guide.sitedb import SiteDb
from guide.sitedb.cli import facts, main
from guide.visits import Unanswered, Visits
from tests.guide.sitedb.facts_kit import small_facts, write_place

Run = Callable[..., Result]


@pytest.fixture
def run(fresh_site: SiteDb) -> Run:
    """Runs a command on a copy of the database."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments), env={"TRUC_SITE_DB": str(fresh_site.path)})

    return run


@pytest.mark.parametrize(
    "command", [main, *main.commands.values(), *facts.commands.values()], ids=lambda command: command.name
)
def test_every_command_and_option_says_what_it_is_for(command: click.Command) -> None:
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("subject", ["place/chua-dong", "chua-dong", "Chùa Đồng", "bronze pagoda"])
def test_a_subject_is_found_by_reference_id_or_name(run: Run, subject: str) -> None:
    assert run("facts", "get", subject).output.startswith("place/chua-dong (Chùa Đồng)")


def test_a_name_of_two_subjects_must_be_told_apart(run: Run) -> None:
    result = run("facts", "get", "an-ky-sinh")
    assert result.exit_code == 1 and "place/an-ky-sinh, person/an-ky-sinh" in result.output


def test_a_value_is_set_shown_recorded_and_undone(run: Run) -> None:
    assert run("facts", "set", "place/chua-dong", "hours", "Mo-Su 06:00-18:00", "--actor", "lan").exit_code == 0
    assert run("facts", "get", "chua-dong", "hours").output == "Mo-Su 06:00-18:00\n"
    history = run("facts", "history", "chua-dong").output
    assert "lan" in history and "hours nothing → Mo-Su 06:00-18:00" in history
    number = history.split()[0]
    assert run("facts", "revert", number).output == f"Undone: {number}.\n"
    assert run("facts", "get", "chua-dong", "hours").output == "unknown\n"


def test_a_text_is_set_in_its_language(run: Run) -> None:
    assert run("facts", "set", "chua-dong", "summary", "Chùa đúc bằng đồng.", "--lang", "vi").exit_code == 0
    assert "vi: Chùa đúc bằng đồng.; en: A small pagoda" in run("facts", "get", "chua-dong", "summary").output


def test_a_place_is_added_whole(run: Run) -> None:
    texts = [
        "--name-vi",
        "Am Hoa",
        "--name-en",
        "Hoa Hermitage",
        "--summary-vi",
        "Am cũ.",
        "--summary-en",
        "An old hermitage.",
    ]
    result = run("facts", "add-place", "--id", "am-hoa", "--kind", "hermitage", "--part-of", "yen-tu", *texts)
    assert result.output.startswith("place/am-hoa: added. Still unknown: location")
    assert run("facts", "add-alias", "am-hoa", "am hoa yên tử").exit_code == 0
    assert run("facts", "add-price", "am-hoa", "--adult", "0", "--item-vi", "Vé", "--item-en", "Ticket").exit_code == 0
    assert (
        run("facts", "add-fact", "am-hoa", "--topic", "history", "--text-vi", "Cổ.", "--text-en", "Old.").exit_code == 0
    )
    assert run("facts", "add-notice", "am-hoa", "--text-vi", "Đóng.", "--text-en", "Closed.").exit_code == 0
    shown = run("facts", "get", "am hoa yen tu").output
    assert all(text in shown for text in ("Am Hoa", "Vé: 0 VND", "Cổ.", "Đóng."))
    assert run("facts", "delete", "am-hoa", "--yes").exit_code == 0
    assert run("facts", "get", "am-hoa").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("set", "chua-dong", "hours", "always"), 1, "Mo-Su 07:00-17:00", id="wrong-value"),
        pytest.param(("set", "chua-dong", "minutes", "long"), 1, "whole number", id="not-a-number"),
        pytest.param(("set", "chua-dong", "hours"), 2, "--unset", id="no-value"),
        pytest.param(("get", "atlantis"), 1, "knows no 'atlantis'", id="unknown-subject"),
        pytest.param(("get", "chua-dong", "colour"), 1, "has no 'colour'", id="unknown-field"),
        pytest.param(("revert", "99999"), 1, "no change 99999", id="unknown-change"),
        pytest.param(("add-place", "--id", "x"), 2, "Missing option", id="missing-option"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_an_exit_code(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = run("facts", *arguments)
    assert result.exit_code == code and said in result.output
    assert "Traceback" not in result.output


def test_what_is_not_known_is_listed(run: Run) -> None:
    output = run("facts", "missing").output
    assert "cable_car/cap-treo-yen-tu-1 (Cáp treo Yên Tử tuyến 1: Giải Oan – Hoa Yên): hours" in output
    assert run("facts", "missing", "chua-dong").output.endswith("values are not known.\n")


def test_questions_that_were_not_answered_are_listed(run: Run, visits: Visits, now) -> None:
    visits.unanswered.add(Unanswered("mấy giờ có xe?", "vi", "rest", (), now))
    assert run("facts", "unanswered").output == "2026-11-24 09:00 [vi, rest] mấy giờ có xe?\n"


def test_a_load_tells_what_it_did_and_what_it_left(tmp_path: Path, facts_dir: Path) -> None:
    folder, db = small_facts(tmp_path / "facts", facts_dir), str(tmp_path / "var" / "site.db")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--db", db])

    def load(*more: str) -> str:
        return run("load", "--facts-dir", str(folder), *more).output

    assert "built" in load()
    assert "up to date" in load()
    run("facts", "set", "chua-thu", "minutes", "20")
    assert "place/chua-thu minutes: staff have 20, the files have 30" in load()
    assert "1 changed" in load("--overwrite")
    write_place(folder, lambda place: place.update(kind="castle"))
    result = run("load", "--facts-dir", str(folder))
    assert result.exit_code == 1 and "places/chua-thu.yaml:2 kind = 'castle': write one of" in result.output


def test_without_a_database_it_says_how_to_build_one(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["facts", "get", "yen-tu", "--db", str(tmp_path / "none.db")])
    assert result.exit_code == 1 and "./run load" in result.output


@pytest.mark.parametrize(
    ("arguments", "ref", "key", "value"),
    [
        pytest.param(
            ("festival", "--id", "hoi-x", "name.vi=Hội X", "name.en=X", "month=1", "day=10", "lunar=yes", "days=2",
             'main_days=[{"month": 1, "day": 11, "lunar": true}]'),
            "festival/hoi-x", "main_days", [{"month": 1, "day": 11, "lunar": 1, "fact": None}], id="festival",
        ),
        pytest.param(
            ("route", "--id", "x", "name.vi=Tuyến X", "name.en=X", "status=suggested", "stops=chua-dong; yen-tu"),
            "route/x", "stops", ["place/chua-dong", "place/yen-tu"], id="route",
        ),
        pytest.param(
            ("road_link", "--id", "a--b--car", "origin=yen-tu", "destination=con-son", "km=30", "minutes=50",
             "mode=car", "roads.=QL18; QL37"),
            "road_link/a--b--car", "roads.", ["QL18", "QL37"], id="road",
        ),
        pytest.param(
            ("fact", "--about", "yen-tu", "topic=food", "text.vi=Măng trúc", "text.en=Bamboo shoots"),
            "fact/", "topic", "food", id="fact",
        ),
        pytest.param(("source", "--id", "bao-x", "title=Báo X"), "source/bao-x", "title", "Báo X", id="source"),
    ],
)  # fmt: skip
def test_anything_is_added_by_its_keys(
    run: Run, fresh_site: SiteDb, arguments: tuple[str, ...], ref: str, key: str, value: object
) -> None:
    result = run("facts", "add", *arguments, "--actor", "lan")
    assert result.exit_code == 0 and result.output.startswith(ref), result.output
    added = result.output.partition(":")[0]
    assert fresh_site.sheet(added).values[key] == value
    assert f"{key}: " in run("facts", "sheet", added).output


def test_a_list_is_set_and_the_whole_taken_back_to_a_moment(run: Run, fresh_site: SiteDb) -> None:
    before = fresh_site.sheet("bus_line/" + fresh_site.ids("bus_line")[0].partition("/")[2])
    assert run("facts", "set", before.ref, "operators", "Nhà xe A; Nhà xe B").exit_code == 0
    assert fresh_site.sheet(before.ref).values["operators."] == ["Nhà xe A", "Nhà xe B"]
    fresh_site.connection.execute("UPDATE history SET at = '2026-11-24T03:00:00.000Z'")
    assert "rows are as they were" in run("facts", "restore", before.ref, "2026-11-24 09:00").output
    assert fresh_site.sheet(before.ref).values == before.values


def test_what_was_deleted_is_listed(run: Run) -> None:
    assert run("facts", "delete", "chua-dong", "--yes", "--actor", "lan").exit_code == 0
    assert "place/chua-dong (Chùa Đồng)" in run("facts", "deleted").output
