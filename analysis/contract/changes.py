"""What a build remembers of earlier builds, and what has changed since the last one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from analysis.contract.base import Frozen, Interval, Verdict
from analysis.contract.kinds import (
    Chance,
    Count,
    Index,
    Label,
    Number,
    Part,
    RoundedMean,
    RoundedShare,
    Setting,
    Word,
)

Became = Literal["continued", "returned", "new", "gone"]
Ended = Literal["vanished", "split", "merged", "dissolved"]
Basis = Literal["customers", "position", "both", "none"]
KnownBy = Literal["customers", "position"]
EVIDENCE: Mapping[Basis, KnownBy | None] = {
    "customers": "customers",
    "both": "customers",
    "position": "position",
    "none": None,
}
"""By what it is known in a build how segments ended, and where those that are new came from."""
Unmatched = Literal["few", "unrelated"]
Drift = Literal["stable", "moderate", "strong", "unknown"]
Mode = Literal["open", "public"]
Refit = Literal["first", "always", "kept", "drifted", "emptied", "asked", "missing"]


class Edition(Frozen):
    """The build that the document is of, among those that the site remembers."""

    number: Number = Field(ge=1, description="1 for the first build that is remembered, then one more for each")
    date: Setting[str] | None = Field(
        None, description="The day, YYYY-MM-DD, by SOURCE_DATE_EPOCH or the table’s own reference date; null without"
    )
    language: Word[str] = "en"
    settings: dict[Word[str], Setting[str]] = Field(
        default_factory=dict,
        description="Settings that decide what is found, and digests of the rest: what a later build compares",
    )
    fitted: Word[Refit] = Field("first", description="Why the segments were found anew in this build, or kept")
    fitted_in: Number = Field(1, description="The build in which the division in force was found")


class PastSegment(Frozen):
    """A segment as an earlier build published it."""

    id: Number = Field(ge=1)
    slug: Label
    name: Label
    colour: Number | None = None
    kind: Word[Literal["segment", "unassigned"]] = "segment"
    size: Count | None = None
    share: RoundedShare | None = None
    share_interval: Interval | None = None
    value_share: Part | None = None
    stability: Index | None = None
    stability_interval: Interval | None = None


class PastEdition(Frozen):
    """An earlier build: what its site said, in short."""

    number: Number = Field(ge=1)
    date: Setting[str] | None = None
    customers: Count | None = None
    k: Number
    verdict: Word[Verdict]
    mode: Word[Mode] | None = Field(
        None, description="The privacy mode in which it was published; null in documents that do not say it"
    )
    segments: tuple[PastSegment, ...]


class Kin(Frozen):
    """A segment of the other build that shares customers with this one, or lies where it lies."""

    id: Number
    share: RoundedShare | None = Field(
        description="Of the customers of the segment of the earlier build of whom it is known where they are, those in "
        "that of the later one; in the published copy to the nearest tenth; null where withheld, and where it is not "
        "known who they are: then that of the later build lies where that of the earlier one lay"
    )


class GoneSegment(Frozen):
    """A segment that no longer exists. Its page stays at its address and says what became of it."""

    id: Number = Field(ge=1)
    slug: Label
    name: Label
    colour: Number | None = None
    last: Number = Field(description="The last build that had it")
    ended: Word[Ended] | None = Field(description="How, in the next build; null where that is not known")
    known_by: Word[KnownBy] | None = Field(
        None,
        description="By what that is known: the customers in both tables, or the position of its centre alone, which "
        "tells nothing of its customers; null where it is not known, or was not recorded",
    )
    into: tuple[Kin, ...] = Field(
        (), description="The segments of the next build with most of its customers, or which lie where it lay"
    )
    kind: Word[Literal["segment", "unassigned"]] = "segment"
    mode: Word[Mode] | None = Field(
        None, description="The privacy mode in which its figures were published; those of an open build stay there"
    )
    figures: dict[Label, RoundedMean | None] = Field(
        default_factory=dict,
        description="Column of numbers → its typical figure as last published, by which it is recognised if it returns",
    )
    shares: dict[Label, dict[Label, RoundedShare | None]] = Field(
        default_factory=dict, description="Column of categories → category → its share as last published"
    )


class SegmentChange(Frozen):
    """What a segment is to the last build."""

    id: Number = Field(ge=1)
    became: Word[Became]
    ended: Word[Ended] | None = Field(None, description="How it ended, where it is gone and that is known")
    renamed_from: Label | None = Field(None, description="Its last name, where that was no longer true")
    came_from: tuple[Kin, ...] = Field(
        (), description="Segments of the last build, those with most customers first; by `basis`, as `went_to`"
    )
    went_to: tuple[Kin, ...] = Field((), description="Segments of this build, those with most customers first")


class MovedCustomers(Frozen):
    """Customers by their segment in the last build and in this one. Null stands for customers not in that table."""

    source: Number | None
    target: Number | None
    customers: Count | None = Field(description="Null where withheld from the published copy")


class ColumnDrift(Frozen):
    """How far a column’s values have moved since an earlier build."""

    feature: Label
    index: Index | None = Field(
        description="Population stability index over the bars of that build’s histogram, or its categories; in the "
        "published copy the multiple of .05 that it reaches; null where that build published none, or withheld"
    )
    drift: Word[Drift] = Field(
        description="Stable below .10, moderate from .10, strong from .25; stable where chance may explain it, from an "
        "adjusted p of .01"
    )
    adjusted_p: Chance | None = Field(
        None, description="Of no change, by a χ² test over the same bars, adjusted over all columns (Holm 1979)"
    )
    before: Word[Drift] | None = Field(
        None, description="Of drift since the oldest build: its degree in the last build; null where not known"
    )


class Notice(Frozen):
    """Something else that is not as it was in the last build."""

    about: Word[
        Literal[
            "verdict", "algorithm", "k", "columns", "type", "missing", "categories", "rejected", "setting", "version",
            "language", "privacy", "identifiers", "refit",
        ]
    ]  # fmt: skip
    what: Label = Field("", description="The column, the setting")
    before: Label = ""
    after: Label = ""


class Changes(Frozen):
    """What has changed since the last build."""

    since: Number = Field(description="The build compared with")
    basis: Word[Basis] = Field(
        description="By what segments were recognised: customers in both tables, the segments’ position, or both"
    )
    unmatched: Word[Unmatched] | None = Field(
        None,
        description="Why customers were not recognised although both builds have identifiers: too few are in both "
        "tables by them, or who was in one segment is no likelier in one now than anybody else; null where they were, "
        "where there are none, and where it was not recorded",
    )
    segments: tuple[SegmentChange, ...] = Field(description="Those of this build, then those that are gone")
    shared: Count | None = Field(None, description="Customers who are in both tables; null where not known or withheld")
    moved: RoundedShare | None = Field(
        None,
        description="Of them, those in another segment than before; in the published copy to the nearest tenth; null "
        "where not known or withheld",
    )
    flows: tuple[MovedCustomers, ...] = Field((), description="None at all where not known or withheld")
    drift: tuple[ColumnDrift, ...] = ()
    oldest: Number | None = Field(
        None,
        description="The earliest build of `past` that was at hand, with which columns are compared as well; null "
        "where that is the last one",
    )
    drift_since_oldest: tuple[ColumnDrift, ...] = Field(
        (), description="Since that build: slow drift, of which the last build shows nothing"
    )
    notices: tuple[Notice, ...] = ()
