"""What people really hand in: each ends with its exit code and one message that says what to do, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.command import cli

HEADER = "CustomerID,Gender,Age,Annual Income (k$),Spending Score (1-100)\n"
SETTINGS = """data: {path: table.csv}
columns:
  CustomerID: {role: id}
  Gender: {role: gender, aliases: [Genre]}
  Age: {role: age}
  Annual Income (k$): {role: income}
  Spending Score (1-100): {role: spending}
model: {selection: {k: 4}, resamples: 100}
privacy: {mode: open}
"""


def rows(count: int) -> str:
    return "".join(
        f"{n},{'Male' if n % 2 else 'Female'},{20 + n % 37},{15 + n * 7 % 89},{n * 13 % 97}\n" for n in range(count)
    )


@pytest.fixture
def run(tmp_path, monkeypatch, capsys, world):
    """Writes table and settings, runs a verb on them: exit code and what was said on standard error."""
    monkeypatch.chdir(tmp_path)

    def once(
        table: str | None, settings: str = SETTINGS, verb: tuple[str, ...] = ("analyse", "--quiet")
    ) -> tuple[int, str]:
        (tmp_path / "site.yml").write_text(settings)
        if table is not None:
            (tmp_path / "table.csv").write_text(table)
        with pytest.raises(SystemExit) as ended:
            cli.main(world, [*verb, "--config", str(tmp_path)])
        return int(ended.value.code or 0), capsys.readouterr().err

    return once


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("table.csv", "still needed and would be overwritten"),
        ("site.yml", "still needed and would be overwritten"),
        ("build/model.json", "still needed and would be overwritten"),
        ("_site/data/whole.json", "is a site, which gets published"),
        ("build", "this is a folder"),
    ],
)
def test_the_contract_is_written_over_nothing_that_is_needed_and_into_no_site(run, tmp_path, place, words):
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "model.json").write_text("{}")
    code, said = run(HEADER + rows(60), verb=("analyse", "--quiet", "--json", place))
    assert code == 2
    assert said.startswith(f"--json {place}: ")
    assert words in said
    assert (tmp_path / "table.csv").read_text() == HEADER + rows(60)
    assert (tmp_path / "site.yml").read_text() == SETTINGS
    assert (tmp_path / "build" / "model.json").read_text() == "{}"
    assert not (tmp_path / "_site").exists()


def test_a_table_of_yes_and_no_becomes_a_site(run, tmp_path, monkeypatch):
    """As many segments as there are kinds of customer leave nothing but what rounding leaves within them."""
    monkeypatch.chdir(tmp_path)
    answers = [("no", "no"), ("yes", "yes"), ("yes", "no"), ("no", "yes")]
    lines = [",".join((str(n), *answers[(n * 7) % 11 % 4])) for n in range(300)]
    answer = "{role: feature, kind: boolean, use: cluster}"
    settings = (
        f"data: {{path: table.csv}}\ncolumns:\n  CustomerID: {{role: id}}\n  News: {answer}\n  App: {answer}\n"
        "model: {resamples: 100}\nprivacy: {mode: open}\n"
    )
    code, said = run("\n".join(["CustomerID,News,App", *lines]), settings, ("build", "--renderer", "builtin"))
    assert code == 0, said
    assert (tmp_path / "_site" / "index.html").is_file()


def test_a_table_of_many_columns_makes_no_library_speak(run):
    names = [f"m{place}" for place in range(120)]
    lines = [",".join(str((row * 31 + place * 17) % 97) for place in range(120)) for row in range(60)]
    uses = {name: "cluster" if name in names[:3] else "describe" for name in names}
    columns = "".join(f"  {name}: {{role: feature, use: {use}}}\n" for name, use in uses.items())
    settings = (
        f"data: {{path: table.csv}}\ncolumns:\n{columns}"
        "model: {selection: {k: 3}, resamples: 100}\nprivacy: {mode: open}\n"
    )
    code, said = run("\n".join([",".join(names), *lines]), settings, ("analyse", "--quiet", "--json", "whole.json"))
    assert (code, said) == (0, "")


CONSTANT = HEADER + "".join(f"{n},Male,40,{15 + n},{n}\n" for n in range(60))
ALIKE = HEADER + "".join(f"{n},Male,{30 + n % 2},50,50\n" for n in range(60))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (None, ["table.csv"]),
        ("", ["table.csv"]),
        (HEADER, ["table.csv"]),
        ("CustomerID,Gender,Alter,Annual Income (k$),Spending Score (1-100)\n" + rows(60), ["table.csv", "Age"]),
        (HEADER + rows(60).replace(",2", ",a few 2").replace(",3", ",some 3").replace(",4", ",x 4"), ["Age"]),
        (HEADER + "1,Male,20,15,39\n" * 60, ["table.csv"]),
        (HEADER + rows(3), ["table.csv"]),
        (CONSTANT, ["Age"]),
        (ALIKE, ["table.csv"]),
    ],
    ids=[
        "missing file",
        "empty file",
        "header only",
        "wrong columns",
        "text in a number column",
        "all rows duplicate",
        "fewer rows than segments",
        "constant column",
        "constant columns, two distinct rows",
    ],
)
def test_a_table_that_cannot_be_used_is_exit_3(run, table, words):
    code, said = run(table)
    assert code == 3, said
    assert all(word in said for word in words), said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("model:", "modell:", ["modell", "model"]),
        ("{k: 4}", "{k: 1}", ["site.yml", "selection"]),
        ("role: income", "role: incoem", ["site.yml", "income"]),
        ("data:", "data: [", ["site.yml", "line"]),
    ],
)
def test_a_wrong_setting_is_exit_2(run, old, new, words):
    code, said = run(HEADER + rows(60), SETTINGS.replace(old, new, 1))
    assert code == 2, said
    assert all(word in said for word in words), said


def test_more_segments_than_distinct_rows_names_both(run):
    table = HEADER + "".join(f"{n},Male,{30 + n % 2},{50 + n % 2},{50 + n % 2}\n" for n in range(60))
    code, said = run(table)
    assert code in (2, 3), said
    assert "4" in said
    assert "2" in said


def test_an_unwritable_output_folder_is_exit_2_before_any_work(run):
    code, said = run(None, verb=("build", "--quiet", "--out", "/dev/null/site"))
    assert (code, said.count("\n")) == (2, 1)
    assert "/dev/null" in said


def test_a_foreign_output_folder_is_exit_2_and_untouched(run, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    assert run(None, verb=("build", "--quiet", "--out", str(mine)))[0] == 2
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]


def test_an_output_folder_that_is_a_file_is_exit_2(run, tmp_path):
    (tmp_path / "file").write_text("x")
    assert run(None, verb=("build", "--quiet", "--out", "file"))[0] == 2
    assert Path("file").read_text() == "x"
