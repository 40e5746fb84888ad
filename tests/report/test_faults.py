"""The last look at a published document: each rule finds its fault, in these words and at this place, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.contract.kinds import CHANCE, COUNT, DATE, DIGEST, MEAN, PRIVATE, ROWS, SHARE, Kind
from report.disclosure.faults import _fault, _is_multiple, faults
from report.disclosure.walk import Place

PRIVACY = {"mode": "public", "min_cell": 10, "rounding_base": 5}
NO_MULTIPLE = "is no multiple of the step to which it is said to be rounded."


def found(**parts: Any) -> list[str]:  # noqa: ANN401 (any part of a document)
    return list(faults({"privacy": PRIVACY, **parts}))


@pytest.mark.parametrize("size", [0, 10, 15, 1000])
def test_a_rounded_count_is_no_fault(size: int) -> None:
    assert found(segments=[{"size": size}]) == []


def test_a_small_count_is_told_before_a_crooked_one() -> None:
    assert found(segments=[{"size": 20}, {"size": 9}, {"size": 12}, {"size": 5}]) == [
        "segments[1].size counts 9 customers; privacy.min_cell is 10.",
        "segments[2].size counts 12, no multiple of privacy.rounding_base.",
        "segments[3].size counts 5 customers; privacy.min_cell is 10.",
    ]


def test_rows_may_be_few_but_not_exact() -> None:
    assert found(data={"rows_read": 205, "rows_rejected": 5}) == []
    assert found(data={"rows_read": 203, "rows_rejected": 3}) == [
        "data.rows_read counts 203, no multiple of privacy.rounding_base.",
        "data.rows_rejected counts 3, no multiple of privacy.rounding_base.",
    ]


@pytest.mark.parametrize("privacy", [{}, {"min_cell": None, "rounding_base": None}])
def test_a_document_that_states_no_rounding_has_only_crooked_counts(privacy: dict[str, None]) -> None:
    crooked = ["segments[0].size counts 15, no multiple of privacy.rounding_base."]
    assert list(faults({"privacy": privacy, "segments": [{"size": 15}]})) == crooked
    assert list(faults({"segments": [{"size": 15}]})) == crooked


def test_what_the_contract_does_not_know_has_no_kind() -> None:
    assert found(unheard_of=5) == ["unheard_of has no kind that disclosure control knows."]


def test_private_parts_and_digests_are_forbidden() -> None:
    assert found(provenance={"data_sha256": "0"}, data={"rejections": [{"rows": 5, "examples": [3, 5]}]}) == [
        "provenance.data_sha256 is private, which privacy.mode: public forbids.",
        "data.rejections[0].examples is private, which privacy.mode: public forbids.",
    ]


def test_a_day_is_told_where_the_configuration_states_it() -> None:
    day = "data.reference_date is a day; only its month may be published."
    assert found(data={"reference_date": "2011-12-09"}) == [day]
    assert found(data={"reference_date": "2011-12-09", "reference_stated": False}) == [day]
    assert found(data={"reference_date": "2011-12-09", "reference_stated": True}) == []
    assert found(data={"reference_date": "2011-12"}) == []


def test_a_p_value_is_one_of_four() -> None:
    told = [{"adjusted_p": one} for one in (0.001, 0.01, 0.05, 1.0, 0.02)]
    assert found(segments=[{"categories": told}]) == ["segments[0].categories[4].adjusted_p is an exact p-value."]


@pytest.mark.parametrize("step", ["rounded_to", "deviation_rounded_to"])
def test_a_figure_is_held_against_the_step_beside_it(step: str) -> None:
    def fault(value: float, holder: dict[str, float | None]) -> str | None:
        return _fault(MEAN.already_rounded(step), value, Place("part.mean", "Part.mean", holder), 10, 5)

    assert fault(0.75, {step: 0.5}) == NO_MULTIPLE
    assert fault(1.5, {step: 0.5}) is None
    assert fault(1.5, {step: 1.0}) == NO_MULTIPLE
    assert fault(0.75, {step: 0.0}) is None
    assert fault(0.75, {step: None}) is None
    assert fault(0.75, {}) is None


def test_figures_without_a_step_of_their_own_are_held_against_none() -> None:
    place = Place("part.median", "Part.median", {"rounded_to": 0.5})
    assert _fault(MEAN.already_rounded(), 0.75, place, 10, 5) is None


SOMEWHERE = Place("x", "X.x", {})


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (None, "a", "has no kind that disclosure control knows."),
        (Kind("new", "of which no rule is known"), "a", "has no kind that disclosure control knows."),
        (PRIVATE, 0, "is private, which privacy.mode: public forbids."),
        (DIGEST, "0", "is private, which privacy.mode: public forbids."),
        (COUNT, 1, "counts 1 customers; privacy.min_cell is 10."),
        (COUNT, 10, None),
        (COUNT, 11, "counts 11, no multiple of privacy.rounding_base."),
        (ROWS, 1, "counts 1, no multiple of privacy.rounding_base."),
        (ROWS, 5, None),
        (SHARE, 0.5, "is a figure that no rule has made safe."),
        (MEAN, 7, "is a figure that no rule has made safe."),
        (DATE, "2011-12-09", "is a day; only its month may be published."),
        (DATE, "2011-12", None),
        (CHANCE, 0.049, "is an exact p-value."),
        (CHANCE, 0.05, None),
        (MEAN.already_rounded(), 7, None),
        (SHARE.already_rounded(), 0.5, None),
    ],
)
def test_why_a_value_may_not_stand_where_it_does(kind: Kind | None, value: Any, why: str | None) -> None:  # noqa: ANN401
    assert _fault(kind, value, SOMEWHERE, 10, 5) == why


@pytest.mark.parametrize(
    ("value", "step", "multiple"),
    [
        (0.0, 0.5, True),
        (1.5, 0.5, True),
        (-1.5, 0.5, True),
        (0.25, 0.5, False),
        (0.30000000000000004, 0.1, True),
        (0.000001, 1.0, True),  # a millionth of a step
        (0.0000015, 1.0, False),
        (-0.0000015, 1.0, False),
        (2000.001, 1.0, True),  # a millionth of two thousand steps is two thousandths of one
        (-2000.001, 1.0, True),
        (2000.003, 1.0, False),
        (1999.999, 1.0, True),
    ],
)
def test_a_multiple_may_stray_by_a_millionth(value: float, step: float, multiple: bool) -> None:  # noqa: FBT001
    assert _is_multiple(value, step) is multiple
