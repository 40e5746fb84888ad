"""What the analysis finds in a known table, held against its truth."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sklearn.metrics import adjusted_rand_score

from analysis.configuration import Configuration, Site, without_files
from analysis.pipeline import Analysis, analyse

from .known import OUTLIER, Known


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
    selection: dict[str, object] | None = None
    """The analysis's own account of its choice: every index of every number of segments tried."""

    @property
    def exact(self) -> bool:
        """Whether the number of groups was found."""
        return self.k == self.groups

    @property
    def within_one(self) -> bool:
        """Whether it was missed by one at most."""
        return self.error is None and abs(self.k - self.groups) <= 1


def configuration(known: Known, folder: Path) -> Configuration:
    """The table written to `folder` as a CSV file, each column used to cluster, everything else as it is by default."""
    path = folder / "table.csv"
    known.frame.to_csv(path, index=False)
    words = {"role": "category", "use": "cluster"}
    numbers = known.frame.select_dtypes("number").columns
    columns = {name: {"role": "feature"} if name in numbers else words for name in known.frame.columns}
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
    account = selection.model_dump(mode="json", exclude={"flows": True, "candidates": {"__all__": {"segments"}}})
    return Outcome(*facts, selection.k, selection.verdict, agreement(known, found), seconds, selection=account)


def agreement(known: Known, found: Analysis) -> float:
    """Adjusted Rand index of segments and truth over the customers who belong to a group (Hubert & Arabie 1985).

    Customers whom the analysis left without a segment count as one segment more.
    """
    segments = found.assignments.set_index("row")["segment"].reindex(range(2, len(known.truth) + 2))
    counted = known.truth != OUTLIER
    return float(adjusted_rand_score(known.truth[counted], segments.fillna(0).to_numpy()[counted]))
