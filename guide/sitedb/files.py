"""Reads data/facts: every YAML file by its format, mistakes gathered with the line they are on."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Callable, Mapping, NamedTuple, Optional

import yaml
from pydantic import BaseModel, ValidationError

from guide.sitedb import formats, formats_services, formats_transport, rows, rows_services, rows_transport
from guide.sitedb.collecting import Collected, Page
from guide.sitedb.problems import Problem
from guide.sitedb.values import Slug, check, explain


class Format(NamedTuple):
    """Which files have this format, the model to read them by, and what makes rows of them."""

    pattern: str
    model: type[BaseModel]
    to_rows: Callable[[Page, Any], None]


# Sources first and places before what points to them, so that a problem is reported where a reader looks for it.
FORMATS = (
    Format("sources.yaml", formats_services.SourcesFile, rows_services.sources),
    Format("places/*.yaml", formats.PlaceFile, rows.place),
    Format("provinces.yaml", formats_services.ProvincesFile, rows_services.provinces),
    Format("people/*.yaml", formats.PersonFile, rows.person),
    Format("festivals/*.yaml", formats.FestivalFile, rows.festival),
    Format("transport/gateways.yaml", formats_transport.GatewaysFile, rows_transport.gateways),
    Format("transport/bridges.yaml", formats_transport.BridgesFile, rows_transport.bridges),
    Format("transport/road_links.yaml", formats_transport.RoadLinksFile, rows_transport.road_links),
    Format("transport/bus.yaml", formats_transport.BusFile, rows_transport.bus),
    Format("transport/boats.yaml", formats_transport.BoatsFile, rows_transport.boats),
    Format("transport/cable_cars.yaml", formats_transport.CableCarsFile, rows_transport.cable_cars),
    Format("transport/rail.yaml", formats_transport.RailFile, rows_transport.rail),
    Format("transport/trails.yaml", formats_transport.TrailsFile, rows_transport.trails),
    Format("programmes/routes.yaml", formats.RoutesFile, rows.routes),
    Format("programmes/cooperation.yaml", formats.ProgrammesFile, rows.programmes),
    Format("food/dishes.yaml", formats_transport.DishesFile, rows_transport.dishes),
    Format("services/lodging.yaml", formats_services.LodgingFile, rows_services.lodging),
    Format("services/eating.yaml", formats_services.EatingFile, rows_services.eating),
    Format("services/help.yaml", formats_services.HelpFile, rows_services.help_),
    Format("services/etiquette.yaml", formats_services.EtiquetteFile, rows_services.etiquette),
    Format("elsewhere.yaml", formats_services.ElsewhereFile, rows_services.elsewhere),
)


class _Loader(yaml.CSafeLoader):
    """YAML in which a key that stands twice is a mistake, not a silent loss of the first."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for position, key in enumerate(keys):
        if key in keys[:position]:
            raise yaml.MarkedYAMLError(
                problem=f"the key '{key}' stands twice", problem_mark=node.value[position][0].start_mark
            )
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(facts_dir: Path) -> Collected:
    """All rows that the files stand for, with the problems of reading them."""
    collected = Collected()
    if not facts_dir.is_dir():
        collected.problems.append(
            Problem(str(facts_dir), "", None, "there is no such folder: say where the fact files are")
        )
        return collected
    parsed = [
        (kind, name, model)
        for kind, name in _files(facts_dir, collected)
        if (model := _parse(facts_dir, kind, name, collected))
    ]
    gateways = {
        item.id
        for _, _, model in parsed
        if isinstance(model, formats_transport.GatewaysFile)
        for item in model.gateways
    }
    for kind, name, model in parsed:
        page = Page(collected, name, getattr(model, "sources", {}), gateways)
        page.add_sources()
        kind.to_rows(page, model)
    return collected


def _files(facts_dir: Path, collected: Collected) -> list[tuple[Format, str]]:
    """Every file with its format, in the formats' order; a file without one is a problem."""
    found = []
    for path in sorted([*facts_dir.rglob("*.yaml"), *facts_dir.rglob("*.yml")]):
        name = path.relative_to(facts_dir).as_posix()
        order = next((number for number, kind in enumerate(FORMATS) if fnmatch(name, kind.pattern)), None)
        if order is None:
            said = "is none of the files of this folder (see its README): correct the name or take it out"
            collected.problems.append(Problem(name, "", None, said))
        else:
            found.append((order, name))
    if not found:
        collected.problems.append(Problem(str(facts_dir), "", None, "holds no fact files: say where they are"))
    return [(FORMATS[order], name) for order, name in sorted(found)]


def _parse(facts_dir: Path, kind: Format, name: str, collected: Collected) -> Optional[BaseModel]:
    """The file's content by its format; None when it cannot be read."""
    try:
        raw = yaml.load((facts_dir / name).read_text("utf-8"), _Loader)
    except UnicodeDecodeError as error:
        collected.problems.append(Problem(name, "", None, f"is not UTF-8 text ({error.reason}): save it as UTF-8"))
        return None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        collected.problems.append(Problem(name, "", None, f"is not valid YAML: {error.problem or error}", line))
        return None
    if not isinstance(raw, dict):
        collected.problems.append(Problem(name, "", None, "holds no mapping: see the README for what belongs here"))
        return None
    _check_id(kind, name, raw, collected)
    try:
        return kind.model.parse_obj(raw)
    except ValidationError as error:
        collected.problems.extend(_problem(name, raw, each) for each in error.errors())
        return None


def _check_id(kind: Format, name: str, raw: dict[str, Any], collected: Collected) -> None:
    """A file of one subject is named as the subject's id."""
    stem = Path(name).stem
    if "*" in kind.pattern and raw.get("id") != stem and check(Slug, raw.get("id"))[1] is None:
        said = f"must be the same as the file's name: write {stem}, or rename the file"
        collected.problems.append(Problem(name, "id", raw.get("id"), said))


def _problem(name: str, raw: Any, error: Mapping[str, Any]) -> Problem:
    value = raw
    for step in error["loc"]:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None if step != "words" else value
    shown = None if isinstance(value, (dict, list)) else value
    return Problem(name, field_path(error["loc"]), shown, explain(error))


def field_path(loc: tuple[Any, ...]) -> str:
    """``('facts', 3, 'words')`` → ``facts[3]``: as the file's reader would say it."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc if step not in ("words", "__root__")]
    return "".join(steps).lstrip(".")


def with_lines(problems: list[Problem], facts_dir: Path) -> list[Problem]:
    """The problems with the line of the file that each is on, sorted by file and line."""
    trees: dict[str, Optional[yaml.Node]] = {}
    located = []
    for problem in problems:
        if problem.line is None and problem.file not in trees:
            trees[problem.file] = _tree(facts_dir / problem.file)
        line = problem.line or _line(trees.get(problem.file), problem.field)
        located.append(problem._replace(line=line))
    return sorted(set(located), key=lambda problem: (problem.file, problem.line or 0, problem.field, problem.message))


def _tree(path: Path) -> Optional[yaml.Node]:
    try:
        return yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _line(node: Optional[yaml.Node], path: str) -> Optional[int]:
    """The line of the deepest part of the path that the file has."""
    if node is None:
        return None
    line = node.start_mark.line + 1
    for name, number in re.findall(r"([\w-]+)|\[(\d+)\]", path):
        if name and isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == name), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif number and isinstance(node, yaml.SequenceNode) and int(number) < len(node.value):
            node = node.value[int(number)]
            line = node.start_mark.line + 1
    return line
