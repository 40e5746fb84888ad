"""The wheel, in an empty folder: everything that a build needs is in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from email.parser import Parser
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
HIDING = """import sys
from importlib.machinery import PathFinder

HIDDEN = {hidden!r}


class Base(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in HIDDEN else super().find_spec(name, path, target)


sys.meta_path[:] = [Base if finder is PathFinder else finder for finder in sys.meta_path]
"""
"""A `sitecustomize` that hides modules, as if they had never been installed."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    made = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", *made, str(PROJECT)], check=True, capture_output=True)  # noqa: S603
    return next(folder.glob("segment_atlas-*.whl"))


def test_the_wheel_holds_its_licence_and_its_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"analysis/py.typed", "report/py.typed"} <= set(names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "docs/", "data/")) for name in names)


def test_the_wheel_names_the_extras_and_what_they_bring(wheel: Path) -> None:
    file = zipfile.ZipFile(wheel)
    (name,) = (each for each in file.namelist() if each.endswith(".dist-info/METADATA"))
    said = Parser().parsestr(file.read(name).decode())
    assert said.get_all("Provides-Extra") == ["all", "databases", "pages", "parquet", "preview", "survey"]
    added: dict[str, set[str]] = {}
    for each in said.get_all("Requires-Dist", []):
        requirement, _, extra = each.partition("; extra == ")
        if extra:
            added.setdefault(extra.strip("'"), set()).add(re.split(r"[<>=]", requirement)[0])
    assert added.pop("all") == set().union(*added.values())
    assert added == {
        "databases": {"psycopg[binary]", "sqlalchemy"},
        "pages": {"pypandoc-binary"},
        "parquet": {"duckdb"},
        "preview": {"watchfiles"},
        "survey": {"pyreadstat"},
    }


@dataclass(frozen=True)
class Alone:
    """This very interpreter, with the wheel and some of the packages that are installed: no others."""

    folder: Path
    """Where commands run; it holds a table."""
    installed: Path

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 (as above)
            [sys.executable, "-P", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.installed)},
            capture_output=True,
            text=True,
            check=False,
        )

    def command(self, *arguments: str) -> tuple[int, str]:
        """Exit code and standard error of the command."""
        done = self.python("-m", "report", *arguments)
        return done.returncode, done.stderr


def of_locks(*names: str) -> set[str]:
    """The packages of these locks."""
    texts = ((PROJECT / f"requirements/{name}.txt").read_text(encoding="utf-8") for name in names)
    return {name for text in texts for name in re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE)}


def not_of(packages: set[str]) -> set[str]:
    """Modules installed here that other packages bring."""
    return {
        module
        for module, names in packages_distributions().items()
        if not {re.sub(r"[-_.]+", "-", name).lower() for name in names} & packages
    }


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Alone:
    """With the base and no extra."""
    made = tmp_path_factory.mktemp("alone")
    zipfile.ZipFile(wheel).extractall(made / "installed")
    hidden = not_of(of_locks("site"))
    assert hidden >= {"duckdb", "psycopg", "pypandoc", "pyreadstat", "sqlalchemy", "watchfiles", "hypothesis"}
    assert not hidden & {"pandas", "pagefind_bin", "vl_convert"}
    (made / "installed/sitecustomize.py").write_text(HIDING.format(hidden=hidden), encoding="utf-8")
    (made / "empty").mkdir()
    (made / "empty/t.csv").write_bytes((PROJECT / "data/Mall_Customers.csv").read_bytes())
    return Alone(made / "empty", made / "installed")


def test_a_site_is_built_by_the_wheel_and_the_base_alone(alone: Alone) -> None:
    code = (
        "import importlib.util as util, analysis, report\n"
        f"assert report.__file__.startswith({str(alone.installed)!r}), report.__file__\n"
        "assert not any(map(util.find_spec, ('duckdb', 'sqlalchemy', 'pypandoc', 'hypothesis')))"
    )
    assert alone.python("-c", code).stderr == ""
    assert alone.command("build", "--data", "t.csv", "--renderer", "builtin", "--quiet") == (0, "")
    assert (alone.folder / "_site/index.html").is_file()


SENTENCE = (
    "{0}: the extra “{1}”, which {2}, is not installed; run make extras EXTRAS={1} in the project's folder, or "
    'elsewhere python -m pip install "segment-atlas[{1}]".\n'
)


def test_with_the_base_alone_each_verb_names_the_extra_that_is_missing(alone: Alone) -> None:
    """After the build above, so that there is a model to score by."""
    (alone.folder / "new.parquet").write_bytes(b"PAR1" + bytes(60))
    (alone.folder / "new.sav").write_bytes(b"$FL2@(#) SPSS DATA FILE" + bytes(60))
    said = (3, SENTENCE.format("new.parquet", "parquet", "reads Parquet files"))
    assert alone.command("build", "--data", "new.parquet", "--quiet", "--out", "other") == said
    said = (3, SENTENCE.format("new.sav", "survey", "reads files of SPSS, Stata and SAS"))
    assert alone.command("score", "new.sav", "-o", "scored.csv") == said
    (alone.folder / "site.yml").write_text(
        "data: {database: 'sqlite:///shop.db', query: SELECT 1}\ncolumns: {a: {role: age}, b: {role: income}}\n"
    )
    said = (3, SENTENCE.format("the database query", "databases", "reads databases"))
    assert alone.command("build", "--config", "site.yml", "--quiet", "--out", "other") == said
    said = (2, SENTENCE.format("segment-atlas preview", "preview", "sees when files change"))
    assert alone.command("preview", "--port", "0") == said
    assert not (alone.folder / "other").exists()
    assert not (alone.folder / "scored.csv").exists()
