"""The whole document."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.contract.advice import Budget
from analysis.contract.base import Frozen
from analysis.contract.changes import Changes, Edition, GoneSegment, PastEdition
from analysis.contract.exploration import Exploration
from analysis.contract.kinds import Word
from analysis.contract.lifetime import Lifetime
from analysis.contract.scoring import Scoring
from analysis.contract.segment import CategoryShare, Segment
from analysis.contract.selection import Selection
from analysis.contract.table import Data, Feature, Privacy, Provenance

SCHEMA_VERSION: Literal["1.6"] = "1.6"


class Contract(Frozen):
    """The whole document, `build/analysis.json`."""

    schema_version: Word[Literal["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]] = SCHEMA_VERSION
    provenance: Provenance
    privacy: Privacy
    data: Data
    selection: Selection
    segments: tuple[Segment, ...]
    budget: Budget | None
    exploration: Exploration
    lifetime: Lifetime | None = Field(None, description="Expected value; null where there are no transactions")
    scoring: Scoring | None = Field(None, description="Null where recency, frequency or monetary is not known of all")
    edition: Edition | None = Field(None, description="Null where the build remembers nothing, and before 1.6")
    past: tuple[PastEdition, ...] = Field((), description="Earlier builds, the oldest first; 24 at most")
    gone: tuple[GoneSegment, ...] = Field((), description="Segments of all earlier builds that no longer exist")
    changes: Changes | None = Field(None, description="Null in a first build")

    @property
    def repeatable(self) -> bool:
        """Whether a notebook can find the same segments: it starts from their centres, so none may be withheld.

        Segments that were found in an earlier build it cannot.
        """
        if self.selection.mode == "kept":
            return False
        formed = [one for one in self.data.features if one.used_for == "clustering"]
        return all(_told(segment, feature) for segment in self.proper for feature in formed)

    @property
    def proper(self) -> tuple[Segment, ...]:
        """The segments, without the customers who are in none."""
        return tuple(segment for segment in self.segments if segment.kind == "segment")

    @property
    def left_over(self) -> Segment | None:
        """The customers who are in no segment, if there are any."""
        return next((segment for segment in self.segments if segment.kind == "unassigned"), None)


def _told(segment: Segment, feature: Feature) -> bool:
    """Whether it is known where the segment lies in a column: its mean, or its share in each category."""
    if feature.kind == "numeric":
        mean = segment.centroid.get(feature.name)
        return mean is not None and any(one.feature == feature.name for one in segment.figures)
    shares = [share for share in segment.categories if share.feature == feature.name]
    return bool(shares) and all(isinstance(share, CategoryShare) for share in shares)
