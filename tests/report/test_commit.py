"""The site and the private files that belong to it change together, whatever a build is cut short by."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from report.build import publish
from report.build.commit import BUILDING, GUARD, JOURNAL, NEXT, commit, steady, tidy, waiting
from report.build.publish import mounted, staged, sweep
from report.command.progress import Quiet
from report.errors import RenderError
from report.system import exchange
from report.system.effects import Disk
from report.system.locks import free, locked

PRIVATE = ("analysis.json", "assignments.csv", "rejected.csv", "model.json")
PROJECT = Path(__file__).parents[2]


class Killed(BaseException):
    """Stands for SIGKILL: whoever raises it lets nothing more happen to the disk."""


@dataclass(frozen=True)
class Mortal(Disk):
    """A disk that can be cut short at its n-th act, before which everything happens and after which nothing does."""

    acts: list[str] = field(default_factory=list)
    until: int = 1000
    exchanges: bool = True

    def _act(self, what: str) -> None:
        self.acts.append(what)
        if len(self.acts) > self.until:
            raise Killed

    def write(self, path: Path, content: str | bytes) -> None:
        self._act(f"write {path.name}")
        super().write(path, content)

    def rename(self, source: Path, target: Path) -> None:
        self._act(f"rename {source.name}")
        super().rename(source, target)

    def replace(self, source: Path, target: Path) -> None:
        self._act(f"replace {source.name}")
        super().replace(source, target)

    def exchange(self, one: Path, other: Path) -> bool:
        self._act("exchange")
        return self.exchanges and super().exchange(one, other)

    def remove(self, path: Path) -> None:
        self._act(f"remove {path.name}")
        super().remove(path)


@dataclass
class Place:
    """A site with what belongs to it, and a new one that is about to take its place."""

    home: Path

    @property
    def out(self) -> Path:
        return self.home / "_site"

    @property
    def work(self) -> Path:
        return self.home / "build"

    @property
    def made(self) -> Path:
        return self.home / ".site-0123456789ab"

    def stand(self, age: str, site: Path, private: Path) -> None:
        for file in (site / "index.html", site / "segments/a.html", *(private / name for name in PRIVATE)):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(age)

    def ages(self) -> set[str]:
        """Of all files that stand in their place."""
        files = [self.out / "index.html", self.out / "segments/a.html", *(self.work / name for name in PRIVATE)]
        return {file.read_text() for file in files}

    def leftovers(self) -> list[str]:
        known = {"_site", "build", *PRIVATE, GUARD, BUILDING}
        return [path.name for folder in (self.home, self.work) for path in folder.iterdir() if path.name not in known]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    here = Place(tmp_path)
    here.stand("old", here.out, here.work)
    here.stand("new", here.made, here.work / NEXT)
    return here


@pytest.mark.parametrize("exchanges", [True, False])
def test_site_and_private_files_are_the_new_ones_and_the_old_site_is_what_was_made(place, exchanges):
    commit(place.made, place.out, place.work, Mortal(Quiet(), exchanges=exchanges))
    assert place.ages() == {"new"}
    assert (place.made / "index.html").read_text() == "old"
    assert place.leftovers() == [place.made.name]


def test_a_first_site_takes_an_empty_place(tmp_path):
    here = Place(tmp_path)
    here.stand("new", here.made, here.work / NEXT)
    commit(here.made, here.out, here.work, Disk(Quiet()))
    assert here.ages() == {"new"}
    assert here.leftovers() == []


@pytest.mark.parametrize("exchanges", [True, False])
@pytest.mark.parametrize("until", range(14))
def test_wherever_a_build_is_killed_the_next_command_finds_all_old_or_all_new(place, exchanges, until):
    with pytest.raises(Killed):  # the last act comes after the commit, so that each number is one too early
        build_until(place, Mortal(Quiet(), until=until, exchanges=exchanges))
    tidy(place.work, place.out, Disk(Quiet()))
    assert len(place.ages()) == 1
    assert place.leftovers() == []
    assert not (place.work / JOURNAL).exists()


def build_until(place: Place, effects: Mortal) -> None:
    commit(place.made, place.out, place.work, effects)
    while True:
        effects.remove(place.made)


@pytest.mark.parametrize("exchanges", [True, False])
def test_the_next_command_may_be_killed_as_well(place, exchanges):
    with pytest.raises(Killed):
        commit(place.made, place.out, place.work, Mortal(Quiet(), until=4, exchanges=exchanges))
    for until in (1, 2, 1):
        with pytest.raises(Killed):
            tidy(place.work, place.out, Mortal(Quiet(), until=until))
    tidy(place.work, place.out, Disk(Quiet()))
    assert len(place.ages()) == 1
    assert place.leftovers() == []


def test_who_reads_the_model_finds_what_belongs_to_the_site(place):
    """A build is killed right after its site has taken its place; `score` reads next."""
    effects = Mortal(Quiet(), until=3)  # write and replace of the journal, the exchange
    with pytest.raises(Killed):
        commit(place.made, place.out, place.work, effects)
    assert effects.acts[:3] == ["write publishing.json", "replace publishing.json", "exchange"]
    assert (place.out / "index.html").read_text() == "new"
    assert (place.work / "model.json").read_text() == "old"
    with steady(place.work, Disk(Quiet())):
        assert place.ages() == {"new"}


def test_who_reads_waits_until_site_and_model_have_changed(place):
    seen: list[set[str]] = []

    def read() -> None:
        with steady(place.work, Disk(Quiet())):
            seen.append(place.ages())

    class Watched(Mortal):
        def exchange(self, one: Path, other: Path) -> bool:
            reader.start()
            time.sleep(0.2)  # long enough to read, if nothing held it up
            return super().exchange(one, other)

    reader = threading.Thread(target=read)
    commit(place.made, place.out, place.work, Watched(Quiet()))
    reader.join()
    assert seen == [{"new"}]


def test_a_folder_where_nothing_was_ever_built_is_left_as_it_is(tmp_path):
    with steady(tmp_path, Disk(Quiet())):
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"made": "x"}'])
def test_a_journal_that_says_nothing_is_none(place, content):
    (place.work / GUARD).touch()
    (place.work / JOURNAL).write_text(content)
    with steady(place.work, Disk(Quiet())):
        assert {file.read_text() for file in (place.out / "index.html", place.work / "model.json")} == {"old"}


def test_a_project_that_was_moved_meanwhile_is_put_right_where_it_lies_now(tmp_path):
    here = Place(tmp_path / "before")
    here.stand("old", here.out, here.work)
    here.stand("new", here.made, here.work / NEXT)
    with pytest.raises(Killed):
        commit(here.made, here.out, here.work, Mortal(Quiet(), until=3))
    here.home.rename(tmp_path / "after")
    there = Place(tmp_path / "after")
    with steady(there.work, Disk(Quiet())):
        assert there.ages() == {"new"}


@dataclass(frozen=True)
class Stubborn(Mortal):
    """A disk that can neither exchange folders nor rename the new site."""

    def rename(self, source: Path, target: Path) -> None:
        if source.name.startswith(".site-"):
            raise RenderError("refused")
        super().rename(source, target)


def test_a_swap_that_fails_half_way_is_undone(place):
    with pytest.raises(RenderError, match="refused"):
        commit(place.made, place.out, place.work, Stubborn(Quiet(), exchanges=False))
    assert place.ages() == {"old"}
    assert place.leftovers() == [place.made.name]


def test_an_old_site_that_was_still_being_copied_aside_stays_where_it_is(place):
    """Where the system renames no folder of an image's lower layer, it is copied, and then removed."""
    with pytest.raises(Killed):
        commit(place.made, place.out, place.work, Mortal(Quiet(), until=3, exchanges=False))
    journal = json.loads((place.work / JOURNAL).read_text())
    aside = place.work / journal["aside"]
    aside.mkdir()
    (aside / "index.html").write_text("old")
    tidy(place.work, place.out, Disk(Quiet()))
    assert place.ages() == {"old"}
    assert place.leftovers() == []


