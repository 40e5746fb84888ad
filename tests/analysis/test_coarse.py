"""On a public site figures are rounded before anything is said of them: to a multiple of a step, next to the truth."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isclose
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import Configuration
from analysis.contract import Contract, FeatureProfile, Segment
from analysis.pipeline import Analysis, analyse
from report.disclosure import published

COLUMNS: dict[str, dict[str, Any]] = {
    "age": {"role": "age"},
    "income": {"role": "income", "format": "money"},
    "gift": {"role": "monetary", "format": "money", "use": "describe"},
    "member": {"role": "feature", "kind": "boolean", "use": "describe"},
    "town": {"role": "category"},
}
Configure = Callable[..., Configuration]


def people(*, donor: bool = False) -> pd.DataFrame:
    """Three groups of 120, 60 and 30 customers, incomes to the cent."""
    draw = np.random.default_rng(11)
    group = np.repeat([0, 1, 2], [120, 60, 30])
    frame = pd.DataFrame(
        {
            "age": (np.array([25, 45, 65])[group] + draw.normal(0, 4, 210)).round(),
            "income": (np.array([30_000, 80_000, 50_000])[group] + draw.normal(0, 4_000, 210)).round(2),
            "gift": draw.lognormal(4, 0.5, 210).round(2),
            "member": np.where(draw.random(210) < np.array([0.3, 0.5, 0.6])[group], "yes", "no"),
            "town": draw.choice(["Ulm", "Bonn"], 210),
        }
    )
    if donor:
        frame.loc[130, "gift"] = 987_654.0
    return frame


def found(configure: Configure, frame: pd.DataFrame, **more: object) -> tuple[Analysis, pd.DataFrame]:
    sections = {"model": {"selection": {"k": 3}, "largest_k": 4}, "privacy": {"mode": "public"}, **more}
    done = analyse(configure(frame, COLUMNS, **sections))
    return done, frame.assign(segment=done.assignments["segment"].to_numpy())


@pytest.fixture
def public(configure: Configure) -> tuple[Contract, pd.DataFrame]:
    done, table = found(configure, people())
    return published(done.contract), table


def told(segment: Segment, feature: str) -> FeatureProfile:
    return next(one for one in segment.profile if one.feature == feature)


def test_every_figure_is_a_multiple_of_its_step_and_within_one_of_the_truth(public: tuple[Contract, pd.DataFrame]):
    contract, table = public
    looked = 0
    for segment in contract.segments:
        own = table[table["segment"] == segment.id]
        for name in ("age", "income", "gift"):
            one = told(segment, name)
            true = {"mean": own[name].mean(), "median": own[name].median(),
                    "q1": own[name].quantile(0.25), "q3": own[name].quantile(0.75)}  # fmt: skip
            for figure, value in true.items():
                step = one.rounded_to if figure == "mean" else one.quantiles_rounded_to
                said = getattr(one, figure)
                if said is None:
                    continue
                looked += 1
                assert abs(said - value) <= step, (segment.id, name, figure)
                if figure == "mean":
                    assert isclose(said / step, round(said / step), abs_tol=1e-6)
    assert looked >= 25


def test_no_customer_moves_a_sum_by_as_much_as_it_is_uncertain(public: tuple[Contract, pd.DataFrame]):
    contract, table = public
    for segment in contract.segments:
        own = table[table["segment"] == segment.id]
        for name in ("age", "income", "gift"):
            assert len(own) * told(segment, name).rounded_to >= float(np.ptp(own[name])) * (1 - 1e-9)


def test_counts_are_multiples_of_five_and_shares_follow_from_them(public: tuple[Contract, pd.DataFrame]):
    contract, table = public
    for segment in contract.segments:
        assert segment.size % 5 == 0
        assert abs(segment.size - int((table["segment"] == segment.id).sum())) < 5
        assert segment.share == pytest.approx(segment.size / 210)
        member = told(segment, "member")
        assert member.mean is None or isclose(member.mean * member.known / 5, round(member.mean * member.known / 5))


def test_words_say_the_rounded_figure(public: tuple[Contract, pd.DataFrame]):
    """`earns 54% more than average` is the ratio of the two published means."""
    contract, _ = public
    features = {one.name: one for one in contract.data.features}
    looked = 0
    for segment in contract.segments:
        for trait in segment.traits:
            match = re.search(r"(\d+)% (more|less) than", trait.phrase)
            if match and trait.feature in {"age", "income"}:
                looked += 1
                own, usual = told(segment, trait.feature).mean, features[trait.feature].mean
                assert abs(abs(own / usual - 1) * 100 - int(match[1])) <= 0.51
    assert looked >= 2


def test_a_segment_of_thirty_has_no_quartiles(public: tuple[Contract, pd.DataFrame]):
    contract, table = public
    small = min(contract.segments, key=lambda one: one.size)
    assert int((table["segment"] == small.id).sum()) == 30
    assert (told(small, "income").q1, told(small, "income").q3) == (None, None)
    assert all(told(one, "income").q1 is not None for one in contract.segments if one is not small)


def test_one_donor_who_makes_nearly_all_of_a_sum_is_withheld_wherever_it_stands(configure: Configure):
    done, table = found(configure, people(donor=True), value={"sum_of": ["gift"]}, budget={"total": 10_000})
    contract = published(done.contract)
    hers = int(table.loc[130, "segment"])
    segment = next(one for one in contract.segments if one.id == hers)
    assert told(segment, "gift").mean is None
    assert next(one for one in contract.data.features if one.name == "gift").mean is None
    assert all(one.value_share is None for one in contract.segments)
    assert [one for one in contract.exploration.comparisons if one.feature == "gift"] == []
    assert all(each.pearson is None for each in contract.exploration.correlations if "gift" in {each.a, each.b})
    written = contract.model_dump_json()
    assert "987" not in re.sub(r"[0-9a-f]{40,}", "", written)
    assert not any("gift" in trait.phrase for one in contract.segments for trait in one.traits)


def test_an_open_site_tells_figures_as_they_are(configure: Configure):
    done, table = found(configure, people(), privacy={"mode": "open"})
    contract = published(done.contract)
    for segment in contract.segments:
        own = table[table["segment"] == segment.id]
        assert segment.size == len(own)
        assert told(segment, "income").mean == pytest.approx(own["income"].mean(), rel=1e-9)
        assert told(segment, "income").rounded_to is None


def test_a_value_of_which_one_customer_has_most_leaves_no_share_that_contradicts_itself(configure: Configure):
    """One of 211 has 60 % of all value: to a step of 1 each segment would have all of it, or none."""
    frame = people()
    frame.loc[130, "gift"] = float(frame["gift"].sum()) * 1.5
    done, _ = found(configure, frame, value={"sum_of": ["gift"]}, budget={"total": 10_000})
    contract = published(done.contract)
    assert [one.value_share for one in contract.segments] == [None] * 3
    assert [one.value_share_interval for one in contract.segments] == [None] * 3


def test_shares_of_value_lie_in_their_intervals_and_are_never_nothing(configure: Configure):
    done, table = found(configure, people(), value={"sum_of": ["gift"]}, budget={"total": 10_000})
    true = table.groupby("segment")["gift"].sum() / table["gift"].sum()
    looked = 0
    for one in published(done.contract).segments:
        assert 0 < one.value_share < 1
        assert abs(one.value_share - true[one.id]) <= 0.05
        if one.value_share_interval is not None:
            looked += 1
            ends = (one.value_share_interval.lower, one.value_share_interval.upper)
            assert ends[0] <= one.value_share <= ends[1]
            assert [isclose(end / 0.005, round(end / 0.005), abs_tol=1e-6) for end in ends] == [True, True]
    assert looked == 3


def test_nothing_is_said_of_a_column_in_which_all_of_a_segment_have_one_value(configure: Configure):
    """All of the youngest pay within 60 days, the others within 14 or 30: no name, trait or rule may say so."""
    frame = people()
    draw = np.random.default_rng(3)
    frame["days"] = np.where(np.arange(210) < 120, 60, draw.choice([14, 30], 210))
    columns = {**COLUMNS, "days": {"role": "feature", "label": "Days"}}
    model = {"selection": {"k": 3}, "largest_k": 4}
    for harmless in (False, True):
        columns["days"] = {**columns["days"], "harmless": harmless}
        done = analyse(configure(frame, columns, model=model, privacy={"mode": "public"}))
        same = [
            one
            for one in done.contract.segments
            if next(each for each in one.profile if each.feature == "days").constant
        ]
        assert same
        told = {one.id: one for one in published(done.contract).segments}
        said = [
            f"{one.name} {one.summary} {told[one.id].rule} {[trait.phrase for trait in told[one.id].traits]}".casefold()
            for one in (told[each.id] for each in same)
        ]
        assert all("days" in each for each in said) is harmless, said


def women(configure: Configure, *, harmless: bool) -> Contract:
    """One of two groups is all women and all insured; of the other half are."""
    draw = np.random.default_rng(3)
    group = np.repeat([0, 1], [80, 90])
    frame = pd.DataFrame(
        {
            "income": (np.array([30_000, 80_000])[group] + draw.normal(0, 3_000, 170)).round(),
            "gender": np.where(group == 0, "Female", draw.choice(["Female", "Male"], 170)),
            "insured": np.where(group == 0, "yes", draw.choice(["yes", "no"], 170)),
        }
    )
    columns = {
        "income": {"role": "income", "format": "money"},
        "gender": {"role": "gender", "use": "cluster", "harmless": harmless},
        "insured": {"role": "feature", "kind": "boolean", "use": "cluster", "harmless": harmless},
    }
    return published(
        analyse(configure(frame, columns, model={"selection": {"k": 2}}, privacy={"mode": "public"})).contract
    )


def test_no_name_and_no_sentence_says_that_all_of_a_segment_are_something(configure: Configure):
    told_of_all = women(configure, harmless=True)
    poor = min(told_of_all.segments, key=lambda one: told(one, "income").mean or 0)
    assert poor.name == "Low income, mostly insured"
    assert "is 100% Female, against" in " ".join(trait.phrase for trait in poor.traits)
    secret = min(women(configure, harmless=False).segments, key=lambda one: told(one, "income").mean or 0)
    said = [secret.name, secret.slug, secret.summary, *(trait.phrase for trait in secret.traits)]
    said += [each.reason for each in (*secret.criteria, *secret.recommendations)]
    own = re.sub("“[^”]*”", "", " ".join(said))  # of the other segment's name it is not the owner
    assert not re.search(r"female|\bmale\b|insured", own, re.IGNORECASE)
