"""The whole document."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.contract.advice import Budget
from analysis.contract.base import Frozen
from analysis.contract.exploration import Exploration
from analysis.contract.kinds import Word
from analysis.contract.lifetime import Lifetime
from analysis.contract.scoring import Scoring
from analysis.contract.segment import Segment
from analysis.contract.selection import Selection
from analysis.contract.table import Data, Feature, Privacy, Provenance

SCHEMA_VERSION: Literal["1.5"] = "1.5"


class Contract(Frozen):
    """The whole document, `build/analysis.json`."""

    schema_version: Word[Literal["1.1", "1.2", "1.3", "1.4", "1.5"]] = SCHEMA_VERSION
    provenance: Provenance
    privacy: Privacy
    data: Data
    selection: Selection
    segments: tuple[Segment, ...]
    budget: Budget | None
    exploration: Exploration
    lifetime: Lifetime | None = Field(None, description="Expected value; null where there are no transactions")
    scoring: Scoring | None = Field(None, description="Null where recency, frequency or monetary is not known of all")
    changes: None = None

    @property
    def repeatable(self) -> bool:
        """Whether a notebook can do it anew from the table itself: a row a customer, amounts that count the same.

        It begins where the segments are, so that no centroid may be withheld.
        """
        told = all(mean is not None for one in self.proper for mean in one.centroid.values())
        return (
            told and self.data.transactions is None and self.provenance.plain and all(map(_plain, self.data.features))
        )

    @property
    def proper(self) -> tuple[Segment, ...]:
        """The segments, without the customers who are in none."""
        return tuple(segment for segment in self.segments if segment.kind == "segment")

    @property
    def left_over(self) -> Segment | None:
        """The customers who are in no segment, if there are any."""
        return next((segment for segment in self.segments if segment.kind == "unassigned"), None)


def _plain(feature: Feature) -> bool:
    """Whether the column stands in the file without gaps, and clusters like any other amount, if it does."""
    if feature.kind == "category":
        return feature.used_for == "description"
    alike = feature.weight in {None, 1.0} and feature.transform in {"none", "standardised", "log, standardised"}
    return feature.measure == "numeric" and feature.missing == 0 and alike
