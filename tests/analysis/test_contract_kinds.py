"""Every whole number of the contract says whether it counts customers."""

from __future__ import annotations

import pytest

from analysis.contract import Contract
from analysis.contract.base import Frozen
from analysis.contract.kinds import COUNT, ROWS, Count, Number, fields_of


def test_the_fields_that_count_customers():
    assert fields_of(Contract, COUNT) == {
        "border_customers", "by_segment", "categories", "correct", "count", "customers", "imputed", "known",
        "measured_on", "missing", "picked", "refunds", "repeaters", "set_apart", "size",
    }  # fmt: skip


def test_the_fields_that_count_rows():
    assert fields_of(Contract, ROWS) == {"rows", "rows_read", "rows_rejected", "rows_used"}


@pytest.mark.parametrize("kind", [int, int | None, tuple[int, ...], dict[str, int], dict[Number, int], Count | int])
def test_a_whole_number_without_a_kind_is_an_error(kind):
    with pytest.raises(TypeError, match=r"Bare\.few: write Count, Rows or Number"):
        type("Bare", (Frozen,), {"__annotations__": {"few": kind}, "__module__": __name__})


@pytest.mark.parametrize("kind", [Count, Count | None, tuple[Number, ...], dict[Number, Count], float, bool, str])
def test_a_number_with_a_kind_is_none(kind):
    made = type("Said", (Frozen,), {"__annotations__": {"few": kind}, "__module__": __name__})
    assert list(made.model_fields) == ["few"]
