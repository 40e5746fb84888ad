"""The contract: everything that the report, or anybody's script, may know of an analysis.

One versioned JSON document. It holds aggregates and, only where the configuration declares the table public
(`privacy.mode: open`), feature values of single customers without their identifiers (`exploration.points`).
The customer-level result is written beside it as `assignments.csv` and is no part of the contract.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Literal["1.0"] = "1.0"

Level = Literal["very low", "low", "medium", "high", "very high"]
Verdict = Literal["natural", "reproducible", "constructive", "none"]
Effort = Literal["low", "medium", "high"]
Effect = Literal["small", "medium", "large"]
ActionKind = Literal["ads", "discounts", "loyalty", "service", "retention"]


class Frozen(BaseModel):
    """Base of every part of the contract: immutable, and no key that the schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(Frozen):
    """What the result was made of and with; no wall-clock time, so that the same input gives the same bytes."""

    source: str = Field(description="File name of the table, without its folder")
    data_sha256: str
    configuration_sha256: str
    code_version: str
    libraries: dict[str, str]
    seed: int


class Rejection(Frozen):
    """Rows set aside for one reason; a row counts under the first reason found."""

    reason: str
    column: str | None
    rows: int = Field(description="Number of rows")
    examples: tuple[int, ...] = Field(description="Row numbers in the file (header is row 1), the first twenty")


class Feature(Frozen):
    """A column of the table as the analysis understood it."""

    name: str = Field(description="The column's name in the configuration; key of every mapping by feature")
    slug: str
    label: str
    role: str
    kind: Literal["numeric", "category"]
    used_for: Literal["clustering", "description"]
    unit: str | None = None
    format: Literal["number", "integer", "money", "percent"] = "number"
    scale: float = Field(1.0, description="Multiply by this before formatting (1000 for a column in k$)")
    decimals: int | None = None
    compare: Literal["ratio", "difference"] = "ratio"
    transform: str = "standardised"
    mean: float | None = None
    median: float | None = None
    standard_deviation: float | None = None
    p05: float | None = None
    q1: float | None = None
    q3: float | None = None
    p95: float | None = None
    missing: int | None = Field(0, description="Values lacking; null where withheld from the published copy")
    missing_policy: str = "row set aside"
    categories: dict[str, int] = Field(default_factory=dict, description="Category → customers, largest first")


class Data(Frozen):
    """The table: what was read, used and set aside. `rows_read == rows_used + rows_rejected`."""

    rows_read: int
    rows_used: int
    rows_rejected: int
    rejections: tuple[Rejection, ...]
    features: tuple[Feature, ...]
    encoding: str
    delimiter: str
    notes: tuple[str, ...] = Field((), description="What was assumed while reading, one sentence each")


class Candidate(Frozen):
    """One number of segments that was tried."""

    k: int
    inertia: float
    silhouette: float = Field(description="Mean over customers, −1…1; higher is better (Rousseeuw 1987)")
    calinski_harabasz: float
    davies_bouldin: float
    smallest_share: float | None = Field(description="Of the customers; null where withheld from the published copy")
    stability: float | None = Field(
        None, description="Mean bootstrap Jaccard over segments; null where the candidate was not resampled"
    )


class Selection(Frozen):
    """Which number of segments was taken, and what the data would have preferred."""

    mode: Literal["auto", "fixed"]
    k: int
    algorithm: str
    verdict: Verdict
    reason: str
    auto_k: int = Field(description="What `selection: auto` takes on this table")
    auto_reason: str
    preferred: dict[str, int] = Field(description="Index → number of segments at which it is best")
    candidates: tuple[Candidate, ...]
    resamples: int = Field(description="Bootstrap resamples behind every stability figure")
    silhouette: float
    stability: float | None


class FeatureProfile(Frozen):
    """One numeric column within one segment, in the data's own units."""

    feature: str
    mean: float
    median: float
    q1: float
    q3: float
    level: Level
    effect: float = Field(description="(segment mean − overall mean) / overall standard deviation")
    difference: float = Field(description="Segment mean − overall mean, own units")
    ratio: float | None = Field(
        description="Segment mean / overall mean − 1; null where values run below 0 or hardly differ from their mean"
    )


class CategoryShare(Frozen):
    """One value of a categorical column within one segment."""

    feature: str
    category: str
    count: int
    share: float
    share_overall: float


class Trait(Frozen):
    """Something that sets a segment apart, strongest first."""

    feature: str
    level: Level
    effect: float
    phrase: str = Field(description="Plain words with the figure, completing “This segment …”")


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
    colour: int = Field(ge=1, description="Index into the site's categorical palette")
    story: str
    fit: float = Field(ge=0, le=1, description="Share of the persona's described roles whose level the segment has")
    distance: float = Field(description="Mean distance in standard deviations over the described roles")
    mismatches: tuple[PersonaMismatch, ...]


