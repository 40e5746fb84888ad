"""Extras: heavy packages that not every table needs, and the one sentence that is given where one is missing.

An extra stands in the module that needs it: a format's in `Format.extra`. Its packages are imported inside functions,
once `require` has found them. The names are those of `[project.optional-dependencies]` in `pyproject.toml`;
requirements/<name>.txt locks each.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from importlib.util import find_spec

from analysis.errors import AtlasError, DataError


@dataclass(frozen=True)
class Extra:
    """Packages that are installed where they are wanted."""

    name: str
    does: str
    """What they do: goes on from `the extra …, which`."""
    modules: tuple[str, ...]
    """What is imported of them."""

    def require(
        self, where: str, error: type[AtlasError] = DataError, *, modules: Collection[str] | None = None
    ) -> None:
        """Raises `error` where a module is not installed: of the extra, or of those named. Imports none of them."""
        if not all(map(find_spec, self.modules if modules is None else modules)):
            raise error(self.missing(where))

    def missing(self, where: str) -> str:
        """What is not installed, where it was met, and what to do."""
        here, elsewhere = f"make extras EXTRAS={self.name}", f'python -m pip install "segment-atlas[{self.name}]"'
        return (
            f"{where}: the extra “{self.name}”, which {self.does}, is not installed; run {here} in the project's "
            f"folder, or elsewhere {elsewhere}."
        )
