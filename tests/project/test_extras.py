"""What the packages import: the base brings it, or an extra does, and then it is imported where it is needed."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis.reading.sources.database import DATABASES
from analysis.reading.sources.formats import FORMATS
from report.command.preview import PREVIEW
from report.render.pandoc import PAGES

PROJECT = Path(__file__).parents[2]
EXTRAS = {DATABASES, PAGES, PREVIEW, *(one.extra for one in FORMATS.values() if one.extra)}
DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"analysis", "report"}
BY_NAME = {"import_module", "find_spec"}
"""Functions that take a module's name."""


class Imported(NamedTuple):
    module: str
    """The topmost package."""
    lazy: bool
    """Inside a function."""
    where: str


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirements: list[str]) -> set[str]:
    """The distributions that requirements name: `psycopg[binary]` brings psycopg and psycopg-binary."""
    found = (re.match(r"([\w.-]+)(?:\[([\w,-]+)\])?", each) for each in requirements)
    return {
        plain(name)
        for each in found
        if each
        for name in (each[1], *(f"{each[1]}-{extra}" for extra in (each[2] or "").split(",") if extra))
    }


def imports(node: ast.AST, where: str, *, lazy: bool = False) -> Iterator[Imported]:
    """What is imported when the code runs; not what is for types alone."""
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        names = [node.module or ""]
    elif isinstance(node, ast.Call) and getattr(node.func, "id", None) in BY_NAME:
        names = [each.value for each in node.args[:1] if isinstance(each, ast.Constant)]
    yield from (Imported(name.partition(".")[0], lazy, where) for name in names)
    typing = isinstance(node, ast.If) and getattr(node.test, "id", None) == "TYPE_CHECKING"
    inside = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in node.orelse if typing else ast.iter_child_nodes(node):
        yield from imports(child, where, lazy=inside)


def of_the_packages() -> list[Imported]:
    files = [file for part in sorted(OURS) for file in sorted((PROJECT / part).rglob("*.py"))]
    found = [
        each
        for file in files
        for each in imports(ast.parse(file.read_text(encoding="utf-8")), file.relative_to(PROJECT).as_posix())
    ]
    return [each for each in found if each.module not in OURS | sys.stdlib_module_names]


BRINGS = packages_distributions()
BASE = named(DECLARED["dependencies"])
ADDED = {extra: named(requirements) for extra, requirements in DECLARED["optional-dependencies"].items()}


def bring(module: str) -> set[str]:
    return {plain(name) for name in BRINGS.get(module, ())}


def test_everything_imported_is_brought_by_the_base_or_by_an_extra():
    brought = BASE.union(*ADDED.values())
    found = of_the_packages()
    assert len(found) > 200
    assert [each for each in found if not bring(each.module) & brought] == []


def test_what_an_extra_brings_is_imported_only_where_it_is_needed():
    optional = [each for each in of_the_packages() if not bring(each.module) & BASE]
    assert {each.module for each in optional} == {"duckdb", "pypandoc", "pyreadstat", "sqlalchemy", "watchfiles"}
    assert [each for each in optional if not each.lazy] == []


def test_the_base_holds_nothing_that_nobody_imports():
    used = set().union(*(bring(each.module) for each in of_the_packages()))
    # `pagefind[bin]` is how the program of `pagefind_bin` is asked for.
    assert BASE - used == {"pagefind"}


def test_each_extra_is_known_by_the_modules_that_its_packages_bring():
    assert {each.name: set().union(*map(bring, each.modules)) for each in EXTRAS} == {
        extra: packages - {"psycopg-binary"}  # what psycopg itself imports
        for extra, packages in ADDED.items()
        if extra != "all"
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import duckdb", [("duckdb", False)]),
        ("from sqlalchemy.pool import NullPool", [("sqlalchemy", False)]),
        ("def f():\n    import duckdb.typing", [("duckdb", True)]),
        ("if TYPE_CHECKING:\n    from duckdb import X\nelse:\n    import watchfiles", [("watchfiles", False)]),
        ("try:\n    import duckdb\nexcept ImportError:\n    duckdb = None", [("duckdb", False)]),
        ("class A:\n    import duckdb", [("duckdb", False)]),
        ("def f():\n    return find_spec('pypandoc')", [("pypandoc", True)]),
        ("x = import_module('pagefind_bin')", [("pagefind_bin", False)]),
        ("from . import x", []),
    ],
)
def test_every_way_to_import_is_seen(text, found):
    assert [(each.module, each.lazy) for each in imports(ast.parse(text), "x.py")] == found
