"""The contract: everything that the report, or anybody's script, may know of an analysis.

In: nothing: plain values.
Out: frozen documents, their schema, and the kind of each field.
May import: the rooms up to `basics`, in the order of `pyproject.toml`.

One versioned JSON document. It holds aggregates and, only where the configuration declares the table public
(`privacy.mode: open`), feature values of single customers without their identifiers (`exploration.points`).
The customer-level result is written beside it as `assignments.csv` and is no part of the contract.
"""

from analysis.contract.advice import Budget, BudgetShare, Evidence, Kpi, PersonaMatch, PersonaMismatch, Recommendation
from analysis.contract.algorithms import Algorithm
from analysis.contract.base import ActionKind, Effect, Effort, Frozen, Interval, Level, Spread, Verdict
from analysis.contract.changes import (
    Changes,
    ColumnDrift,
    Edition,
    GoneSegment,
    Kin,
    MovedCustomers,
    Notice,
    PastEdition,
    PastSegment,
    SegmentChange,
)
from analysis.contract.document import SCHEMA_VERSION, Contract
from analysis.contract.exploration import (
    Comparison,
    Correlation,
    Distribution,
    Exploration,
    GroupSummary,
    HistogramBin,
    MapBin,
    Points,
    SegmentMap,
)
from analysis.contract.lifetime import FrequencyClass, HeldOut, Lifetime, Parameter, Prospect
from analysis.contract.scoring import Crossing, ScoreBand, ScoredSegment, Scoring
from analysis.contract.segment import (
    Border,
    CategoryShare,
    Condition,
    Criterion,
    Evaluation,
    FeatureProfile,
    Neighbour,
    Rule,
    Segment,
    Trait,
    WithheldProfile,
    WithheldShare,
)
from analysis.contract.selection import (
    AlgorithmAgreement,
    AlgorithmResult,
    Candidate,
    CandidateSegment,
    Flow,
    Selection,
    Undivided,
)
from analysis.contract.table import Data, Feature, LeftOut, Privacy, Provenance, Rejection
from analysis.contract.transactions import CustomersAside, Transactions

__all__ = [
    "SCHEMA_VERSION",
    "ActionKind",
    "Algorithm",
    "AlgorithmAgreement",
    "AlgorithmResult",
    "Border",
    "Budget",
    "BudgetShare",
    "Candidate",
    "CandidateSegment",
    "CategoryShare",
    "Changes",
    "ColumnDrift",
    "Comparison",
    "Condition",
    "Contract",
    "Correlation",
    "Criterion",
    "Crossing",
    "CustomersAside",
    "Data",
    "Distribution",
    "Edition",
    "Effect",
    "Effort",
    "Evaluation",
    "Evidence",
    "Exploration",
    "Feature",
    "FeatureProfile",
    "Flow",
    "FrequencyClass",
    "Frozen",
    "GoneSegment",
    "GroupSummary",
    "HeldOut",
    "HistogramBin",
    "Interval",
    "Kin",
    "Kpi",
    "LeftOut",
    "Level",
    "Lifetime",
    "MapBin",
    "MovedCustomers",
    "Neighbour",
    "Notice",
    "Parameter",
    "PastEdition",
    "PastSegment",
    "PersonaMatch",
    "PersonaMismatch",
    "Points",
    "Privacy",
    "Prospect",
    "Provenance",
    "Recommendation",
    "Rejection",
    "Rule",
    "ScoreBand",
    "ScoredSegment",
    "Scoring",
    "Segment",
    "SegmentChange",
    "SegmentMap",
    "Selection",
    "Spread",
    "Trait",
    "Transactions",
    "Undivided",
    "Verdict",
    "WithheldProfile",
    "WithheldShare",
]