def test_private_files_of_a_build_that_fails_are_gone(place):
    with waiting(place.work, Disk(Quiet())) as folder:
        assert not folder.exists()
        place.stand("new", place.made, folder)
    assert place.ages() == {"old"}
    assert not (place.work / NEXT).exists()


def test_private_files_that_have_yet_to_follow_their_site_stay(place):
    with waiting(place.work, Disk(Quiet())) as folder:
        place.stand("new", place.made, folder)
        (place.work / JOURNAL).write_text("{}")
    assert (place.work / NEXT / "model.json").is_file()


def test_a_commit_waits_for_whoever_holds_the_folder_of_the_site(place):
    order: list[str] = []

    class Noting(Mortal):
        def exchange(self, one: Path, other: Path) -> bool:
            order.append("exchange")
            return super().exchange(one, other)

    with locked(place.home):
        thread = threading.Thread(target=commit, args=(place.made, place.out, place.work, Noting(Quiet())))
        thread.start()
        time.sleep(0.2)
        order.append("let go")
    thread.join()
    assert order == ["let go", "exchange"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="how Linux exchanges folders")
def test_two_folders_change_places_and_neither_is_ever_missing(tmp_path):
    one, other, gone, stop = tmp_path / "one", tmp_path / "other", [], threading.Event()
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    if not exchange.exchanged(one, other):
        pytest.skip("this disk exchanges no folders")
    assert ((one / "name").read_text(), (other / "name").read_text()) == ("other", "one")

    def look() -> None:
        while not stop.is_set():
            try:
                (one / "name").stat()
            except FileNotFoundError:
                gone.append(1)

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(2000):
        assert exchange.exchanged(one, other)
    stop.set()
    reader.join()
    assert gone == []


