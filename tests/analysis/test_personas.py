"""Traits in words, personas matched, and names for segments that no persona fits."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration.column import Column
from analysis.configuration.personas import Persona
from analysis.contract import Feature, FeatureProfile, Trait
from analysis.language.words import in_sentence
from analysis.naming.naming import descriptive
from analysis.naming.persona import named
from analysis.naming.traits import CHANCE, ORDINARY, phrase, summary, traits
from analysis.preparation.design import Design
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.wording.level import level_of
from analysis.wording.number_format import NumberFormat

ROLES = {"Age": "age", "Income": "income", "Score": "spending"}


def _feature(name: str, role: str, **more: object) -> Feature:
    settings = {"slug": name.lower(), "label": name, "kind": "numeric", "used_for": "clustering", "mean": 50.0}
    return Feature(name=name, role=role, **{**settings, "standard_deviation": 20.0, **more})


def _features(*described: Feature) -> Features:
    empty = np.zeros((0, len(described)))
    return Features(
        frame=None,  # type: ignore[arg-type]
        order=empty,
        described=described,
        matrix=empty,
        transformed=empty,
        kept=np.ones(0, dtype=np.bool_),
        design=Design(()),
    )


TABLE = _features(
    _feature("Age", "age", unit="years", compare="difference"),
    _feature("Income", "income", format="money", scale=1000, label="Annual income"),
    _feature("Score", "spending", label="Spending score", unit="of 100", format="integer"),
)


def _figure(name: str, effect: float, mean: float = 50.0, spread: float = 20.0) -> FeatureProfile:
    own = mean + spread * effect
    ratio = own / mean - 1 if mean > 0 else None
    return FeatureProfile(
        feature=name, mean=own, median=own, q1=own, q3=own, level=level_of(effect), effect=effect,
        difference=own - mean, ratio=ratio,
    )  # fmt: skip


def _profile(identity: int = 1, **effects: float) -> Profile:
    return Profile(
        id=identity, size=40, share=0.2, value_share=None, categories=(), neighbour=None,
        figures=tuple(_figure(name, effect) for name, effect in effects.items()),
    )  # fmt: skip


def _of(age: float = 0, income: float = 0, score: float = 0) -> Profile:
    return _profile(Age=age, Income=income, Score=score)


COLUMNS = {name: Column.model_validate({"role": role}) for name, role in ROLES.items()}


@pytest.mark.parametrize(
    ("effect", "level"),
    [(-1.51, "very low"), (-1.5, "low"), (-0.51, "low"), (-0.5, "medium"), (0.5, "medium"), (0.51, "high"),
     (1.5, "high"), (1.51, "very high")],
)  # fmt: skip
def test_levels(effect: float, level: str):
    assert level_of(effect) == level


def test_traits_stand_strongest_first_and_medium_is_none(formats: NumberFormat):
    found = traits(_of(age=0.7, income=-1.2, score=0.4), TABLE, COLUMNS, formats)
    assert [trait.phrase for trait in found] == [
        "earns 48% less than average",
        "is 14\u00a0years older than average",
    ]
    assert [trait.level for trait in found] == ["low", "high"]


def _withheld(profile: Profile, name: str) -> Profile:
    """A profile in which nothing may be said of a column."""
    figures = tuple(
        one.model_copy(update={"concealed": "dominated"}) if one.feature == name else one for one in profile.figures
    )
    return replace(profile, figures=figures)


def test_nobody_is_called_average_of_whom_figures_are_withheld(formats: NumberFormat):
    ordinary, high = _of(age=0.1, income=0.0), _of(age=1.2, income=0.0)
    (only,) = traits(_withheld(ordinary, "Income"), TABLE, COLUMNS, formats)
    assert (only.feature, only.phrase) == ("Age", "does not stand out in the figures that are published of it")
    assert descriptive([_withheld(ordinary, "Income")], TABLE, set()) == ["Other customers"]
    assert descriptive([high], TABLE, set()) == ["Older, average otherwise"]
    assert descriptive([_withheld(high, "Income")], TABLE, set()) == ["Older"]


def test_a_segment_without_traits_is_told_to_be_average(formats: NumberFormat):
    (only,) = traits(_of(age=0.1, income=-0.15), TABLE, COLUMNS, formats)
    assert only.phrase == ORDINARY
    assert only.feature == "Income"
    assert descriptive([_of(age=0.1, income=-0.15)], TABLE, set()) == ["Average customers"]


def test_a_segment_that_leans_to_one_side_is_not_told_to_be_average(formats: NumberFormat):
    leaning = _of(age=0.25, income=-0.4)
    found = traits(leaning, TABLE, COLUMNS, formats)
    assert [trait.phrase for trait in found] == ["earns 16% less than average", "is 5\u00a0years older than average"]
    assert {trait.level for trait in found} == {"medium"}
    assert descriptive([leaning], TABLE, set()) == ["Somewhat lower income, older"]


def test_one_figure_alone_is_told_with_where_it_is(formats: NumberFormat):
    bare = _features(_feature("Age", "age", unit="years", compare="difference"))
    older = Trait(feature="Age", level="high", effect=1, phrase="is 20 years older than average")
    assert (
        summary(_profile(Age=1.0), (older,), bare, {}, formats)
        == "About 70\u00a0years old, 20\u00a0years above average."
    )


def test_an_age_without_a_unit_is_in_years(formats: NumberFormat):
    bare = _features(_feature("Age", "age"))
    assert summary(_profile(Age=0.0), (), bare, {}, formats) == "About 50 years old."


LABELS = {
    "age": "Age", "income": "Annual income", "spending": "Spending", "monetary": "Total spent",
    "recency": "Days since last order", "frequency": "Orders",
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "more", "words"),
    [
        (
            "age",
            {"unit": "years", "compare": "difference"},
            ("is 20\u00a0years older than", "is 20\u00a0years younger than"),
        ),
        ("income", {}, ("earns 40% more than", "earns 40% less than")),
        ("spending", {}, ("scores 40% higher on spending than", "scores 40% lower on spending than")),
        ("spending", {"format": "money"}, ("spends 40% more than", "spends 40% less than")),
        ("monetary", {}, ("spends 40% more than", "spends 40% less than")),
        ("recency", {}, ("last bought 40% longer ago than", "last bought 40% more recently than")),
        ("frequency", {}, ("buys 40% more often than", "buys 40% less often than")),
    ],
)
def test_each_role_has_its_words(formats: NumberFormat, role: str, more: dict[str, Any], words: tuple[str, str]):
    feature = _feature("x", role, label=LABELS[role], **more)
    for effect, expected in zip((1, -1), words, strict=True):
        assert phrase(feature, _figure("x", effect), Column(role=role), formats) == f"{expected} average"


@pytest.mark.parametrize(
    ("role", "label"),
    [
        ("monetary", "Customer lifetime value"), ("monetary", "Total claim amount"), ("monetary", "Order amount hike"),
        ("monetary", "Worth"), ("frequency", "Balance frequency"), ("recency", "Days since last claim"),
        ("income", "Band"), ("age", "Age of account"),
    ],
)  # fmt: skip
def test_a_verb_that_the_label_does_not_bear_out_is_not_used(formats: NumberFormat, role: str, label: str):
    words = phrase(_feature("x", role, label=label), _figure("x", 1), Column(role=role), formats)
    assert words == f"is 40% above average in {in_sentence(label)}"


@pytest.mark.parametrize(
    ("role", "label", "words"),
    [
        ("frequency", "Visits", "visits 40% more often than average"),
        ("recency", "Days since last visit", "last visited 40% longer ago than average"),
        ("frequency", "Bestellungen", "buys 40% more often than average"),
        ("monetary", "Umsatz", "spends 40% more than average"),
        ("income", "Gehalt", "earns 40% more than average"),
        ("feature", "Tenure", "has been a customer 40% longer than average"),
    ],
)
def test_verbs_suit_the_label(formats: NumberFormat, role: str, label: str, words: str):
    assert phrase(_feature("x", role, label=label), _figure("x", 1), Column(role=role), formats) == words


def test_dates_of_becoming_a_customer_are_told_as_such(formats: NumberFormat):
    feature = _feature(
        "x", "date", label="Customer since", measure="date", unit="years", decimals=1, compare="difference"
    )
    words = phrase(feature, _figure("x", -1, mean=4, spread=1.5), Column(role="date", date_format="yyyy"), formats)
    assert words == "has been a customer 1.5\u00a0years less than average"


def test_an_age_in_bands_is_told_by_its_level(formats: NumberFormat):
    bands = _feature(
        "x", "age", label="Age group", measure="ordinal", unit="of 3", decimals=0, mean=2.0, standard_deviation=0.8,
        levels=("18-34", "35-54", "55+"), compare="difference",
    )  # fmt: skip
    profile = _of_figures(_figure("x", 0.2, mean=2.0, spread=0.8))
    assert summary(profile, (), _features(bands), COLUMN, formats) == "Age group 2\u00a0of 3 (35-54)."


def test_next_to_nothing_is_not_100_percent_less(formats: NumberFormat):
    feature = _feature("x", "frequency", label="Orders", mean=2.9, standard_deviation=1.0)
    less = _figure("x", -2.888, mean=2.9, spread=1.0)
    assert phrase(feature, less, Column(role="frequency"), formats) == "is at 0.01 in orders, against an average of 2.9"


def test_figures_that_read_the_same_are_no_trait(formats: NumberFormat):
    feature = _feature("x", "feature", label="Default", mean=100.2, standard_deviation=0.2)
    alike = _figure("x", 1, mean=100.2, spread=0.2)
    assert [one.phrase for one in traits(_of_figures(alike), _features(feature), COLUMN, formats)] == [CHANCE]


COLUMN = {"x": Column(role="feature")}


def _of_figures(*figures: FeatureProfile) -> Profile:
    return dataclasses.replace(_profile(), figures=figures)


def test_a_column_without_a_role_is_named(formats: NumberFormat):
    feature = _feature("x", "feature", label="Basket size")
    assert phrase(feature, _figure("x", 1), Column(role="feature"), formats) == "is 40% above average in basket size"


def test_own_phrases_win(formats: NumberFormat):
    column = Column.model_validate(
        {"role": "feature", "phrases": {"more": "drives {} farther", "less": "drives {} less"}}
    )
    assert phrase(_feature("x", "feature"), _figure("x", -1), column, formats) == "drives 40% less"


def test_a_label_with_braces_is_no_template(formats: NumberFormat):
    feature = _feature("x", "feature", label="{0} {} {x!r} {{< env HOME >}}")
    words = phrase(feature, _figure("x", 1), Column(role="feature"), formats)
    assert words.startswith("is 40% above average in {0} ")


def test_where_the_average_is_not_positive_the_difference_is_in_units(formats: NumberFormat):
    feature = _feature("x", "feature", label="Balance", mean=-10.0)
    words = phrase(feature, _figure("x", 1, mean=-10.0), Column(role="feature"), formats)
    assert words == "is at 10 in balance, against an average of −10"


@pytest.mark.parametrize(
    ("label", "mean", "words"),
    [
        ("Number of open complaints", 0.34, "has 2.4 open complaints, against an average of 0.34"),
        ("Policies", 3, "has 1 policy, against an average of 3"),
        ("Purchases", 2, "has 1 purchase, against an average of 2"),
    ],
)
def test_of_counts_of_few_it_is_told_how_many_they_have(formats: NumberFormat, label: str, mean: float, words: str):
    own = 2.4 if mean < 1 else 1
    feature = _feature("x", "feature", label=label, mean=mean, format="integer")
    figure = _figure("x", own - mean, mean=mean, spread=1.0).model_copy(update={"ratio": None})
    assert phrase(feature, figure, Column(role="feature"), formats) == words


def test_the_summary_says_who_they_are(formats: NumberFormat):
    assert (
        summary(_of(), (), TABLE, {}, formats) == "About 50\u00a0years old, $50K a year, spending score 50\u00a0of 100."
    )


def test_the_summary_falls_back_on_traits(formats: NumberFormat):
    table = _features(_feature("x", "frequency", label="Orders"), _feature("y", "feature", label="Basket size"))
    profile = _profile(x=1.2, y=-0.8)
    columns = {"x": Column(role="frequency"), "y": Column(role="feature")}
    found = traits(profile, table, columns, formats)
    assert summary(profile, found, table, columns, formats) == (
        "Buys 48% more often than average; basket size 34, 32% below average."
    )


def test_the_summary_keeps_phrases_that_were_written_for_the_column(formats: NumberFormat):
    table = _features(_feature("y", "feature", label="Basket size"))
    own = {
        "y": Column.model_validate({"role": "feature", "phrases": {"more": "fills {} more", "less": "fills {} less"}})
    }
    profile = _profile(y=-0.8)
    assert summary(profile, traits(profile, table, own, formats), table, own, formats) == "Fills 32% less."


def test_the_summary_of_an_ordinary_segment_says_so(formats: NumberFormat):
    table, columns = _features(_feature("y", "feature")), {"y": Column(role="feature")}
    profile = _profile(y=0.0)
    assert summary(profile, traits(profile, table, columns, formats), table, columns, formats) == (
        "Is close to average on every feature."
    )


def _persona(name: str, **levels: str) -> Persona:
    return Persona.model_validate({"name": name, "levels": levels})


RICH, POOR = _persona("Rich", income="high", spending="high"), _persona("Poor", income="low", spending="low")


def test_personas_are_matched_one_to_one_at_least_total_distance(formats: NumberFormat):
    # Both are nearer to Rich's description of income; taken greedily the first would get the worse partner.
    profiles = [_of(income=1.0, score=0.9), _of(income=1.1, score=1.2), _of(income=-1, score=-1)]
    both = [RICH, _persona("Richer", income="high", spending="very high"), POOR]
    assert [each.name for each in named(profiles, both, TABLE, formats)] == ["Rich", "Richer", "Poor"]


def test_a_persona_that_fits_nobody_is_forced_on_nobody(formats: NumberFormat):
    found = named([_of(income=1, score=-0.9)], [RICH], TABLE, formats)
    assert found[0].match is None
    assert found[0].name == "High income, low spending"


def test_one_opposite_role_is_enough_to_refuse(formats: NumberFormat):
    persona = _persona("P", age="low", income="high", spending="high")
    assert named([_of(age=-1, income=1, score=-0.6)], [persona], TABLE, formats)[0].match is None


def test_more_personas_than_segments(formats: NumberFormat):
    assert [each.name for each in named([_of(income=-1, score=-1)], [RICH, POOR], TABLE, formats)] == ["Poor"]


def test_more_segments_than_personas_get_names_from_their_traits(formats: NumberFormat):
    profiles = [
        _of(income=1, score=1), _sized(_of(age=1.2), 30), _sized(_of(), 25), _of(income=1.2, score=0.8),
        _sized(_of(age=1.3), 35), _sized(_of(), 20),
    ]  # fmt: skip
    assert [each.name for each in named(profiles, [RICH], TABLE, formats)] == [
        "Rich",
        "Older, average otherwise, smaller group",
        "Average customers, larger group",
        "High income and spending",
        "Older, average otherwise, larger group",
        "Average customers, smaller group",
    ]


def _sized(profile: Profile, size: int) -> Profile:
    return dataclasses.replace(profile, size=size)


def test_a_name_that_is_taken_goes_on_with_the_next_trait():
    taken = {"high income and spending"}
    own = _of(age=-0.6, income=1, score=0.9)
    assert descriptive([own], TABLE, taken) == ["High income and spending, younger"]


def test_names_alike_are_told_apart_by_what_is_not_shared():
    table = _features(*(_feature(name, "feature", label=name) for name in ("milk", "bread", "fish", "wine")))
    both = {"milk": 2.0, "bread": 1.9}
    profiles = [_profile(**both, fish=1.0, wine=0.0), _profile(**both, fish=0.9, wine=0.7)]
    assert descriptive(profiles, table, set()) == ["Very high milk and bread", "Very high milk and bread, high wine"]


def test_names_alike_are_told_apart_by_what_they_lean_to_before_their_size():
    profiles = [_sized(_of(income=1, score=1), 50), _sized(_of(income=1, score=1, age=0.4), 60)]
    assert descriptive(profiles, TABLE, set()) == [
        "High income and spending",
        "High income and spending, somewhat older",
    ]


def test_three_of_a_kind_go_by_size():
    profiles = [_sized(_of(), size) for size in (20, 40, 30)]
    assert descriptive(profiles, TABLE, set()) == [
        "Average customers, smallest group",
        "Average customers, largest group",
        "Average customers, second largest group",
    ]


def test_columns_with_a_role_come_before_stronger_ones_without():
    table = _features(
        _feature("a", "feature", label="Basket size"), _feature("b", "income", label="Income"),
        _feature("c", "feature", label="Tenure"),
    )  # fmt: skip
    assert descriptive([_profile(a=2.5, b=0.8, c=-1.0)], table, set()) == ["New, high income"]


def test_what_is_counted_is_many_or_few():
    counted = {"p05": 0.0, "q1": 2.0, "median": 4.0, "q3": 6.0, "p95": 9.0}
    table = _features(
        _feature("a", "feature", label="Store purchases", **counted),
        _feature("b", "feature", label="Number of complaints", **counted),
        _feature("c", "feature", label="Monthly charges", **counted),
    )
    assert descriptive([_profile(a=1.4, b=-1.2, c=0)], table, set()) == ["Many store purchases, few complaints"]
    assert descriptive([_profile(a=0, b=0, c=1)], table, set()) == ["High monthly charges, average otherwise"]
    hours = _features(_feature("a", "feature", label="Average monthly hours", **counted))
    assert descriptive([_profile(a=1)], hours, set()) == ["High average monthly hours"]


def test_the_same_is_said_of_several_things_once():
    table = _features(
        _feature("a", "feature", label="Spending on wines"), _feature("b", "feature", label="Spending on fish")
    )
    assert descriptive([_profile(a=1.4, b=1.2)], table, set()) == ["High spending on wines and fish"]


def test_three_of_a_kind_go_by_what_they_share():
    labels = ("Spending on wines", "Spending on fish", "Basket size", "Spending on fruits")
    table = _features(*(_feature(label, "feature", label=label) for label in labels))
    profile = _profile(**dict(zip(labels, (1.9, 1.8, 1.0, 0.9), strict=True)))
    assert descriptive([profile], table, set()) == ["Very high spending, high basket size"]


def test_traits_for_which_a_name_has_no_room_are_left_out():
    table = _features(
        _feature("a", "feature", label="Average utilization"),
        _feature("b", "feature", label="Contacts with the branch"), _feature("c", "feature", label="Card age"),
    )  # fmt: skip
    (name,) = descriptive([_profile(a=1.4, b=-1.2, c=1)], table, set())
    assert name == "High average utilization and card age"


@pytest.mark.parametrize("label", ["Share of " + "very " * 40 + "long columns", "x" * 200])
def test_a_long_label_does_not_make_a_long_name(label: str):
    table = _features(_feature("x", "feature", label=label))
    (name,) = descriptive([_profile(x=1.0)], table, set())
    assert len("High ") + 20 <= len(name) <= len("High ") + 32
    assert name.endswith("…")


def test_a_name_made_up_never_takes_a_personas(formats: NumberFormat):
    trap = _persona("average CUSTOMERS", income="high", spending="high")
    found = named([_of(), _of(income=1, score=1)], [trap], TABLE, formats)
    assert [each.name for each in found] == ["Average customers, another group", "average CUSTOMERS"]


def test_a_persona_whose_roles_the_table_lacks_is_not_eligible(formats: NumberFormat):
    assert named([_of()], [_persona("Silent", recency="medium")], TABLE, formats)[0].match is None


def test_a_persona_may_name_a_column(formats: NumberFormat):
    assert named([_of(score=1)], [_persona("Keen", Score="high")], TABLE, formats)[0].name == "Keen"


def test_roles_the_table_lacks_do_not_count_against_the_fit(formats: NumberFormat):
    persona = _persona("P", income="high", frequency="high")
    match = named([_of(income=1)], [persona], TABLE, formats)[0].match
    assert match is not None
    assert match.fit == 1
    assert match.distance == pytest.approx(0)


def test_mismatches_are_sentences(formats: NumberFormat):
    persona = _persona("P", age="low", income="medium", spending="high")
    match = named([_of(age=-0.4, income=0.6, score=0.3)], [persona], TABLE, formats)[0].match
    assert match is not None
    assert match.fit == 0
    assert [wrong.sentence for wrong in match.mismatches] == [
        "The persona assumes low age; this segment has medium age (42\u00a0years).",
        "The persona assumes medium income; this segment has high income ($62K).",
        "The persona assumes high spending; this segment has medium spending (56\u00a0of 100).",
    ]


@given(st.lists(st.tuples(*[st.floats(-3, 3)] * 3), min_size=1, max_size=12), st.integers(0, 6))
def test_names_are_always_given_and_never_alike(effects: list[tuple[float, float, float]], personas: int):
    levels = [
        ("high", "high"),
        ("low", "low"),
        ("high", "low"),
        ("low", "high"),
        ("medium", "medium"),
        ("high", "medium"),
    ]
    known = [_persona(f"P{i}", income=income, spending=score) for i, (income, score) in enumerate(levels[:personas])]
    found = named([_of(*each) for each in effects], known, TABLE, NumberFormat("en_US", "USD"))
    names = [each.name.casefold() for each in found]
    assert len(set(names)) == len(names)
    assert all(names)
    for each in found:
        assert (each.match is None) == (each.persona is None)


def test_every_figure_follows_the_locale():
    german = NumberFormat("de_DE", "EUR")
    table = dataclasses.replace(TABLE)
    (trait,) = traits(_of(income=-1.2), table, COLUMNS, german)
    assert trait.phrase == "earns 48\u00a0% less than average"
