"""Conditions are read as written, judged by the segment's own figures, and refuse a persona that is not true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration import Configuration, Personas, Site
from analysis.configuration.load import RFM_PERSONAS, read_settings
from analysis.configuration.personas import Persona
from analysis.configuration.requirement import requirement
from analysis.errors import ConfigurationError
from analysis.evidence.compared import compared
from analysis.naming.persona import named
from analysis.naming.requirements import grounds
from analysis.pipeline import analyse
from analysis.preparation.features import Features, features
from analysis.profiling.profile import Profile, profiles
from analysis.transactions.quintiles import bought_once, names, scored
from analysis.wording.level import level_at_floor, level_of
from analysis.wording.number_format import NumberFormat


@pytest.mark.parametrize(
    ("text", "own", "overall", "holds"),
    [
        ("frequency.median >= 2", 2, 9, True),
        ("frequency.median >= 2", 1, 0, False),
        ("frequency.median<=1", 1, 5, True),
        ("a.b.mean > -1.5", -1.5, 0, False),
        ("recency.median < overall", 9, 10, True),
        ("recency.median < overall", 10, 10, False),
        ("churn.share > 1.2 * overall", 0.49, 0.27, True),
        ("churn.share > 1.2*overall", 0.30, 0.27, False),
        ("Contract[Month to month].share >= 0.5", 0.5, 0.1, True),
    ],
)
def test_a_condition_holds_or_not(text, own, overall, holds):
    assert requirement(text).holds(own, overall) is holds
    assert str(requirement(f"  {text} ")) == text


def test_parts_of_a_condition():
    found = requirement("Contract [EU].type[Month-to-month].share >= 0.5")
    assert (found.key, found.category, found.statistic) == ("Contract [EU].type", "Month-to-month", "share")


@pytest.mark.parametrize(
    "text",
    ["frequency >= 2", "frequency.mode >= 2", "frequency.median = 2", "frequency.median >= two", ".mean > 1", ""],
)
def test_what_is_no_condition_is_told_with_an_example(text: str, tmp_path: Path):
    file = tmp_path / "personas.yml"
    file.write_text(f"personas:\n  - {{name: P, levels: {{age: high}}, requires: ['{text}']}}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as told:
        read_settings(file, Personas)
    assert str(told.value) == (
        f"{file}: personas.0.requires.0: “{text}” is not a condition; write a role or column, one of mean, median, q1, "
        "q3, share, place, a comparison (>=, <=, > or <) and a number or “overall”, like “frequency.median >= 2” or "
        "“churn.share > 1.2 * overall”."
    )


def test_a_column_that_is_not_there_is_told(mall: Configuration):
    def with_persona(condition: str) -> Configuration:
        entry = {"name": "P", "levels": {"income": "high"}, "requires": [condition]}
        return replace(mall, personas=Personas.model_validate({"personas": [entry]}))

    with pytest.raises(ConfigurationError, match=r"personas: P: requires: “incom” is neither .* Did you mean “income”"):
        analyse(with_persona("incom.mean > 1"))
    with pytest.raises(ConfigurationError, match=r"“Gendr” is no column of categories. Did you mean “Gender”"):
        analyse(with_persona("Gendr[Female].share > 0.5"))


COLUMNS = {
    "visits": {"role": "frequency"},
    "left": {"role": "feature", "kind": "boolean", "use": "describe", "topic": "churn"},
    "Contract": {"role": "category"},
    "Satisfaction": {"role": "feature", "kind": "ordinal", "order": ["bad", "fair", "good"]},
    "balance": {"role": "feature"},
}


@pytest.fixture(scope="module")
def divided() -> tuple[tuple[Profile, ...], Features]:
    """Twelve customers, told apart by their balance: of the first six four left, none of the others did."""
    frame = pd.DataFrame(
        {
            "visits": [1.0, 1, 1, 1, 2, 6, 3, 4, 5, 6, 7, 11],
            "left": [1.0, 1, 1, 1, 0, 0] + [0.0] * 6,
            "Contract": ["monthly"] * 5 + ["yearly"] * 7,
            "Satisfaction": [1.0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3],
            "balance": [0.0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15],
        }
    )
    site = Site.model_validate({"data": {"path": "t.csv"}, "columns": COLUMNS, "privacy": {"mode": "open"}})
    table = features(frame, site)
    labels = (table.values(table.find("balance")) > 7).astype(np.intp)
    return profiles(table, labels, None), table


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("frequency.median <= 1", True),
        ("frequency.mean >= 2", True),
        ("frequency.q3 < 2", True),
        ("visits.median < overall", True),
        ("churn.share >= 0.66", True),
        ("churn.share >= 0.67", False),
        ("churn.share > 2 * overall", False),
        ("churn.share > 1.9 * overall", True),
        ("left.place >= 0.66", True),
        ("satisfaction.place <= 0.25", True),
        ("satisfaction.place < overall", True),
        ("satisfaction.share > 0", False),
        ("Contract[MONTHLY].share > 0.8", True),
        ("Contract[monthly].mean > 0.8", True),
        ("Contract[monthly].median > 0.8", False),
        ("Contract[weekly].share >= 0", False),
        ("monthly_contract.share > 0.8", True),
        ("recency.median >= 0", False),
    ],
)
def test_conditions_go_by_the_segments_own_figures(divided, text, holds):
    segments, table = divided
    assert (grounds([requirement(text)], segments[0], table) is not None) is holds


def test_more_than_others_must_be_more_than_chance(divided):
    segments, table = divided
    rated = compared(segments, table, (table.values(table.find("balance")) > 7).astype(np.intp))
    figure = rated[0].of(table.find("churn"))
    assert figure.adjusted_p >= 0.05  # four of six against none of six: Welch's p of ranks, adjusted
    assert grounds([requirement("churn.share > overall")], rated[0], table) is None
    assert grounds([requirement("churn.share > 0.5")], rated[0], table) is not None


@given(st.floats(-4, 4))
def test_the_least_there_is_is_low_never_average(effect: float):
    expected = "very low" if effect < -1.5 else "low" if effect <= 0.5 else "medium"
    assert level_at_floor(effect) == expected


def test_one_purchase_is_a_low_frequency_however_wide_the_spread(divided):
    """The mean of the first six is 2, half a standard deviation below; four of them came once."""
    segments, table = divided
    first = segments[0].of(table.find("frequency"))
    assert (first.median, first.level) == (1, "low")
    skewed = pd.DataFrame({"visits": [1.0] * 60 + [2.0] * 20 + [40.0] * 20, "x": [0.0] * 80 + [9.0] * 20})
    site = Site.model_validate(
        {"data": {"path": "t.csv"}, "columns": {"visits": {"role": "frequency"}, "x": {"role": "feature"}}}
    )
    table = features(skewed, site)
    own = profiles(table, (table.values(table.find("x")) > 1).astype(np.intp), None)[0].of(table.find("frequency"))
    assert own.mean == 1.25
    assert level_of(own.effect) == "medium"
    assert own.level == "low"


# The personas of RFM


CLAIM_NO_RETURN = {"New Customers", "Promising", "One-Time Buyers", "One Large Order"}


def _shaped(bought: dict[str, list[Any]]) -> tuple[tuple[Profile, ...], Features]:
    frame = pd.DataFrame(bought)
    columns = {name: {"role": name} for name in ("recency", "frequency", "monetary")}
    site = Site.model_validate({"data": {"path": "t.csv"}, "columns": columns})
    table = features(frame, site)
    return profiles(table, (table.values(table.find("frequency")) > 1).astype(np.intp), None), table


@given(
    days=st.lists(st.integers(1, 900), min_size=8, max_size=8),
    times=st.lists(st.integers(2, 30), min_size=4, max_size=4),
    money=st.lists(st.integers(5, 900), min_size=8, max_size=8),
)
def test_nobody_who_bought_once_is_told_to_have_come_back(days, times, money):
    if min(len(set(days)), len(set(money))) < 2:
        return
    once, table = _shaped({"recency": days, "frequency": [1] * 4 + times, "monetary": money})
    personas = read_settings(RFM_PERSONAS, Personas).personas
    match = named(once[:1], personas, table, NumberFormat("en_US", "USD"))[0]
    assert match.persona is None or match.persona.name in CLAIM_NO_RETURN


@pytest.mark.parametrize("persona", read_settings(RFM_PERSONAS, Personas).personas, ids=lambda one: one.name)
def test_what_a_story_claims_is_required(persona: Persona):
    asked = {str(each) for each in persona.requires}
    if persona.name in {"One-Time Buyers", "One Large Order", "New Customers"}:
        assert "bought once" in persona.story
        assert "frequency.median <= 1" in asked
    elif persona.name != "Promising":
        assert asked & {"frequency.median >= 2", "frequency.median >= 3"}
    assert "regularly" not in persona.story
    if "more recently than" in persona.story or "more recent than" in persona.story:
        assert "recency.median < overall" in asked
    if "longer ago than" in persona.story or "longer than" in persona.story:
        assert "recency.median > overall" in asked


# Quintile scores


def test_who_bought_once_scores_lowest_for_frequency_and_value():
    frequency = np.array([1.0] * 97 + [2.0, 3.0, 4.0])
    days = np.arange(100.0)[::-1]
    money = np.arange(100.0)
    found = scored(days, frequency, money)
    assert set(found.frequency[:97].tolist()) == {1}
    assert found.frequency[97:].tolist() == [5, 5, 5]
    given_names = {names()[place] for place in found.segment[:97]}
    assert given_names == {"New Customers", "Promising", "About To Sleep", "Hibernating"}
    assert bought_once(np.array([0.5, 1.0, 2.0])).tolist() == [False, False, False]
