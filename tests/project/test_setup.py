"""The project's own files: set-up, locks, borders between the parts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LOCKS = sorted((PROJECT / "requirements").glob("*.txt"))
EXTRAS = ["databases", "pages", "parquet", "preview", "survey"]
SMALLER = ["site", *EXTRAS]
"""Sets that the larger ones hold."""


def settings() -> dict:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    """Package → its lines in a lock; several versions of one, for several Pythons, together."""
    entries: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", (PROJECT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")):
        package = entry.partition("==")[0]
        entries[package] = entries.get(package, "") + entry
    return entries


def plain(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_hash_and_no_host_is_named(lock):
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    for entry in re.split(r"\n(?=\S)", text):
        assert re.match(r"[a-z0-9.-]+==[^ ;\\]+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize(
    ("name", "groups", "extras"),
    [
        ("site", ["build"], []),
        ("dev", ["build", "test", "lint"], EXTRAS),
        ("bench", ["build", "bench"], EXTRAS),
        ("mutants", ["build", "test", "mutants"], EXTRAS),
    ],
)
def test_a_lock_holds_everything_that_was_asked_for(name, groups, extras):
    project = settings()["project"]
    wanted = [
        *project["dependencies"],
        *(one for extra in extras for one in project["optional-dependencies"][extra]),
        *(one for group in groups for one in settings()["dependency-groups"][group]),
    ]
    assert {plain(requirement) for requirement in wanted} <= set(locked(name))


def test_the_lock_of_an_extra_holds_what_it_adds_to_the_sites_and_no_more():
    added = {extra: sorted(locked(extra)) for extra in EXTRAS}
    assert added == {
        "databases": ["psycopg", "psycopg-binary", "sqlalchemy"],
        "pages": ["pypandoc-binary"],
        "parquet": ["duckdb"],
        "preview": ["anyio", "idna", "watchfiles"],
        "survey": ["pyreadstat"],
    }
    assert not {package for packages in added.values() for package in packages} & set(locked("site"))


def test_the_documentation_counts_the_packages_of_the_base_and_of_each_extra():
    installing = (PROJECT / "docs/installing.md").read_text(encoding="utf-8")
    told = {
        name: int(packages)
        for name, packages in re.findall(r"^\| [`(](\w+)[`)] .* (\d+) \| \d+ \|$", installing, re.MULTILINE)
    }
    counted = {name: sum("sys_platform == 'win32'" not in entry for entry in locked(name).values()) for name in SMALLER}
    assert told == {"base": counted.pop("site"), **counted}
    assert told == {"base": 49, "databases": 3, "pages": 1, "parquet": 1, "preview": 3, "survey": 1}


def test_a_pre_release_is_installed_only_with_its_reason_and_its_date():
    early = {
        package
        for lock in SMALLER
        for package, entry in locked(lock).items()
        if re.search(r"==[\d.]+(?:a|b|rc|\.dev)\d", entry)
    }
    assert early == {"vl-convert-python"}
    (said,) = re.findall(
        r'^  "vl-convert-python[^"]*", # (.*)$', (PROJECT / "pyproject.toml").read_text("utf-8"), re.MULTILINE
    )
    assert said == (
        "November 2026: 2.0 has candidates alone, which its documentation asks for and which draw in half the time"
    )


@pytest.mark.parametrize("name", ["dev", "bench", "mutants"])
def test_larger_sets_hold_the_smaller_ones_in_the_same_versions(name):
    versions = {
        lock: {package: re.findall(r"==([^ ;\\]+)", entry) for package, entry in locked(lock).items()}
        for lock in (*SMALLER, name)
    }
    for smaller in SMALLER:
        shared = {package: versions[name].get(package) for package in versions[smaller]}
        assert shared == versions[smaller]


def test_make_alone_lists_the_targets():
    said = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    listed = re.findall(r"^  make (\w+) ", said, re.MULTILINE)
    wanted = {"site", "preview", "extras", "test", "lint", "check", "clean", "quarto", "bench", "screenshots"}
    assert wanted <= set(listed)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["setup-site"], "scripts/setup site"),
        (["setup-site", "EXTRAS=databases parquet"], "scripts/setup site databases parquet"),
        (["setup-preview"], "scripts/setup site preview"),
        (["preview"], "scripts/setup site preview"),
        (["extras", "EXTRAS=parquet"], "scripts/setup site parquet"),
        (["extras"], "scripts/setup site all"),
        (["test"], "scripts/setup dev"),
        (["examples"], "scripts/setup site pages"),
    ],
)
def test_a_target_sets_up_what_it_needs(arguments, command):
    dry = ["make", "--no-print-directory", "--dry-run", *arguments]
    said = subprocess.run(dry, cwd=PROJECT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert " ".join(said.splitlines()[0].split()) == command


def test_recipes_are_single_verbs():
    recipes = re.findall(r"^\t(.*)$", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert all(recipe.startswith("@") and not recipe.endswith("\\") and "&&" not in recipe for recipe in recipes)


@pytest.fixture
def clone(tmp_path) -> Path:
    """The set-up script in a folder of its own, with a Python that installs nothing but notes what it was asked."""
    for part in ("scripts/setup", "pyproject.toml", *(f"requirements/{name}.txt" for name in ("dev", *SMALLER))):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / part, tmp_path / part)
    fake = tmp_path / "fake-python"
    fake.write_text(FAKE, encoding="utf-8")
    fake.chmod(0o755)
    return tmp_path


FAKE = """#!/bin/sh
# A Python that makes a virtual environment of itself and logs every pip call.
here=$(cd "$(dirname "$0")" && pwd)
case "$*" in
  *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo venv >>calls ;;
  *"sys.exit("*) exit "${TOO_OLD:-0}" ;;
  *python_version*) echo "${OLD_NAME:-Python 3.11.7}" ;;
  *compileall*site-packages*) echo "compile $*" >>calls ;;
  *"pip "*) echo "pip $*" >>calls; if [ -n "$PIP_SAYS" ]; then echo "$PIP_SAYS"; exit 1; fi ;;
