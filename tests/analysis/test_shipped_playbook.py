"""Tables like public ones, without a configuration: each segment's first action is its own, and true of it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.configuration import without_files
from analysis.contract import Contract, Segment
from analysis.pipeline import analyse
from analysis.proposal.guess import propose
from tests.analysis import customer_tables as tables

Make = Callable[[], pd.DataFrame]


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Contract]:
    done: dict[tuple[str, int], Contract] = {}

    def of(make: Make, k: int) -> Contract:
        key = (make.__name__, k)
        if key not in done:
            file = tmp_path_factory.mktemp(make.__name__) / "table.csv"
            make().to_csv(file, index=False)
            done[key] = analyse(without_files(propose(file, k=k).site, file)).contract
        return done[key]

    return of


def _mean(segment: Segment, column: str) -> float:
    return next(one.mean for one in segment.profile if one.feature == column)


def _ids(segment: Segment) -> list[str]:
    return [one.id for one in segment.recommendations if not one.filler]


@pytest.mark.parametrize(
    ("make", "k"),
    [(tables.telecoms, 3), (tables.bank, 3), (tables.brand, 4), (tables.likert, 3), (tables.campaigns, 2),
     (tables.donors, 2), (tables.cards, 3)],
    ids=lambda one: getattr(one, "__name__", str(one)),
)  # fmt: skip
def test_every_segment_begins_with_an_action_of_its_own(analysed, make: Make, k: int):
    segments = analysed(make, k).segments
    lists = [tuple(_ids(one)) for one in segments]
    assert all(lists)
    assert len(set(lists)) == len(lists)
    for segment in segments:
        first = segment.recommendations[0]
        assert not first.filler
        assert first.evidence
        passed = {one.name: one.passed for one in segment.criteria}
        assert passed["accessible"]
        assert passed["actionable"]


def test_those_who_leave_get_actions_against_leaving(analysed):
    """Nearly half of one segment has left the telephone company, against a quarter of all customers."""
    segments = sorted(analysed(tables.telecoms, 3).segments, key=lambda one: _mean(one, "Churn"))
    leaving = segments[-1]
    assert _mean(leaving, "Churn") == pytest.approx(0.48, abs=0.03)
    assert leaving.recommendations[0].id == "one-year-offer"
    assert leaving.recommendations[0].evidence[1].category == "Month-to-month"
    assert {"first-ninety-days", "call-before-they-leave", "ask-who-left"} <= set(_ids(leaving))
    for staying in segments[:-1]:
        assert {"say-thanks-for-staying"} <= set(_ids(staying))
        assert not {"one-year-offer", "call-before-they-leave", "first-ninety-days"} & set(_ids(staying))


def test_of_a_bank_those_who_leave_are_called_and_those_with_one_product_offered_a_second(analysed):
    segments = analysed(tables.bank, 3).segments
    leaving = max(segments, key=lambda one: _mean(one, "Exited"))
    assert leaving.recommendations[0].id == "call-before-they-leave"
    for segment in segments:
        products = next(one for one in segment.profile if one.feature == "NumOfProducts")
        if "second-product" in _ids(segment):
            assert products.median == 1
    assert any("second-product" in _ids(one) for one in segments)


def test_who_loves_a_brand_and_who_hates_it_get_different_lists(analysed):
    segments = sorted(analysed(tables.brand, 4).segments, key=lambda one: _mean(one, "Like"))
    hating, loving = segments[0], segments[-1]
    assert loving.recommendations[0].id == "let-them-speak"
    assert hating.recommendations[0].id == "no-brand-ads"
    assert "mend-what-puts-them-off" in _ids(hating)
    assert not set(_ids(hating)) & set(_ids(loving))


def test_a_young_audience_is_addressed_only_where_most_are_young(analysed):
    for make, k in ((tables.telecoms, 3), (tables.bank, 3), (tables.donors, 2), (tables.likert, 3)):
        for segment in analysed(make, k).segments:
            age = next((one for one in segment.profile if one.feature.casefold() == "age"), None)
            if "young-channels" in _ids(segment):
                assert age.median <= 35
            if "time-and-advice" in _ids(segment):
                assert age.median >= 50


def test_who_gave_once_is_asked_for_a_second_gift(analysed):
    once, often = sorted(analysed(tables.donors, 2).segments, key=lambda one: _mean(one, "number_of_gifts"))
    assert once.recommendations[0].id == "second-gift"
    assert often.recommendations[0].id == "thank-regular-givers"


def test_of_goods_each_segment_is_told_the_kind_it_buys_more_of(analysed):
    """A wholesaler's customers: restaurants take fresh and frozen goods, shops take groceries and detergents."""
    for segment in analysed(tables.wholesale, 2).segments:
        first = segment.recommendations[0]
        (column,) = (each.feature for each in first.evidence)
        assert first.id == "lead-with-the-favourite"
        own = {one.feature: one.effect for one in segment.profile}
        assert own[column] == max(own.values())
        assert column in ({"Fresh", "Frozen"} if own["Fresh"] > 0 else {"Grocery", "Detergents_Paper", "Milk"})


def test_card_holders_are_advised_by_how_they_use_the_card(analysed):
    firsts = {
        max(segment.profile, key=lambda one: one.effect).feature: segment.recommendations[0].id
        for segment in analysed(tables.cards, 3).segments
    }
    assert firsts["CASH_ADVANCE"] == "cheaper-than-cash"
    assert firsts["PURCHASES_FREQUENCY"] == "rewards-for-paying-in-full"
    assert "first-use-this-month" in firsts.values()


@pytest.mark.parametrize(("days", "offered"), [((3, 8), []), ((60, 200), ["win-back"])])
def test_nobody_is_won_back_after_a_week(tmp_path, days: tuple[int, int], offered: list[str]):
    """Of customers who all ordered this week some did so longer ago than others; none of them has left."""
    rows = [{"Orders": 2 + n % 5, "DaySinceLastOrder": days[n % 2] + n % 3} for n in range(120)]
    file = tmp_path / "table.csv"
    pd.DataFrame(rows).to_csv(file, index=False)
    contract = analyse(without_files(propose(file, k=2).site, file)).contract
    longest = max(contract.segments, key=lambda one: _mean(one, "DaySinceLastOrder"))
    assert [one for one in _ids(longest) if one == "win-back"] == offered
