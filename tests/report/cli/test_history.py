"""`build` among earlier builds: what it is told, what it leaves, and what stops it."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.configuration import load_configuration
from analysis.history.remembered import Remembered
from report.build import build as making
from report.build.memory import MemoryAsked
from report.build.publish import RECORD
from report.build.recorded import replaced_whole
from report.system import files
from tests.report.cli.conftest import NoQuarto, Recorder, StandIns

SITE = """\
data: {path: ../tables/customers.csv}
columns: {id: {role: id}, age: {role: age}}
"""
PROJECT = Path(__file__).parents[3]
NOTHING = "Nothing has changed since _site was built, so it was not built again (--again builds it anyway).\n"


@pytest.fixture(autouse=True)
def project(home: Path) -> Path:
    """A configuration and its table."""
    for name, content in {"config/site.yml": SITE, "tables/customers.csv": "id,age\nCUST-0001,3\n"}.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content)
    return home


Build = Callable[..., tuple[int, str, str]]


@pytest.fixture
def build(run, parts) -> Build:
    """Builds with the stand-ins."""
    assert parts.remembered == []

    def once(*args: object, **variables: str) -> tuple[int, str, str]:
        return run("build", "--config", "config", "--renderer", "builtin", *args, **variables)

    return once


def again(project: Path, age: int) -> None:
    """Another export."""
    (project / "tables/customers.csv").write_text(f"id,age\nCUST-0001,{age}\n")


def entries(project: Path) -> list[str]:
    folder = project / "tables/history"
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def told(parts) -> tuple[int, int | None, bool]:
    """Number of the last build, that of the one before, and whether its customers are known."""
    last: Remembered = parts.remembered[-1]
    before = last.last.edition.number if last.last and last.last.edition else None
    return last.number, before, last.assigned is not None


def test_a_first_build_says_so_and_is_remembered(build, parts, project):
    code, _, said = build()
    assert code == 0, said
    assert "No earlier build is known" in said
    assert told(parts) == (1, None, False)
    assert entries(project) == ["0001.json"]


def test_each_build_is_told_of_the_last_and_of_its_customers(build, parts, project):
    for number, age in enumerate((3, 4, 5), start=1):
        again(project, age)
        assert build()[0] == 0
        assert told(parts) == (number, number - 1 or None, number > 1)
    assert entries(project) == ["0001.json", "0002.json", "0003.json"]
    assert parts.remembered[-1].assigned == {"CUST-0001": 1, "=CUST-0002": 2}
    assert parts.remembered[-1].model == "{}\n"


def test_each_build_is_told_of_the_oldest_that_is_at_hand(build, parts, project):
    """A rebuild of the same as the build; of a history whose first builds were removed the oldest that is left."""

    def oldest() -> int | None:
        found = parts.remembered[-1].oldest
        return found and found.edition.number

    found = []
    for age in (3, 4, 5):
        again(project, age)
        assert build()[0] == 0
        found.append(oldest())
    assert found == [None, None, 1]
    assert build("--again")[0] == 0
    assert oldest() == 1
    (project / "tables/history/0001.json").unlink()
    again(project, 6)
    assert build()[0] == 0
    assert oldest() == 2


def test_an_entry_of_another_history_is_not_the_oldest(build, parts, project):
    for age in (3, 4):
        again(project, age)
        assert build()[0] == 0
    file = project / "tables/history/0001.json"
    other = json.loads(file.read_text())
    other["contract"]["segments"][0]["slug"] = "another"
    file.write_text(json.dumps(other))
    again(project, 5)
    assert build()[0] == 0
    assert parts.remembered[-1].last.edition.number == 2
    assert parts.remembered[-1].oldest is None


def test_an_oldest_entry_that_is_damaged_is_said_and_another_build_can_be_named(build, parts, project):
    for age in (3, 4, 5):
        again(project, age)
        assert build()[0] == 0
    (project / "tables/history/0001.json").write_text("{")
    again(project, 6)
    code, _, said = build()
    assert code == 2
    assert "0001.json: the file is damaged (no JSON); restore it, name another build with --previous, or start" in said
    assert build("--previous", "tables/history/0003.json")[0] == 0
    assert parts.remembered[-1].last.edition.number == 3
    assert parts.remembered[-1].oldest is None


def test_the_same_inputs_are_the_same_build(build, parts, project):
    """Its number, its date, and the build before with its customers, although `build/` holds its own by now."""
    for age in (3, 4):
        again(project, age)
        build(SOURCE_DATE_EPOCH="86400")
    for day in ("86400", "864000"):
        assert build("--again", SOURCE_DATE_EPOCH=day)[0] == 0
        assert told(parts) == (2, 1, True)
        assert parts.remembered[-1].date == "1970-01-02"
    assert entries(project) == ["0001.json", "0002.json"]


def test_a_first_build_again_is_a_first_build(build, parts, project):
    build()
    build("--again")
    assert told(parts) == (1, None, False)
    assert entries(project) == ["0001.json"]


@pytest.mark.parametrize("change", ["table", "configuration"])
def test_other_inputs_are_another_build(build, parts, project, change):
    build()
    if change == "table":
        again(project, 9)
    else:
        (project / "config/site.yml").write_text(SITE + "model: {seed: 7}\n")
    build()
    assert told(parts)[:2] == (2, 1)


@pytest.mark.parametrize(
    "change",
    [
        "site: {title: Ours}",
        "theme: {accent: '#123456'}",
        "publish: {hold_when: {drift: strong}}",
        "playbook: book.yml",
    ],
)
def test_what_is_only_shown_makes_no_other_build(build, parts, project, change):
    """It is told of the build before, with its customers, as the one that it takes the place of."""
    shipped = PROJECT / "analysis/configuration/general_playbook.yml"
    (project / "config/book.yml").write_text(shipped.read_text().replace("title: ", "title: Our ", 1))
    for age in (3, 4):
        again(project, age)
        build()
    before = (project / "tables/history/0002.json").read_bytes()
    (project / "config/site.yml").write_text(SITE + change + "\n")
    assert build()[1] != NOTHING
    assert told(parts) == (2, 1, True)
    assert entries(project) == ["0001.json", "0002.json"]
    assert (project / "tables/history/0002.json").read_bytes() == before
    again(project, 5)
    build()
    assert told(parts) == (3, 2, True)


def test_what_a_database_holds_is_known_once_it_is_read(build, parts, project, monkeypatch):
    """Then the analysis is done once more, with the build before."""
    build()
    again(project, 4)
    build()
    monkeypatch.setattr("report.build.recall.inputs_now", lambda *_: None)
    parts.remembered.clear()
    assert build("--again")[0] == 0
    assert [one.number for one in parts.remembered] == [3, 2]
    assert entries(project) == ["0001.json", "0002.json"]


def test_customers_of_another_build_are_never_taken(build, parts, project):
    """The history comes from elsewhere, such as a repository, and `build/` does not belong to it."""
    build()
    shutil.copytree(project / "tables/history", project / "kept")
    again(project, 4)
    build()
    shutil.rmtree(project / "tables/history")
    (project / "kept").rename(project / "tables/history")
    (project / "tables/history/0001.json").write_text(
        (project / "tables/history/0001.json").read_text().replace('"inputs":"', '"inputs":"0')
    )
    again(project, 5)
    build()
    assert told(parts) == (2, 1, False)
    assert parts.remembered[-1].model is None


def test_without_private_files_nobody_is_known(build, parts, project):
    build()
    shutil.rmtree(project / "build")
    again(project, 4)
    build()
    assert told(parts) == (2, 1, False)


def test_a_trial_compares_and_records_nothing(build, parts, project):
    build()
    again(project, 4)
    assert build("--trial")[0] == 0
    assert told(parts) == (2, 1, True)
    assert entries(project) == ["0001.json"]
    again(project, 5)
    build()
    assert told(parts) == (2, 1, True)
    assert entries(project) == ["0001.json", "0002.json"]


def test_none_remembers_nothing(build, parts, project):
    build()
    again(project, 4)
    assert build("--previous", "none")[0] == 0
    assert parts.remembered[-1] is None
    assert entries(project) == ["0001.json"]


def test_a_configuration_may_remember_nothing(build, parts, project):
    (project / "config/site.yml").write_text(SITE + "history: false\n")
    assert build()[0] == 0
    assert parts.remembered == [None]
    assert not (project / "tables/history").exists()
    for option in (["--fresh"], ["--previous", "_site"]):
        code, _, said = build(*option, "--again")
        assert code == 2
        assert f"{option[0]}: this build remembers nothing" in said


def test_a_bare_table_remembers_nothing(run, parts, project):
    assert parts.remembered == []
    assert run("build", "--data", "tables/customers.csv", "--features", "age")[0] == 0
    assert parts.remembered == [None]
    assert not (project / "tables/history").exists()


def test_a_fresh_history_puts_the_old_one_aside(build, parts, project):
    for age in (3, 4):
        again(project, age)
        build()
    again(project, 5)
    assert build("--fresh")[0] == 0
    assert told(parts) == (1, None, False)
    assert entries(project) == ["0001.json", "earlier-1/0001.json", "earlier-1/0002.json"]


def spoiled(project: Path, name: str) -> None:
    history = project / "tables/history"
    document = json.loads((history / "0002.json").read_text())
    if name == "damaged":
        (history / "0002.json").write_text("{")
    elif name == "gap":
        (history / "0002.json").rename(history / "0003.json")
    elif name == "newer":
        (history / "0002.json").write_text(json.dumps({**document, "history_version": "9.0"}))
    else:
        features = document["contract"]["data"]["features"]
        features.append(other_column())
        (history / "0002.json").write_text(json.dumps(document))


def other_column() -> dict[str, object]:
    return {
        "name": "Revenue", "slug": "revenue", "label": "Revenue", "role": "value", "kind": "numeric",
        "used_for": "clustering",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("damaged", "0002.json: the file is damaged"),
        ("gap", "the history is incomplete: 0002.json is missing; restore it, compare alone with --trial --previous "),
        ("newer", "0002.json: a newer Segment Atlas wrote this; update Segment Atlas"),
        ("another", "0002.json: this build is of another table, since fewer than half of its columns are configured"),
    ],
)
def test_a_history_that_cannot_be_used_stops_the_build_until_a_fresh_one_is_asked_for(build, project, name, what):
    for age in (3, 4):
        again(project, age)
        build()
    spoiled(project, name)
    again(project, 5)
    before, site = entries(project), (project / "_site/index.html").stat().st_mtime_ns
    code, _, said = build()
    assert code == 2
    assert what in said
    assert "--fresh" in said
    assert entries(project) == before
    assert (project / "_site/index.html").stat().st_mtime_ns == site
    assert build("--fresh")[0] == 0
    assert entries(project) == ["0001.json", *(f"earlier-1/{each}" for each in before)]


BROKEN = {"empty": "", "newer": '{"history_version": "9.0"}', "nonsense": '{"history_version": "1.0", "contract": 1}'}


def four_builds(build, project: Path, broken: int, content: str) -> None:
    """A history of four builds of which one cannot be read, and the next export."""
    for age in (3, 4, 5, 6):
        again(project, age)
        assert build()[0] == 0
    (project / f"tables/history/000{broken}.json").write_text(content)
    again(project, 7)


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_another_build_that_is_named_takes_the_place_of_a_newest_that_cannot_be_read(build, parts, project, content):
    """The next build then compares with the new one, as ever."""
    four_builds(build, project, 4, content)
    code, _, said = build()
    assert code == 2
    assert "0004.json: " in said
    assert "name another build with --previous" in said
    assert build("--previous", "tables/history/0003.json")[0] == 0
    assert told(parts)[:2] == (5, 3)
    assert entries(project) == ["0001.json", "0002.json", "0003.json", "0004.json", "0005.json"]
    assert (project / "tables/history/0004.json").read_text() == content
    again(project, 8)
    assert build()[0] == 0
    assert told(parts)[:2] == (6, 5)


def test_a_build_beside_a_newest_that_cannot_be_read_is_rolled_back(build, run, project):
    """The site of the build whose entry is broken is back, and so is the history."""
    four_builds(build, project, 4, "")
    assert build("--previous", "tables/history/0003.json")[0] == 0
    assert run("rollback", "--config", "config")[0] == 0
    assert entries(project) == ["0001.json", "0002.json", "0003.json", "0004.json"]


def test_a_site_whose_entry_cannot_be_read_is_rolled_back_with_it(build, run, project):
    four_builds(build, project, 4, "")
    assert run("rollback", "--config", "config")[0] == 0
    assert entries(project) == ["0001.json", "0002.json", "0003.json"]
    assert (project / "build/rolled-back/0004.json").read_text() == ""


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_second_newest_that_cannot_be_read_is_missed_by_a_rebuild_alone(build, parts, project, content):
    four_builds(build, project, 3, content)
    again(project, 6)
    code, _, said = build("--again")
    assert code == 2
    assert "0003.json: " in said
    assert build("--again", "--previous", "tables/history/0002.json")[0] == 0
    assert told(parts)[:2] == (4, 2)
    assert build("--again", "--previous", "tables/history/0004.json")[0] == 0
    assert told(parts)[:2] == (5, 4)
    again(project, 7)
    assert build()[0] == 0
    assert told(parts)[:2] == (6, 5)


def test_a_second_newest_that_cannot_be_read_does_not_stop_the_next_build(build, parts, project):
    four_builds(build, project, 3, "")
    assert build()[0] == 0
    assert told(parts)[:2] == (5, 4)


def test_beside_a_history_with_a_gap_a_named_build_is_compared_with_and_nothing_is_recorded(build, parts, project):
    four_builds(build, project, 4, "")
    (project / "tables/history/0002.json").unlink()
    before = entries(project)
    for option in ([], ["--previous", "tables/history/0003.json"], ["--trial"]):
        code, _, said = build(*option)
        assert code == 2
        assert (
            "the history is incomplete: 0002.json is missing; restore it, compare alone with --trial --previous FILE, "
            "or start a new history with --fresh."
        ) in said
    assert build("--trial", "--previous", "tables/history/0003.json")[0] == 0
    assert told(parts)[:2] == (5, 3)
    assert entries(project) == before


def test_a_file_that_no_build_has_written_is_let_be(build, parts, project):
    build()
    (project / "tables/history/00005.json").write_text("mine")
    again(project, 4)
    assert build()[0] == 0
    assert told(parts)[:2] == (2, 1)
    assert entries(project) == ["00005.json", "0001.json", "0002.json"]
    again(project, 5)
    assert build("--fresh")[0] == 0
    assert entries(project) == ["00005.json", "0001.json", "earlier-1/0001.json", "earlier-1/0002.json"]


def test_a_build_whose_check_fails_is_not_remembered(build, parts, project):
    build()
    again(project, 4)
    parts.files["index.qmd"] = parts.files["index.qmd"].replace("<h1>", '<a href="none.html">None</a><h1>')
    assert build()[0] == 5
    assert entries(project) == ["0001.json"]
    assert not (project / "tables/history/.next").exists()


def test_a_history_that_is_a_file_is_one_sentence(build, project):
    (project / "tables/history").write_text("")
    for option in ([], ["--fresh"], ["--trial"]):
        code, _, said = build(*option)
        assert code == 2
        assert "history: this is a file, and builds are remembered in a folder" in said
    assert not (project / "_site").exists()


def test_a_history_inside_the_site_is_refused(build, project):
    (project / "config/site.yml").write_text(SITE + "history: {path: ../_site/history}\n")
    code, _, said = build()
    assert code == 2
    assert "is inside the site" in said


def test_a_history_that_cannot_be_written_leaves_the_old_site(build, project, monkeypatch):
    build()
    again(project, 4)
    real = files.write

    def full(path: Path, content: str | bytes) -> None:
        if path.name == "0002.json":
            with files._told("written", path):
                raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(files, "write", full)
    before = (project / "_site/index.html").stat().st_mtime_ns
    code, _, said = build()
    assert code == 2
    assert "the history cannot be written (No space left on device)" in said
    assert (project / "_site/index.html").stat().st_mtime_ns == before
    assert entries(project) == ["0001.json"]
    assert replaced_whole(project / "build") is False


def test_the_entry_that_a_build_leaves_is_no_change(build):
    build()
    assert build()[1] == NOTHING


def test_another_history_builds_again(build, parts, project):
    build()
    (project / "tables/history/0001.json").unlink()
    assert build()[1] != NOTHING
    assert told(parts)[:2] == (1, None)
    assert build()[1] == NOTHING
    assert build("--trial")[1] != NOTHING


def test_a_named_site_is_compared_with_and_looked_at_for_changes(build, parts, project):
    build()
    (project / "elsewhere.json").write_bytes((project / "tables/history/0001.json").read_bytes())
    again(project, 4)
    assert build("--previous", "elsewhere.json")[0] == 0
    assert told(parts) == (2, 1, True)
    assert build("--previous", "elsewhere.json")[1] == NOTHING
    (project / "elsewhere.json").write_text((project / "elsewhere.json").read_text() + "\n")
    assert build("--previous", "elsewhere.json")[1] != NOTHING


def test_a_build_named_beside_an_empty_history_becomes_its_first_entry(build, parts, project):
    """So that a rebuild finds it again."""
    for age in (3, 4):
        again(project, age)
        build()
    (project / "tables/history").rename(project / "published")
    again(project, 5)
    assert build("--previous", "published")[0] == 0
    assert told(parts)[:2] == (3, 2)
    assert entries(project) == ["0002.json", "0003.json"]
    assert build("--again")[0] == 0
    assert told(parts)[:2] == (3, 2)
    assert entries(project) == ["0002.json", "0003.json"]


def test_a_build_that_is_far_ahead_of_the_history_is_not_recorded(build, project):
    for age in (3, 4, 5):
        again(project, age)
        build()
    shutil.copytree(project / "tables/history", project / "published")
    for name in ("0002.json", "0003.json"):
        (project / "tables/history" / name).unlink()
    again(project, 6)
    code, _, said = build("--previous", "published")
    assert code == 2
    assert "the history ends with build 1, and --previous names build 3; restore 0002.json" in said
    assert entries(project) == ["0001.json"]
    assert build("--previous", "published", "--trial")[0] == 0


def test_fresh_and_previous_exclude_each_other(build):
    code, _, said = build("--fresh", "--previous", "_site")
    assert code == 2
    assert "--fresh starts a new history and --previous names the last build; keep one of them." in said


def test_an_empty_name_is_no_missing_option(build, project):
    """As of a variable of a workflow that is not set."""
    code, _, said = build("--previous", "")
    assert code == 2
    assert (
        "--previous: nothing is named; name a site, its address, or an entry of a history, or leave the option out."
        in said
    )
    assert not (project / "_site").exists()


def test_a_limit_that_is_passed_is_said_and_the_site_is_made(build, project):
    (project / "config/site.yml").write_text(SITE + "publish: {hold_when: {verdict: natural}}\n")
    code, _, said = build()
    assert code == 0
    assert "Look at this build before you publish it: publish.hold_when.verdict: the verdict is" in said
    assert (project / "_site/index.html").exists()


def test_the_record_and_the_history_name_no_customer(build, project):
    build()
    for file in (project / "build" / RECORD, project / "tables/history/0001.json"):
        assert "CUST" not in file.read_text()


def test_a_build_that_waits_for_another_is_told_of_it(build, parts, project):
    """Both were begun before either had ended."""
    ended: list[Path] = []

    def begun() -> None:  # past the command, which listens for signals, as only a first thread may
        configuration, writer = load_configuration(Path("config")), lambda *_: parts.files
        done = making.build(
            configuration,
            out=Path("_site"),
            renderer="builtin",
            effects=NoQuarto(Recorder()),
            workers=StandIns(parts),
            writer=writer,
            memory=MemoryAsked(),
        )
        ended.append(done.out)

    second = threading.Thread(target=begun)

    def other() -> None:
        parts.meanwhile = lambda: None
        again(project, 4)
        second.start()
        time.sleep(0.5)  # long enough to read the history, if nothing held it up

    parts.meanwhile = other
    assert build()[0] == 0
    second.join()
    assert ended == [project / "_site"]
    assert [(one.number, one.last is None) for one in parts.remembered] == [(1, True), (2, False)]
    assert entries(project) == ["0001.json", "0002.json"]


def test_a_build_in_another_folder_may_take_the_number_and_this_one_changes_nothing(build, parts, project):
    build()
    again(project, 4)
    theirs = project / "tables/history/0002.json"
    parts.meanwhile = lambda: theirs.write_text("theirs")
    before = (project / "_site/index.html").stat().st_mtime_ns
    code, _, said = build()
    assert code == 2
    assert "0002.json: another build was recorded in the meantime; build again to compare with it." in said
    assert theirs.read_text() == "theirs"
    assert (project / "_site/index.html").stat().st_mtime_ns == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_history_that_may_not_be_written_is_one_sentence(build, project):
    build()
    again(project, 4)
    (project / "tables/history").chmod(0o500)
    try:
        code, _, said = build()
    finally:
        (project / "tables/history").chmod(0o700)
    assert code == 2
    assert "the history cannot be written (Permission denied)" in said
    assert entries(project) == ["0001.json"]


@pytest.mark.parametrize("name", ["demographic", "transactions", "wholesale"])
def test_the_examples_are_remembered_beside_their_generated_tables(name):
    """And not in the folder `data`, which is committed."""
    configuration = load_configuration(PROJECT / "site_config/examples" / name)
    assert configuration.history == PROJECT / "build/examples" / name / "history"