esac
"""


def setup(clone: Path, group: str = "site", *extras: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], "PYTHON": str(clone / "fake-python"), **environment}
    command = [clone / "scripts/setup", group, *extras]
    return subprocess.run(command, cwd=clone, env=given, capture_output=True, text=True, check=False)  # noqa: S603


def calls(clone: Path) -> list[str]:
    return (clone / "calls").read_text(encoding="utf-8").splitlines()


def test_set_up_installs_the_locked_set_by_hash_then_the_project(clone):
    done = setup(clone)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "Setting up .venv with Python 3.11.7"
    made, packages, compiled, project = calls(clone)
    assert made == "venv"
    assert packages.endswith("--no-compile --require-hashes --only-binary :all: -r requirements/site.txt")
    assert compiled.startswith("compile -m compileall -q -j 0 -x site-packages/.*/tests/ .venv/lib/python3")
    assert project.endswith("--no-compile --no-deps --no-build-isolation --editable .")


def installed(clone: Path) -> list[list[str]]:
    """The locks of each call of pip that installs some."""
    return [re.findall(r"-r requirements/(\w+)\.txt", call) for call in calls(clone) if "--require-hashes" in call]


def test_extras_are_installed_with_the_site_by_one_call(clone):
    done = setup(clone, "site", "parquet", "pages")
    assert done.returncode == 0, done.stderr
    assert installed(clone) == [["site", "pages", "parquet"]]
    said = "Installing requirements/site.txt requirements/pages.txt requirements/parquet.txt (a minute or three)\n"
    assert said in done.stdout


def test_an_extra_that_comes_later_is_installed_and_stays_when_it_is_not_named(clone):
    setup(clone)
    later = setup(clone, "site", "survey")
    assert later.stdout == "Installing requirements/survey.txt (a minute or three)\n"
    assert setup(clone, "site").stdout == setup(clone, "site", "survey").stdout == ""
    with (clone / "requirements/survey.txt").open("a", encoding="utf-8") as lock:
        lock.write("another==1.0 \\\n    --hash=sha256:00\n")
    assert "requirements/survey.txt" in setup(clone, "site").stdout
    assert installed(clone) == [["site"], ["site", "survey"], ["site", "survey"]]


def test_all_are_the_extras_of_the_project(clone):
    assert sorted(settings()["project"]["optional-dependencies"]) == sorted([*EXTRAS, "all"])
    assert settings()["project"]["optional-dependencies"]["all"] == [f"segment-atlas[{','.join(EXTRAS)}]"]
    setup(clone, "site", "all")
    assert installed(clone) == [SMALLER]


@pytest.mark.parametrize("name", ["parquett", "site", "../requirements/parquet", "-h", "par.uet"])
def test_an_extra_that_there_is_not_is_refused_before_anything_is_made(clone, name):
    done = setup(clone, "site", "pages", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"There is no extra “{name}”. The extras are: databases pages parquet preview survey, or all of them: all.\n"
    )
    assert not (clone / "calls").exists()


def test_an_extra_is_no_set_by_itself(clone):
    done = setup(clone, "parquet")
    assert done.returncode == 2
    assert done.stderr == (
        "There is no set “parquet”; name site, dev, bench, mutants or quarto, and extras behind it.\n"
    )
    assert not (clone / "calls").exists()


def test_a_second_call_sets_up_nothing_and_says_nothing(clone):
    setup(clone)
    before = calls(clone)
    (clone / "requirements/site.txt").touch()
    again = setup(clone)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert calls(clone) == before


def test_the_larger_set_makes_the_smaller_one_needless(clone):
    setup(clone, "dev")
    before = calls(clone)
    assert setup(clone, "site", "all").stdout == ""
    assert calls(clone) == before


def test_a_changed_lock_is_installed_again(clone):
    setup(clone)
    with (clone / "requirements/site.txt").open("a", encoding="utf-8") as lock:
        lock.write("another==1.0 \\\n    --hash=sha256:00\n")
    assert "requirements/site.txt" in setup(clone).stdout
    assert installed(clone) == [["site"], ["site"]]


def test_a_failed_set_up_is_done_again(clone):
    assert setup(clone, PIP_SAYS="ERROR: something").returncode == 2
    assert setup(clone).returncode == 0
    assert installed(clone) == [["site"], ["site"]]


def test_a_moved_folder_is_set_up_anew(clone, tmp_path_factory):
    setup(clone)
    moved = tmp_path_factory.mktemp("moved") / "project"
    shutil.copytree(clone, moved)
    assert "Setting up .venv" in setup(moved).stdout


def test_a_python_too_old_is_named_with_the_way_out(clone):
    done = setup(clone, TOO_OLD="1", OLD_NAME="3.9.2")
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "3.9.2" in done.stderr
    assert "PYTHON=python3.12 make site" in done.stderr


NOT_FOUND = """ERROR: Could not find a version that satisfies the requirement duckdb==2.0.0 (from versions: {})
ERROR: No matching distribution found for duckdb==2.0.0"""


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("WARNING: Retrying: NewConnectionError('Failed to establish a new connection')", "Check the network"),
        (NOT_FOUND.format("none"), "Check the network"),
        (NOT_FOUND.format("1.5.6"), "this Python or machine may lack a ready-made build"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was locked"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "Make room"),
    ],
)
def test_a_failed_installation_says_what_to_do(clone, said, advice):
    done = setup(clone, PIP_SAYS=said)
    assert done.returncode == 2
    assert advice in done.stderr
    assert ".venv/setup.log" in done.stderr


def test_without_quarto_the_message_says_that_the_site_builds_all_the_same(clone):
    for name in ("quarto-build", "quarto"):
        shutil.copy(PROJECT / f"requirements/{name}.txt", clone / "requirements")
    setup(clone)
    done = setup(clone, "quarto", PIP_SAYS="urllib.error.HTTPError: HTTP Error 403")
    assert done.returncode == 2
    assert "make site builds the whole site without it" in done.stderr


def test_the_borders_between_the_parts_hold():
    done = subprocess.run(["lint-imports"], cwd=PROJECT, capture_output=True, text=True, check=False, env=on_path())  # noqa: S607
    assert done.returncode == 0, done.stdout


def test_the_notebook_of_a_site_that_was_built_here_is_no_code_of_ours(tmp_path):
    (tmp_path / "my_site").mkdir()
    (tmp_path / "my_site/Customer_Segmentation.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "code.py").write_text("", encoding="utf-8")
    command = ["ruff", "check", "--config", PROJECT / "pyproject.toml", "--show-files", tmp_path]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=on_path()).stdout  # noqa: S603
    assert [Path(line).name for line in said.splitlines()] == ["code.py"]


ROOMS = {"configuration", "contract", "history", "errors", "language", "pipeline", "proposal", "schemas", "scoring"}
"""Rooms of the analysis that are open to the report."""
ENTRIES = {
    "basics.as_read", "basics.extras", "basics.letters", "basics.listed", "basics.orphans", "basics.significant",
    "basics.steps",
    "cells.currencies", "changes.notices", "changes.settings", "columns.topics", "customers.customers",
    "evidence.by_actions", "preparation.survey", "recommendation.texts",
    "reading.table", "rounding.random_rounding", "rounding.rounded_figures", "wording.number_format", "wording.typical",
}  # fmt: skip
"""Of the other rooms, what the report may enter."""


def test_the_report_enters_the_analysis_by_its_entry_points_alone():
    sources = [file.read_text(encoding="utf-8") for file in (PROJECT / "report").rglob("*.py")]
    entered = {
        name
        for text in sources
        for name in re.findall(r"^\s*(?:from|import) analysis\.(\w+(?:\.\w+)?)", text, re.MULTILINE)
    }
    assert {name for name in entered if name.partition(".")[0] not in ROOMS} <= ENTRIES


def test_processes_that_tests_start_elsewhere_run_the_code_under_test(tmp_path):
    told = "import analysis, report; print(analysis.__file__, report.__file__, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", told], cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines() == [str(PROJECT / "analysis/__init__.py"), str(PROJECT / "report/__init__.py")]


def on_path() -> dict[str, str]:
    return {**os.environ, "PATH": f"{PROJECT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"}
