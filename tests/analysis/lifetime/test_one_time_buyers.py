"""Most bought once, more than 450 days ago: they are one-time buyers, and nobody says that they are still active."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Site, without_files
from analysis.contract import Contract, Segment
from analysis.pipeline import analyse

START = date(2023, 1, 1)


def purchases(customers: int = 500, seed: int = 5) -> pd.DataFrame:
    """Of 72 % one purchase within the first 60 days, of the others two to eight within 540."""
    draw, rows = np.random.default_rng(seed), []
    for number in range(customers):
        once = draw.random() < 0.72
        days = [draw.integers(0, 60)] if once else np.sort(draw.integers(0, 540, draw.integers(2, 9)))
        rows += [(f"K{number}", START + timedelta(days=int(day)), round(draw.gamma(4, 12), 2)) for day in days]
    return pd.DataFrame(rows, columns=["customer", "date", "amount"])


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    file = tmp_path_factory.mktemp("once") / "purchases.csv"
    purchases().to_csv(file, index=False)
    settings = {
        "data": {"path": str(file)},
        "transactions": {"customer": "customer", "date": "date", "amount": "amount"},
        "value": {"lifetime": {}},
        "model": {"selection": {"k": 2}, "resamples": 100},
    }
    return analyse(without_files(Site.model_validate(settings), file)).contract


@pytest.fixture(scope="module")
def once(contract: Contract) -> Segment:
    (found,) = (one for one in contract.segments if one.size > 250)
    return found


def test_they_are_called_so(once: Segment):
    assert once.name == "One-Time Buyers"
    assert once.persona.mismatches == ()
    assert "regular" not in once.persona.story


def test_a_frequency_of_one_is_low(once: Segment):
    (frequency,) = (one for one in once.profile if one.feature == "frequency")
    assert frequency.median == 1
    assert frequency.level == "low"


def test_one_comparison_stands_in_every_reason(once: Segment):
    """The same figures everywhere: never “close to average” of half the average."""
    (frequency,) = (one for one in once.profile if one.feature == "frequency")
    assert frequency.ratio is None  # of counts of one or two a percentage tells nothing
    below = f"purchases {frequency.typical:.1f}, against an average of {frequency.typical - frequency.difference:.1f}"
    reasons = [one.reason for one in once.recommendations if any(e.feature == "frequency" for e in one.evidence)]
    assert reasons
    assert all(below in reason for reason in reasons)
    assert not any("close to average" in one.reason or "medium level" in one.reason for one in once.recommendations)


def test_the_first_action_is_for_the_second_purchase(once: Segment):
    assert [one.id for one in once.recommendations[:2]] == ["second-purchase-offer", "what-they-bought-needs"]
    assert not {"win-back-series", "points-run-out", "ask-what-was-missing"} & {one.id for one in once.recommendations}


def test_nobody_is_told_to_be_active_who_bought_once(contract: Contract, once: Segment):
    assert once.lifetime.alive is None
    assert once.lifetime.bought_once > 0.9
    (others,) = (one for one in contract.segments if one.size <= 250)
    assert 0 < others.lifetime.alive <= 1
    assert others.lifetime.bought_once < 0.1
