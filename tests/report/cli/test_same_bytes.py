"""Same input, same bytes: whatever the folder, the time zone, the locale, the clock or the hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

CONFIG = Path(__file__).parents[3] / "site_config"
PROGRAM = "from report.command.cli import main; main()"
ARGUMENTS = ("build", "--config", str(CONFIG), "--renderer", "builtin", "--quiet")


def built(folder: Path, **variables: str) -> dict[str, str]:
    """Checksum of every file of a site built in `folder`, and of the contract beside it."""
    folder.mkdir(parents=True)
    subprocess.run(  # noqa: S603 (the project's own command)
        [sys.executable, "-c", PROGRAM, *ARGUMENTS], cwd=folder, env={**os.environ, **variables}, check=True
    )
    files = [path for path in (folder / "_site").rglob("*") if path.is_file()]
    files += [folder / "build" / name for name in ("analysis.json", "assignments.csv", "model.json", "rejected.csv")]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_are_the_same_to_the_byte(tmp_path):
    one = built(tmp_path / "one", TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LC_ALL="C.UTF-8")
    two = built(tmp_path / "a much deeper" / "folder", TZ="America/Adak", PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1")
    assert len(one) > 30
    assert two == one
