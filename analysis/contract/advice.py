"""What to do about a segment: its persona, the recommendations, its part of the budget."""

from __future__ import annotations

from pydantic import Field

from analysis.contract.base import ActionKind, Effect, Effort, Frozen, Level
from analysis.contract.kinds import (
    Index,
    Label,
    Number,
    Part,
    RoundedMean,
    RoundedShare,
    Setting,
    Told,
    Word,
)


class PersonaMismatch(Frozen):
    """A role on which a segment is not what its persona says."""

    role: Label
    feature: Label
    expected: Word[Level]
    actual: Word[Level]
    sentence: Told


class PersonaMatch(Frozen):
    """The persona given to a segment, and how well it fits."""

    name: Setting[str]
    icon: Setting[str]
    emoji: Setting[str]
    colour: Number = Field(ge=1, description="Index into the site's categorical palette")
    story: Setting[str]
    fit: Part = Field(ge=0, le=1, description="Share of the persona's described roles whose level the segment has")
    distance: Index | None = Field(
        description="Mean distance in standard deviations over the described roles; null where withheld from the "
        "published copy"
    )
    mismatches: tuple[PersonaMismatch, ...]


class Evidence(Frozen):
    """The segment's own figure that makes a recommendation apply."""

    feature: Label
    level: Word[Level]
    mean: RoundedMean = Field(description="Of a category the share of the customers who are in it")
    effect: Index
    phrase: Told
    category: Label | None = Field(None, description="Of a column of categories the one that is told of")


class Kpi(Frozen):
    """How an action is judged."""

    measure: Setting[str] = Field(description="What is counted")
    target: Setting[str] = Field(description="What it should come to")


class Recommendation(Frozen):
    """An action of the playbook whose condition holds for the segment, ranked from 1."""

    rank: Number
    id: Setting[str]
    kind: Word[ActionKind]
    title: Setting[str]
    channel: Setting[str]
    message: Setting[str]
    offer: Setting[str]
    timing: Setting[str]
    owner: Setting[str] | None
    kpi: Kpi
    effort: Word[Effort]
    effect: Word[Effect]
    filler: Word[bool] = Field(
        default=False, description="Whether it suits any segment and so says nothing of this one; such come last"
    )
    score: Index = Field(description="Expected effect over effort, weighted by how strongly the condition holds")
    because: Setting[str]
    reason: Told = Field(description="Why it applies, in the segment's own figures")
    evidence: tuple[Evidence, ...]


class BudgetShare(Frozen):
    """A segment's part of the budget and the three parts that make it up; each part is a share of 1 over segments."""

    amount: Part
    share: Part
    value_part: Part
    size_part: RoundedShare
    responsiveness_part: Part
    per_customer: Part
    explanation: Told


class Budget(Frozen):
    """The sum to be split, over which time, by which weights."""

    total: Setting[float]
    currency: Setting[str]
    period: Setting[str]
    weights: dict[Word[str], Setting[float]]
    value_label: Setting[str]
    explanation: Told
