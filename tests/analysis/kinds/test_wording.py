"""How levels, answers and dates read in traits, names, rules and differences."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis.cells.kinds.wording import bounded, dated, named, nearest, standing
from analysis.configuration import Site, without_files
from analysis.contract import Condition, Contract, Feature, FeatureProfile
from analysis.pipeline import analyse
from analysis.wording.number_format import NumberFormat

LEVELS = ("never", "now and then", "weekly")
COMMON = {"slug": "x", "label": "X", "role": "feature", "kind": "numeric", "used_for": "clustering"}
CARD = Feature(name="card", measure="boolean", format="percent", compare="difference", **COMMON)
OFTEN = Feature(name="often", measure="ordinal", levels=LEVELS, unit="of 3", decimals=1, compare="difference", **COMMON)
SINCE = Feature(name="since", measure="date", unit="years", decimals=1, compare="difference", **COMMON)
AMOUNT = Feature(name="amount", **COMMON)


def profile(mean: float, difference: float) -> FeatureProfile:
    return FeatureProfile(
        feature="x", mean=mean, median=0, q1=0, q3=1, level="high", effect=1, difference=difference, ratio=None
    )


@pytest.mark.parametrize(
    ("feature", "mean", "difference", "words"),
    [
        (CARD, 0.62, 0.28, "newsletter: 62% yes, against 34% of all customers"),
        (CARD, 0.04, -0.3, "newsletter: only 4% yes, against 34% of all customers"),
        (CARD, 0.0, -0.3, "newsletter: nobody with yes, against 30% of all customers"),
        (OFTEN, 2.8, 1.0, "is at 2.8\u00a0of 3 (weekly) in newsletter, against 1.8 of all customers"),
        (SINCE, 2.8, 1.0, None),
        (AMOUNT, 2.8, 1.0, None),
    ],
)
def test_where_a_segment_stands(
    formats: NumberFormat, feature: Feature, mean: float, difference: float, words: str
) -> None:
    assert standing(feature, "newsletter", profile(mean, difference), formats) == words


@pytest.mark.parametrize(
    ("feature", "difference", "words"),
    [(CARD, -0.28, "28\u00a0points"), (OFTEN, 1.0, "1.0\u00a0levels"), (SINCE, 1.5, "1.5\u00a0years")],
)
def test_how_far_it_is_from_everybody(formats: NumberFormat, feature: Feature, difference: float, words: str) -> None:
    assert formats.difference(feature, difference, 0.5) == words


@pytest.mark.parametrize(("mean", "level"), [(1.0, "never"), (1.6, "now and then"), (3.0, "weekly"), (0.2, "never")])
def test_a_mean_is_near_a_level(mean: float, level: str) -> None:
    assert nearest(OFTEN, mean) == level


def test_names() -> None:
    assert named(CARD, "card", "high", 0.9) == ("yes to", "card")
    assert named(CARD, "card", "high", 0.6) == ("mostly yes to", "card")
    assert named(CARD, "card", "high", 0.4) == ("more often yes to", "card")
    assert named(CARD, "card", "low", 0.1) == ("no to", "card")
    assert named(CARD, "card", "low", 0.4) == ("mostly no to", "card")
    assert named(SINCE, "first order", "very low", 0.1) == ("very recent", "first order")
    assert named(AMOUNT, "amount", "high", 9) is None


def test_a_low_share_that_is_still_most_customers_is_no_seldom_one() -> None:
    assert named(CARD, "card", "low", 0.6) == ("less often yes to", "card")
    assert named(CARD, "churn", "low", 0.3) == ("less often", "churn")


def test_what_customers_have_done_is_told_as_such() -> None:
    assert named(CARD, "churn", "high", 0.49) == ("more often", "churn")
    assert named(CARD, "accepted campaign 3", "high", 0.6) == ("mostly", "accepted campaign 3")
    assert named(CARD, "left", "low", 0.05) == ("seldom", "left")


def test_rules() -> None:
    above, below = (Condition(feature="x", operator=side, value=1.0) for side in ("above", "at most"))
    assert bounded(OFTEN, "visits", [above]) == "visits at least 2 (now and then)"
    assert bounded(OFTEN, "visits", [below]) == "visits at most 1 (never)"
    assert bounded(CARD, "card", [Condition(feature="x", operator="above", value=0.0)]) == "card is yes"
    assert bounded(CARD, "card", [Condition(feature="x", operator="at most", value=0.0)]) == "card is no"
    assert bounded(AMOUNT, "amount", [above]) is None


def test_a_rule_on_days_tells_how_long_ago() -> None:
    assert dated("first order", [("at most", "2.2 years")]) == "first order at most 2.2 years ago"
    assert dated("first order", [("above", "2.2 years")]) == "first order more than 2.2 years ago"
    assert dated("first order", [("at most", "9 years"), ("above", "2.2 years")]) == (
        "first order more than 2.2 years but at most 9 years ago"
    )


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    generator, folder = np.random.default_rng(3), tmp_path_factory.mktemp("wording")
    group = np.repeat([0, 1, 2], 60)
    since = [
        date(2026, 1, 31) - timedelta(days=int(days))
        for days in generator.normal([900, 1500, 3600], 300, (60, 3)).T.flat
    ]
    frame = pd.DataFrame(
        {
            "Born": [
                date(2026 - age, 1, 31).strftime("%d.%m.%Y")
                for age in (np.array([25, 45, 65])[group] + generator.integers(-4, 5, 180))
            ],
            "Income": (np.array([30_000, 80_000, 50_000])[group] + generator.normal(0, 4000, 180)).round(),
            "Buys": np.array(["weekly", "never", "now and then"])[group],
            "Card": np.where(generator.random(180) < np.array([0.1, 0.9, 0.5])[group], "ja", "nein"),
            "Since": [each.isoformat() for each in since],
        }
    )
    frame.to_csv(folder / "t.csv", index=False)
    columns = {
        "Born": {"role": "age", "kind": "date"},
        "Income": {"role": "income", "format": "money", "label": "Annual income"},
        "Buys": {"role": "feature", "kind": "ordinal", "order": list(LEVELS)},
        "Card": {"role": "feature", "kind": "boolean", "label": "Loyalty card"},
        "Since": {"role": "date", "label": "Customer since"},
    }
    data = {"path": str(folder / "t.csv"), "reference_date": "2026-01-31"}
    site = Site.model_validate({"data": data, "columns": columns, "privacy": {"mode": "open"}})
    return analyse(without_files(site, folder / "t.csv")).contract


def test_a_table_of_all_kinds_reads_well(contract: Contract) -> None:
    summaries = [segment.summary for segment in contract.segments]
    phrases = {trait.phrase for segment in contract.segments for trait in segment.traits}
    assert all(re.match("About [0-9]{2}\u00a0years old, \\$[0-9]{2}K a year", summary) for summary in summaries)
    assert any(phrase.startswith("is at 3.0\u00a0of 3 (weekly) in buys") for phrase in phrases)
    assert any(phrase.startswith("loyalty card: ") and "% yes, against" in phrase for phrase in phrases)
    assert any(
        re.fullmatch(r"has been a customer [0-9.]+\u00a0years longer than average", phrase) for phrase in phrases
    )


def test_the_contract_says_what_the_cells_are(contract: Contract) -> None:
    measures = {feature.name: feature.measure for feature in contract.data.features}
    assert measures == {"Born": "date", "Income": "numeric", "Buys": "ordinal", "Card": "boolean", "Since": "date"}
    assert contract.data.reference_date == "2026-01-31"
    assert {feature.transform for feature in contract.data.features if feature.measure != "numeric"} == {"standardised"}
