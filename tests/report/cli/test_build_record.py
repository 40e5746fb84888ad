"""A build with nothing to do: it says so, imports nothing heavy, and only ever happens where nothing has changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.basics.as_read import as_read
from analysis.configuration import Configuration, load_configuration
from analysis.errors import DataError
from report.build import build_record, unchanged
from report.build.build_record import BuildRecord
from report.build.unchanged import RECORD, PlainWords, nothing_to_do
from report.command.options import configured
from report.command.progress import Quiet
from report.errors import RenderError
from report.system.contents import contents
from report.system.effects import Disk
from tests.in_process import command

pytestmark = pytest.mark.usefixtures("parts")

NOTHING = "Nothing has changed since _site was built, so it was not built again (--again builds it anyway).\n"
SITE = """\
data: {path: "../tables/*.csv"}
columns: {id: {role: id}, age: {role: age}}
pages: own
"""
OWN = "---\ntitle: Ours\ndescription: What we do\n---\n"


@pytest.fixture(autouse=True)
def project(home: Path) -> Path:
    """A configuration with an own page, of tables that a pattern finds."""
    for name, content in {
        "config/site.yml": SITE,
        "config/own/ours.qmd": OWN,
        "tables/one.csv": "id,age\nCUST-0001,3\n",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content)
    return home


@pytest.fixture
def build(run) -> Callable[..., str]:
    """Builds and gives what was said on standard output."""

    def once(*args: str, **variables: str) -> str:
        code, said, failed = run("build", "--config", "config", "--renderer", "builtin", *args, **variables)
        assert code == 0, failed
        return said

    return once


def test_a_build_with_nothing_to_do_says_so_and_touches_nothing(build, project):
    assert "index.html" in build()
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    assert build() == NOTHING
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before


def test_a_quiet_one_says_nothing(build):
    build()
    assert build("--quiet") == ""


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("tables/one.csv", "id,age\nCUST-0001,4\n"),
        ("tables/two.csv", "id,age\nCUST-0002,4\n"),
        ("config/site.yml", SITE + "site: {title: Ours}\n"),
        ("config/own/ours.qmd", OWN + "More.\n"),
        ("config/own/more.qmd", OWN),
        ("_site/index.html", "spoiled"),
        ("_site/stray.html", ""),
        ("build/assignments.csv", ""),
        ("build/site-src/index.qmd", ""),
        ("build/" + RECORD, ""),
        ("build/" + RECORD, "[]"),
        ("build/" + RECORD, "{}"),
    ],
)
def test_whatever_was_written_since_is_built_again(build, project, file, content):
    build()
    (project / file).write_text(content)
    assert NOTHING not in build()
    assert build() == NOTHING


@pytest.mark.parametrize("file", ["tables/one.csv", "_site/index.html", "_site", "build/model.json"])
def test_what_is_gone_is_not_taken_for_unchanged(build, project, file):
    (project / "tables/two.csv").write_text("id,age\nCUST-0002,4\n")
    build()
    (project / file).rename(project / "elsewhere")
    assert NOTHING not in build()


def test_a_folder_that_no_build_was_asked_for_is_not_read_through(build, project, monkeypatch):
    build()
    read: list[Path] = []
    monkeypatch.setattr(unchanged, "contents", lambda place: read.append(place) or "")
    assert not BuildRecord(("other",), project, project / "build").holds(Disk(Quiet()))
    assert read == []


def test_the_same_words_are_needed(build):
    build()
    assert NOTHING not in build("--out", "_other")
    assert NOTHING not in build()
    assert NOTHING not in build("--again")


@pytest.mark.parametrize("name", ["SOURCE_DATE_EPOCH", "SEGMENT_ATLAS_SALT", "QUARTO_PATH"])
def test_what_the_environment_says_of_a_build_makes_it_another(build, name):
    given = {name: sys.executable if name == "QUARTO_PATH" else "1"}
    build()
    assert NOTHING not in build(**given)
    assert build(**given) == NOTHING


def test_the_analysis_is_told_the_secret_of_the_environment(build, parts):
    build(SEGMENT_ATLAS_SALT="ours")
    assert parts.salt == "ours"


def test_other_code_builds_again(build, project, monkeypatch):
    code = project / "code"
    code.mkdir()
    (code / "page.qmd.j2").write_text("one")
    monkeypatch.setattr(unchanged, "CODE", (code,))
    build()
    assert build() == NOTHING
    os.utime(code / "page.qmd.j2", (1, 1))
    assert build() == NOTHING
    (code / "page.qmd.j2").write_text("two")
    assert NOTHING not in build()


def test_what_python_compiles_is_no_other_code(build, project, monkeypatch):
    compiled = project / "code/__pycache__"
    compiled.mkdir(parents=True)
    (project / "code/page.py").write_text("one")
    monkeypatch.setattr(unchanged, "CODE", (project / "code",))
    build()
    (compiled / "page.cpython-311.pyc").write_text("two")
    (compiled / "page.cpython-311.pyc.139872340").write_text("while it is written")
    assert build() == NOTHING


def test_a_quarto_that_has_come_builds_again(world, project):
    def build() -> str:
        ended = command("build", "--config", "config", "--renderer", "builtin", folder=project, world=there)
        assert ended.code == 0, ended.err
        return ended.out

    program = project / "bin/quarto"
    without = {name: value for name, value in os.environ.items() if name != "QUARTO_PATH"}
    there = replace(world, disk=Disk, environment={**without, "PATH": f"{program.parent}:{os.environ['PATH']}"})
    build()
    program.parent.mkdir()
    program.write_text("")
    program.chmod(0o755)
    assert NOTHING not in build()
    assert build() == NOTHING
    program.write_text("another")
    assert NOTHING not in build()
    (project / "share").mkdir()
    (project / "share/version").write_text("1.10")
    assert NOTHING not in build()
    assert build() == NOTHING


def test_another_shell_is_no_other_build(build):
    build()
    assert build(PATH=f"/elsewhere:{os.environ['PATH']}") == NOTHING


def test_other_libraries_build_again(build, project, monkeypatch):
    monkeypatch.setattr("report.system.code.sysconfig.get_path", lambda _: str(project / "libraries"))
    build()
    (project / "libraries/altair-7.0.0.dist-info").mkdir(parents=True)
    assert NOTHING not in build()


def test_after_a_failure_the_site_of_the_former_input_still_stands(build, run, parts, project):
    build()
    parts.failure = DataError("one.csv: no usable row.")
    (project / "tables/one.csv").write_text("id,age\n")
    assert run("build", "--config", "config", "--renderer", "builtin")[0] == 3
    (project / "tables/one.csv").write_text("id,age\nCUST-0001,3\n")
    assert build() == NOTHING


def test_a_database_is_asked_every_time(build, project):
    (project / "config/site.yml").write_text(
        SITE.replace('path: "../tables/*.csv"', 'database: "sqlite:///customers.db", query: "select * from customers"')
    )
    build()
    assert NOTHING not in build()
    assert not (project / "build" / RECORD).exists()


def test_a_record_that_cannot_be_kept_is_no_failure_of_the_build(project):
    class Full(Disk):
        def write(self, path: Path, content: str | bytes) -> None:  # noqa: ARG002 (as the disk's)
            raise RenderError(f"{path}: no space is left.")

    one, configuration = (
        BuildRecord(("asked",), project / "_site", project / "build"),
        load_configuration(project / "config"),
    )
    one.keep(configuration, configuration.read, "ran", Full(Quiet()))
    assert not one.holds(Disk(Quiet()))


TABLE, SETTINGS, PAGE = "tables/one.csv", "config/site.yml", "config/own/ours.qmd"


@pytest.mark.parametrize("file", [TABLE, SETTINGS])
def test_an_edit_made_while_the_first_build_reads_is_built_by_the_next_command(build, project, parts, file):
    def edit() -> None:
        (project / file).write_text((project / file).read_text() + "\n")

    parts.meanwhile = edit
    build()
    parts.meanwhile = lambda: None
    assert NOTHING not in build()
    assert build() == NOTHING


def test_settings_edited_between_their_being_read_and_the_analysis_are_built(build, project, monkeypatch):
    def edited(*given: object, **more: object) -> Configuration:
        found = configured(*given, **more)  # type: ignore[arg-type]
        (project / SETTINGS).write_text(SITE + "site: {title: Ours}\n")
        return found

    with monkeypatch.context() as hooked:
        hooked.setattr("report.command.cli.configured", edited)
        build()
    assert NOTHING not in build()
    assert build() == NOTHING


def record_of(project: Path) -> BuildRecord:
    return BuildRecord(("asked",), project / "_site", project / "build")


def holds(project: Path) -> bool:
    """Whether the inputs are those that the last build recorded."""
    record = json.loads((project / "build" / RECORD).read_text())
    return bool(record["read"] == unchanged.inputs(map(Path, record["places"])))


def test_a_page_that_was_edited_and_edited_back_is_built_again(build, project, parts):
    parts.meanwhile = lambda: (project / PAGE).write_text(OWN + "More.\n")
    build()
    (project / PAGE).write_text(OWN)
    parts.meanwhile = lambda: None
    assert NOTHING not in build()
    assert build() == NOTHING


def test_a_table_that_was_edited_and_edited_back_is_built_again(project):
    one, configuration = (
        BuildRecord(("asked",), project / "_site", project / "build"),
        load_configuration(project / "config"),
    )
    table = as_read(project / TABLE, b"what stood there for a moment")
    one.keep(configuration, (*configuration.read, *table), "ran", Disk(Quiet()))
    assert not holds(project)


@pytest.mark.parametrize("second", ["another digest", ""])
def test_a_file_that_was_read_twice_and_differed_leaves_no_record(project, second):
    one, configuration = (
        BuildRecord(("asked",), project / "_site", project / "build"),
        load_configuration(project / "config"),
    )
    read = as_read(project / TABLE, (project / TABLE).read_bytes())
    one.keep(configuration, (*configuration.read, *read, (read[0][0], second)), "ran", Disk(Quiet()))
    assert not (project / "build" / RECORD).exists()


def test_a_link_that_leads_elsewhere_is_a_change(build, project):
    (project / "two.csv").write_text("id,age\nCUST-0001,4\n")
    (project / TABLE).rename(project / "one.csv")
    (project / TABLE).symlink_to(project / "one.csv")
    build()
    assert build() == NOTHING
    (project / TABLE).unlink()
    (project / TABLE).symlink_to(project / "two.csv")
    assert NOTHING not in build()


def test_an_input_that_has_become_a_pipe_is_not_waited_for(build, project):
    build()
    (project / PAGE).unlink()
    os.mkfifo(project / PAGE)
    assert not holds(project)


def test_what_a_killed_build_has_left_is_removed_also_where_nothing_has_changed(build, project):
    build()
    left = [project / ".site-0123456789ab/segments", project / "build/next"]
    for folder in left:
        folder.mkdir(parents=True)
    assert build() == NOTHING
    assert not any(folder.exists() for folder in left)


def test_the_record_holds_digests_and_no_customer(build, project):
    build()
    record = json.loads((project / "build" / RECORD).read_text())
    assert set(record) == {"asked", "places", "read", "remembered", "ran", "made"}
    assert str(project / "config/site.yml") in record["read"]
    assert "CUST" not in (project / "build" / RECORD).read_text()


def test_bytes_that_move_from_one_file_to_the_next_are_a_change(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("ab")
    two.write_text("c")
    before = contents(tmp_path)
    one.write_text("a")
    two.write_text("bc")
    assert contents(tmp_path) != before


STDLIB_ALONE = (
    "import sys\n"
    "from report.__main__ import main\n"
    "sys.argv = ['segment-atlas', 'build', '--config', 'config', '--renderer', 'builtin']\n"
    "main()\n"
    "own = {'report', 'analysis', '__main__'}\n"
    "light = {'typing', 'dataclasses', 'subprocess', 'inspect', 'importlib.metadata'}\n"
    "other = {each.split('.')[0] for each in sys.modules} - own - sys.stdlib_module_names\n"
    "print({each for each in other if not each.startswith('_')})\n"
    "print(light & set(sys.modules), {each for each in sys.modules if each.startswith('analysis.')})"
)


def test_with_nothing_to_do_the_front_door_imports_the_standard_library_alone(project, monkeypatch):
    # A real command and the stand-ins of `build` find other programs; both look without Quarto.
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    words = PlainWords(["build", "--config", "config", "--renderer", "builtin"])
    one, configuration = (
        BuildRecord((words.asked, words.renderer), project / "_site", project / "build"),
        load_configuration(project / "config"),
    )
    table = as_read(project / TABLE, (project / TABLE).read_bytes())
    page = as_read(project / PAGE, (project / PAGE).read_bytes())
    disk = Disk(Quiet())
    one.keep(configuration, (*configuration.read, *table, *page), build_record.ran(disk), disk)
    done = subprocess.run([sys.executable, "-c", STDLIB_ALONE], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == NOTHING + "set()\nset() set()\n"


@pytest.fixture
def without_quarto(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a variable names it, the front door leaves all to the command."""
    monkeypatch.delenv("QUARTO_PATH", raising=False)