class Evidence(Frozen):
    """The segment's own figure that makes a recommendation apply."""

    feature: str
    level: Level
    mean: float
    effect: float
    phrase: str


class Kpi(Frozen):
    """How an action is judged."""

    measure: str
    target: str


class Recommendation(Frozen):
    """An action of the playbook whose condition holds for the segment, ranked from 1."""

    rank: int
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


class Rule(Frozen):
    """How to recognise a customer of the segment: all conditions hold (a path of a shallow decision tree)."""

    conditions: tuple[Condition, ...]
    precision: float = Field(
        description="Of the customers the rule picks, the share that belongs to the segment; "
        "rounded down to tenths where counts are withheld"
    )
    recall: float = Field(description="Of the segment's customers, the share that the rule picks")
    picked: int | None = Field(description="Customers; null where withheld from the published copy")
    correct: int | None = Field(description="Customers; null where withheld from the published copy")
    sentence: str


class Condition(Frozen):
    """One bound on one column, in the data's own units."""

    feature: str
    operator: Literal["above", "at most"]
    value: float


class Neighbour(Frozen):
    """The segment nearest in standardised features."""

    id: int
    distance: float
    border_customers: int | None = Field(
        description="Customers for whom it is nearly as close as their own; null where withheld from the published copy"
    )


class Segment(Frozen):
    """One segment, in canonical order: by estimated value, largest first."""

    id: int = Field(ge=1)
    slug: str
    name: str
    persona: PersonaMatch | None
    size: int
    share: float
    value_share: float | None
    centroid: dict[str, float] = Field(description="Clustering feature → mean, in the data's own units")
    profile: tuple[FeatureProfile, ...]
    categories: tuple[CategoryShare, ...]
    silhouette: float
    stability: float | None = Field(description="Mean bootstrap Jaccard (Hennig 2007); null where not resampled")
    stability_band: Literal["highly stable", "stable", "doubtful", "unstable"] | None
    neighbour: Neighbour | None
    rule: Rule | None
    summary: str = Field(description="Who they are, one sentence")
    traits: tuple[Trait, ...]
    recommendations: tuple[Recommendation, ...]
    budget: BudgetShare | None


class Budget(Frozen):
    """The sum to be split, over which time, by which weights."""

    total: float
    currency: str
    period: str
    weights: dict[str, float]
    value_label: str
    explanation: str


class HistogramBin(Frozen):
    """Customers with `lower <= value < upper` (the last bin includes its upper edge), own units."""

    lower: float
    upper: float
    count: int
    by_segment: dict[int, int]


class Distribution(Frozen):
    """Histogram of a numeric column."""

    feature: str
    bins: tuple[HistogramBin, ...]
    skewness: float


class Correlation(Frozen):
    """Pearson and Spearman correlation of two numeric columns."""

    a: str
    b: str
    pearson: float
    spearman: float


class GroupSummary(Frozen):
    """A numeric column within one group of customers (an age band, a category)."""

    group: str
    count: int
    mean: float
    q1: float
    median: float
    q3: float


class Comparison(Frozen):
    """A numeric column over the groups that another column makes: spending by age, spending by gender."""

    feature: str
    by: str
    groups: tuple[GroupSummary, ...]


class MapBin(Frozen):
    """Customers of one segment inside one rectangle of the segment map."""

    x0: float
    x1: float
    y0: float
    y1: float
    segment: int
    count: int


class SegmentMap(Frozen):
    """The two columns on which the segments are drawn, and the counts where single customers may not be shown."""

    x: str
    y: str
    bins: tuple[MapBin, ...]


class Exploration(Frozen):
    """The table before any segment was looked for, plus what the segment map needs."""

    distributions: tuple[Distribution, ...]
    correlations: tuple[Correlation, ...]
    comparisons: tuple[Comparison, ...]
    map: SegmentMap | None
    points: dict[str, tuple[float, ...]] | None = Field(
        None,
        description="Open mode only: feature → values, row-aligned, with `segment`; sorted by value, no identifiers",
    )


class Privacy(Frozen):
    """What may be published of this table."""

    mode: Literal["public", "open"]
    min_cell: int


class Contract(Frozen):
    """The whole document, `build/analysis.json`."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    provenance: Provenance
    privacy: Privacy
    data: Data
    selection: Selection
    segments: tuple[Segment, ...]
    budget: Budget | None
    exploration: Exploration
    changes: None = None


Rule.model_rebuild()
