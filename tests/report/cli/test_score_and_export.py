"""`score` and `export` after a build, through the command that people type."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.pipeline import analyse
from report.build.findings import findings

PROJECT = Path(__file__).parents[3]
MALL = PROJECT / "data" / "Mall_Customers.csv"
PROGRAM = "from report.command.cli import main; main()"


@pytest.fixture(scope="session")
def of_the_mall(mall):
    return findings(analyse(mall))


@pytest.fixture
def built(of_the_mall, tmp_path, monkeypatch) -> Path:
    """A folder with what a build of the Mall keeps."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build").mkdir()
    for name in ("assignments", "model"):
        suffix = "csv" if name == "assignments" else "json"
        (tmp_path / "build" / f"{name}.{suffix}").write_bytes(getattr(of_the_mall, name).encode())
    return tmp_path


def cells(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def test_a_build_scored_and_exported_by_the_real_command(tmp_path):
    def command(*args: str) -> str:
        done = subprocess.run(  # noqa: S603 (the project's own command)
            [sys.executable, "-c", PROGRAM, *args], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    for part in ("site_config", "data"):  # a build writes its history beside the table
        shutil.copytree(PROJECT / part, tmp_path / part)
    config = "site_config"
    command("build", "--config", config, "--renderer", "builtin", "--quiet")
    said = command("score", str(MALL), "-o", "scored.csv")
    assert said.startswith("Mall_Customers.csv: 200 rows read, 200 scored, 0 rejected.\n")
    assert [row[:3] for row in cells(tmp_path / "scored.csv")] == cells(tmp_path / "build/assignments.csv")
    command("export", "--config", config, "--segment", "budget-buyers", "--columns", "id,Gender", "-o", "list.csv")
    assert cells(tmp_path / "list.csv")[:2] == [["CustomerID", "Gender"], ["3", "Female"]]
    assert len(cells(tmp_path / "list.csv")) == 22
    # Neither the model nor anything of it stands on the site.
    model = (tmp_path / "build/model.json").read_text(encoding="utf-8")
    centre = repr(json.loads(model)["segments"][0]["centre"][0])
    for file in (path for path in (tmp_path / "_site").rglob("*") if path.is_file()):
        assert file.name != "model.json"
        content = file.read_bytes()
        assert b"model_version" not in content
        assert centre.encode() not in content


def test_rows_read_are_rows_scored_and_rows_rejected(built, run):
    lines = MALL.read_text(encoding="utf-8").splitlines()
    bad = ["201,Male,,15,39", "202,Male,old,15,39", "3,Male,19,15,39", "203,Male,19"]
    (built / "new.csv").write_text("\n".join([*lines[:20], *bad]) + "\n", encoding="utf-8")
    code, out, err = run("score", "new.csv", "-o", "out/scored.csv")
    assert (code, err) == (0, "")
    assert out.startswith("new.csv: 23 rows read, 19 scored, 4 rejected.\n")
    assert len(cells(built / "out/scored.csv")) == 20
    assert [row[0] for row in cells(built / "out/scored.rejected.csv")] == ["row", "21", "22", "23", "24"]
    assert "old" not in out + (built / "out/scored.rejected.csv").read_text()


def test_the_same_table_gives_the_same_bytes(built, run):
    first, second = (built / name for name in ("a.csv", "b.csv"))
    assert run("score", MALL, "-o", first)[0] == run("score", MALL, "-o", second)[0] == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("score", "nowhere.csv"), 3, "nowhere.csv"),
        (("score", MALL, "--model", "nowhere.json"), 2, "build the site first"),
        (("score", MALL, "-o", "_site/scored.csv"), 2, "is a site, which gets published"),
        (("score", MALL, "-o", "build"), 2, "this is a folder"),
        (("score", MALL, "-o", "build/assignments.csv"), 2, "still needed and would be overwritten"),
        (("score", MALL, "-o", "build/model.json"), 2, "still needed and would be overwritten"),
        (("score", "own.csv", "-o", "own.csv"), 2, "still needed and would be overwritten"),
        (("score", MALL, "--reference-date", "31.1.2026"), 2, "write a day such as 2026-01-31"),
        (("score", MALL, "--reference-date", "2026-01-31"), 2, "the model has no time spans"),
        (("score", "other.csv"), 3, "there is no column “Age”"),
        (("score", "empty.csv"), 3, "no row below it"),
        (("score", "unusable.csv"), 3, "no row can be used"),
        (("export",), 2, "--segment"),
        (("export", "--segment", "budget-buyer"), 2, "Did you mean “budget-buyers” or"),
        (("export", "--segment", "zzz"), 2, "There are premium-shoppers,"),
        (("export", "--segment", ","), 2, "name segments with commas between them"),
        (("export", "--segment", "budget-buyers", "--columns", "Gander"), 2, "Did you mean “Gender”?"),
        (("export", "--segment", "budget-buyers", "-o", "_site/list.csv"), 2, "is a site, which gets published"),
        (("export", "--segment", "budget-buyers", "-o", MALL), 2, "still needed and would be overwritten"),
        (
            ("export", "--segment", "budget-buyers", "-o", PROJECT / "site_config/personas.yml"),
            2,
            "still needed and would be overwritten",
        ),
        (
            ("export", "--segment", "budget-buyers", "-o", "build/assignments.csv"),
            2,
            "still needed and would be overwritten",
        ),
        (("export", "--segment", "budget-buyers", "--model", "nowhere.json"), 2, "build the site first"),
        (("export", "--segment", "budget-buyers", "--data", "own.csv"), 3, "has changed since; build the site again"),
        (("export", "--segment", "budget-buyers", "--data", MALL), 2, "--config and --data both name a table"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(built, run, args, code, words):
    head, first, *_ = MALL.read_text(encoding="utf-8").splitlines()
    shutil.copy(MALL, built / "own.csv")
    (built / "own.csv").write_text(f"{head}\n{first}\n")
    (built / "other.csv").write_text("a,b\n1,2\n")
    (built / "empty.csv").write_text(f"{head}\n")
    (built / "unusable.csv").write_text(f"{head}\n1,Male,,15,39\n")
    before = {file: file.read_bytes() for file in [MALL, *(built / "build").iterdir()]}
    extra = () if args[0] == "score" or args[-1] == "own.csv" else ("--config", PROJECT / "site_config")
    ended, out, err = run(*args, *extra)
    assert ended == code
    assert words in " ".join(err.split())
    assert "Traceback" not in out + err
    assert {file: file.read_bytes() for file in before} == before
    assert not (built / "_site").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_table_that_may_not_be_read_is_one_sentence(built, run):
    file = built / "secret.csv"
    shutil.copy(MALL, file)
    file.chmod(0)
    code, _, err = run("score", file)
    assert code == 3
    assert "secret.csv" in err


def test_where_nothing_can_be_written_is_exit_2(built, run):
    (built / "file").write_text("")
    code, _, err = run("score", MALL, "-o", "file/scored.csv")
    assert code == 2
    assert "cannot be written" in err


def test_scoring_loads_nothing_that_fits_segments(built):
    code = (
        f"import sys; sys.argv = ['segment-atlas', 'score', {str(MALL)!r}]\n"
        "from report.command.cli import main\n"
        "try: main()\n"
        "except SystemExit: print({'sklearn', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=built, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip().endswith("set()")


@pytest.mark.parametrize("verb", ["score", "export"])
def test_the_verbs_explain_themselves_and_load_no_engine(verb):
    code = (
        "import sys; sys.argv = ['segment-atlas', sys.argv[1], '--help']\n"
        "from report.command.cli import main\n"
        "try: main()\n"
        "except SystemExit: print({'pandas', 'sklearn', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, verb], capture_output=True, text=True, check=True)  # noqa: S603
    assert f"Example: segment-atlas {verb}" in done.stdout
    assert done.stdout.strip().endswith("set()")
