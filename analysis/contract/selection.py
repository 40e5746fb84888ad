"""How the number of segments came about: everything that was tried, and what was taken."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.contract.algorithms import Algorithm
from analysis.contract.base import Frozen, Spread, Verdict
from analysis.contract.kinds import Count, Distance, Index, Number, RoundedShare, Told, Word


class CandidateSegment(Frozen):
    """One segment of a number of segments that was tried, in canonical order."""

    id: Number = Field(ge=1)
    share: RoundedShare | None = Field(
        description="Of the customers fitted; null where withheld from the published copy"
    )
    silhouette: Index
    stability: Index | None = Field(None, description="Mean bootstrap Jaccard (Hennig 2007)")
    persistence: Index | None = Field(
        None,
        description="0…1: how wholly the segment comes out of one segment of the solution with one segment fewer "
        "(SLSA, Dolnicar & Leisch 2017); null for the first, and where withheld from the published copy; to the "
        "nearest tenth where flows into the segments are withheld",
    )


class Flow(Frozen):
    """Customers who are in segment `source` of `k` segments and in segment `target` of the next number tried."""

    k: Number
    source: Number
    target: Number
    share: RoundedShare | None = Field(
        description="Of the customers fitted; null where withheld from the published copy, which leaves out all flows "
        "from a number of segments where none may be told"
    )


class Undivided(Frozen):
    """The table as one segment, with which the gap statistic begins."""

    gap: Index = Field(description="As of the candidates: against the principal-axes box")
    gap_error: Index = Field(description="Its standard error, with the factor √(1 + 1/tables)")


class Candidate(Frozen):
    """One number of segments that was tried."""

    k: Number
    inertia: Index
    silhouette: Index = Field(description="Mean over customers, −1…1; higher is better (Rousseeuw 1987)")
    calinski_harabasz: Index
    davies_bouldin: Index
    smallest_share: RoundedShare | None = Field(
        description="Of the customers fitted; null where withheld from the published copy"
    )
    stability: Index | None = Field(
        None, description="Mean bootstrap Jaccard over segments; null where the candidate was not resampled"
    )
    separation: Distance | None = Field(
        None,
        description="Of the two segments with the smallest gap between them: distance of their centroids along "
        "Fisher’s line, in the mean of their standard deviations; 3.5 where customers lie evenly, 4.5 where a gap is",
    )
    weakest: Index | None = Field(None, description="Bootstrap Jaccard of the segment that comes back least")
    gap: Index | None = Field(
        None, description="Gap statistic against the principal-axes box (Tibshirani, Walther & Hastie 2001)"
    )
    gap_error: Index | None = Field(None, description="Its standard error, with the factor √(1 + 1/tables)")
    prediction_strength: Index | None = Field(None, description="0…1, mean over splits (Tibshirani & Walther 2005)")
    prediction_strength_error: Index | None = Field(
        None, description="Standard error of that mean over the splits; null before 1.4"
    )
    prediction_splits: Number | None = Field(
        None, description="Random splits into halves; more where ten leave it open on which side of .80 the mean is"
    )
    agreement: Spread | None = Field(
        None, description="Adjusted Rand index of pairs of resamples (Hubert & Arabie 1985), over the pairs"
    )
    agreement_normal: Spread | None = Field(
        None,
        description="The same figure on structureless tables: one cloud with a single peak in each column, of the "
        "table’s skew and correlations, over tables",
    )
    agreement_box: Spread | None = Field(
        None, description="The same figure on structureless tables: a uniform box along the principal axes, over tables"
    )
    excess: Index | None = Field(
        None,
        description="Mean agreement less that of the structureless kind that comes closest, in standard deviations "
        "of its tables; the larger, the less a table without groups explains it",
    )
    bic: Index | None = Field(
        None, description="Bayesian information criterion (Schwarz 1978), lower is better; mixtures alone"
    )
    segments: tuple[CandidateSegment, ...] = ()
    refused: Told | None = Field(None, description="Why the automatic rule would not take it, in words; null if it may")


class AlgorithmResult(Frozen):
    """One algorithm at the number of segments that its rule gives it."""

    algorithm: Word[Algorithm]
    k: Number = Field(description="0 where it makes no segments of the table")
    taken: Word[bool] = Field(description="Whether the site shows this one's segments")
    silhouette: Index | None
    calinski_harabasz: Index | None
    davies_bouldin: Index | None
    bic: Index | None = Field(None, description="Bayesian information criterion, lower is better; mixtures alone")
    stability: Index | None
    weakest: Index | None
    agreement: Index | None = Field(description="Mean adjusted Rand index of pairs of resamples")
    prediction_strength: Index | None
    smallest_share: RoundedShare | None
    unassigned_share: RoundedShare | None = Field(None, description="Customers put into no segment; HDBSCAN alone")
    verdict: Word[Verdict]
    note: Told | None = None


class AlgorithmAgreement(Frozen):
    """How alike two algorithms divide the customers."""

    a: Word[Algorithm]
    b: Word[Algorithm]
    adjusted_rand: Index


class Selection(Frozen):
    """Which number of segments was taken, and what the data would have preferred."""

    mode: Word[Literal["auto", "fixed", "kept"]] = Field(
        description="`kept`: the division of an earlier build is taken as it was; not before 1.6"
    )
    k: Number
    algorithm: Word[str]
    verdict: Word[Verdict]
    reason: Told
    auto_k: Number = Field(description="What `selection: auto` takes on this table")
    auto_reason: Told
    preferred: dict[Word[str], Number] = Field(
        description="Index → number of segments at which it is best; 1 where `gap` or `prediction_strength` sees "
        "nothing to divide"
    )
    undecided: dict[Word[str], tuple[Number, ...]] = Field(
        {}, description="Index that prefers none for certain → the numbers of segments between which it is open"
    )
    undivided: Undivided | None = Field(None, description="Null where two segments were not tried, and before 1.4")
    candidates: tuple[Candidate, ...]
    resamples: Number = Field(description="Bootstrap resamples behind every stability figure")
    silhouette: Index
    stability: Index | None
    rule: tuple[Told, ...] = Field((), description="The rule by which `auto` chooses, in words, one step each")
    flows: tuple[Flow, ...] = ()
    reference_tables: Number = Field(0, description="Structureless tables of each kind that were drawn")
    measured_on: Count | None = Field(
        None, description="Customers drawn for the battery, where they are a sample; those set apart are left out of it"
    )
    algorithms: tuple[AlgorithmResult, ...] = Field((), description="With `algorithm: compare`, all; else none")
    agreements: tuple[AlgorithmAgreement, ...] = ()
