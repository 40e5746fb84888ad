"""A share of yes times the customers is a count, and must be no small one."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.configuration import Column
from analysis.contract import (
    Condition,
    Contract,
    Correlation,
    Criterion,
    Evaluation,
    Feature,
    FeatureProfile,
    Privacy,
    Segment,
    Trait,
)
from analysis.preparation.described import describe
from analysis.rounding.random_rounding import Rounding
from report.disclosure import protected, published
from report.disclosure.answers import (
    TwoAnswers,
    all_or_none,
    columns_of_two,
    correlation,
    mean_of_few,
    rounded_correlation,
    untold_answers,
    untold_columns,
)
from report.disclosure.evidence import holds
from report.disclosure.rounding import answers_rounded

LEAST = 10


@pytest.fixture(
    scope="module",
    params=[
        {"measure": "boolean", "format": "percent"},
        {"measure": "numeric", "two_values": (0.0, 1.0)},
        {"measure": "ordinal", "two_values": (1.0, 2.0), "levels": ("seldom", "often")},
        {"measure": "numeric", "two_values": (-5.0, 20.0)},
    ],
    ids=["yes and no", "0 and 1 as amounts", "two levels", "two amounts"],
)
def asked(mall_contract: Contract, request: pytest.FixtureRequest) -> Contract:
    """The Mall contract as if its spending score had two values, few customers in the first segment the higher."""
    name = mall_contract.data.features[-1].name
    low, high = request.param.get("two_values", (0.0, 1.0))
    everybody = {"mean": (low + high) / 2, "standard_deviation": (high - low) / 2}
    features = tuple(
        one.model_copy(update={**request.param, **everybody}) if one.name == name else one
        for one in mall_contract.data.features
    )
    segments = []
    for segment in mall_contract.segments:
        share = low + (high - low) * (3 if segment.id == 1 else segment.size // 2) / segment.size
        trait = Trait(feature=name, level="low", effect=-0.9, phrase="has only 7.7% yes for it")
        profile = [
            one.model_copy(update={"mean": share, "typical": share}) if one.feature == name else one
            for one in segment.profile
        ]
        told = {"profile": tuple(profile), "centroid": {**segment.centroid, name: share}, "traits": (trait,)}
        segments.append(segment.model_copy(update={**told, "summary": "They are few; has only 7.7% yes for it."}))
    data = mall_contract.data.model_copy(update={"features": features})
    privacy = Privacy(mode="public", min_cell=LEAST)
    return mall_contract.model_copy(update={"data": data, "segments": tuple(segments), "privacy": privacy})


def test_a_share_that_tells_few_is_withheld_and_so_is_another(asked: Contract) -> None:
    """Three of the first segment say yes; from the column's own share and all others they would follow."""
    copy, name = protected(asked), asked.data.features[-1].name
    first, *others = copy.segments
    assert first.withheld == (name,)
    assert sum(name in one.withheld for one in others) == 1
    assert [one.size for one in others if name in one.withheld] == [min(one.size for one in others)]
    for before, one in zip(asked.segments, copy.segments, strict=True):
        if name not in one.withheld:
            assert one.profile == before.profile
            assert one.centroid == before.centroid
            assert one.traits == before.traits


def test_withheld_figures_are_null_with_the_reason(asked: Contract) -> None:
    copy, name = protected(asked), asked.data.features[-1].name
    segment = copy.segments[0]
    assert segment.centroid[name] is None
    told = next(one for one in segment.profile if one.feature == name).model_dump()
    assert told.pop("withheld") == "It would describe fewer than 10 customers, or all but fewer than 10."
    assert told.pop("feature") == name
    assert set(told) == set(FeatureProfile.model_fields) - {"feature"}
    assert set(told.values()) == {None}


