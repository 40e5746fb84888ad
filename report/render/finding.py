"""Where Quarto is on this machine."""

from __future__ import annotations

import sys
from pathlib import Path

from analysis.errors import ConfigurationError
from report.system.effects import Effects


def find(effects: Effects) -> str | None:
    """The Quarto to use: `QUARTO_PATH`, then the PATH, then the virtual environment; none where there is none.

    Raises ConfigurationError where `QUARTO_PATH` names no program: what was asked for is never silently passed over.
    """
    named = effects.environment.get("QUARTO_PATH")
    if named:
        path = effects.which(named) or effects.which("quarto", named)
        if not path:
            raise ConfigurationError(
                f"QUARTO_PATH: “{named}” is not a program; name the quarto executable, or unset the variable."
            )
        return path
    return effects.which("quarto") or effects.which("quarto", str(Path(sys.prefix) / "bin"))
