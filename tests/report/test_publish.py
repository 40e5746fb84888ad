"""Which folder a build may replace, where the new site is made, and how builds wait for one another."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from analysis.errors import ConfigurationError
from report.build.publish import claim, staging
from report.system.effects import Disk
from report.system.locks import locked

MARK = ".segment-atlas"


@dataclass
class Recorder:
    """A reporter that remembers the warnings."""

    warnings: list[str] = field(default_factory=list)

    def step(self, text: str, rows: int | None = None) -> None:
        """Not looked at."""

    def log(self, text: str) -> None:
        """Not looked at."""

    def warn(self, text: str) -> None:
        self.warnings.append(text)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def site(folder: Path, words: str) -> Path:
    folder.mkdir()
    (folder / MARK).write_text("Made by Segment Atlas.\n", "utf-8")
    (folder / "index.html").write_text(words, "utf-8")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_taken_where_it_is_absent_empty_or_a_site(here):
    (here / "empty").mkdir()
    site(here / "old", "old")
    assert claim(Path("empty"), Disk(Recorder())) == here / "empty"
    assert claim(Path("old"), Disk(Recorder())) == here / "old"
    assert claim(Path("a/b/c"), Disk(Recorder())) == here / "a/b/c"
    assert names(here / "a/b") == []  # nothing is left of the trial to write there
    assert names(here) == ["a", "empty", "old"]


def test_a_path_from_the_users_home_is_understood(here, monkeypatch):
    monkeypatch.setenv("HOME", str(here / "user"))
    assert claim(Path("~/site"), Disk(Recorder())) == here / "user/site"


def test_a_mark_that_is_a_folder_makes_no_site(here):
    (here / "mine" / MARK).mkdir(parents=True)
    with pytest.raises(ConfigurationError) as refused:
        claim(Path("mine"), Disk(Recorder()))
    assert str(refused.value) == (
        "--out mine: the folder holds files that are not a site of Segment Atlas, and a build would replace them; "
        "name another folder, or empty this one."
    )


def test_a_file_is_refused(here):
    (here / "file").write_text("x", "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        claim(Path("file"), Disk(Recorder()))
    assert str(refused.value) == "--out file: this is a file; name a folder for the site."


@pytest.mark.parametrize("out", [".", "..", "../..", "/"])
def test_the_current_folder_and_those_above_it_are_refused(here, out):
    with pytest.raises(ConfigurationError) as refused:
        claim(Path(out), Disk(Recorder()))
    assert str(refused.value) == (
        f"--out {out}: the site cannot replace the current folder or one above it; name a folder inside it."
    )
    assert names(here) == []


def test_a_folder_beside_the_current_one_is_taken(here):
    assert claim(Path("../beside"), Disk(Recorder())) == here.parent / "beside"


def test_where_nothing_can_be_written_the_reason_and_the_place_are_told(here):
    with pytest.raises(ConfigurationError) as refused:
        claim(Path("/dev/null/site"), Disk(Recorder()))
    assert str(refused.value).startswith("--out /dev/null/site: nothing can be written in /dev/null (")
    assert str(refused.value).endswith("); name a folder elsewhere, or change its permissions.")
    assert names(here) == []


def test_a_site_in_the_making_lies_beside_its_place_under_a_hidden_name_of_its_own(here):
    first, second = (staging(here / "site", Disk(Recorder())) for _ in range(2))
    assert first != second
    assert first.parent == here
    assert first.name.startswith(".site-")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
def test_a_lock_that_is_free_is_taken_in_silence_and_one_that_is_held_is_waited_for(here):
    reporter = Recorder()
    with locked(here / "build.lock", Disk(reporter)):
        pass
    assert reporter.warnings == []
    assert names(here) == ["build.lock"]

    taken: list[str] = []

    def second() -> None:
        with locked(here / "build.lock", Disk(reporter)):
            taken.append("second")

    thread = threading.Thread(target=second)
    with locked(here / "build.lock"):
        thread.start()
        thread.join(0.5)
        assert taken == []
    thread.join(30)
    assert taken == ["second"]
    assert reporter.warnings == [f"Another build is running in {here}; this one waits until it ends."]