def test_nothing_else_tells_it(asked: Contract) -> None:
    copy, name = protected(asked), asked.data.features[-1].name
    label = asked.data.features[-1].label
    for segment in (one for one in copy.segments if name in one.withheld):
        assert "7.7%" not in json.dumps(segment.model_dump(mode="json"))
        assert segment.summary == "What sets it apart is withheld."
        assert not any(trait.feature == name for trait in segment.traits)
        assert not any(item.feature == name for one in segment.recommendations for item in one.evidence)
        assert [one.rank for one in segment.recommendations] == list(range(1, len(segment.recommendations) + 1))
        assert not any(label.casefold() in one.reason.casefold() for one in segment.criteria)
        assert segment.persona is None or segment.persona.distance is None


def test_no_segment_says_how_far_it_differs_from_one_of_which_the_column_is_withheld(asked: Contract) -> None:
    label, name = asked.data.features[-1].label, asked.data.features[-1].name
    reason = (
        f"Hardest to tell from it is “A”; the two differ most on {label}, by 0.41 standard deviations (floor: 0.8)."
    )
    criterion = Criterion(name="differentiable", passed=False, reason=reason)
    segments = tuple(one.model_copy(update={"criteria": (criterion,)}) for one in asked.segments)
    copy = protected(asked.model_copy(update={"segments": segments}))
    assert not all(name in one.withheld for one in copy.segments)
    assert {one.criteria[0].reason for one in copy.segments} == {"This depends on figures that are withheld."}


@pytest.mark.parametrize(
    ("text", "word", "there"),
    [
        ("far above average", "age", False),
        ("Age, by 2", "age", True),
        ("spends (a lot) more", "(a lot)", True),
        ("x", "", False),
    ],
)
def test_a_label_is_found_as_a_whole_word(text: str, word: str, there: bool) -> None:  # noqa: FBT001
    assert holds(text, [word]) is there


def test_a_rule_by_a_withheld_column_tells_nothing_of_it(asked: Contract) -> None:
    name = asked.data.features[-1].name
    condition = Condition(feature=name, operator="above", value=0.5)
    found = {"conditions": (condition,), "picked": 90, "correct": 30, "precision": 1 / 3, "recall": 0.5}
    evaluation = Evaluation(attractiveness=0.5, competitiveness=0.5, parts={"recognition": 0.4}, explanation="0.40")
    segments = tuple(
        one.model_copy(update={"rule": one.rule.model_copy(update=found), "evaluation": evaluation})
        for one in asked.segments
    )
    for one in protected(asked.model_copy(update={"segments": segments})).segments:
        if name in one.withheld:
            assert (one.rule.picked, one.rule.correct, one.rule.precision, one.rule.recall) == (None,) * 4
            assert one.evaluation is None
        else:
            assert one.evaluation == evaluation


def test_a_column_with_few_of_all_is_withheld_whole(asked: Contract) -> None:
    name = asked.data.features[-1].name
    low, high = asked.data.features[-1].two_values or (0.0, 1.0)
    few = low + (high - low) * 4 / 200
    features = tuple(one.model_copy(update={"mean": few}) if one.name == name else one for one in asked.data.features)
    segments = tuple(
        segment.model_copy(
            update={
                "profile": tuple(
                    one.model_copy(update={"mean": low + (high - low) * (4 / segment.size if segment.id == 1 else 0)})
                    if one.feature == name
                    else one
                    for one in segment.profile
                )
            }
        )
        for segment in asked.segments
    )
    data = asked.data.model_copy(update={"features": features})
    copy = protected(asked.model_copy(update={"data": data, "segments": segments}))
    own = copy.data.features[-1]
    assert (own.mean, own.standard_deviation, own.median, own.q1, own.q3) == (None,) * 5
    assert all(one.withheld == (name,) for one in copy.segments)
    assert all(one.pearson is None for one in copy.exploration.correlations if name in {one.a, one.b})
    assert copy.exploration.map is None


def test_a_copy_of_the_copy_is_the_same(asked: Contract) -> None:
    copy = published(asked)
    assert published(copy).segments == copy.segments
    assert Contract.model_validate_json(copy.model_dump_json()) == copy


