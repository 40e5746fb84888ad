"""What is known of the Mall table: figures that anybody can check with scikit-learn."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest

from analysis.configuration import Configuration
from analysis.contract import Contract, Segment
from analysis.pipeline import analyse

AGE, INCOME, SCORE = "Age", "Annual Income (k$)", "Spending Score (1-100)"
KNOWN = {
    "Potential Loyalists": (45, (56.3, 54.3, 49.1)),
    "Premium Shoppers": (39, (32.7, 86.5, 82.1)),
    "Young Enthusiasts": (38, (26.7, 57.6, 47.8)),
    "Cautious Spenders": (33, (41.9, 88.9, 17.0)),
    "Impulse Buyers": (24, (25.2, 25.8, 76.9)),
    "Budget Buyers": (21, (45.5, 26.3, 19.4)),
}


@pytest.fixture(scope="module")
def by_name(mall_contract: Contract) -> dict[str, Segment]:
    return {segment.name: segment for segment in mall_contract.segments}


@pytest.mark.parametrize(("k", "silhouette"), [(4, 0.4040), (5, 0.4166), (6, 0.4274)])
def test_the_silhouettes_are_the_known_ones(mall_contract: Contract, k: int, silhouette: float):
    found = {candidate.k: candidate.silhouette for candidate in mall_contract.selection.candidates}
    assert found[k] == pytest.approx(silhouette, abs=5e-5)


def test_six_segments_have_the_best_silhouette(mall_contract: Contract):
    assert mall_contract.selection.preferred["silhouette"] == 6
    assert mall_contract.selection.auto_k == 6


@pytest.mark.parametrize("name", KNOWN)
def test_each_persona_falls_on_its_segment_with_the_known_size_and_means(by_name: dict[str, Segment], name: str):
    size, means = KNOWN[name]
    assert by_name[name].persona is not None
    assert by_name[name].size == size
    assert tuple(by_name[name].centroid[column] for column in (AGE, INCOME, SCORE)) == pytest.approx(means, abs=0.06)


def test_segments_stand_by_estimated_value_largest_first(mall_contract: Contract):
    shares = [segment.value_share for segment in mall_contract.segments]
    assert shares == sorted(shares, key=lambda share: -(share or 0))
    assert sum(share or 0 for share in shares) == pytest.approx(1)
    assert [segment.id for segment in mall_contract.segments] == [1, 2, 3, 4, 5, 6]


def test_the_team_number_is_told_beside_what_the_data_prefer(mall_contract: Contract):
    selection = mall_contract.selection
    assert (selection.mode, selection.k) == ("fixed", 6)
    assert selection.reason.startswith("The team set 6 segments")
    assert "best mean silhouette (0.43)" in selection.auto_reason
    assert [candidate.k for candidate in selection.candidates] == list(range(2, 11))


def test_the_verdict_is_reproducible_and_says_what_it_was_compared_with(mall_contract: Contract):
    assert mall_contract.selection.verdict == "reproducible"
    assert "is 0.89, higher than for random tables without groups on average (0.57)." in mall_contract.selection.reason
    assert "tighter (silhouette 0.43) than in any of the random tables without groups" in mall_contract.selection.reason


def test_the_young_spend_medium_and_the_page_can_say_so(by_name: dict[str, Segment]):
    persona = by_name["Young Enthusiasts"].persona
    assert persona is not None
    assert [(wrong.role, wrong.expected, wrong.actual) for wrong in persona.mismatches] == [
        ("spending", "high", "medium")
    ]
    assert persona.mismatches[0].sentence == (
        "The persona assumes high spending; this segment has medium spending (48\u00a0of 100)."
    )
    assert persona.fit == pytest.approx(2 / 3)


def test_the_others_fit_in_every_role(by_name: dict[str, Segment]):
    for name, segment in by_name.items():
        if name != "Young Enthusiasts":
            assert segment.persona is not None
            assert segment.persona.fit == 1
            assert segment.persona.mismatches == ()


def test_traits_and_summary_read_as_plain_words(by_name: dict[str, Segment]):
    premium = by_name["Premium Shoppers"]
    assert [trait.phrase for trait in premium.traits] == [
        "scores 64% higher on spending than average",
        "earns 43% more than average",
    ]
    assert premium.summary == "About 33\u00a0years old, $87K a year, spending score 82\u00a0of 100."
    assert by_name["Potential Loyalists"].traits[0].phrase == "is 17\u00a0years older than average"


def test_every_segment_gets_ads_discounts_and_loyalty(mall_contract: Contract):
    for segment in mall_contract.segments:
        assert {"ads", "discounts", "loyalty"} <= {action.kind for action in segment.recommendations}


def test_each_recommendation_is_argued_in_the_segments_own_figures(by_name: dict[str, Segment]):
    first = by_name["Premium Shoppers"].recommendations[0]
    assert first.reason == (
        f"{first.because} In this segment: annual income $87K, 43% above average; "
        "spending score 82\u00a0of 100, 64% above average."
    )
    assert [item.feature for item in first.evidence] == [INCOME, SCORE]


def test_recommendations_are_ranked_from_one_by_score(mall_contract: Contract):
    for segment in mall_contract.segments:
        assert [action.rank for action in segment.recommendations] == list(range(1, len(segment.recommendations) + 1))
        scores = [action.score for action in segment.recommendations]
        assert scores == sorted(scores, reverse=True)


def test_the_budget_adds_up_to_the_total_in_whole_dollars(mall_contract: Contract):
    amounts = [segment.budget.amount for segment in mall_contract.segments if segment.budget]
    assert sum(amounts) == 60_000
    assert all(amount == int(amount) for amount in amounts)


def test_each_rule_finds_its_segment(by_name: dict[str, Segment]):
    for segment in by_name.values():
        assert segment.rule is not None
        assert segment.rule.precision > 0.9
        assert segment.rule.recall > 0.9
    assert by_name["Premium Shoppers"].rule.sentence == "Annual income above $67K and spending score above 60."


def test_gender_shares_are_of_the_segment(by_name: dict[str, Segment]):
    for segment in by_name.values():
        assert sum(share.count for share in segment.categories) == segment.size
        assert sum(share.share for share in segment.categories) == pytest.approx(1)


def test_every_segment_is_at_least_stable(mall_contract: Contract):
    assert {segment.stability_band for segment in mall_contract.segments} <= {"stable", "highly stable"}


def test_no_identifier_is_in_the_contract(mall_contract: Contract):
    assert "CustomerID" not in mall_contract.model_dump_json()


def test_no_figure_has_more_than_ten_digits(mall_contract: Contract):
    def floats(value: object) -> Iterator[float]:
        if isinstance(value, float):
            yield value
        elif isinstance(value, dict):
            for part in value.values():
                yield from floats(part)
        elif isinstance(value, list | tuple):
            for part in value:
                yield from floats(part)

    for number in floats(mall_contract.model_dump()):
        digits = re.sub(r"e.*", "", repr(number)).replace(".", "").replace("-", "").strip("0")
        assert len(digits) <= 10


@pytest.fixture(scope="module")
def income_and_score(mall: Configuration) -> Contract:
    """The same customers by income and score alone, the number of segments left to the data."""
    columns = dict(mall.site.columns)
    columns["Age"] = columns["Age"].model_copy(update={"use": "describe"})
    model = mall.site.model.model_copy(update={"selection": "auto"})
    site = mall.site.model_copy(update={"columns": columns, "model": model})
    return analyse(dataclasses.replace(mall, site=site)).contract


def test_by_income_and_score_the_data_take_five(income_and_score: Contract):
    found = income_and_score.selection
    five = next(candidate for candidate in found.candidates if candidate.k == 5)
    assert (found.mode, found.k, found.verdict) == ("auto", 5, "natural")
    assert five.silhouette == pytest.approx(0.5547, abs=1e-4)
    assert five.weakest >= 0.95
    assert five.prediction_strength == pytest.approx(0.86, abs=0.05)
    assert five.prediction_strength_error is not None
    assert found.preferred["prediction_strength"] == 5


def test_by_income_and_score_the_gap_prefers_one(income_and_score: Contract):
    """R's `cluster::clusGap` with Tibs2001SEmax and with firstSEmax says one, too: .88 at one, .77 at two."""
    found = income_and_score.selection
    assert found.preferred["gap"] == 1
    assert found.undivided is not None
    assert found.undivided.gap == pytest.approx(0.87, abs=0.05)
    assert found.candidates[0].gap == pytest.approx(0.76, abs=0.05)


