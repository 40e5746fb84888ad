"""Two builds of a made-up table, the first of which is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.changes.completed import Present, completed
from analysis.configuration import Site
from analysis.contract import Changes, Contract, Edition
from analysis.history.remembered import Remembered
from analysis.identity.identity import Memory
from analysis.preparation.features import features
from analysis.rounding.random_rounding import Rounding
from report.disclosure import published
from tests.report.contracts import contract_of

SITE = Site.model_validate(
    {
        "data": {"path": "t.csv"},
        "columns": {
            "Income": {"role": "income", "format": "money"},
            "Visits": {"role": "frequency"},
            "Channel": {"role": "channel"},
            "Member": {"role": "feature", "kind": "boolean", "use": "describe"},
        },
        "model": {"outliers": "keep"},
    }
)
SETTINGS = {"columns": "0a", "model.seed": "1", "privacy.mode": "open"}


@dataclass(frozen=True)
class Made:
    """A build: its contract, exact, and what the comparison needs of its customers."""

    contract: Contract
    present: Present


def customers(size: int = 400, seed: int = 1, **columns: Any) -> pd.DataFrame:  # noqa: ANN401 (values of a column)
    """Two groups of as many customers; `columns` replace theirs."""
    draw = np.random.default_rng(seed)
    made: dict[str, Any] = {
        "Income": np.repeat([30_000.0, 60_000.0], size // 2) + draw.normal(0, 4000, size),
        "Visits": draw.poisson(12, size).astype(float),
        "Channel": draw.choice(["web", "shop", "post"], size, p=[0.5, 0.3, 0.2]),
        "Member": (draw.random(size) < 0.4).astype(float),
    }
    return pd.DataFrame(made | columns)


def build(frame: pd.DataFrame, *, number: int = 1, public: bool = False, site: Site = SITE) -> Made:
    """By income; the contract's counts are exact."""
    table = features(frame, site)
    labels = (table.frame["Income"].to_numpy() > 45_000).astype(np.intp)
    contract = contract_of(table, labels, least=10)
    mode = "public" if public else "open"
    contract = contract.model_copy(
        update={
            "privacy": contract.privacy.model_copy(update={"mode": mode}),
            "edition": Edition(number=number, settings=SETTINGS | {"privacy.mode": mode}),
            "provenance": contract.provenance.model_copy(update={"data_sha256": f"{number}"}),
        }
    )
    rounding = Rounding.of(public=public, least=10, table=f"{number}")
    return Made(contract, Present(table, labels + 1, rounding))


def changed(last: Made | Contract, now: Made, **memory: Any) -> Changes:  # noqa: ANN401 (fields of what is remembered)
    """What has changed from a build as it was published."""
    before = published(last.contract) if isinstance(last, Made) else last
    basis = "customers" if "identifiers" in memory else "position"
    told = Remembered(2, last=before, assigned=memory.get("assigned"), oldest=memory.get("oldest"))
    known = Memory(told, memory.get("identifiers"))
    found = completed(Changes(since=1, basis=basis, segments=()), known, now.contract, now.present)
    assert found is not None
    return found


def told(found: Changes) -> list[tuple[str, str, str, str]]:
    """The notices as tuples."""
    return [(one.about, one.what, one.before, one.after) for one in found.notices]


def settings(contract: Contract, changes: Mapping[str, str]) -> Contract:
    """The contract of a build with other settings."""
    edition = contract.edition
    assert edition is not None
    return contract.model_copy(
        update={"edition": edition.model_copy(update={"settings": {**edition.settings, **changes}})}
    )
