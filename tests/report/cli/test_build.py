from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from analysis.errors import ConfigurationError, DataError
from report.build import publish
from report.build.publish import MARK, claim, staging
from report.errors import CheckError, RenderError
from report.render.builtin import Builtin
from report.system.effects import Command, Disk
from report.system.locks import locked
from tests.report.cli.conftest import CONTRACT, NoQuarto

pytestmark = pytest.mark.usefixtures("home", "parts")


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if "pagefind" not in path.parts)


def leftovers(home: Path) -> list[str]:
    """What of a build that has ended should not be there."""
    beside = [path.name for path in home.iterdir() if path.name.startswith((".site-", ".replaced-"))]
    return beside + [name for name in ("next", "publishing.json") if (home / "build" / name).exists()]


def old_site(home: Path) -> Path:
    out = home / "_site"
    out.mkdir()
    (out / MARK).write_text("x")
    (out / "index.html").write_text("the old site")
    return out


def test_a_build_leaves_a_marked_site_and_the_private_files_beside_it(build, configuration, effects, home):
    report = build(configuration, out=Path("_site"), effects=effects)
    assert (home / "_site" / MARK).is_file()
    assert (home / "_site/index.html").is_file()
    assert (home / "build/analysis.json").read_text(encoding="utf-8") == CONTRACT
    assert (home / "build/assignments.csv").read_bytes() == (b"id,segment,slug\r\nCUST-0001,1,a\r\n'=CUST-0002,2,a\r\n")
    assert (home / "build/rejected.csv").read_bytes() == b"row,column,reason\r\n"
    assert (home / "build/site-src/index.qmd").is_file()
    assert not [name for name in listing(home / "_site") if name.endswith(".csv")]
    assert report.renderer == "built-in"
    assert [page.address for page in report.pages] == ["404.html", "index.html"]
    assert all(0 < page.gzipped < page.raw for page in report.pages)
    assert leftovers(home) == []


@dataclass(frozen=True)
class Recording(NoQuarto):
    """A disk that remembers the folders that were made and held."""

    acts: list[str] = field(default_factory=list)

    def make(self, folder: Path, *, new: bool = False) -> None:
        self.acts.append(f"make {folder.name}")
        super().make(folder, new=new)

    def listing(self, folder: Path) -> list[Path]:
        self.acts.append(f"list {folder.name}")
        return super().listing(folder)

    def fresh(self) -> str:
        return f"{len(self.acts):012x}"

    def locked(self, path: Path, *, told: bool = False) -> AbstractContextManager[None]:
        self.acts.append(f"{'wait for' if told else 'hold'} {path.name}")
        return super().locked(path, told=told)

    def free(self, path: Path) -> AbstractContextManager[bool]:
        self.acts.append(f"own {path.name}")
        return super().free(path)


def test_folders_and_locks_are_taken_by_the_effects_in_this_order(build, configuration, reporter):
    effects = Recording(reporter)
    build(configuration, out=Path("_site"), effects=effects)
    probe, made = ".site-000000000002", ".site-000000000008"
    assert effects.acts == [
        "make home", "hold home", f"make {probe}",  # may a site be made there?
        "make build", "wait for .lock",
        "hold home", "list home",  # what killed builds have left
        "hold home", f"make {made}", f"own {made}",
        "hold .publishing.lock", "hold home",
        "list cache",  # what none of the last builds used
    ]  # fmt: skip


def test_auto_says_which_renderer_it_took(build, configuration, effects, reporter):
    build(configuration, out=Path("_site"), effects=effects)
    assert "Renderer: builtin (no Quarto found)" in reporter.said


def test_checks_look_at_nothing_that_the_renderer_is_still_writing(build, configuration, effects, home, monkeypatch):
    monkeypatch.setattr(Builtin, "complete", lambda self, out: self._effects.write(out / "pagefind/half.json", '{"a'))
    build(configuration, out=Path("_site"), effects=effects)
    assert (home / "_site/pagefind/half.json").read_text() == '{"a'


@pytest.mark.parametrize("broken", [False, True])
def test_an_index_that_cannot_be_made_leaves_the_old_site(build, configuration, home, parts, monkeypatch, broken):
    old = old_site(home)

    def fail(*_: object) -> None:
        raise RenderError("The search index could not be made: no.")

    if broken:  # what the checks say comes first
        broken_page(parts)
    monkeypatch.setattr(Builtin, "complete", fail)
    with pytest.raises(CheckError if broken else RenderError):
        build(configuration, out=Path("_site"))
    assert (old / "index.html").read_text() == "the old site"
    assert leftovers(home) == []