def test_columns_without_small_counts_stay_as_they_are(asked: Contract) -> None:
    name, middle = asked.data.features[-1].name, asked.data.features[-1].mean

    def even(segment: Segment) -> Segment:
        profile = [one.model_copy(update={"mean": middle}) if one.feature == name else one for one in segment.profile]
        return segment.model_copy(update={"profile": tuple(profile)})

    large = tuple(even(segment) for segment in asked.segments if segment.size >= 2 * LEAST)
    copy = protected(asked.model_copy(update={"segments": large}))
    assert all(segment.traits for segment in copy.segments)
    assert [one.profile for one in copy.segments] == [one.profile for one in large]


def test_answers_that_some_lack_are_counted_as_few_as_they_can_be() -> None:
    """Of 19 customers some 12 lack an answer, wherever they are: half of the rest may be as few as three."""
    feature = Feature(
        name="x", slug="x", label="X", role="feature", kind="numeric", measure="boolean", used_for="description",
        two_values=(0.0, 1.0), missing=12, imputed=0,
    )  # fmt: skip
    assert TwoAnswers.of(feature).counts(0.5, 19) == (3, 3)
    assert TwoAnswers.of(feature).counts(0.0, 19) == (0, 7)
    assert TwoAnswers.of(feature.model_copy(update={"missing": 0})).counts(9 / 19, 19) == (9, 10)


@pytest.mark.parametrize(
    ("cells", "column", "two"),
    [
        ([0, 1, 1], {}, (0, 1)),
        ([7.5, float("nan"), -1, 7.5], {}, (-1, 7.5)),
        ([1, 2, 2], {"kind": "ordinal", "order": ("seldom", "often")}, (1, 2)),
        ([0, 1, 0], {"kind": "boolean"}, (0, 1)),
        ([0, 1, 2], {}, None),
        ([3, 3, 3], {}, None),
    ],
)
def test_columns_of_two_values_are_told(cells: list[float], column: dict, two: tuple[float, float] | None) -> None:
    found = describe(pd.Series(cells, name="x", dtype=float), Column(role="feature", **column), "X", "x")
    assert found.two_values == two


def of_two(name: str, mean: float | None, **more: object) -> Feature:
    return Feature.model_validate(
        {"name": name, "slug": name, "label": name, "role": "feature", "kind": "numeric", "measure": "boolean",
         "used_for": "description", "imputed": 0, "mean": mean, **more}
    )  # fmt: skip


@pytest.fixture
def two(mall_contract: Contract) -> Contract:
    """200 customers with two questions: half say yes to `a`, a quarter have 30 and not 10 of `b`."""
    features = (of_two("a", 0.5), of_two("b", 15.0, measure="numeric", two_values=(10.0, 30.0)))
    return mall_contract.model_copy(
        update={
            "data": mall_contract.data.model_copy(update={"features": features}),
            "privacy": Privacy(mode="public", min_cell=LEAST),
        }
    )


def phi(both: int) -> float:
    """Of 200, 100 say yes to `a` and 50 to `b`."""
    return (both / 200 - 0.125) / (0.25 * 0.1875) ** 0.5


@pytest.mark.parametrize(
    ("both", "told"), [(0, True), (9, False), (10, True), (25, True), (40, True), (41, False), (50, True)]
)
def test_a_correlation_of_two_answers_is_told_where_none_of_the_four_is_few(two: Contract, both: int, told: bool):  # noqa: FBT001
    """With 9 of both, 9 are few; with 41 there are nine of `b` alone; with 50 nobody is."""
    found = Correlation(a="a", b="b", pearson=phi(both), spearman=0.1)
    copy = correlation(found, two, frozenset(), columns_of_two(two))
    assert copy == (found if told else found.model_copy(update={"pearson": None, "spearman": None}))


def test_where_some_lack_an_answer_as_few_as_can_be_are_counted(two: Contract):
    """Of 200 customers 50 lack an answer, so that twelve of both may be nine of 150."""
    a, b = two.data.features
    lacking = two.model_copy(
        update={"data": two.data.model_copy(update={"features": (a.model_copy(update={"missing": 50}), b)})}
    )
    found = Correlation(a="a", b="b", pearson=phi(12), spearman=0.1)
    assert correlation(found, two, frozenset(), columns_of_two(two)).pearson == phi(12)
    assert correlation(found, lacking, frozenset(), columns_of_two(lacking)).pearson is None
    enough = found.model_copy(update={"pearson": phi(14)})
    assert correlation(enough, lacking, frozenset(), columns_of_two(lacking)) == enough


