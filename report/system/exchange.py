"""Two folders change places in one step, where the system can do that: then there is no moment without either.

Linux has `renameat2` (https://man7.org/linux/man-pages/man2/rename.2.html), macOS `renamex_np`; not every disk can.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = -100
"""AT_FDCWD of Linux's `fcntl.h`; of no account for absolute paths."""
EXCHANGE, SWAP = 2, 2
"""RENAME_EXCHANGE of Linux's `linux/fs.h`, RENAME_SWAP of macOS' `stdio.h`."""


def exchanged(one: Path, other: Path) -> bool:
    """Have two files or folders of one disk change places; False, and nothing has happened, where that cannot be."""
    import ctypes  # noqa: PLC0415 (who only looks whether there is anything to build exchanges nothing)

    first, second = os.fsencode(one.absolute()), os.fsencode(other.absolute())
    if sys.platform.startswith("linux"):
        rename = getattr(ctypes.CDLL(None), "renameat2", None)
        return rename is not None and rename(HERE, first, HERE, second, EXCHANGE) == 0
    if sys.platform == "darwin":
        rename = getattr(ctypes.CDLL(None), "renamex_np", None)
        return rename is not None and rename(first, second, SWAP) == 0
    return False