def test_by_income_and_score_a_mixture_is_of_four(mall: Configuration):
    """R's mclust has 1121.39 at two, 1055.48 at four (VVV), and takes four of these."""
    columns = dict(mall.site.columns)
    columns["Age"] = columns["Age"].model_copy(update={"use": "describe"})
    model = mall.site.model.model_copy(update={"selection": "auto", "algorithm": "gaussian_mixture"})
    site = mall.site.model_copy(update={"columns": columns, "model": model})
    found = analyse(dataclasses.replace(mall, site=site)).contract.selection
    assert (found.k, found.preferred["bic"]) == (4, 4)
    told = {candidate.k: candidate.bic for candidate in found.candidates}
    assert told[2] is not None
    assert told[2] <= 1121.39 + 1
    assert told[4] == pytest.approx(1055.48, abs=1)
    assert all(candidate.refused is None for candidate in found.candidates if candidate.k <= 5)


def test_on_three_features_the_indices_disagree_and_it_is_told(mall_contract: Contract):
    found = mall_contract.selection
    assert found.preferred["silhouette"] == 6
    # Four segments have a strength of .81, with an error of .01: R's fpc says the same.
    assert found.preferred.get("prediction_strength") in {None, 4}
    assert found.undecided == ({} if "prediction_strength" in found.preferred else {"prediction_strength": (2, 4)})
    assert found.preferred["agreement"] == 4
    assert {candidate.k for candidate in found.candidates if candidate.refused is None} == {2, 4, 6, 7}


def test_stability_stands_beside_its_reference(mall_contract: Contract):
    for candidate in mall_contract.selection.candidates:
        for reference in (candidate.agreement_normal, candidate.agreement_box):
            assert reference.p05 <= reference.q1 <= reference.median <= reference.q3 <= reference.p95
    six = next(candidate for candidate in mall_contract.selection.candidates if candidate.k == 6)
    assert six.excess > 2
    assert six.agreement.mean > max(six.agreement_normal.p95, six.agreement_box.p95)
