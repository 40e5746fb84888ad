"""The whole document."""

from __future__ import annotations

from typing import Literal

from analysis.contract.advice import Budget
from analysis.contract.base import Frozen
from analysis.contract.exploration import Exploration
from analysis.contract.segment import Segment
from analysis.contract.selection import Selection
from analysis.contract.table import Data, Privacy, Provenance

SCHEMA_VERSION: Literal["1.1"] = "1.1"


class Contract(Frozen):
    """The whole document, `build/analysis.json`."""

    schema_version: Literal["1.1"] = SCHEMA_VERSION
    provenance: Provenance
    privacy: Privacy
    data: Data
    selection: Selection
    segments: tuple[Segment, ...]
    budget: Budget | None
    exploration: Exploration
    changes: None = None
