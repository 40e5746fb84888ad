"""The attacker finds what is there to be found, so that a site is not safe merely because it is not attacked."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.privacy.attack import attack
from tests.privacy.column import Known
from tests.privacy.differencing import difference
from tests.privacy.enumerated import hedges, narrow, residual
from tests.privacy.figures import Confirmed, beyond_chance, confirming, few_beyond, raw_values
from tests.privacy.published import Published, exact, numbers, printed, step
from tests.privacy.system import InfeasibleError, System
from tests.privacy.truth import Truth

LEVELS = ("never", "sometimes", "often")
COUNTS = {1: (3, 40, 37), 2: (4, 30, 16), 3: (25, 20, 15)}
"""Segment → customers of each level."""


def customers() -> pd.DataFrame:
    rows = [
        (segment, float(level + 1))
        for segment, each in COUNTS.items()
        for level, n in enumerate(each)
        for _ in range(n)
    ]
    made = pd.DataFrame(rows, columns=["segment", "habit"])
    return made.assign(id=[f"C{place}" for place in range(len(made))])


def contract(rows: pd.DataFrame, **privacy: object) -> dict[str, Any]:
    """As much of a contract as states a column of levels by segment, exactly."""
    found = {segment: group["habit"].to_numpy() for segment, group in rows.groupby("segment")}
    everybody = rows["habit"].to_numpy()
    feature = {
        "name": "habit", "kind": "numeric", "measure": "ordinal", "two_values": None, "levels": list(LEVELS),
        "transform": "none", "typical": "mean", "missing": 0, "categories": {},
        "mean": ten(everybody.mean()), "standard_deviation": ten(everybody.std()),
    }  # fmt: skip
    segments = [
        {
            "id": segment, "size": len(values), "share": len(values) / len(rows), "value_share": None, "criteria": [],
            "centroid": {}, "categories": [], "silhouettes": [], "rule": None, "borders": [], "lifetime": None,
            "profile": [{
                "feature": "habit", "known": len(values), "mean": ten(values.mean()), "effect": None,
                "difference": None, "contrast": None,
            }],
        }
        for segment, values in found.items()
    ]  # fmt: skip
    return {
        "privacy": {"mode": "public", "min_cell": 10, **privacy},
        "data": {
            "customers": len(rows), "rows_used": len(rows), "transactions": None, "set_apart": 0, "imputed": 0,
            "features": [feature],
        },
        "segments": segments,
        "exploration": {"distributions": [], "correlations": [], "comparisons": [], "map": None},
        "selection": {"measured_on": None, "candidates": [], "flows": []}, "scoring": None, "lifetime": None,
    }  # fmt: skip


def ten(value: float) -> float:
    return float(f"{value:.10g}")


def truth(rows: pd.DataFrame) -> Truth:
    return Truth(rows, np.zeros(len(rows), dtype=bool))


def rounded(content: dict[str, Any], unit: float) -> dict[str, Any]:
    """The same with counts as multiples of five and figures as multiples of a unit."""
    made = copy.deepcopy(content)
    made["privacy"]["rounding_base"] = 5
    for one in made["segments"]:
        one["size"] = 5 * round(one["size"] / 5)
        one["share"] = one["size"] / 190
        for node in one["profile"]:
            node["known"] = one["size"]
            node["mean"], node["rounded_to"] = unit * round(node["mean"] / unit), unit
    (feature,) = made["data"]["features"]
    for name in ("mean", "standard_deviation"):
        feature[name] = unit * round(feature[name] / unit)
    feature["rounded_to"] = unit
    return made


def test_exact_means_and_spread_give_three_levels_back():
    rows = customers()
    everybody = Published(contract(rows), {})
    found = attack(everybody, truth(rows), Known())
    assert found.false == []
    cells = {one.what: (one.least, one.most) for one in found.found}
    assert cells["count", "habit", ("all",), 1.0] == (32, 32)
    assert all(one.right for one in found.found)


def test_a_spread_in_each_segment_gives_its_levels_back():
    rows = customers()
    content = contract(rows)
    for one in content["segments"]:
        values = rows.loc[rows["segment"] == one["id"], "habit"].to_numpy()
        one["profile"][0]["standard_deviation"] = ten(values.std())
    found = attack(Published(content, {}), truth(rows), Known())
    small = {one.what: one.least for one in found.of("small")}
    assert small == {("count", "habit", ("segment", 1), 1.0): 3, ("count", "habit", ("segment", 2), 1.0): 4}


def test_rounded_figures_leave_every_count_open():
    rows = customers()
    found = attack(Published(rounded(contract(rows), 0.1), {}), truth(rows), Known())
    assert found.false == []
    assert found.found == []


def test_rounding_that_is_not_what_is_stated_is_false():
    rows = customers()
    content = rounded(contract(rows), 0.1)
    content["segments"][0]["size"] -= 10
    assert attack(Published(content, {}), truth(rows), Known()).false != []


def test_one_exact_mean_among_rounded_ones_is_used():
    """2.24 is a mean of 50 customers, or of 25 or 75, but of no other number from 46 to 54."""
    rows = customers()
    content = rounded(contract(rows), 0.1)
    node = content["segments"][1]["profile"][0]
    node["mean"], node["rounded_to"] = ten(float(rows.loc[rows["segment"] == 2, "habit"].mean())), None
    found = attack(Published(content, {}), truth(rows), Known())
    assert {one.what: one.least for one in found.of("single")}["known", "habit", ("segment", 2)] == 50


@pytest.mark.parametrize(
    ("shares", "false"),
    [
        ((194 / 416, 112 / 416, 110 / 416), []),
        ((0.45, 0.25, 0.25), []),  # multiples of 0.05, so that each may be as far off
        ((0.45, 0.35, 0.25), ["share of value"]),  # 112 of 416 are 27%
    ],
)
def test_shares_of_value_may_be_off_by_the_step_they_are_multiples_of(shares, false):
    rows = customers()
    content = rounded(contract(rows), 0.1)
    content["data"]["features"][0] |= {"measure": "numeric", "levels": []}
    for one, share in zip(content["segments"], shares, strict=True):
        one["value_share"] = share
    found = attack(Published(content, {}), truth(rows), Known(valued="habit"))
    assert found.false == false


def test_whole_numbers_are_found_where_fractions_are_not_possible():
    system = System()
    for name in "abc":
        system.unknown(name, 0, 10)
    system.equal({"a": 2, "b": 3, "c": 7}, "sum", 19)
    system.equal({"a": 1, "b": 1, "c": 1}, "count", 4)  # in fractions c may be from 1.75 to 2.2
    assert (system.interval("c").least, system.interval("c").most) == (2, 2)
    assert system.interval("b").single


def test_what_contradicts_itself_is_said():
    system = System()
    system.unknown("a", 0, 10)
    system.equal({"a": 2}, "odd", 3)
    with pytest.raises(InfeasibleError):
        system.interval("a")


def test_a_residual_of_the_true_counts_gives_them_back_from_rounded_ones():
    true = (38, 83, 123, 240)
    value = float(residual(*(np.array(float(each)) for each in true)))
    system = System()
    for name, count in zip("abcd", true, strict=True):
        low = count // 5 * 5
        system.unknown(name, low - 4, low + 4)
    narrow(system, tuple("abcd"), residual, float(f"{value:.10g}"), (35, 85, 125, 240))
    assert (tuple(system.lower), tuple(system.upper)) == (true, true)


def test_a_residual_of_the_rounded_counts_tells_nothing():
    value = float(residual(*(np.array(float(each)) for each in (35, 85, 125, 240))))
    system = System()
    for name, low in zip("abcd", (31, 81, 121, 236), strict=True):
        system.unknown(name, low, low + 8)
    narrow(system, tuple("abcd"), residual, float(f"{value:.10g}"), (35, 85, 125, 240))
    assert tuple(system.upper) == (39, 89, 129, 244)


def test_hedges_g_is_that_of_shares():
    """20 of 50 against 30 of 100: pooled spread √((50·.24 + 100·.21) / 148), corrected by 1 − 3/591."""
    found = float(hedges(*(np.array(float(each)) for each in (20, 50, 50, 150))))
    assert found == pytest.approx((1 - 3 / 591) * 0.1 / (33 / 148) ** 0.5)


def test_medians_of_few_that_are_raw_values_are_found():
    incomes = [41_203.17, 38_990.02, 52_777.41, 47_100.89, 39_404.65, 61_234.56, 44_010.3, 45_555.28, 50_101.99]
    rows = pd.DataFrame({"income": incomes, "segment": 1, "id": [str(each) for each in range(9)]})
    feature = {"name": "income", "kind": "numeric", "rounded_to": None}
    profile = {"feature": "income", "q1": 41_203.17, "median": 45_555.28, "q3": 50_101.99}
    content = {
        "privacy": {"mode": "public", "min_cell": 10}, "data": {"features": [feature]},
        "segments": [{"id": 1, "profile": [profile]}], "exploration": {"comparisons": []},
    }  # fmt: skip
    published = Published(content, {"index.html": "Median income $45,555.28 (41,203.17–50,101.99)"})
    found = raw_values(published, truth(rows))
    assert found["income"][0] == [41_203.17, 45_555.28, 50_101.99]
    assert beyond_chance(found) == 3
    assert len(list(few_beyond(published, truth(rows)))) == 3
    feature["rounded_to"] = 1_000.0
    coarse = Published(content, {"index.html": "Median income $46,000 (41,000–50,000)"})
    assert beyond_chance(raw_values(coarse, truth(rows))) == 0


def test_digest_last_day_and_silhouettes_of_few_confirm_guesses():
    content = {"privacy": {"min_cell": 10}, "segments": [{"id": 1, "size": 40, "silhouettes": [0.1, 0.2, 0.3, 0.4]}]}
    published = Published(content, {"data.html": "sha256 ab12; until 2025-03-04"})
    assert len(list(confirming(published, Confirmed("ab12", "2025-03-04")))) == 3
    assert list(confirming(Published(content | {"segments": []}, {"a": ""}), Confirmed("ab12", "2025-03-04"))) == []


def test_two_exact_publications_tell_everything_of_the_customer_between_them():
    rows = customers()
    fewer = rows.drop(index=0).reset_index(drop=True)
    pair = [Published(contract(each), {}) for each in (rows, fewer)]
    found = difference(pair[0], pair[1], truth(rows), "C0", Known())
    assert found.told == ["habit: 1.0", "segment: ('segment', 1)"]
    assert found.singled == ["segments: 1"]


def test_two_rounded_publications_do_not():
    rows = customers()
    fewer = rows.drop(index=0).reset_index(drop=True)
    pair = [Published(rounded(contract(each), 0.1), {}) for each in (rows, fewer)]
    assert difference(pair[0], pair[1], truth(rows), "C0", Known()).told == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$1,234.50 of 12", [1234.5, 12.0]),
        ("[1,2.5,-3e-2]", [1.0, 2.5, -0.03]),
        ("q1 is 34.6%", [34.6]),
        ("v1.10.18 a7", []),
    ],
)
def test_numbers_in_texts(text, found):
    assert [each for each in numbers(text) if each in found] == found


def test_spans_of_figures():
    assert exact(24.0) == (24.0 - 5e-9, 24.0 + 5e-9)
    assert printed(0.312) == pytest.approx((0.3115, 0.3125), abs=1e-6)
    published = Published({"privacy": {"min_cell": 10, "rounding_base": 5}}, {})
    assert published.count(15) == (11, 19)
    assert published.count(0) == (0, 0)
    assert published.count(10) == (10, 14)
    assert published.count(13) == (13, 13)
    assert published.modelled(36_800.0) == (36_700, 36_900)
    assert published.share(15 / 240, 240) == (11, 19)
    assert [step(each) for each in ((0.45, 0.25), (0.6, 0.2, 0.2), (0.46, 0.54), (1 / 3,))] == [0.05, 0.2, 0.02, None]
