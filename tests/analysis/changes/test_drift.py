"""How far columns have moved: what is found, what is left to chance, and what a public site may be told."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from analysis.changes.drift import band
from analysis.contract import Changes, Contract
from report.disclosure import published
from tests.analysis.changes.builds import build, changed, customers


def drifts(found: Changes) -> dict[str, str]:
    return {one.feature: one.drift for one in found.drift}


@pytest.mark.parametrize("public", [False, True])
def test_the_same_customers_have_not_drifted(public: bool):  # noqa: FBT001 (a case)
    one = build(customers(), public=public)
    found = changed(one, one)
    assert drifts(found) == dict.fromkeys(["Income", "Visits", "Channel", "Member"], "stable")
    assert max(one.index or 0 for one in found.drift) <= 0.05


def test_an_index_is_that_of_the_last_bars_and_the_test_that_of_scipy():
    """Channels of 200, 120 and 80 customers become 120, 120 and 160: (.3 − .5) ln .6 + (.4 − .2) ln 2 = .2408."""
    names = ["web", "shop", "post"]
    was = build(customers(Channel=np.repeat(names, [200, 120, 80])))
    now = build(customers(Channel=np.repeat(names, [120, 120, 160])), number=2)
    one = next(each for each in changed(was, now).drift if each.feature == "Channel")
    assert one.index == 0.24
    p = chi2_contingency(np.array([[200, 120, 80], [120, 120, 160]]), correction=False).pvalue
    assert one.adjusted_p == pytest.approx(4 * p, rel=1e-9)  # the smallest of four
    assert one.drift == "moderate"


def test_the_outermost_bars_hold_everybody_beyond():
    was = build(customers())
    now = build(customers(Visits=np.full(400, 12.0) + np.repeat([0, 500.0], 200)), number=2)
    assert drifts(changed(was, now))["Visits"] == "strong"


def test_yes_and_no_are_compared_by_their_shares():
    was = build(customers(Member=np.repeat([0.0, 1.0], [240, 160])))
    now = build(customers(Member=np.repeat([0.0, 1.0], [120, 280])), number=2)
    one = next(each for each in changed(was, now).drift if each.feature == "Member")
    # .3 ln (.7 / .4) + −.3 ln (.3 / .6) = .1679 + .2079
    assert (one.index, one.drift) == (0.38, "strong")


def test_a_category_never_seen_is_a_bar_of_its_own():
    was = build(customers(Channel=np.repeat(["web", "shop"], [200, 200])))
    now = build(customers(Channel=np.repeat(["web", "shop", "app"], [180, 180, 40])), number=2)
    one = next(each for each in changed(was, now).drift if each.feature == "Channel")
    # Of 400.5 and 400: 2 × (.45 − .499376) ln (.45 / .499376) + (.1 − .001248) ln (.1 / .001248)
    assert one.index == round(2 * (0.45 - 0.499376) * np.log(0.45 / 0.499376) + (0.1 - 0.001248) * np.log(80.1), 2)


def test_where_the_last_build_published_nothing_it_is_not_known():
    was, now = build(customers()), build(customers(seed=2), number=2)
    before = was.contract.model_copy(
        update={
            "schema_version": "1.1",
            "edition": None,
            "exploration": was.contract.exploration.model_copy(update={"distributions": ()}),
            "data": was.contract.data.model_copy(
                update={
                    "features": tuple(
                        one.model_copy(update={"categories": {}, "mean": None}) for one in was.contract.data.features
                    )
                }
            ),
        }
    )
    assert drifts(changed(before, now)) == dict.fromkeys(["Income", "Visits", "Channel", "Member"], "unknown")
    assert changed(before, now).notices == ()


def test_of_sixty_customers_chance_is_no_drift_and_of_many_a_trifle_is_none():
    assert band(0.3, 0.2) == "stable"
    assert band(0.004, 1e-30) == "stable"
    assert [band(index, 0.009) for index in (0.09, 0.1, 0.24, 0.25)] == ["stable", "moderate", "moderate", "strong"]
    assert band(0.25, 0.01) == "stable"


def test_slow_drift_is_told_against_the_oldest_build():
    """Channels of 200, 120 and 80 customers become 160, 120, 120 and at last 120, 120, 160.

    Since the last build: −.1 ln .75 + .1 ln (4 / 3) = .0575; since the oldest −.2 ln .6 + .2 ln 2 = .2408.
    """
    first, second, third = (
        build(customers(Channel=np.repeat(["web", "shop", "post"], sizes)), number=number)
        for number, sizes in enumerate(([200, 120, 80], [160, 120, 120], [120, 120, 160]), start=1)
    )
    found = changed(second, third, oldest=published(first.contract))
    channel = {one.feature: (one.index, one.drift) for one in found.drift}["Channel"]
    slow = {one.feature: (one.index, one.drift) for one in found.drift_since_oldest}
    assert channel == (0.06, "stable")
    assert (found.oldest, slow["Channel"]) == (1, (0.24, "moderate"))
    assert [slow[name] for name in ("Income", "Visits", "Member")] == [(0.0, "stable")] * 3
    assert {one.before for one in found.drift_since_oldest} == {None}
    alone = changed(first, second)
    told = published(second.contract.model_copy(update={"changes": alone}))
    again = changed(told, third, oldest=published(first.contract)).drift_since_oldest
    assert {one.feature: one.before for one in again} == dict.fromkeys(slow, "stable")
    assert (alone.oldest, alone.drift_since_oldest) == (None, ())


@pytest.mark.parametrize(("size", "public"), [(60, False), (60, True), (400, True), (20_000, True)])
def test_it_does_not_cry_wolf(size: int, public: bool):  # noqa: FBT001 (a case)
    """Two tables drawn alike, forty times: four columns each, and hardly one in a hundred is said to have drifted."""
    alarms = 0
    for seed in range(40 if size < 20_000 else 4):
        was = build(customers(size, seed), public=public)
        now = build(customers(size, seed + 1000), number=2, public=public)
        alarms += sum(one not in {"stable", "unknown"} for one in drifts(changed(was, now)).values())
    assert alarms <= 2


def test_in_public_mode_an_index_is_told_in_steps_and_no_bar_counts_few():
    names = ["web", "shop", "post"]
    was = build(customers(Channel=np.repeat(names, [200, 120, 80])), public=True)
    now = build(customers(Channel=np.repeat([*names, "fax"], [120, 120, 151, 9])), number=2, public=True)
    with_fax, without = (
        next(each for each in changed(was, one).drift if each.feature == "Channel")
        for one in (now, build(customers(Channel=np.repeat(names, [120, 120, 160])), number=2, public=True))
    )
    assert with_fax.index in {0.2, 0.25, 0.3}
    assert with_fax.index == without.index  # the nine are counted with the rarest of the others


def test_the_published_index_is_a_multiple_of_a_twentieth(mall_contract: Contract):
    assert mall_contract.changes is None
    for seed in range(5):
        was = build(customers(200, seed), public=True)
        now = build(customers(200, seed + 50, Channel=np.repeat(["web", "shop"], 100)), number=2, public=True)
        assert all(one.index is None or (20 * one.index) % 1 == pytest.approx(0) for one in changed(was, now).drift)
