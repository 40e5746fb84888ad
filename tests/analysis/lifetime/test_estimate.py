"""From a file of transactions to the value in force, and what the contract says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.basics.significant import significant
from analysis.configuration import Configuration, Site, without_files
from analysis.contract import Prospect
from analysis.customers.customers import Customers
from analysis.lifetime.estimate import Estimate, estimate
from analysis.lifetime.told import checked, with_prospects
from analysis.preparation.features import features
from analysis.preparation.validate import validate
from analysis.profiling.profile import customer_value
from analysis.reading.table import read_table

START = date(2024, 1, 1)


def bought(customers: int, generator: np.random.Generator, again: float = 0.75) -> pd.DataFrame:
    """Two years of purchases; a share of the customers comes back now and then, in whole days."""
    rows = []
    for number in range(customers):
        day, level = int(generator.integers(0, 300)), generator.gamma(4, 10)
        while day < 730:
            rows.append((f"c{number}", START + timedelta(days=day), round(level * generator.gamma(6, 1 / 6), 2)))
            if generator.random() > again:
                break
            day += 1 + int(generator.exponential(90))
    return pd.DataFrame(rows, columns=["who", "when", "money"])


def described(table: pd.DataFrame, folder: Path, **value: object) -> Configuration:
    file = folder / "table.csv"
    table.to_csv(file, index=False)
    transactions = {"customer": "who", "date": "when", "amount": "money"}
    settings = {"data": {"path": str(file)}, "transactions": transactions, "value": value or None}
    return without_files(Site.model_validate(settings), file)


def estimated(configuration: Configuration) -> tuple[Estimate, Customers]:
    customers = validate(read_table(configuration.origin, configuration.site), configuration.site)
    return estimate(configuration, customers, features(customers.frame, configuration.site)), customers


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return bought(250, np.random.default_rng(12))


@pytest.fixture(scope="module")
def made(table: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> tuple[Estimate, Customers]:
    return estimated(described(table, tmp_path_factory.mktemp("made"), lifetime={"months": 6, "discount_rate": 0.2}))


@pytest.fixture(scope="module")
def found(made: tuple[Estimate, Customers]) -> Estimate:
    return made[0]


def test_expected_value_is_in_force(found: Estimate):
    assert found.lifetime.used
    assert (found.lifetime.months, found.lifetime.discount_rate) == (6, 0.2)
    value = found.configuration.site.value
    assert value.label == "Expected value of the next 6 months"
    assert np.array_equal(customer_value(found.features, value), found.prospects.outlook.value)


def test_value_stands_beside_its_customer(made: tuple[Estimate, Customers]):
    found, customers = made
    repeats = customers.purchases.histories.repeats[found.features.order]
    # Days with a purchase are at most as many as purchases.
    assert np.all(repeats <= found.features.frame["frequency"].to_numpy() - 1)
    assert found.lifetime.repeaters == np.sum(repeats > 0)
    stays = found.features.frame["recency"].to_numpy() < 30
    assert found.features.expected[stays].mean() > 2 * found.features.expected[~stays].mean()


def test_parameters_have_intervals(found: Estimate):
    assert set(found.lifetime.purchases) == {"r", "alpha", "a", "b"}
    assert set(found.lifetime.spending) == {"p", "q", "gamma"}
    for one in (*found.lifetime.purchases.values(), *found.lifetime.spending.values()):
        assert one.interval.lower < one.interval.upper
        assert one.interval.lower <= one.value * 1.2
        assert one.value <= one.interval.upper * 1.2


def test_the_order_of_rows_does_not_matter(table: pd.DataFrame, found: Estimate, tmp_path: Path):
    turned = described(table.sample(frac=1, random_state=1), tmp_path, lifetime={"months": 6, "discount_rate": 0.2})
    again = estimated(turned)[0].lifetime
    assert significant(again.model_dump()) == significant(found.lifetime.model_dump())


class _Segment:
    """As much of a segment as is looked at."""

    lifetime: Prospect

    def model_copy(self, update: dict[str, Prospect]) -> _Segment:
        copy = _Segment()
        copy.lifetime = update["lifetime"]
        return copy


def test_segments_add_up_to_the_whole(found: Estimate):
    labels = (found.features.frame["frequency"].to_numpy() > 2).astype(np.intp)
    few, many = (one.lifetime for one in with_prospects([_Segment(), _Segment()], found.prospects, labels))
    assert few.total + many.total == pytest.approx(found.prospects.outlook.value.sum())
    assert many.total == pytest.approx(many.value * labels.sum())
    for one in (few, many):
        assert one.value_interval.lower < one.value < one.value_interval.upper
        assert one.total_interval.upper == pytest.approx(one.value_interval.upper * one.total / one.value)
        assert 0 <= one.returning <= 1
    repeats = found.prospects.repeats
    assert few.bought_once == pytest.approx(np.mean(repeats[labels == 0] == 0))
    assert few.alive is None  # most of them bought on one day
    assert many.alive == pytest.approx(found.prospects.outlook.alive[(labels == 1) & (repeats > 0)].mean())
    assert few.share_interval.lower == pytest.approx(1 - many.share_interval.upper)


def test_where_a_sample_was_drawn_for_intervals_move_to_all(found: Estimate):
    half = found.prospects.rows[::2]
    sampled = replace(
        found.prospects,
        rows=half,
        futures=replace(
            found.prospects.futures,
            value=found.prospects.futures.value[:, ::2],
            purchases=found.prospects.futures.purchases[:, ::2],
        ),
    )
    labels = np.zeros(len(found.features.expected), dtype=np.intp)
    (one,) = (segment.lifetime for segment in with_prospects([_Segment()], sampled, labels))
    assert one.value == pytest.approx(found.features.expected.mean())
    assert one.value_interval.lower < one.value < one.value_interval.upper


def test_too_few_who_came_back_are_valued_by_the_past(tmp_path: Path):
    found, _ = estimated(described(bought(120, np.random.default_rng(1), again=0.2), tmp_path))
    assert not found.lifetime.used
    assert found.lifetime.reason == "fewer than 50 customers bought again"
    assert found.configuration.site.value.label == "Total spent"
    assert found.features.expected is None
    assert with_prospects((), found.prospects, np.array([], dtype=np.intp)) == ()


def test_expected_value_can_be_done_without(table: pd.DataFrame, tmp_path: Path):
    found, customers = estimated(described(table, tmp_path, lifetime=None))
    assert (found.lifetime, found.prospects) == (None, None)
    assert customers.purchases.past is None
    assert checked(customers.purchases.past) is None


def test_other_tables_are_left_alone(mall: Configuration):
    found, _ = estimated(mall)
    assert found.configuration is mall
    assert found.lifetime is None


def test_the_second_half_is_counted_from_its_first_day(tmp_path: Path):
    """Ten days: the first half ends before day 5; a customer who comes later was not known then."""
    days = {"early": [0, 1, 5, 9], "twice a day": [0, 0, 5, 5], "once": [4], "late": [5, 6]}
    rows = [(who, START + timedelta(days=day), 10.0) for who, each in days.items() for day in each]
    _, customers = estimated(described(pd.DataFrame(rows, columns=["who", "when", "money"]), tmp_path))
    past = customers.purchases.past
    assert (past.days_known, past.days) == (5, 5)
    known = zip(past.histories.repeats, past.histories.last, past.histories.observed, past.since, strict=True)
    assert sorted(known) == [(0, 0, 1, 0), (0, 0, 5, 1), (1, 1, 5, 2)]
    assert checked(past) is None