@pytest.fixture
def looks(without_quarto, build, world, project) -> Callable[..., bool]:  # noqa: ARG001 (asked for before the others)
    """Builds, and tells whether the front door finds nothing to do afterwards, and the command itself alike."""
    build()

    def look(*more: str) -> bool:
        given = ["build", "--config", "config", "--renderer", "builtin", *more]
        sure = nothing_to_do(PlainWords(given), {**world.environment, "PATH": "/nowhere"})
        said = command(*given, folder=project, world=world).out
        assert not sure or said == NOTHING, "the front door is never surer than the command"
        return sure

    return look


def test_the_front_door_sees_what_the_command_sees(looks):
    assert looks()
    assert looks("--out=_site")
    assert looks("--config", "config/")


@pytest.mark.parametrize(
    "file", ["tables/one.csv", "config/site.yml", "config/own/ours.qmd", "_site/index.html", "build/model.json"]
)
def test_the_front_door_sees_a_change(looks, project, file):
    (project / file).write_text((project / file).read_text() + "\n")
    assert not looks()


@pytest.mark.usefixtures("looks")
@pytest.mark.parametrize("left", ["build/next", ".site-0123456789ab", "build/publishing.json"])
def test_where_something_is_to_be_tidied_the_front_door_leaves_it_to_the_command(project, left):
    (project / left).mkdir()
    assert not nothing_to_do(PlainWords(["build", "--config", "config", "--renderer", "builtin"]), {"PATH": ""})


TOKENS = (
    "build", "--config", "--config=config", "--data", "--features", "a,b", "--k=3", "--k", "auto", "--id", "--sheet",
    "--out", "--out=_site/", "--renderer", "--renderer=builtin", "builtin", "--quiet", "--quiet=1", "--again", "--",
    "--help", "-h", "", "a b", "config/../config", "./config", "\x07", "--config=", "check",
)  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=6))
@example(["--config", "config", "--config=./config"])
@example(["--quiet", "--k", "--quiet"])
def test_what_the_front_door_understands_the_command_understands_alike(more):
    seen: list[tuple[str, ...]] = []
    try:
        plain = PlainWords(["build", *more])
    except ValueError:
        return
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("report.build.commit.tidy", lambda *_: None)
        patched.setattr(
            BuildRecord, "holds", lambda one, _effects: bool(seen.append((*one.asked, str(one.out)))) or True
        )
        ended = command("build", *more, folder=Path.cwd())
    if ended.code == 0:
        assert seen == [(plain.asked, plain.renderer, str(plain.out.absolute()))]
        assert ended.out == ("" if plain.quiet else unchanged.told(plain.out) + "\n")
    else:
        assert not seen, "what the command refuses was never built"
