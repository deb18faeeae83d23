"""One room for each thing: who may import whom, where SQL lives, where wording lives, how long a piece may be."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path
from typing import Iterator

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
ROOMS = ("guide", "actions", "bot", "web", "ops")
SQL = re.compile(
    r"^\s*(select\s.+\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|trigger|index)\s)",
    re.I | re.S,
)
VIETNAMESE = re.compile("[ăâđêôơưàảãạáằẳẵặắầẩẫậấèẻẽẹéềểễệếìỉĩịíòỏõọóồổỗộốờởỡợớùủũụúừửữựứỳỷỹỵý]", re.I)
LONGEST_FUNCTION = 60


def sources(*rooms: str) -> list[Path]:
    """The Python files of these rooms."""
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


@lru_cache(maxsize=None)
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string of a module that is no docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_rooms_import_only_what_they_may() -> None:
    assert lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True) == 0, (
        "run `lint-imports` to see more"
    )


def test_sql_lives_in_sitedb_only() -> None:
    found = [
        f"{relative(path)}:{line} {text[:60]!r}"
        for path in sources(*ROOMS)
        if not path.is_relative_to(ROOT / "guide" / "sitedb")
        for line, text in strings(parsed(path))
        if SQL.search(text)
    ]
    assert not found


def test_wording_lives_in_templates() -> None:
    found = [
        f"{relative(path)}:{line} {text[:60]!r}"
        for path in sources("guide", "actions", "bot", "web")
        for line, text in strings(parsed(path))
        if len(text) > 3 and VIETNAMESE.search(text)
    ]
    assert not found, "Vietnamese wording in code belongs in a template or a data file"


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in sources(*ROOMS)
        for node in ast.walk(parsed(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_public_things_are_explained() -> None:
    silent = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in sources(*ROOMS)
        for node in parsed(path).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_every_module_says_what_it_is_for() -> None:
    silent = [relative(path) for path in sources(*ROOMS) if parsed(path).body and not ast.get_docstring(parsed(path))]
    assert not silent