def test_an_interruption_while_the_index_is_made_ends_it_and_leaves_nothing(
    build, configuration, home, reporter, monkeypatch
):
    effects = Disk(reporter)

    def index(*_: object) -> None:
        effects.run(Command((sys.executable, "-c", "import time; time.sleep(60)")))

    def interrupted(*_: object) -> None:
        while not effects._running:
            time.sleep(0.01)
        raise KeyboardInterrupt

    old = old_site(home)
    monkeypatch.setattr(Builtin, "complete", index)
    monkeypatch.setattr("report.build.build.check", interrupted)
    started = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        build(configuration, out=Path("_site"), effects=effects)
    assert (old / "index.html").read_text() == "the old site"
    assert leftovers(home) == []
    assert not effects._running
    assert threading.active_count() <= started + 2  # Pandoc's, which have nothing to do any more


def test_a_second_build_replaces_the_first_whole(build, configuration, effects, home):
    build(configuration, out=Path("_site"), effects=effects)
    (home / "_site/stale.html").write_text("x")
    build(configuration, out=Path("_site"), effects=effects)
    assert not (home / "_site/stale.html").exists()


def broken_page(parts) -> None:
    parts.files["index.qmd"] += "\n[x](nowhere.html)\n"


def leaking_page(parts) -> None:
    parts.files["index.qmd"] += "\nCUST-0001\n"


def broken_header(parts) -> None:
    parts.files["index.qmd"] = "---\na: [\n---\n"


def bad_table(parts) -> None:
    parts.failure = DataError("customers.csv: no usable row.")


@pytest.mark.parametrize(
    ("spoil", "failure"),
    [
        (broken_page, (CheckError, "leads nowhere")),
        (leaking_page, (CheckError, "identifier")),
        (broken_header, (RenderError, r"index\.qmd")),
        (bad_table, (DataError, "no usable row")),
    ],
)
def test_whatever_fails_the_old_site_stands(build, parts, configuration, home, spoil, failure):
    out = old_site(home)
    private = {"analysis.json": "old", "assignments.csv": "old", "rejected.csv": "old", "model.json": "old"}
    (home / "build").mkdir()
    for name, content in private.items():
        (home / "build" / name).write_text(content)
    spoil(parts)
    error, words = failure
    with pytest.raises(error, match=words):
        build(configuration, out=out)
    assert listing(out) == [MARK, "index.html"]
    assert (out / "index.html").read_text() == "the old site"
    assert {name: (home / "build" / name).read_text() for name in private} == private
    assert leftovers(home) == []


def test_three_problems_at_most_are_shown(build, parts, configuration, effects):
    parts.files["index.qmd"] += "".join(f"\n[x](nowhere{number}.html)\n" for number in range(5))
    with pytest.raises(CheckError) as caught:
        build(configuration, out=Path("_site"), effects=effects)
    assert str(caught.value).count("leads nowhere") == 3
    assert "… and 2 more" in str(caught.value)


def test_quarto_asked_for_but_missing_is_one_message_before_anything_is_read(
    build, configuration, effects, reporter, home
):
    out = old_site(home)
    with pytest.raises(RenderError, match="Quarto is not installed"):
        build(configuration, out=out, renderer="quarto", effects=effects)
    assert reporter.said == []
    assert (out / "index.html").read_text() == "the old site"


