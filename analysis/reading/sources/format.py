"""What every format of files offers: to tell a file that is one, and to open it.

Each format is one module of its name, whose only instance stands there as `FORMAT`. The modules are all loaded wherever
a file is opened; what reads the more intricate ones is imported where such a file comes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import ClassVar

from analysis.basics.extras import Extra
from analysis.configuration.table import TableSettings
from analysis.reading.sources.content import Content
from analysis.reading.sources.opened import Opened

SURVEY = Extra("survey", "reads files of SPSS, Stata and SAS", ("pyreadstat",))
"""Of the three formats of statistics programs."""


class Format(ABC):
    """One format of files."""

    kind: ClassVar[str]
    """As `Opened.kind` has it; formats that differ in a detail share one."""
    words: ClassVar[str]
    """What a file is, in a sentence: `a workbook`."""
    endings: ClassVar[tuple[str, ...]] = ()
    """Of names that such files have; an ending of `.gz` does not count."""
    text: ClassVar[bool] = False
    """Whether it is text, so that no first bytes tell it for certain."""
    on_disk: ClassVar[bytes] = b""
    """The first bytes of files that are read from their path, since they may be larger than the memory; empty: none."""
    sheets: ClassVar[bool] = False
    """Whether a file holds several tables, of which `data.sheet` names one."""
    headless: ClassVar[bool] = False
    """Whether a file may have no header, so that `data.columns` names its columns."""
    extra: ClassVar[Extra | None] = None
    """What must be installed besides the base before such a file can be opened."""

    def signed(self, name: str, data: bytes) -> bool:  # noqa: ARG002 (of the formats that can tell)
        """Whether the first bytes say that it is this format; `name` is for messages.

        Raises DataError where they say that nobody can read it.
        """
        return False

    def likely(self, data: bytes) -> bool:  # noqa: ARG002 (as above)
        """Whether text without a mark is of this format, unless somebody said otherwise."""
        return False

    @abstractmethod
    def open(self, content: Content, settings: TableSettings, known: Collection[str]) -> Opened:
        """Open a file of this format; `known` are the configured column names, which help to find a header.

        Raises DataError where it cannot be read.
        """