@pytest.mark.parametrize("untold", ["a", "b"])
def test_no_correlation_with_a_column_that_is_not_told(two: Contract, untold: str):
    found = Correlation(a="a", b="b", pearson=0.5, spearman=0.4)
    copy = correlation(found, two, frozenset({untold}), {})
    assert (copy.pearson, copy.spearman) == (None, None)
    assert correlation(found, two, frozenset({"c"}), {}) == found


def test_a_correlation_of_counts_is_told_to_two_hundredths(two: Contract):
    rounding = Rounding.of(public=True, least=LEAST, table="a table")
    found = Correlation(a="a", b="b", pearson=0.46, spearman=0.32)

    def told(one: Correlation, contract: Contract = two) -> Correlation:
        return rounded_correlation(one, contract, columns_of_two(contract), rounding)

    assert told(found) == found.model_copy(update={"rounded_to": 0.02})
    assert told(found.model_copy(update={"pearson": 0.471})).pearson in {0.46, 0.48}
    done = found.model_copy(update={"pearson": 0.471, "rounded_to": 0.5})
    assert told(done) is done
    for name in ("pearson", "spearman"):
        withheld = found.model_copy(update={name: None})
        assert told(withheld) is withheld


@pytest.mark.parametrize(
    ("features", "step"),
    [
        ((of_two("a", 0.5), of_two("b", 0.5, missing=100)), 0.05),  # ranks: 3 / 100
        ((of_two("a", 0.1), of_two("b", 0.1)), 0.05),  # (3 × 3) / 200
        ((of_two("a", 0.05), of_two("b", 0.05)), 0.1),  # 19 / 200
        ((of_two("a", 0.02), of_two("b", 0.02)), None),  # 49 / 200 is more than a fifth
    ],
)
def test_a_correlation_of_rare_answers_is_told_no_finer_than_one_customer_moves_it(
    two: Contract, features: tuple[Feature, ...], step: float | None
):
    contract = two.model_copy(update={"data": two.data.model_copy(update={"features": features})})
    found = Correlation(a="a", b="b", pearson=0.5, spearman=0.5)
    rounding = Rounding.of(public=True, least=LEAST, table="a table")
    told = rounded_correlation(found, contract, columns_of_two(contract), rounding)
    assert told.rounded_to == step
    assert told.pearson == (None if step is None else 0.5)


@pytest.mark.parametrize(
    ("means", "few"),
    [
        ({"a": 0.5, "b": 20.0}, set()),
        ({"a": 9 / 60}, {"a"}),
        ({"a": 10 / 60}, set()),
        ({"b": 10 + 20 * 51 / 60}, {"b"}),  # nine have the lower
        ({"a": 0.0}, {"a"}),  # nobody says yes: of all of them it is known
        ({"c": 0.001}, set()),
    ],
)
def test_means_of_answers_tell_of_few(two: Contract, means: dict[str, float], few: set[str]):
    assert mean_of_few(means, 60, two) == few


def test_columns_that_everybody_may_know_tell_of_few_alone(two: Contract):
    a, b = two.data.features
    features = (a.model_copy(update={"harmless": True}), b)
    harmless = two.model_copy(update={"data": two.data.model_copy(update={"features": features})})
    assert mean_of_few({"a": 0.0}, 60, harmless) == set()
    assert mean_of_few({"a": 1.0}, 60, harmless) == set()
    assert mean_of_few({"a": 9 / 60}, 60, harmless) == {"a"}


def test_columns_of_which_no_mean_may_be_told(two: Contract):
    """Nine of 200 say yes, or no; a column without a mean; one whose sum two customers make."""
    means = {"few": 9 / 200, "enough": 10 / 200, "nearly": 191 / 200, "unknown": None}
    features = (*(of_two(name, mean) for name, mean in means.items()), of_two("sum", 0.5, concealed="dominated"))
    contract = two.model_copy(update={"data": two.data.model_copy(update={"features": features})})
    assert untold_columns(contract) == {"few", "nearly", "unknown", "sum"}