def test_two_builds_at_once_both_end_well(build, configuration, reporter, home):
    failures: list[BaseException] = []

    def once() -> None:
        try:
            build(configuration, out=Path("_site"), effects=NoQuarto(reporter))
        except BaseException as failure:  # noqa: BLE001 (told below, in the main thread)
            failures.append(failure)

    threads = [threading.Thread(target=once) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert (home / "_site/index.html").is_file()
    assert leftovers(home) == []


@pytest.mark.parametrize("out", [".", "..", "build", "build/site-src/x"])
def test_a_site_cannot_stand_where_the_build_or_the_user_works(build, configuration, effects, out):
    with pytest.raises(ConfigurationError):
        build(configuration, out=Path(out), effects=effects)


def test_a_file_where_the_build_folder_should_be(build, configuration, effects, home):
    (home / "build").write_text("x")
    with pytest.raises(ConfigurationError, match="build folder"):
        build(configuration, out=Path("_site"), effects=effects)


def test_a_foreign_folder_is_refused_not_deleted(home, effects):
    (home / "mine").mkdir()
    (home / "mine/thesis.txt").write_text("years of work")
    with pytest.raises(ConfigurationError, match="not a site of Segment Atlas"):
        claim(Path("mine"), effects)
    assert (home / "mine/thesis.txt").is_file()


def test_an_empty_or_absent_folder_is_taken(home, effects):
    (home / "empty").mkdir()
    assert claim(Path("empty"), effects) == home / "empty"
    assert claim(Path("deep/er"), effects) == home / "deep/er"


def test_a_file_is_refused(home, effects):
    (home / "file").write_text("x")
    with pytest.raises(ConfigurationError, match="is a file"):
        claim(Path("file"), effects)


def test_a_folder_at_which_something_is_mounted_is_refused_before_the_analysis(
    build, configuration, effects, home, reporter, monkeypatch
):
    (home / "disk").mkdir()
    mounts = home / "mountinfo"
    mounts.write_text(f"40 28 254:0 /x {home}/disk rw - ext4 /dev/vda rw\n")
    monkeypatch.setattr(publish, "MOUNTS", mounts)
    with pytest.raises(ConfigurationError, match="this folder is a mount point") as told:
        build(configuration, out=Path("disk"), effects=effects)
    assert "such as disk/site." in str(told.value)
    assert reporter.said == []


def test_an_old_site_that_cannot_be_removed_is_a_warning_and_no_failure(build, configuration, home, reporter):
    class Fast(NoQuarto):
        def remove(self, path: Path) -> None:
            if (path / "site").exists():
                raise RenderError(f"{path} cannot be removed (Operation not permitted).")
            super().remove(path)

    old_site(home)
    (home / "build/replaced/site").mkdir(parents=True)
    build(configuration, out=Path("_site"), effects=Fast(reporter))
    assert (home / "_site/index.html").read_text() != "the old site"
    said = [text.partition(":")[0] for text in reporter.said if "could not be" in text]
    assert said == [
        "The replaced site could not be kept, so `rollback` cannot put it back",
        "A build left files that could not be removed; remove them by hand",
    ]


def test_a_build_removes_what_killed_ones_have_left(build, configuration, effects, home):
    for left in (home / ".site-0123456789ab/deep", home / "build/next"):
        left.mkdir(parents=True)
    build(configuration, out=Path("_site"), effects=effects)
    assert leftovers(home) == []


def test_an_unwritable_place_is_one_sentence(effects):
    with pytest.raises(ConfigurationError, match="nothing can be written"):
        claim(Path("/dev/null/site"), effects)


def _hold(path: str, held: object, go: object) -> None:
    with locked(Path(path)):
        held.set()  # type: ignore[attr-defined]
        go.wait(30)  # type: ignore[attr-defined]


def test_a_build_in_another_process_is_waited_for_and_said(home, effects, reporter, monkeypatch):
    held, go = threading.Event(), threading.Event()
    thread = threading.Thread(target=_hold, args=(str(home / ".lock"), held, go))
    thread.start()
    held.wait(30)
    monkeypatch.setattr(reporter, "warn", lambda text: (reporter.said.append(text), go.set()))
    with locked(home / ".lock", effects):
        pass
    thread.join()
    assert "Another build is running" in reporter.said[0]


def test_staging_names_are_never_used_twice(home, effects):
    assert len({staging(home / "x", effects) for _ in range(100)}) == 100
    assert staging(home / "x", effects).parent == home


FAKE_QUARTO = """#!{python}
import sys, time
if sys.argv[1:] == ["--version"]:
    print("1.6.40")
    sys.exit(0)
print("ERROR: no such theme", file=sys.stderr, flush=True)
{end}
"""


@pytest.mark.parametrize("case", [("sys.exit(1)", "no such theme"), ("time.sleep(60)", "did not end within 2 seconds")])
def test_a_quarto_that_fails_or_hangs_leaves_the_old_site_and_one_message(case, build, configuration, home, reporter):
    end, words = case
    program = home / "quarto"
    program.write_text(FAKE_QUARTO.format(python=sys.executable, end=end))
    program.chmod(0o755)
    effects = Disk(reporter, {**os.environ, "QUARTO_PATH": str(program), "SEGMENT_ATLAS_QUARTO_SECONDS": "2"})
    out = old_site(home)
    with pytest.raises(RenderError, match=words) as caught:
        build(configuration, out=out, effects=effects)
    assert caught.value.exit_code == 4
    assert "Renderer: quarto (found on this machine)" in reporter.said
    assert "ERROR: no such theme" in reporter.said
    assert (out / "index.html").read_text() == "the old site"
    assert leftovers(home) == []