def test_what_cannot_be_exchanged_is_left_as_it_is(tmp_path):
    (tmp_path / "one").mkdir()
    assert not exchange.exchanged(tmp_path / "one", tmp_path / "none")
    assert (tmp_path / "one").is_dir()


# What killed builds leave


def test_a_folder_that_no_living_build_owns_is_removed_and_others_stay(tmp_path):
    out = tmp_path / "_site"
    for name in (".site-0123456789ab", ".site-mine", "site-0123456789ab", ".site-0123456789abc"):
        (tmp_path / name / "deep").mkdir(parents=True)
    (tmp_path / ".site-ffffffffffff").write_text("a file")
    with staged(out, Disk(Quiet())) as made:
        sweep(tmp_path, Disk(Quiet()))
        assert made.is_dir()
        left = {path.name for path in tmp_path.iterdir()} - {made.name}
    assert left == {".site-mine", "site-0123456789ab", ".site-0123456789abc", ".site-ffffffffffff"}
    assert not made.exists()


OWNER = """
import sys, time
from pathlib import Path
from report.system.effects import Disk
from report.command.progress import Quiet
from report.build.publish import staged
with staged(Path(sys.argv[1]), Disk(Quiet())) as made:
    print(made, flush=True)
    time.sleep(60)
"""


def test_a_folder_of_another_process_stays_until_that_is_killed(tmp_path):
    with subprocess.Popen(  # noqa: S603 (this interpreter)
        [sys.executable, "-c", OWNER, tmp_path / "_site"], stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as owner:
        assert owner.stdout
        made = Path(owner.stdout.readline().strip())
        sweep(tmp_path, Disk(Quiet()))
        assert made.is_dir()
        owner.kill()
        owner.wait()
    sweep(tmp_path, Disk(Quiet()))
    assert not made.exists()


def test_a_lock_is_free_when_nobody_holds_it(tmp_path):
    with free(tmp_path) as first, free(tmp_path) as second:
        assert (first, second) == (True, False)
    with free(tmp_path / "none" / "lock") as none:
        assert not none


@dataclass
class Said(Quiet):
    """Remembers warnings."""

    warned: list[str] = field(default_factory=list)

    def warn(self, text: str) -> None:
        self.warned.append(text)


def test_an_old_site_that_cannot_be_removed_is_a_warning(tmp_path):
    class Fast(Disk):
        def remove(self, path: Path) -> None:
            raise RenderError(f"{path} cannot be removed (Operation not permitted).")

    reporter = Said()
    with staged(tmp_path / "_site", Fast(reporter)) as made:
        assert made.is_dir()
    assert [text.split(":")[0] for text in reporter.warned] == [
        "A build left files that could not be removed; remove them by hand"
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_in_which_its_owner_may_remove_nothing_is_removed(tmp_path):
    (tmp_path / "site/deep").mkdir(parents=True)
    (tmp_path / "site/deep/file").write_text("x")
    (tmp_path / "site/deep").chmod(0o500)
    Disk(Quiet()).remove(tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_what_is_forbidden_is_allowed_and_tried_again(tmp_path, monkeypatch):
    (tmp_path / "site/deep").mkdir(parents=True)
    (tmp_path / "site/deep").chmod(0o500)
    really, tried = shutil.rmtree, []

    def rmtree(path: Path, *, ignore_errors: bool = False) -> None:
        tried.append(path.joinpath("deep").stat().st_mode & 0o777)
        if len(tried) == 1:
            raise PermissionError(13, "Permission denied")
        really(path, ignore_errors=ignore_errors)

    monkeypatch.setattr("report.system.files.shutil.rmtree", rmtree)
    Disk(Quiet()).remove(tmp_path / "site")
    assert tried == [0o500, 0o700]
    assert not (tmp_path / "site").exists()


# Folders at which something is mounted

MOUNTINFO = """\
22 28 0:20 / /proc rw,nosuid - proc proc rw
36 28 254:0 /srv /var/www rw,relatime - ext4 /dev/vda rw
40 28 254:0 /x /my\\040site\\134x rw - ext4 /dev/vda rw
"""


def test_mount_points_are_known_also_those_of_the_same_disk(tmp_path, monkeypatch):
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTINFO)
    monkeypatch.setattr(publish, "MOUNTS", table)
    found = [mounted(Path(each)) for each in ("/var/www", "/my site\\x", "/var", "/var/www/site", str(tmp_path))]
    assert found == [True, True, False, False, False]
    assert mounted(Path("/"))
    monkeypatch.setattr(publish, "MOUNTS", tmp_path / "none")
    assert not mounted(Path("/var/www"))


def test_a_folder_that_does_not_exist_yet_is_left_so(tmp_path):
    sweep(tmp_path / "sites", Disk(Quiet()))
    assert list(tmp_path.iterdir()) == []
