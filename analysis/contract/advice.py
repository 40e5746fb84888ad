"""What to do about a segment: its persona, the recommendations, its part of the budget."""

from __future__ import annotations

from pydantic import Field

from analysis.contract.base import ActionKind, Effect, Effort, Frozen, Level
from analysis.contract.kinds import Number


class PersonaMismatch(Frozen):
    """A role on which a segment is not what its persona says."""

    role: str
    feature: str
    expected: Level
    actual: Level
    sentence: str


class PersonaMatch(Frozen):
    """The persona given to a segment, and how well it fits."""

    name: str
    icon: str
    emoji: str
    colour: Number = Field(ge=1, description="Index into the site's categorical palette")
    story: str
    fit: float = Field(ge=0, le=1, description="Share of the persona's described roles whose level the segment has")
    distance: float | None = Field(
        description="Mean distance in standard deviations over the described roles; null where withheld from the "
        "published copy"
    )
    mismatches: tuple[PersonaMismatch, ...]


class Evidence(Frozen):
    """The segment's own figure that makes a recommendation apply."""

    feature: str
    level: Level
    mean: float = Field(description="Of a category the share of the customers who are in it")
    effect: float
    phrase: str
    category: str | None = Field(None, description="Of a column of categories the one that is told of")


class Kpi(Frozen):
    """How an action is judged."""

    measure: str = Field(description="What is counted")
    target: str = Field(description="What it should come to")


class Recommendation(Frozen):
    """An action of the playbook whose condition holds for the segment, ranked from 1."""

    rank: Number
    id: str
    kind: ActionKind
    title: str
    channel: str
    message: str
    offer: str
    timing: str
    owner: str | None
    kpi: Kpi
    effort: Effort
    effect: Effect
    filler: bool = Field(
        default=False, description="Whether it suits any segment and so says nothing of this one; such come last"
    )
    score: float = Field(description="Expected effect over effort, weighted by how strongly the condition holds")
    because: str
    reason: str = Field(description="Why it applies, in the segment's own figures")
    evidence: tuple[Evidence, ...]


class BudgetShare(Frozen):
    """A segment's part of the budget and the three parts that make it up; each part is a share of 1 over segments."""

    amount: float
    share: float
    value_part: float
    size_part: float
    responsiveness_part: float
    per_customer: float
    explanation: str


class Budget(Frozen):
    """The sum to be split, over which time, by which weights."""

    total: float
    currency: str
    period: str
    weights: dict[str, float]
    value_label: str
    explanation: str
