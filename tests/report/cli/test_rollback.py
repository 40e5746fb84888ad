"""`rollback`: the previous site, its private files and the history are as they were before the last build."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

SITE = """\
data: {path: ../tables/customers.csv}
columns: {id: {role: id}, age: {role: age}}
"""
KEPT = ("analysis.json", "assignments.csv", "rejected.csv", "model.json")


@pytest.fixture(autouse=True)
def project(home: Path) -> Path:
    """A configuration and its table."""
    for name, content in {"config/site.yml": SITE, "tables/customers.csv": "id,age\nCUST-0001,3\n"}.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content)
    return home


@pytest.fixture
def build(run, parts, project) -> Callable[..., None]:
    """Builds an export of that age, whose first page says so."""

    page = str(parts.files["index.qmd"])

    def once(age: int, *options: str) -> None:
        (project / "tables/customers.csv").write_text(f"id,age\nCUST-0001,{age}\n")
        parts.files["index.qmd"] = page.replace("Six kinds", f"Of {age}")
        parts.model = f'{{"age": {age}}}\n'
        code, _, said = run("build", "--config", "config", "--renderer", "builtin", *options)
        assert code == 0, said

    return once


def state(project: Path) -> dict[str, str]:
    """Checksums of the site, of what belongs to it, and of the history."""
    files = [file for name in ("_site", "tables/history") for file in (project / name).rglob("*") if file.is_file()]
    files += [project / "build" / name for name in KEPT]
    return {str(file.relative_to(project)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_all_is_as_it_was_before_the_last_build(build, run, project):
    build(3)
    before = state(project)
    build(4)
    assert state(project) != before
    newest = (project / "tables/history/0002.json").read_text()
    code, said, _ = run("rollback", "--config", "config")
    assert code == 0
    assert state(project) == before
    kept = project / "build/rolled-back/0002.json"
    assert said == (
        "_site: the previous site (build 1) and its private files are back in their place.\n"
        f"The entry of the build that was undone is out of the history; it is now {kept}.\n"
    )
    assert kept.read_text() == newest
    assert not [one.name for one in project.iterdir() if one.name.startswith(".site-")]


def test_the_next_build_is_the_undone_one_once_more(build, run, parts, project):
    build(3)
    build(4)
    after = state(project)
    run("rollback", "--config", "config")
    build(4)
    assert state(project) == after
    assert parts.remembered[-1].assigned == {"CUST-0001": 1, "=CUST-0002": 2}
    assert parts.remembered[-1].model == '{"age": 3}\n'


def test_after_a_rollback_an_unchanged_table_is_built(build, run, project):
    """The record was of the site that is gone."""
    build(3)
    build(4)
    run("rollback", "--config", "config")
    _, said, _ = run("build", "--config", "config", "--renderer", "builtin")
    assert "Nothing has changed" not in said
    assert "Of 4" in (project / "_site/index.html").read_text()


def test_there_is_one_generation(build, run, project):
    for age in (3, 4, 5):
        build(age)
    assert run("rollback", "--config", "config")[0] == 0
    assert "Of 4" in (project / "_site/index.html").read_text()
    code, _, said = run("rollback", "--config", "config")
    assert code == 2
    assert "There is nothing to roll back to: " in said
    assert "keeps no replaced site" in said
    assert "Of 4" in (project / "_site/index.html").read_text()


def test_where_nothing_was_ever_built_there_is_nothing_to_roll_back_to(run, project):
    code, _, said = run("rollback", "--config", "config")
    assert code == 2
    assert "There is nothing to roll back to" in said
    assert said.count("\n") == 1
    assert not (project / "_site").exists()


def test_a_trial_is_undone_and_the_history_stays(build, run, project):
    build(3)
    before = state(project)
    build(4, "--trial")
    build(5, "--trial")
    code, said, _ = run("rollback", "--config", "config")
    assert code == 0
    assert state(project) == before
    assert said.endswith("The history is as it was: it has no entry of the build that was undone.\n")


@pytest.mark.parametrize("rebuilt", [False, True])
def test_a_fresh_history_is_undone_and_the_earlier_entries_return(build, run, project, rebuilt):
    build(3)
    build(4)
    before = state(project)
    build(5, "--fresh")
    fresh = (project / "tables/history/0001.json").read_text()
    if rebuilt:
        build(5, "--again")
    code, said, _ = run("rollback", "--config", "config")
    assert code == 0
    assert state(project) == before
    assert not (project / "tables/history/earlier-1").exists()
    kept = project / "build/rolled-back/0001.json"
    assert kept.read_text() == fresh
    assert said == (
        "_site: the previous site (build 2) and its private files are back in their place.\n"
        f"The entry of the build that was undone is out of the history; it is now {kept}.\n"
        f"The earlier entries, which --fresh had put aside, are back in {project / 'tables/history'}.\n"
    )


def test_only_the_rollback_of_the_fresh_build_itself_puts_entries_back(build, run, project):
    build(3)
    build(4, "--fresh")
    before = state(project)
    build(5)
    said = run("rollback", "--config", "config")[1]
    assert state(project) == before
    assert "--fresh" not in said


def test_beside_entries_of_others_nothing_returns_and_it_is_said(build, run, project):
    build(3)
    build(4, "--fresh")
    history = project / "tables/history"
    shutil.copyfile(history / "0001.json", history / "0002.json")  # as another machine may have recorded it
    code, _, warned = run("rollback", "--config", "config")
    assert code == 0
    assert sorted(each.name for each in history.rglob("*.json")) == ["0001.json", "0001.json", "0002.json"]
    assert (
        f"{history / 'earlier-1'}: --fresh has put the earlier entries there, and they could not be put back beside "
        f"what the history holds now; move them to {history} once they are all that it holds."
    ) in " ".join(warned.split())


def test_earlier_entries_that_are_gone_are_said(build, run, project):
    build(3)
    build(4, "--fresh")
    history = project / "tables/history"
    shutil.rmtree(history / "earlier-1")
    code, _, warned = run("rollback", "--config", "config")
    assert code == 0
    assert (
        f"{history / 'earlier-1'}: --fresh has put the earlier entries there, and they are gone; restore them to "
        f"{history}, or the next build has nothing to compare with."
    ) in " ".join(warned.split())


def test_entries_that_were_taken_out_are_all_kept(build, run, project):
    """Also the third of one number; the same one again is there once."""
    folder, taken = project / "build/rolled-back", []
    build(3)
    for age, name in ((4, "0002.json"), (5, "0002-2.json"), (6, "0002-3.json"), (5, "0002-2.json")):
        build(age)
        taken.append((project / "tables/history/0002.json").read_text())
        said = run("rollback", "--config", "config")[1]
        assert f"it is now {folder / name}." in said
        assert (folder / name).read_text() == taken[-1]
    assert {each.name: each.read_text() for each in folder.iterdir()} == {
        "0002.json": taken[0], "0002-2.json": taken[1], "0002-3.json": taken[2],
    }  # fmt: skip


def test_a_build_of_the_same_inputs_replaces_nothing_that_is_kept(build, run, project):
    build(3)
    before = state(project)
    build(4)
    build(4, "--again")
    run("rollback", "--config", "config")
    assert state(project) == before


def test_a_site_that_remembers_nothing_is_put_back_as_well(build, run, project):
    (project / "config/site.yml").write_text(SITE + "history: false\n")
    build(3)
    before = state(project)
    build(4)
    build(4, "--again")
    code, said, _ = run("rollback", "--config", "config")
    assert code == 0
    assert "the previous site and its private files" in said
    assert state(project) == before


def test_a_site_of_a_bare_table_is_put_back(run, parts, project):
    for age in (3, 4):
        parts.model = f"{age}"
        parts.files["index.qmd"] = str(parts.files["index.qmd"]).replace("Six", f"{age} Six")
        run("build", "--data", "tables/customers.csv", "--features", "age", "--again")
    assert run("rollback")[0] == 0
    assert (project / "build/model.json").read_text() == "3"


def test_another_folder_than_the_one_that_was_replaced_is_refused(build, run, project):
    build(3)
    build(4)
    before = state(project)
    code, _, said = run("rollback", "--config", "config", "--out", "other")
    assert code == 2
    assert f"--out other: the site that is kept is one of {project / '_site'}; name that folder." in said
    assert state(project) == before


def test_a_kept_site_that_is_not_whole_is_none(build, run, project):
    build(3)
    build(4)
    before = state(project)
    (project / "build/replaced/model.json").unlink()
    assert run("rollback", "--config", "config")[0] == 2
    shutil.rmtree(project / "build/replaced/site")
    assert run("rollback", "--config", "config")[0] == 2
    assert state(project) == before
