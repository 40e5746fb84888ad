"""What `report.system.effects.Disk` does to files and folders; what the system refuses is told in one sentence."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from report.errors import DiskError


def write(path: Path, content: str | bytes) -> None:
    """Write a whole file, and make its folder."""
    with _told("written", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def copy(source: Path, target: Path) -> None:
    """Copy a file, and make its folder."""
    with _told("copied", source):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def rename(source: Path, target: Path) -> None:
    """Rename a file or folder, or move it to another disk."""
    with _told(f"renamed to {target}", source):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            source.rename(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            shutil.move(source, target)  # the two lie on different disks


def replace(source: Path, target: Path) -> None:
    """Rename a file in the place of another."""
    with _told(f"renamed to {target}", source):
        source.replace(target)


def remove(path: Path) -> None:
    """Remove a file or a whole folder."""
    with _told("removed", path):
        if path.is_dir() and not path.is_symlink():
            _remove_folder(path)
        else:
            path.unlink(missing_ok=True)


def make(folder: Path, *, new: bool) -> None:
    """Make a folder."""
    with _told("made", folder):
        folder.mkdir(parents=not new, exist_ok=not new)


def listing(folder: Path) -> list[Path]:
    """What stands in a folder, in the order of the names."""
    with _told("read", folder):
        return sorted(folder.iterdir())


@contextmanager
def _told(done: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskError(
            f"{path} cannot be {done} ({error.strerror}); check the path, its permissions and the disk.",
            error.strerror,
        ) from None


def _remove_folder(folder: Path) -> None:
    """Remove a folder, also one in which its owner has forbidden that."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:  # another process removes it, too
        shutil.rmtree(folder, ignore_errors=True)
    except PermissionError:
        for inside, _, _ in os.walk(folder):
            with suppress(OSError):  # what is left is told below
                Path(inside).chmod(stat.S_IRWXU)
        shutil.rmtree(folder)
