"""Tables written as text, as a file holds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.configuration import Configuration, Site, without_files

Described = Callable[..., Configuration]


@pytest.fixture
def described(tmp_path: Path) -> Described:
    """Describe a table written as text: `described("a,b\\n1,2\\n", {"a": {"role": "feature"}})`."""

    def make(text: str, columns: dict[str, dict[str, Any]] | None = None, **settings: Any) -> Configuration:  # noqa: ANN401 (settings of any kind)
        table = tmp_path / "table.csv"
        table.write_text(text, encoding="utf-8")
        data = {"path": str(table), **settings.pop("data", {})}
        parts = {"columns": columns} if columns else {}
        site = Site.model_validate({"privacy": {"mode": "open"}, **parts, **settings, "data": data})
        return without_files(site, table)

    return make
