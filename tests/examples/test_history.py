"""The year of exports: what its generator promises, counted by pandas from the files as they are written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from examples.deliveries import deliveries, write

ARRIVED, SPLIT, GONE = 6, 4, 9


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    write(deliveries(), folder)
    return folder


@pytest.fixture(scope="module")
def tables(year) -> dict[int, pd.DataFrame]:
    """The export of each month as it is right, with the true group of each customer."""
    truth = pd.read_csv(year / "truth" / "customers.csv")
    return {
        month: pd.read_csv(year / "exports" / f"month-{month:02}.csv").merge(
            truth[truth["month"] == month], left_on="Customer", right_on="customer", validate="one_to_one"
        )
        for month in range(1, 13)
    }


def sizes(table: pd.DataFrame) -> dict[str, int]:
    return table["group"].value_counts().to_dict()


def test_one_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        write(deliveries(seed, 200), tmp_path / name)
    files = {
        name: {str(file.relative_to(tmp_path / name)): file.read_bytes() for file in (tmp_path / name).rglob("*.csv")}
        for name in ("one", "again", "other")
    }
    assert len(files["one"]) == 12 + 2 + 2
    assert files["one"] == files["again"]
    assert files["one"]["exports/month-12.csv"] != files["other"]["exports/month-12.csv"]


def test_it_begins_with_twelve_hundred_customers_of_five_groups(tables):
    assert sizes(tables[1]) == {
        "Regulars": 384, "Families": 240, "Students": 216, "Lapsed": 180, "Connoisseurs": 180,
    }  # fmt: skip
    assert all(table["Customer"].is_unique for table in tables.values())


def test_one_customer_in_twenty_leaves_and_as_many_join(tables):
    for month in range(2, 13):
        last, now = set(tables[month - 1]["Customer"]), set(tables[month]["Customer"])
        if month != GONE:
            assert len(last - now) == round(0.05 * len(last))
        if month not in {ARRIVED, GONE}:
            assert len(now - last) == len(last - now)
    assert all(len(tables[month]) == 1200 for month in range(1, ARRIVED))


def test_whoever_left_never_returns_and_numbers_are_given_once(tables):
    gone: set[str] = set()
    for month in range(2, 13):
        here = set(tables[month]["Customer"])
        assert not gone & here
        gone |= set(tables[month - 1]["Customer"]) - here


def test_few_customers_change_their_group_in_a_quiet_month(tables):
    for month in set(range(2, 13)) - {SPLIT, GONE}:
        both = tables[month - 1].merge(tables[month], on="Customer")
        assert 0.002 < (both["group_x"] != both["group_y"]).mean() < 0.02


def test_two_in_five_regulars_subscribe_in_month_four(tables):
    assert "Subscribers" not in set(tables[SPLIT - 1]["group"])
    both = tables[SPLIT - 1].merge(tables[SPLIT], on="Customer")
    regulars = both.loc[both["group_x"] == "Regulars", "group_y"].value_counts(normalize=True)
    assert 0.35 < regulars["Subscribers"] < 0.45
    assert regulars["Regulars"] + regulars["Subscribers"] > 0.97
    assert (both.loc[both["group_y"] == "Subscribers", "group_x"] == "Regulars").mean() > 0.97
    middle = tables[SPLIT].groupby("group")[["Orders a year", "Basket value (€)"]].median()
    assert middle.loc["Subscribers", "Orders a year"] > 1.8 * middle.loc["Regulars", "Orders a year"]
    assert middle.loc["Subscribers", "Basket value (€)"] < 0.6 * middle.loc["Regulars", "Basket value (€)"]


def test_offices_arrive_in_month_six_and_nobody_follows_them(tables):
    offices = [sizes(tables[month]).get("Offices", 0) for month in range(1, 13)]
    assert offices[:5] == [0] * 5
    assert offices[5] == 132
    assert offices[6:] == sorted(offices[6:], reverse=True)
    arrived = set(tables[ARRIVED].loc[tables[ARRIVED]["group"] == "Offices", "Customer"])
    assert not arrived & set(tables[ARRIVED - 1]["Customer"])


def test_the_lapsed_vanish_in_month_nine(tables):
    assert all("Lapsed" in set(tables[month]["group"]) for month in range(1, GONE))
    assert all("Lapsed" not in set(tables[month]["group"]) for month in range(GONE, 13))
    lapsed = set(tables[GONE - 1].loc[tables[GONE - 1]["group"] == "Lapsed", "Customer"])
    here = tables[GONE][tables[GONE]["Customer"].isin(lapsed)]
    assert 0.2 < len(here) / len(lapsed) < 0.36
    assert set(here["group"]) >= {"Regulars", "Students"}
    assert here["group"].isin(["Regulars", "Students"]).mean() > 0.9


def test_prices_rise_by_one_percent_a_month_and_by_a_tenth_in_month_eleven(tables):
    for month in range(2, 13):
        both = tables[month - 1].merge(tables[month], on="Customer")
        same = both[both["group_x"] == both["group_y"]]
        rise = (same["Basket value (€)_y"] / same["Basket value (€)_x"]).median()
        assert rise == pytest.approx(1.111 if month == 11 else 1.01, abs=0.012)
    spend = [tables[month].loc[tables[month]["group"] == "Families", "Yearly spend"].median() for month in (1, 10, 12)]
    assert 1.02 < spend[1] / spend[0] < 1.18
    assert 1.08 < spend[2] / spend[1] < 1.18


def test_a_figure_stays_with_its_customer(tables):
    both = tables[1].merge(tables[2], on="Customer")
    families = both[(both["group_x"] == "Families") & (both["group_y"] == "Families")]
    assert families["Basket value (€)_x"].corr(families["Basket value (€)_y"]) > 0.8
    assert (families["Age_x"] == families["Age_y"]).all()
    assert (families["Channel_x"] == families["Channel_y"]).all()


def test_spend_is_orders_times_basket(tables):
    table = tables[5]
    product = table["Orders a year"] * table["Basket value (€)"]
    assert (product - table["Yearly spend"]).abs().max() < 0.006


def test_month_seven_comes_three_times(year, tables):
    assert [one.name for one in deliveries() if one.month == 7] == ["month-07-mangled", "month-07-gaps", "month-07"]
    assert [one.right for one in deliveries() if one.month == 7] == [False, False, True]
    mangled = pd.read_csv(year / "exports" / "month-07-mangled.csv", dtype=str)
    assert list(mangled.columns) == [
        "Customer", "Age", "Orders a year", "Basket value (â‚¬)", "Days since last order", "Yearly spend", "Channel",
    ]  # fmt: skip
    assert mangled["Basket value (â‚¬)"].dropna().str.contains(",").all()
    gaps = pd.read_csv(year / "exports" / "month-07-gaps.csv")
    assert gaps["Customer"].duplicated().sum() == round(0.03 * len(tables[7]))
    once = gaps.drop_duplicates()
    assert once["Basket value (€)"].isna().sum() == round(0.1 * len(tables[7]))
    assert set(once["Customer"]) == set(tables[7]["Customer"])


def test_a_delivery_has_the_date_of_its_months_first_day():
    first, *_, last = deliveries(3, 200)
    assert pd.Timestamp(first.epoch, unit="s") == pd.Timestamp("2026-01-01")
    assert pd.Timestamp(last.epoch, unit="s") == pd.Timestamp("2026-12-01")


def test_the_truth_is_in_no_export(year):
    groups = {"Regulars", "Families", "Students", "Lapsed", "Connoisseurs", "Subscribers", "Offices"}
    for file in (year / "exports").iterdir():
        assert not groups & {cell for line in file.read_text(encoding="utf-8").splitlines() for cell in line.split(",")}
