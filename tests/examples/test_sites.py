"""What the analysis finds in the example tables, held against the groups that their customers really came from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.configuration import load_configuration
from analysis.contract import Contract
from analysis.pipeline import analyse
from examples.__main__ import TABLES


@dataclass(frozen=True)
class Found:
    """The contract, and how far segments and true groups agree."""

    contract: Contract
    agreement: float
    names: set[str]


@pytest.fixture(scope="module")
def found(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Found]:
    """Analyse an example as `make examples` does, in a folder of its own."""

    def make(name: str) -> Found:
        folder = tmp_path_factory.mktemp(name)
        settings = folder / "site_config" / "examples" / name
        shutil.copytree(project / "site_config" / "examples" / name, settings)
        table = TABLES[name][0]()
        table.write(folder / "build" / "examples" / name / TABLES[name][1])
        analysis = analyse(load_configuration(settings))
        truth = dict(zip(table.customers, table.truth, strict=True))
        groups = [truth[customer] for customer in analysis.assignments.iloc[:, 0]]
        agreement = float(adjusted_rand_score(groups, analysis.assignments["segment"]))
        return Found(analysis.contract, agreement, {each.name for each in analysis.contract.segments})

    return make


def test_the_wholesale_trades_are_found(found):
    wholesale = found("wholesale")
    assert wholesale.contract.selection.k == 3
    assert wholesale.contract.selection.verdict == "natural"
    assert wholesale.agreement > 0.98
    assert wholesale.names == {"Restaurants", "Grocers", "Kiosks"}
    amounts = [each for each in wholesale.contract.data.features if each.role == "feature"]
    assert len(amounts) == 6
    assert wholesale.contract.data.set_apart > 0


def test_the_demographic_classes_are_found(found):
    households = found("demographic")
    assert households.contract.selection.k == 5
    assert households.contract.selection.verdict in {"natural", "reproducible"}
    assert households.agreement > 0.95
    assert households.names == {"Students", "Young Families", "Busy Professionals", "Steady Savers", "Pensioners"}
    assert households.contract.data.rows_rejected == 0  # a gap in the income costs nobody the row


def test_the_web_shops_types_are_found_in_recency_frequency_and_money(found):
    shop = found("transactions")
    assert shop.contract.selection.k == 4
    assert shop.contract.selection.verdict in {"natural", "reproducible"}
    assert shop.agreement > 0.75  # who buys at random and leaves at random is not told from others by three figures
    assert shop.contract.data.rows_rejected == 456  # 757 lines name no customer; another line of 301 of them does
    assert (
        "301 rows have no customer of their own. They take “Customer” from the other rows with the same “Invoice”."
    ) in shop.contract.data.notes
    assert len(shop.names) == 4
    assert shop.contract.lifetime.held_out.class_error < 0.2  # the model's own assumptions hold, or nearly
