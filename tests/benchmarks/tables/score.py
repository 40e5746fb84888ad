"""What the analysis finds in a known table, held against its truth."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from sklearn.metrics import adjusted_rand_score

from analysis.configuration import Configuration, Site, without_files
from analysis.pipeline import Analysis, analyse

from .families import FAMILIES
from .known import OUTLIER, Known

VERDICTS = ("natural", "reproducible", "constructive", "none")
CLAIMS = frozenset({"natural", "reproducible"})
"""Verdicts that say there is something to find; on a table without structure each is a false alarm."""
LEAST_EXACT, LEAST_ARI = 0.90, 0.95


@dataclass(frozen=True)
class Outcome:
    """One table's result; figures are those of a failed table where `error` says why there are none."""

    family: str
    number: int
    seed: int
    rows: int
    columns: int
    groups: int
    k: int = 0
    verdict: str = "error"
    ari: float = 0.0
    seconds: float = 0.0
    error: str | None = None

    @property
    def exact(self) -> bool:
        """Whether the number of groups was found."""
        return self.k == self.groups

    @property
    def within_one(self) -> bool:
        """Whether it was missed by one at most."""
        return self.error is None and abs(self.k - self.groups) <= 1


@dataclass(frozen=True)
class Summary:
    """Several tables together: shares 0…1 of exact and nearly exact numbers of groups, mean adjusted Rand index."""

    name: str
    tables: int
    exact: float
    within_one: float
    ari: float
    verdicts: Counter[str]
    seconds: float


@dataclass(frozen=True)
class Target:
    """What was aimed at, what came out, and whether that is enough."""

    name: str
    figures: str
    met: bool


def configuration(known: Known, folder: Path) -> Configuration:
    """The table written to `folder` as a CSV file, each column a feature, everything else as it is by default."""
    path = folder / "table.csv"
    known.frame.to_csv(path, index=False)
    columns = {name: {"role": "feature"} for name in known.frame.columns}
    settings = {"data": {"path": str(path)}, "columns": columns, "privacy": {"mode": "open"}}
    return without_files(Site.model_validate(settings), path)


def outcome(known: Known, seed: int = 0) -> Outcome:
    """Analyse the table; whatever goes wrong is an outcome, too."""
    spec = known.spec
    facts = (known.family, known.number, seed, len(known.frame), known.frame.shape[1], spec.groups)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="segment-atlas-truth-") as folder:
        try:
            found = analyse(configuration(known, Path(folder)))
        except Exception as error:  # noqa: BLE001 (one table that fails must not hide the others)
            return Outcome(*facts, error=f"{type(error).__name__}: {error}")
    selection = found.contract.selection
    seconds = time.perf_counter() - start
    return Outcome(*facts, selection.k, selection.verdict, agreement(known, found), seconds)


def agreement(known: Known, found: Analysis) -> float:
    """Adjusted Rand index of segments and truth over the customers who belong to a group (Hubert & Arabie 1985).

    Customers whom the analysis left without a segment count as one segment more.
    """
    segments = found.assignments.set_index("row")["segment"].reindex(range(2, len(known.truth) + 2))
    counted = known.truth != OUTLIER
    return float(adjusted_rand_score(known.truth[counted], segments.fillna(0).to_numpy()[counted]))


def summary(name: str, outcomes: Sequence[Outcome]) -> Summary:
    """The outcomes together."""
    return Summary(
        name=name,
        tables=len(outcomes),
        exact=fmean(each.exact for each in outcomes),
        within_one=fmean(each.within_one for each in outcomes),
        ari=fmean(each.ari for each in outcomes),
        verdicts=Counter(each.verdict for each in outcomes),
        seconds=sum(each.seconds for each in outcomes),
    )


def by_structure(outcomes: Sequence[Outcome], *, separated: bool) -> list[Outcome]:
    """The outcomes of the tables that have groups, or of those that have none."""
    names = {family.name for family in FAMILIES if family.separated is separated}
    return [each for each in outcomes if each.family in names]


def targets(outcomes: Sequence[Outcome]) -> list[Target]:
    """What was aimed at, as far as there are tables to tell by; a table that failed meets nothing."""
    found = []
    if apart := by_structure(outcomes, separated=True):
        all_apart = summary("separated", apart)
        exact, ari = f"{all_apart.exact:.1%}, at least {LEAST_EXACT:.0%}", f"{all_apart.ari:.3f}, at least {LEAST_ARI}"
        found.append(Target("Exact number of groups", exact, all_apart.exact >= LEAST_EXACT))
        found.append(Target("Mean adjusted Rand index", ari, all_apart.ari >= LEAST_ARI))
    if clouds := by_structure(outcomes, separated=False):
        alarms = sum(each.verdict in CLAIMS or each.error is not None for each in clouds)
        found.append(Target("Claims on tables without structure", f"{alarms} of {len(clouds)}, at most 0", alarms == 0))
    return found
