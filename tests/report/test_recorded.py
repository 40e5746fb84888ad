"""The history and the replaced site change together with the site, whatever a build or a rollback is cut short by."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ConfigurationError
from report.build.commit import NEXT, commit, tidy
from report.build.recorded import Record, aside_in, replaced_whole
from report.command.progress import Quiet
from report.errors import DiskError
from report.system.effects import Disk
from tests.report.test_commit import PRIVATE, Killed, Mortal, Place

ADDED = Record(keep=True, history="../data/history", entries={"0002.json": "two"})
FRESH = Record(keep=True, history="../data/history", entries={"0001.json": "one again"}, aside="earlier-1")
BRIDGED = Record(keep=True, history="../data/history", entries={"0002.json": "two", "0003.json": "three"})
BACK = Record(history="../data/history", drop="0001.json", spend=True)
ACTS = 40
"""More than any of these takes."""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    here = Place(tmp_path)
    here.stand("old", here.out, here.work)
    here.stand("new", here.made, here.work / NEXT)
    (tmp_path / "data/history").mkdir(parents=True)
    (tmp_path / "data/history/0001.json").write_text("one")
    return here


def history(place: Place) -> dict[str, str]:
    folder = place.home / "data/history"
    return {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*") if file.is_file()}


def kept(place: Place) -> set[str]:
    """The age of what is kept for a rollback."""
    folder = place.work / "replaced"
    names = ("site/index.html", "site/segments/a.html", *PRIVATE)
    return {(folder / name).read_text() for name in names if (folder / name).exists()}


BEFORE = {"0001.json": "one"}
EACH_RECORD = pytest.mark.parametrize(
    ("record", "after"),
    [
        (ADDED, {"0001.json": "one", "0002.json": "two"}),
        (FRESH, {"0001.json": "one again", "earlier-1/0001.json": "one"}),
        (BRIDGED, {"0001.json": "one", "0002.json": "two", "0003.json": "three"}),
    ],
)
"""What is recorded → the history afterwards."""


@EACH_RECORD
@pytest.mark.parametrize("exchanges", [True, False])
def test_entries_follow_the_site_and_the_replaced_one_is_kept(place, record, after, exchanges):
    commit(place.made, place.out, place.work, Mortal(Quiet(), exchanges=exchanges), record)
    assert place.ages() == {"new"}
    assert history(place) == after
    assert kept(place) == {"old"}
    assert replaced_whole(place.work)
    assert place.leftovers() == ["data", "replaced"]


@EACH_RECORD
@pytest.mark.parametrize("exchanges", [True, False])
def test_wherever_a_build_is_killed_site_history_and_kept_site_are_all_old_or_all_new(
    place, record, after, exchanges, subtests
):
    for until in range(ACTS):
        with subtests.test(until=until):
            here = fresh(place, f"home-{until}")
            ended = killed(here, record, until, exchanges=exchanges)
            tidy(here.work, here.out, Disk(Quiet()))
            (age,) = here.ages()
            assert history(here) == (after if age == "new" else BEFORE)
            assert kept(here) == ({"old"} if age == "new" else set())
            assert set(here.leftovers()) <= {"data", "replaced"}
            assert age == "new" or not ended


def fresh(place: Place, name: str) -> Place:
    here = Place(place.home / name)
    here.stand("old", here.out, here.work)
    here.stand("new", here.made, here.work / NEXT)
    (here.home / "data/history").mkdir(parents=True)
    (here.home / "data/history/0001.json").write_text("one")
    return here


def killed(place: Place, record: Record, until: int, *, exchanges: bool = True) -> bool:
    """Whether it came to its end before it was killed."""
    try:
        commit(place.made, place.out, place.work, Mortal(Quiet(), until=until, exchanges=exchanges), record)
    except Killed:
        return False
    return True


@pytest.mark.parametrize("record", [ADDED, FRESH, BRIDGED])
def test_who_finishes_it_may_be_killed_as_well(place, record, subtests):
    for until in range(5, ACTS):
        with subtests.test(until=until):
            here = fresh(place, f"home-{until}")
            killed(here, record, until)
            for again in (1, 2, 3, 1):
                try:
                    tidy(here.work, here.out, Mortal(Quiet(), until=again))
                except Killed:
                    continue
            tidy(here.work, here.out, Disk(Quiet()))
            (age,) = here.ages()
            assert (len(history(here)) > 1) is (age == "new")
            assert kept(here) == ({"old"} if age == "new" else set())


def test_a_rollback_that_is_killed_leaves_all_as_before_or_as_after(place, subtests):
    for until in range(ACTS):
        with subtests.test(until=until):
            here = fresh(place, f"home-{until}")
            here.stand("new", here.work / "replaced/site", here.work / "replaced")
            killed(here, BACK, until)
            tidy(here.work, here.out, Disk(Quiet()))
            (age,) = here.ages()
            assert history(here) == ({} if age == "new" else BEFORE)
            dropped = here.work / "rolled-back/0001.json"
            assert dropped.is_file() is (age == "new")
            assert replaced_whole(here.work) is (age == "old")


RETURNING = Record(
    history="../data/history", drop="0001.json", dropped_as="0001-2.json", back="earlier-1",
    returning=["0001.json", "0002.json"], spend=True,
)  # fmt: skip


@pytest.mark.parametrize("again", [(), (1, 2, 3, 1)])
def test_a_rollback_of_a_fresh_history_that_is_killed_leaves_all_as_before_or_as_after(place, again, subtests):
    """The entry that leaves and one that returns have one name."""
    aside = {"earlier-1/0001.json": "earlier one", "earlier-1/0002.json": "earlier two"}
    for until in range(ACTS):
        with subtests.test(until=until):
            here = fresh(place, f"home-{until}")
            here.stand("new", here.work / "replaced/site", here.work / "replaced")
            for name, content in aside.items():
                (here.home / "data/history" / name).parent.mkdir(exist_ok=True)
                (here.home / "data/history" / name).write_text(content)
            (here.work / "rolled-back").mkdir()
            (here.work / "rolled-back/0001.json").write_text("another")
            killed(here, RETURNING, until)
            for each in again:
                try:
                    tidy(here.work, here.out, Mortal(Quiet(), until=each))
                except Killed:
                    continue
            tidy(here.work, here.out, Disk(Quiet()))
            (age,) = here.ages()
            after = {"0001.json": "earlier one", "0002.json": "earlier two"}
            assert history(here) == (after if age == "new" else BEFORE | aside)
            assert (here.home / "data/history/earlier-1").exists() is (age == "old")
            dropped = {file.name: file.read_text() for file in (here.work / "rolled-back").iterdir()}
            assert dropped == {"0001.json": "another", **({"0001-2.json": "one"} if age == "new" else {})}


@pytest.mark.parametrize("same", [True, False])
def test_a_history_that_cannot_be_written_leaves_site_and_history_as_they_were(place, same):
    """Also where the new site has the very bytes of the old one, so that it cannot be told whether it has come."""

    class Full(Disk):
        def write(self, path: Path, content: str | bytes) -> None:
            if path.name == "0003.json":
                path.write_text("thr")
                raise DiskError(f"{path} cannot be written", "No space left on device")
            super().write(path, content)

    if same:
        place.stand("old", place.made, place.work / NEXT)
    with pytest.raises(ConfigurationError, match=r"history: the history cannot be written \(No space left on device\)"):
        commit(place.made, place.out, place.work, Full(Quiet()), BRIDGED)
    assert place.ages() == {"old"}
    assert history(place) == BEFORE
    assert set(place.leftovers()) == {"data", place.made.name, "next"}


def test_a_torn_entry_never_takes_its_place(place):
    """Killed while an entry is written, by a build whose site has the very bytes of the one that stands."""
    place.stand("old", place.made, place.work / NEXT)

    class Torn(Disk):
        def write(self, path: Path, content: str | bytes) -> None:
            if path.name == "0003.json":
                path.write_text("thr")
                raise Killed
            super().write(path, content)

        def remove(self, path: Path) -> None:
            if path.name == ".part" and (path / "0003.json").exists():
                raise Killed
            super().remove(path)

    with pytest.raises(Killed):
        commit(place.made, place.out, place.work, Torn(Quiet()), BRIDGED)
    tidy(place.work, place.out, Disk(Quiet()))
    assert history(place) == BEFORE


def test_an_entry_that_another_build_has_left_is_not_overwritten(place):
    (place.home / "data/history/0002.json").write_text("theirs")
    with pytest.raises(ConfigurationError, match=r"0002.json: another build was recorded in the meantime; build again"):
        commit(place.made, place.out, place.work, Disk(Quiet()), ADDED)
    assert place.ages() == {"old"}
    assert history(place) == {"0001.json": "one", "0002.json": "theirs"}


def test_a_history_that_is_a_file_is_refused_before_anything_changes(place):
    (place.home / "file").touch()
    with pytest.raises(ConfigurationError, match="the history cannot be written"):
        commit(place.made, place.out, place.work, Disk(Quiet()), Record(history="../file", entries={"0001.json": "x"}))
    assert place.ages() == {"old"}


def test_a_first_history_is_made_with_its_site_and_not_without(tmp_path):
    record = Record(history="../data/history", entries={"0001.json": "one"})
    for until in (4, ACTS):
        here = Place(tmp_path / str(until))
        here.stand("old", here.out, here.work)
        here.stand("new", here.made, here.work / NEXT)
        killed(here, record, until)
        tidy(here.work, here.out, Disk(Quiet()))
        assert (here.home / "data/history").exists() is (until == ACTS)


def test_the_same_site_again_is_kept_from_being_its_own_predecessor(place):
    place.stand("older", place.work / "replaced/site", place.work / "replaced")
    place.stand("old", place.made, place.work / NEXT)
    commit(place.made, place.out, place.work, Disk(Quiet()), Record(keep=True, others=True))
    assert kept(place) == {"older"}


def test_names_for_what_is_put_aside_are_never_used_twice(tmp_path):
    assert aside_in(tmp_path / "none") == ""
    (tmp_path / "earlier-1").mkdir()
    assert aside_in(tmp_path) == ""
    (tmp_path / "0001.json").touch()
    assert aside_in(tmp_path) == "earlier-2"
