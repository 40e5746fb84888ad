"""In public mode a small count anywhere in the published contract fails the check of the finished site, each by itself.

The places are written out here, so that none can be left out of the check without a test that fails.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from analysis.contract import Contract
from report.checks import check_site
from tests.report.lifetimes import expected

SHIPPED = Path(__file__).parents[2] / "golden" / "cases" / "mall" / "analysis.json"
LEAST = 10
PLACES = (
    "data.customers", "data.set_apart", "data.imputed", "data.transactions.refunds",
    "data.transactions.set_aside.0.customers", "data.features.1.missing", "data.features.1.imputed",
    "data.features.1.categories.Female", "selection.measured_on", "segments.2.size", "segments.2.imputed",
    "segments.2.profile.0.known", "segments.2.categories.1.count", "segments.2.neighbour.border_customers",
    "segments.2.rule.picked", "segments.2.rule.correct", "segments.2.borders.0.customers",
    "exploration.distributions.0.bins.1.count", "exploration.distributions.0.bins.1.by_segment.3",
    "exploration.comparisons.0.groups.1.count", "exploration.map.bins.0.count", "lifetime.repeaters",
    "lifetime.held_out.classes.1.customers", "scoring.bands.0.customers", "scoring.segments.1.size",
    "scoring.crossings.0.customers",
)  # fmt: skip
COUNTS = {place.rpartition(".")[2] for place in PLACES} - {"Female", "3"}
SCORING: dict[str, Any] = {
    "recency": "r", "frequency": "f", "monetary": "m",
    "bands": [{"feature": "r", "score": 5, "up_to": 3.0, "customers": 50}],
    "segments": [
        {"name": name, "cells": [[5, 5]], "size": 50, "share": 0.5, "value_share": 0.5, "means": {}}
        for name in ("Champions", "Lost")
    ],
    "crossings": [{"name": "Champions", "segment": 1, "customers": 50}],
    "adjusted_rand": 0.5, "explained": 0.5, "explained_found": 0.6,
}  # fmt: skip
TRANSACTIONS: dict[str, Any] = {
    "reference_date": "2026-01-01", "reference_stated": True, "first_date": "2025-01", "last_date": "2025-12",
    "purchases": 400, "by_invoice": True, "refunds": 50, "set_aside": [{"reason": "no purchase", "customers": 50}],
}  # fmt: skip


def at(document: Any, place: str) -> tuple[Any, str | int]:  # noqa: ANN401 (any JSON)
    """What holds the figure at the place, and its key there."""
    *path, last = (int(part) if part.isdecimal() else part for part in place.split("."))
    for part in path:
        document = document[str(part) if isinstance(document, dict) else part]
    return document, str(last) if isinstance(document, dict) else last


def raised(value: Any, *, counted: bool = False) -> Any:  # noqa: ANN401 (any JSON)
    """The document with counts that are multiples of five and none of them small, and without exact p-values."""
    if isinstance(value, dict):
        names = {*COUNTS, "categories", "by_segment"}
        kept = {key: part for key, part in value.items() if key != "adjusted_p"}
        return {key: raised(part, counted=counted or key in names) for key, part in kept.items()}
    if isinstance(value, list):
        return [raised(part) for part in value]
    return max(50, value // 5 * 5) if counted and isinstance(value, int) else value


@pytest.fixture(scope="module")
def sound() -> dict[str, Any]:
    """A contract in public mode that has every kind of count, none of them small."""
    shipped = Contract.model_validate_json(SHIPPED.read_text(encoding="utf-8"))
    whole = json.loads(expected(shipped).model_dump_json())
    whole["privacy"] |= {"mode": "public", "min_cell": LEAST, "rounding_base": 5}
    whole["exploration"]["points"] = whole["provenance"]["data_sha256"] = None
    whole["scoring"], whole["data"]["transactions"] = SCORING, TRANSACTIONS
    made: dict[str, Any] = raised(whole)
    for place in PLACES:
        holds, key = at(made, place)
        holds[key] = 50
    return made


def problems(folder: Path, contract: dict[str, Any]) -> list[str]:
    Contract.model_validate_json(json.dumps(contract))
    (folder / "data").mkdir()
    (folder / "index.html").write_text("<html></html>", encoding="utf-8")
    (folder / "data" / "analysis.json").write_text(json.dumps(contract), encoding="utf-8")
    return [str(one) for one in check_site(folder) if one.file == "data/analysis.json"]


def test_where_no_count_is_small_there_is_no_problem(tmp_path, sound):
    assert problems(tmp_path, sound) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("count", [1, LEAST - 1])
def test_a_small_count_is_found_wherever_it_stands(tmp_path, sound, place, count):
    contract = deepcopy(sound)
    holds, key = at(contract, place)
    holds[key] = count
    found = problems(tmp_path, contract)
    assert len(found) == 1, place
    assert f" counts {count} customers; privacy.min_cell is {LEAST}." in found[0]


@pytest.mark.parametrize("count", [0, LEAST])
def test_nobody_and_the_least_that_may_be_published_are_no_small_counts(tmp_path, sound, count):
    contract = deepcopy(sound)
    for place in PLACES:
        holds, key = at(contract, place)
        holds[key] = count
    assert problems(tmp_path, contract) == []


def test_a_small_count_may_stand_where_the_table_is_public_itself(tmp_path, sound):
    contract = deepcopy(sound)
    contract["privacy"]["mode"] = "open"
    contract["segments"][2]["size"] = 3
    assert problems(tmp_path, contract) == []
