"""`data` of `site.yml`: where the table is and how it is written."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.configuration.settings import Settings


class Table(Settings):
    """Where the customers are."""

    path: str = Field(description="The table, relative to the folder of this file")
    encoding: str | None = Field(None, description="Found from the bytes where it is left out")
    delimiter: Literal[",", ";", "tab", "|"] | None = Field(None, description="Found from the file where left out")
    decimal: Literal[".", ","] | None = Field(None, description="Found from the figures where it is left out")
