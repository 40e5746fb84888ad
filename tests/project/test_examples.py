"""`scripts/examples`: names are examples, options go to the build, and nothing is drawn where either is wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from report.command.cli import app

PROJECT = Path(__file__).parents[2]
ALL = ["demographic", "transactions", "wholesale"]

# A Python that makes the folders which the tables would go to.
PYTHON = """#!/bin/sh
echo "python $*" >>calls
shift 2
for name in "$@"; do mkdir -p "build/examples/$name"; done
"""
# Notes each argument in brackets, so that one with blanks can be told from two.
ATLAS = """#!/bin/sh
{ printf '%s' "${PWD##*/}:"; printf ' [%s]' "$@"; echo; } >>"$CALLS"
exit "${ATLAS_ENDS:-0}"
"""


@pytest.fixture
def clone(tmp_path) -> Path:
    """The script in a folder of its own, with a `.venv` that only notes what it was asked."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(PROJECT / "scripts/examples", tmp_path / "scripts")
    for name, text in {"python": PYTHON, "segment-atlas": ATLAS}.items():
        file = tmp_path / ".venv/bin" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        file.chmod(0o755)
    return tmp_path


def examples(clone: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], "CALLS": str(clone / "calls"), **environment}
    command = [clone / "scripts/examples", *args]
    return subprocess.run(command, cwd=clone, env=given, capture_output=True, text=True, check=False)  # noqa: S603


def calls(clone: Path) -> list[str]:
    """What was called; paths below the folder lose its name."""
    file = clone / "calls"
    return file.read_text(encoding="utf-8").replace(f"{clone.resolve()}/", "").splitlines() if file.exists() else []


def built(name: str, options: str) -> str:
    where = f"[--config] [site_config/examples/{name}/site.yml] [--out] [_site-examples/{name}]"
    return f"{name}: [build] [--quiet] {options} {where}"


def test_without_arguments_all_three_are_built_by_the_builtin_renderer(clone):
    done = examples(clone)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"_site-examples/{name}/index.html" for name in ALL]
    assert calls(clone) == [
        "python -m examples demographic transactions wholesale",
        *(built(name, "[--renderer] [builtin]") for name in ALL),
    ]


def test_named_examples_are_built_alone(clone):
    assert examples(clone, "wholesale", "demographic").returncode == 0
    assert calls(clone) == [
        "python -m examples wholesale demographic",
        built("wholesale", "[--renderer] [builtin]"),
        built("demographic", "[--renderer] [builtin]"),
    ]


@pytest.mark.parametrize(
    ("args", "names", "options"),
    [
        (["--renderer", "quarto"], ALL, "[--renderer] [quarto]"),
        (["--renderer=quarto"], ALL, "[--renderer=quarto]"),
        (["--again"], ALL, "[--renderer] [builtin] [--again]"),
        (["--renderer", "quarto", "wholesale"], ["wholesale"], "[--renderer] [quarto]"),
        (["wholesale", "--again", "--renderer", "quarto"], ["wholesale"], "[--again] [--renderer] [quarto]"),
        (["demographic", "--renderer", "auto", "wholesale"], ["demographic", "wholesale"], "[--renderer] [auto]"),
        (["--id", "a b'; touch pwned #"], ALL, "[--renderer] [builtin] [--id] [a b'; touch pwned #]"),
    ],
)
def test_options_go_to_the_build_with_their_values(clone, args, names, options):
    assert examples(clone, *args).returncode == 0
    assert calls(clone) == [f"python -m examples {' '.join(names)}", *(built(name, options) for name in names)]
    assert not list(clone.rglob("pwned"))


def test_make_hands_its_arguments_on():
    recipe = (PROJECT / "Makefile").read_text(encoding="utf-8").partition("\nexamples:")[2].splitlines()[1]
    assert recipe == "\t@scripts/examples $(ARGS)"


@pytest.mark.parametrize("name", ["nope", "*", "Wholesale"])
def test_a_name_that_is_no_example_is_one_sentence_and_nothing_is_built(clone, name):
    shutil.copytree(PROJECT / "examples", clone / "examples")
    (clone / ".venv/bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    done = examples(clone, "--renderer", "quarto", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"There is no example “{name}”; name one of demographic, transactions, wholesale.\n"
    assert calls(clone) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["wholesale", "--renderer"], "--renderer needs a value.\n"),
        (["--out", "x"], "Every example has its own table, configuration and folder; leave out --out.\n"),
        (["--config=x"], "Every example has its own table, configuration and folder; leave out --config.\n"),
        (["--data", "x"], "Every example has its own table, configuration and folder; leave out --data.\n"),
    ],
)
def test_an_option_that_cannot_be_obeyed_is_one_sentence_and_nothing_is_drawn(clone, args, said):
    done = examples(clone, *args)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert calls(clone) == []


def test_help_is_the_builds_own(clone):
    assert examples(clone, "--help").returncode == 0
    assert calls(clone) == [f"{clone.name}: [build] [--help]"]


def test_a_build_that_fails_ends_the_script_with_its_exit_code(clone):
    done = examples(clone, ATLAS_ENDS="4")
    assert (done.returncode, done.stdout) == (4, "")
    assert len(calls(clone)) == 2


def test_the_script_knows_every_option_of_the_build_that_takes_a_value(clone):
    build = typer.main.get_command(app).commands["build"]
    valued = {option for each in build.params if not each.is_flag for option in each.opts}
    refused = {"--config", "--data", "--out"}
    assert valued == {"--renderer", "--features", "--k", "--id", "--sheet", "--previous", "--profile"} | refused
    for option in valued - refused:
        assert examples(clone, "wholesale", option).stderr == f"{option} needs a value.\n"
