"""Where Quarto is on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from analysis.errors import ConfigurationError


def find() -> str | None:
    """The Quarto to use: `QUARTO_PATH`, then the PATH, then the virtual environment; none where there is none.

    Raises ConfigurationError where `QUARTO_PATH` names no program: what was asked for is never silently passed over.
    """
    named = os.environ.get("QUARTO_PATH")
    if named:
        path = shutil.which(named) or shutil.which("quarto", path=named)
        if not path:
            raise ConfigurationError(f"QUARTO_PATH: “{named}” is no program; name the quarto executable, or unset it.")
        return path
    return shutil.which("quarto") or shutil.which("quarto", path=str(Path(sys.prefix) / "bin"))