def test_counts_of_answers():
    ten = TwoAnswers.of(of_two("b", None, two_values=(10.0, 30.0)))
    assert ten is not None
    assert ten.counts(15.0, 40) == (10, 30)
    assert ten.counts(15.0, 40, 20) == (5, 15)
    assert ten.counts(15.0, 40, 0) == (0, 0)
    lacking = TwoAnswers.of(of_two("a", None, missing=30))
    assert lacking is not None
    assert lacking.counts(0.25, 40) == (2, 7)  # of ten at the least: 2.5 and 7.5
    assert lacking.counts(0.25, 20) == (0, 0)
    assert lacking.counts(0.05, 40) == (1, 9)
    assert lacking.counts(0.25, 40, 36) == (9, 27)
    assert TwoAnswers.of(of_two("a", None, measure="numeric")) is None
    assert TwoAnswers.of(of_two("a", None, missing=None)).lacking == 0


def test_what_is_a_count_in_disguise_is_rounded_once_it_is_known_to_be_told(two: Contract):
    """Of 200 customers 100 and 50 say yes; of the first segment of 40, a quarter and three quarters."""
    rounding = Rounding.of(public=True, least=LEAST, table="a table")
    a, b = two.data.features
    features = (
        a.model_copy(update={"mean": 0.501}),
        b.model_copy(update={"mean": None}),
        of_two("c", 0.2, missing=100),
        of_two("d", 12.3456, measure="numeric"),
    )
    figures = FeatureProfile(
        feature="a", mean=0.251, median=None, q1=None, q3=None, level="medium", effect=0.0, typical=0.251,
        difference=0.0, ratio=None,
    )  # fmt: skip
    profile = tuple(figures.model_copy(update={"feature": name}) for name in "abcd")
    centroid = {"a": 0.251, "d": 0.251, "e": 7.0}
    segment = two.segments[0].model_copy(update={"size": 40, "profile": profile, "centroid": centroid})
    correlations = (Correlation(a="a", b="c", pearson=0.4500000001, spearman=0.3),)
    contract = two.model_copy(
        update={
            "data": two.data.model_copy(update={"features": features}),
            "segments": (segment,),
            "exploration": two.exploration.model_copy(update={"correlations": correlations}),
        }
    )
    told = answers_rounded(contract, rounding)
    assert [one.mean for one in told.data.features] == [0.5, None, 0.2, 12.3456]
    assert [one.standard_deviation for one in told.data.features] == [0.5, None, 0.4, None]
    assert [one.mean for one in told.segments[0].profile] == [0.25, 0.251, 0.25, 0.251]
    assert told.segments[0].centroid == {"a": 0.25, "d": 0.251, "e": None}
    assert told.exploration.correlations == (Correlation(a="a", b="c", pearson=0.45, spearman=0.3, rounded_to=0.05),)


@pytest.mark.parametrize(("harmless", "withheld"), [(False, {"a"}), (True, set())])
def test_of_a_segment_nearly_all_of_which_say_yes_it_is_not_told(two: Contract, harmless: bool, withheld: set[str]):  # noqa: FBT001
    """All 60 of the first say yes, of the other two 20 of 70 each; 200 customers say yes 100 times."""
    figures = FeatureProfile(
        feature="a", mean=1.0, median=None, q1=None, q3=None, level="medium", effect=0.0, typical=1.0,
        difference=0.0, ratio=None,
    )  # fmt: skip
    segments = tuple(
        one.model_copy(update={"size": size, "profile": (figures.model_copy(update={"mean": yes / size}),)})
        for one, size, yes in zip(two.segments, (60, 70, 70), (60, 20, 20), strict=False)
    )
    a, b = two.data.features
    data = two.data.model_copy(update={"features": (a.model_copy(update={"harmless": harmless}), b)})
    contract = two.model_copy(update={"data": data, "segments": segments})
    assert untold_answers(contract, frozenset())[1] == withheld
    assert all_or_none(contract) == tuple(withheld)
