"""Same input, same bytes: whatever the folder, the time zone, the locale, the clock or the hash seed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.in_process import command

PROJECT = Path(__file__).parents[3]
PROGRAM = "from report.command.cli import main; main()"
ARGUMENTS = ("build", "--config", "site_config", "--renderer", "builtin", "--quiet")


def copied(folder: Path) -> Path:
    """The configuration and the table that ship, so that no build writes its history beside the real ones."""
    shutil.copytree(PROJECT / "site_config", folder / "site_config")
    (folder / "data").mkdir()
    shutil.copyfile(PROJECT / "data/Mall_Customers.csv", folder / "data/Mall_Customers.csv")
    return folder


def checksums(folder: Path) -> dict[str, str]:
    """Of every file of the site in `folder`, of the private ones beside it, and of the history."""
    files = [path for name in ("_site", "data/history") for path in (folder / name).rglob("*") if path.is_file()]
    files += [folder / "build" / name for name in ("analysis.json", "assignments.csv", "model.json", "rejected.csv")]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def built(folder: Path, *options: str, **variables: str) -> dict[str, str]:
    """Checksum of every file that a build in `folder` leaves."""
    subprocess.run(  # noqa: S603 (the project's own command)
        [sys.executable, "-c", PROGRAM, *ARGUMENTS, *options],
        cwd=copied(folder),
        env={**os.environ, **variables},
        check=True,
    )
    return checksums(folder)


@pytest.mark.parametrize(
    ("options", "days"),
    [
        ((), ("86400", "90000")),  # the same day, which a build that is remembered has as its date
        (("--previous", "none"), ("1", "999999999")),
    ],
)
def test_two_builds_are_the_same_to_the_byte(tmp_path, options, days):
    one = built(
        tmp_path / "one",
        *options,
        TZ="Pacific/Kiritimati",
        PYTHONHASHSEED="1",
        LC_ALL="C.UTF-8",
        SOURCE_DATE_EPOCH=days[0],
    )
    two = built(
        tmp_path / "a much deeper" / "folder",
        *options,
        TZ="America/Adak",
        PYTHONHASHSEED="2",
        SOURCE_DATE_EPOCH=days[1],
    )
    assert len(one) > 30
    assert two == one


def test_a_build_that_is_made_again_is_the_same_to_the_byte(tmp_path):
    """A first one, a second one that knows the customers of the first, and each of them twice more."""
    copied(tmp_path)
    table = tmp_path / "data/Mall_Customers.csv"
    for rows, number in ((201, 1), (190, 2)):
        table.write_bytes(b"".join(table.read_bytes().splitlines(keepends=True)[:rows]))
        first = command(*ARGUMENTS, folder=tmp_path)
        assert first.code == 0, first.err
        made = checksums(tmp_path)
        for _ in range(2):
            assert command(*ARGUMENTS, "--again", folder=tmp_path).code == 0
            assert checksums(tmp_path) == made
        assert sorted(name for name in made if name.startswith("data/history/")) == [
            f"data/history/{each:04}.json" for each in range(1, number + 1)
        ]
