"""Every value of the contract says what it is for disclosure control."""

from __future__ import annotations

from typing import Literal

import pytest

from analysis.contract import Contract
from analysis.contract.base import Frozen, Interval
from analysis.contract.kinds import (
    COUNT,
    DATE,
    DIGEST,
    PRIVATE,
    ROWS,
    Count,
    Digest,
    Label,
    Number,
    Private,
    Setting,
    Told,
    Word,
    fields,
)


def names_of(kind):
    return {path.rpartition(".")[2] for path, one in fields(Contract) if one.plain == kind}


def test_the_fields_that_count_customers():
    assert names_of(COUNT) == {
        "border_customers", "by_segment", "categories", "correct", "count", "customers", "imputed", "known",
        "measured_on", "missing", "picked", "purchases", "refunds", "repeaters", "set_apart", "shared", "size",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (ROWS, {"rows", "rows_read", "rows_rejected", "rows_used"}),
        (DATE, {"reference_date", "first_date", "last_date"}),
        (DIGEST, {"data_sha256"}),
        (PRIVATE, {"examples", "points", "constant", "concealed", "most", "public_notes"}),
    ],
)
def test_the_fields_that_tell_of_rows_days_and_single_customers(kind, names):
    assert names_of(kind) == names


def test_every_field_of_the_contract_has_a_kind():
    named = {path for path, _ in fields(Contract)}
    assert {"Segment.size", "Segment.name", "Segment.stability", "Rule.sentence", "Condition.value"} <= named


BARE = [
    int, int | None, tuple[int, ...], dict[str, int], dict[Number, int], Count | int, float, bool, str, str | None,
    Literal["a", "b"], dict[Label, float], dict[str, Count], tuple[Told, str], Interval | float,
    dict[Label, tuple[str]],
]  # fmt: skip


@pytest.mark.parametrize("kind", BARE)
def test_a_value_without_a_kind_is_an_error(kind):
    with pytest.raises(TypeError, match=r"Bare\.few: write a kind of analysis\.contract\.kinds"):
        type("Bare", (Frozen,), {"__annotations__": {"few": kind}, "__module__": __name__})


@pytest.mark.parametrize("kind", [Private[int], Digest, dict[Label, Count] | Private[str]])
def test_what_is_left_out_must_be_able_to_be_null(kind):
    with pytest.raises(TypeError, match=r"Bare\.few: what is left out .* must be able to be null"):
        type("Bare", (Frozen,), {"__annotations__": {"few": kind}, "__module__": __name__})


SAID = [
    Count, Count | None, tuple[Number, ...], dict[Number, Count], Word[Literal["a", "b"]] | None, Setting[float],
    dict[Label, tuple[Told, ...]], Interval, Interval | None, None, tuple[Private[int], ...], Digest | None,
]  # fmt: skip


@pytest.mark.parametrize("kind", SAID)
def test_a_value_with_a_kind_is_none(kind):
    made = type("Said", (Frozen,), {"__annotations__": {"few": kind}, "__module__": __name__})
    assert list(made.model_fields) == ["few"]
