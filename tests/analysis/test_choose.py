"""How the number of segments is chosen, what is said of it, and which tables cannot fulfil a number."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples

from analysis.clustering.algorithms.cluster import Partition, partition, points
from analysis.clustering.battery import Measures
from analysis.clustering.battery.gap import Gap
from analysis.clustering.battery.references import Reference
from analysis.clustering.choose import CRITERION_RULE, ChoiceRule, choose, smallest_allowed
from analysis.clustering.choose import RULE as RULE_IN_WORDS
from analysis.clustering.trials import (
    Trial,
    calinski_harabasz,
    davies_bouldin,
    distances,
    numbers_tried,
    sample,
    trials,
)
from analysis.clustering.verdict import meaning, verdict
from analysis.configuration import Configuration, Site
from analysis.configuration.model import FixedK, ModelSettings
from analysis.contract.stability import DOUBTFUL
from analysis.contract.thresholds import APART
from analysis.errors import ConfigurationError, DataError
from analysis.pipeline import analyse
from analysis.preparation.features import Features
from analysis.results.reasons import auto_reason, refused, team_reason
from analysis.wording.number_format import NumberFormat


def _reference(agreement: float, silhouette: float) -> Reference:
    return Reference(np.full(20, agreement), np.full(20, silhouette), tightest=silhouette)


def _trial(k: int, silhouette: float, stability: float | list[float] = 0.9, **given: float) -> Trial:
    """`given`: smallest, rows, apart (how far any two segments are), agreement, chance and chance_silhouette."""
    smallest, rows = int(given.get("smallest", 30)), int(given.get("rows", 300))
    sizes = [smallest, *[(rows - smallest) // (k - 1)] * (k - 1)]
    labels = np.repeat(np.arange(k), sizes)
    chance = _reference(given.get("chance", 0.6), given.get("chance_silhouette", 0.3))
    return Trial(
        partition=Partition(labels, np.zeros((k, 1)), 1.0 / k),
        labels=labels,
        silhouettes=np.full(len(labels), silhouette),
        compared=np.arange(len(labels)),
        calinski_harabasz=1.0,
        davies_bouldin=1.0,
        separation=np.full((k, k), given.get("apart", 3.0)),
        measures=Measures(
            k=k,
            jaccard=np.tile(np.broadcast_to(stability, k), (40, 1)).astype(float),
            agreement=np.full(20, given.get("agreement", 0.9)),
            normal=chance,
            box=chance,
            gap=Gap(1.0, 0.1),
            prediction_strength=np.full(20, 0.9),
        ),
    )


def _told(tried: list[Trial], formats: NumberFormat, rule: ChoiceRule) -> str:
    return auto_reason(tried, rule, choose(tried, rule), formats)


RULE = ChoiceRule(fixed=None, smallest=5)


def test_the_best_silhouette_is_taken_of_those_whose_segments_come_back(formats: NumberFormat):
    tried = [_trial(2, 0.3), _trial(3, 0.5, [0.9, 0.9, 0.75]), _trial(4, 0.4)]
    found = choose(tried, RULE)
    assert found.taken.k == found.auto.k == 4
    assert list(found.refused) == [3]
    assert found.refused[3] == "unstable"
    assert refused(found, 3) == "one of its segments is not stable in resamples"
    assert _told(tried, formats, RULE) == (
        "Of 2 to 4 segments, 2 and 4 are stable in resamples. Of these, 4 segments have the best mean silhouette "
        "(0.40)."
    )


def _mixture(k: int, bic: float, stability: float = 0.9, smallest: int = 30) -> Trial:
    trial = _trial(k, 0.4, stability, smallest=smallest)
    return dataclasses.replace(trial, partition=dataclasses.replace(trial.partition, bic=bic))


def test_of_a_mixture_the_lowest_criterion_is_taken_whether_or_not_its_segments_come_back(formats: NumberFormat):
    tried = [_mixture(2, 1121.4), _mixture(3, 1078.9), _mixture(4, 1055.48, 0.7), _mixture(5, 1058.5)]
    found = choose(tried, RULE)
    assert (found.taken.k, dict(found.refused)) == (4, {})
    assert _told(tried, formats, RULE) == (
        "Of 2 to 5 segments, 4 have the lowest Bayesian information criterion (1,055.5)."
    )


def test_a_mixture_of_a_handful_is_refused_however_low_its_criterion(formats: NumberFormat):
    tried = [_mixture(2, 1121.4), _mixture(3, 1000.0, smallest=4), _mixture(4, 1090.2), _mixture(5, 1130.6)]
    assert choose(tried, RULE).taken.k == 4
    assert _told(tried, formats, RULE) == (
        "Of 2 to 5 segments, 2, 4 and 5 have no segment that is too small. Of these, 4 segments have the lowest "
        "Bayesian information criterion (1,090.2)."
    )
    assert _told(tried[:2], formats, RULE) == "Of 2 to 3 segments, only 2 have no segment that is too small."


def test_where_every_mixture_has_a_handful_the_largest_handful_is_taken(formats: NumberFormat):
    tried = [_mixture(2, 1121.4, smallest=3), _mixture(3, 1000.0, smallest=2)]
    assert choose(tried, RULE).taken.k == 2
    assert _told(tried, formats, RULE).endswith("With 2 segments, the smallest has the most customers.")
    assert CRITERION_RULE[-1] == "If every number is rejected, the one whose smallest segment is largest is taken."


def test_gaps_go_before_the_silhouette_and_the_finest_division_with_gaps_is_taken(formats: NumberFormat):
    tried = [_trial(2, 0.9, apart=9.0), _trial(3, 0.5, apart=4.5), _trial(4, 0.6)]
    assert choose(tried, RULE).auto.k == 3
    assert "3 is the largest number with gaps between all segments" in _told(tried, formats, RULE)


def test_gaps_do_not_make_up_for_a_segment_that_does_not_come_back():
    tried = [_trial(2, 0.5, apart=9.0), _trial(3, 0.6, 0.7, apart=9.0)]
    assert choose(tried, RULE).auto.k == 2


def test_a_number_that_splits_off_outliers_loses():
    tried = [_trial(2, 0.9, smallest=4, apart=20.0), _trial(3, 0.4)]
    found = choose(tried, RULE)
    assert found.auto.k == 3
    assert found.refused[2] == "small"


def test_outliers_split_off_by_every_number_are_told(formats: NumberFormat):
    tried = [_trial(2, 0.9, smallest=2), _trial(3, 0.8, smallest=1)]
    assert choose(tried, RULE).auto.k == 2
    assert _told(tried, formats, RULE) == (
        "Every number of segments from 2 to 3 has a segment of fewer than 5 customers. With 2 segments, the smallest "
        "has the most customers."
    )


def test_where_none_comes_back_the_strongest_is_taken_and_it_is_told(formats: NumberFormat):
    tried = [_trial(2, 0.3, 0.5), _trial(3, 0.5, 0.4)]
    found = choose(tried, RULE)
    assert found.auto.k == 2
    assert _told(tried, formats, RULE) == (
        "With every number of segments from 2 to 3, some segment is too small or not stable in resamples. Among those "
        "without a segment that is too small, 2 segments have the most stable weakest one (Jaccard similarity 0.50)."
    )
    assert verdict(found.taken) == "none"
    assert meaning(found.taken, formats) == ("The segments are not stable in resamples (mean Jaccard similarity 0.50).")


def test_of_numbers_that_all_split_off_a_handful_the_largest_handful_is_taken_then_the_smaller_number():
    assert (
        choose([_trial(2, 0.9, smallest=1), _trial(3, 0.8, smallest=4), _trial(4, 0.9, smallest=4)], RULE).auto.k == 3
    )


def test_a_handful_is_what_is_smaller_than_the_rule_allows_and_never_taken_beside_a_larger_one():
    tried = [_trial(2, 0.9, 0.74, smallest=4), _trial(3, 0.8, 0.5, smallest=5)]
    assert choose(tried, RULE).auto.k == 3
    assert list(choose(tried, RULE).refused) == [2, 3]


def test_the_smallest_that_is_allowed_is_no_handful_and_refusals_are_told_whole():
    tried = [_trial(2, 0.9, smallest=4), _trial(3, 0.8, smallest=5), _trial(4, 0.8, 0.5)]
    found = choose(tried, RULE)
    assert {k: refused(found, k) for k in (2, 3, 4)} == {
        2: "its smallest segment is too small",
        3: None,
        4: "one of its segments is not stable in resamples",
    }
    assert choose([_trial(2, 0.9, 0.4, smallest=30), _trial(3, 0.8, 0.5, smallest=5)], RULE).auto.k == 3


def test_equal_silhouettes_take_the_smaller_number_and_nine_digits_count():
    assert choose([_trial(2, 0.4), _trial(3, 0.4 + 4e-10)], RULE).auto.k == 2
    assert choose([_trial(2, 0.4), _trial(3, 0.4 + 4e-9)], RULE).auto.k == 3


def test_of_criteria_six_digits_count_and_nought_is_a_criterion():
    assert choose([_mixture(2, 7.0), _mixture(3, 7.0 - 4e-7)], RULE).auto.k == 2
    assert choose([_mixture(2, 7.2), _mixture(3, 7.0)], RULE).auto.k == 3
    assert choose([_mixture(2, 0.5), _mixture(3, 0.0)], RULE).auto.k == 3


def test_of_numbers_that_do_not_come_back_the_weakest_segment_decides_to_nine_digits_then_the_smaller_number():
    assert choose([_trial(2, 0.3, 0.41), _trial(3, 0.3, 0.42)], RULE).auto.k == 3
    assert choose([_trial(2, 0.3, 0.42), _trial(3, 0.3, 0.42)], RULE).auto.k == 2
    assert choose([_trial(2, 0.3, 0.42), _trial(3, 0.3, 0.42 + 4e-10)], RULE).auto.k == 2
    assert choose([_trial(2, 0.3, 0.42), _trial(3, 0.3, 0.42 + 4e-9)], RULE).auto.k == 3


def test_the_only_one_that_holds_together_is_told_as_that(formats: NumberFormat):
    tried = [_trial(2, 0.3), _trial(3, 0.5, 0.4)]
    assert _told(tried, formats, RULE) == (
        "Of 2 to 3 segments, 2 is the only number at which every segment is stable in resamples (weakest Jaccard "
        "similarity 0.90) and none is too small."
    )


def test_a_fixed_number_is_the_teams_and_the_datas_is_told_beside_it():
    tried = [_trial(2, 0.3), _trial(3, 0.5), _trial(4, 0.6, 0.5)]
    found = choose(tried, ChoiceRule(fixed=2, smallest=5))
    assert (found.taken.k, found.auto.k) == (2, 3)
    assert team_reason(found) == "The team set 2 segments; the data alone would give 3."
    assert team_reason(choose(tried, ChoiceRule(fixed=4, smallest=5))) == (
        "The team set 4 segments; the data alone would give 3. The data alone would reject 4 segments because one of "
        "them is not stable in resamples."
    )
    assert "the same number" in team_reason(choose(tried, ChoiceRule(fixed=3, smallest=5)))


@pytest.mark.parametrize(("rows", "smallest"), [(20, 5), (200, 5), (251, 6), (1000, 20)])
def test_a_handful_is_two_per_cent_or_five(rows: int, smallest: int):
    assert smallest_allowed(rows) == smallest


@pytest.mark.parametrize(
    ("trial", "word"),
    [
        (_trial(3, 0.6, [0.9, 0.8, 0.76], apart=4.5), "natural"),
        (_trial(3, 0.6, [0.9, 0.8, 0.75], apart=4.5), "constructive"),
        (_trial(3, 0.6, 0.9), "reproducible"),
        (_trial(3, 0.6, 0.9, chance=0.9), "constructive"),
        (_trial(3, 0.6, 0.9, chance_silhouette=0.6), "constructive"),
        (_trial(3, 0.6, [0.9, 0.9, 0.75]), "constructive"),
        (_trial(3, 0.6, [0.7, 0.5, 0.5]), "none"),
        (_trial(3, 0.6, [0.74, 0.72, 0.75]), "none"),
        (_trial(3, 0.9, 1.0, smallest=9, rows=29, apart=9.0), "none"),
    ],
)
def test_the_verdict(trial: Trial, word: str, formats: NumberFormat):
    assert verdict(trial) == word
    assert meaning(trial, formats).endswith(".")


def test_natural_needs_every_two_segments_to_be_apart():
    trial = _trial(3, 0.8, apart=9.0)
    near = trial.separation.copy()
    near[0, 1] = near[1, 0] = 4.4
    assert verdict(dataclasses.replace(trial, separation=near)) == "reproducible"


def test_groups_far_apart_are_found_and_called_natural(configure, blobs, two_features):
    told = analyse(configure(blobs, two_features)).contract.selection
    assert (told.mode, told.k, told.verdict) == ("auto", 3, "natural")
    assert told.reason.startswith(told.auto_reason)
    assert {told.preferred[name] for name in ("silhouette", "calinski_harabasz", "davies_bouldin", "gap")} == {3}
    assert told.preferred["prediction_strength"] == 3


def test_groups_of_groups_are_told_apart_to_the_finest(configure, two_features):
    """Four groups in two pairs: the silhouette prefers the pairs."""
    centres = np.repeat([[0, 0], [7, 7], [60, 60], [67, 67]], 40, axis=0)
    frame = pd.DataFrame(centres + np.random.default_rng(1).normal(size=(160, 2)), columns=["x", "y"])
    told = analyse(configure(frame, two_features)).contract.selection
    assert (told.preferred["silhouette"], told.k, told.verdict) == (2, 4, "natural")


def test_where_half_come_back_the_verdict_says_so(formats: NumberFormat):
    told = meaning(_trial(3, 0.4, [0.9, 0.9, 0.73], agreement=0.57, chance=0.76), formats)
    assert told == (
        "The segments are one division of several: not every one of them is stable in resamples (weakest Jaccard "
        "similarity 0.73). Agreement between two resamples is 0.57, no higher than for random tables without groups "
        "on average (0.76)."
    )
    assert "useful" not in told


def _of_categories(trial: Trial) -> Trial:
    """Random tables have gaps of their own between the segments."""
    normal = dataclasses.replace(trial.measures.normal, separation=np.full((1, 3), 4.0))
    return dataclasses.replace(trial, measures=dataclasses.replace(trial.measures, normal=normal))


def test_among_categories_resamples_are_compared_with_every_random_table(formats: NumberFormat):
    of_categories = _of_categories(_trial(3, 0.6, [0.9, 0.9, 0.73]))
    assert meaning(of_categories, formats).endswith(
        "Agreement between two resamples is 0.90, higher than for any of the random tables without groups (0.60 or "
        "less)."
    )
    alike = _of_categories(_trial(3, 0.6, [0.9, 0.9, 0.73], chance=0.93))
    assert meaning(alike, formats).endswith(
        "Agreement between two resamples is 0.90, no higher than for the random table without groups whose resamples "
        "agree most (0.93)."
    )


def test_the_rule_states_the_thresholds_that_it_is_applied_with():
    assert f"a mean Jaccard similarity of {DOUBTFUL:.2f} or less" in RULE_IN_WORDS[2]
    assert f"at least {APART} standard deviations apart" in RULE_IN_WORDS[3]


def test_each_ground_of_a_verdict_is_told_with_what_it_measures(formats: NumberFormat):
    assert meaning(_trial(3, 0.6, 0.9), formats) == (
        "Not all segments are separated by gaps, but the same ones appear in resamples. Agreement between two "
        "resamples is 0.90, higher than for random tables without groups on average (0.60). The segments are tighter "
        "(silhouette 0.60) than in any of the random tables without groups (0.30 or less)."
    )
    as_tight = meaning(_trial(3, 0.6, 0.9, chance_silhouette=0.65), formats)
    assert as_tight == (
        "The segments are a useful way to divide customers, not a finding: they are stable in resamples, but no more "
        "stable or no tighter than those of random tables without groups. The segments are no tighter (silhouette "
        "0.60) than the tightest to be expected in random tables without groups (0.65)."
    )
    as_faithful = meaning(_trial(3, 0.6, 0.9, chance=0.93), formats)
    assert as_faithful.endswith(
        "or no tighter than those of random tables without groups. Agreement between two resamples is 0.90, no "
        "higher than for random tables without groups on average (0.93)."
    )
    both = meaning(_trial(3, 0.6, 0.9, chance=0.93, chance_silhouette=0.65), formats)
    assert "(0.93). The segments are no tighter" in both


def test_one_skewed_cloud_is_no_finding(configure):
    """Gamma columns, shape 4: beside normal clouds alone its segments seemed to be a finding."""
    generator = np.random.default_rng(17)
    frame = pd.DataFrame(generator.gamma(4, size=(500, 4)).round(3), columns=list("abcd"))
    settings = {name: {"role": "feature", "transform": "none"} for name in frame}
    assert analyse(configure(frame, settings)).contract.selection.verdict in {"constructive", "none"}


def test_touching_groups_are_reproducible(configure):
    """Two groups 3.5 deviations apart: a cut between them puts one customer in twenty-five on the wrong side."""
    generator = np.random.default_rng(5)
    rows = generator.normal(size=(300, 4)) + np.repeat([[0.0] * 4, [1.75] * 4], 150, axis=0)
    frame = pd.DataFrame(rows.round(3), columns=list("abcd"))
    found = analyse(configure(frame, {name: {"role": "feature"} for name in frame})).contract.selection
    assert (found.k, found.verdict) == (2, "reproducible")


def test_the_flow_of_customers_adds_up(mall_contract):
    told = mall_contract.selection
    for candidate in told.candidates[:-1]:
        leaving = {segment.id: 0.0 for segment in candidate.segments}
        for flow in told.flows:
            if flow.k == candidate.k:
                leaving[flow.source] += flow.share
        assert leaving == pytest.approx({segment.id: segment.share for segment in candidate.segments}, abs=1e-6)


def test_noise_is_not_called_natural(configure, two_features):
    noise = pd.DataFrame(np.random.default_rng(1).uniform(size=(150, 2)).round(4), columns=["x", "y"])
    assert analyse(configure(noise, two_features)).contract.selection.verdict in {"constructive", "none"}


@pytest.mark.parametrize("draw", ["uniform", "normal", "exponential", "lognormal"])
@pytest.mark.parametrize("rows", [150, 400])
def test_one_column_without_gaps_is_not_called_natural(configure, draw: str, rows: int):
    """Two halves of a line have a mean silhouette above .60, whatever the line."""
    line = getattr(np.random.default_rng(rows), draw)(size=(rows, 1)).round(3)
    one = {"x": {"role": "feature"}}
    assert analyse(configure(pd.DataFrame(line, columns=["x"]), one)).contract.selection.verdict != "natural"


@pytest.mark.parametrize(
    ("ours", "theirs"), [(davies_bouldin, davies_bouldin_score), (calinski_harabasz, calinski_harabasz_score)]
)
def test_indices_are_scikit_learns(mall_features: Features, ours, theirs):
    distinct = points(mall_features.standard)
    for k in (2, 6, 9):
        fitted = partition(distinct, k, 1)
        labels = fitted.labels[distinct.row]
        found = ours(mall_features.standard, labels, fitted.centroids)
        assert found == pytest.approx(theirs(mall_features.standard, labels), rel=1e-9)


def test_silhouettes_are_scikit_learns_customer_by_customer(mall_features: Features):
    distinct = points(mall_features.standard)
    found = {6: _trial(6, 0.4).measures}
    (trial,) = trials(distinct, [partition(distinct, 6, 1)], found, distances(distinct, np.random.SeedSequence(1)))
    theirs = silhouette_samples(mall_features.standard, trial.labels)
    assert trial.silhouettes == pytest.approx(theirs, abs=1e-9)


def test_groups_of_one_and_the_same_customer_repeated_are_as_tight_as_can_be():
    matrix = np.array([[0.0], [0.0], [1.0], [1.0]])
    labels, centroids = np.array([0, 0, 1, 1]), np.array([[0.0], [1.0]])
    assert calinski_harabasz(matrix, labels, centroids) == calinski_harabasz_score(matrix, labels) == 1.0


def test_segment_silhouettes_average_to_the_whole(mall_features: Features):
    distinct = points(mall_features.standard)
    found = {6: _trial(6, 0.4).measures}
    (trial,) = trials(distinct, [partition(distinct, 6, 1)], found, distances(distinct, np.random.SeedSequence(1)))
    sizes = np.bincount(trial.labels)
    assert trial.segment_silhouettes @ sizes / 200 == pytest.approx(trial.silhouette)


def test_a_sample_is_ascending_and_without_repeats():
    drawn = sample(1000, 50, np.random.SeedSequence(1))
    assert len(drawn) == 50
    assert np.all(np.diff(drawn) > 0)
    assert sample(5, 50, np.random.SeedSequence(1)).tolist() == [0, 1, 2, 3, 4]


def test_numbers_tried_reach_as_far_as_the_table():
    assert numbers_tried(ModelSettings(), 200, 200, "t.csv") == list(range(2, 11))
    assert numbers_tried(ModelSettings(), 4, 100, "t.csv") == [2, 3, 4]
    assert numbers_tried(ModelSettings(), 4, 4, "t.csv") == [2, 3]
    assert numbers_tried(ModelSettings(selection=FixedK(k=14)), 200, 200, "t.csv") == [*range(2, 11), 14]


def test_a_fixed_number_above_the_distinct_rows_is_refused_with_the_remedy(configure, two_features):
    frame = pd.DataFrame({"x": [1, 2, 3, 4] * 10, "y": [5, 1, 2, 8] * 10})
    with pytest.raises(DataError) as caught:
        analyse(configure(frame, two_features, model={"selection": {"k": 6}}))
    message = str(caught.value)
    assert ".csv: model.selection.k asks for 6 segments" in message
    assert "40 usable rows, 4 of them different" in message
    assert "set model.selection.k (or --k) to 4 at most" in message


def test_fewer_rows_than_segments_are_refused(configure, two_features):
    frame = pd.DataFrame({"x": [1, 2, 3], "y": [5, 1, 2]})
    with pytest.raises(DataError, match="asks for 6 segments, but the table has 3 usable rows, 3 of them different"):
        analyse(configure(frame, two_features, model={"selection": {"k": 6}}))


def test_two_customers_are_too_few_for_any_number(configure, two_features):
    frame = pd.DataFrame({"x": [1, 2], "y": [5, 1]})
    with pytest.raises(DataError, match=r"smallest_k asks for 2 segments.*bring more"):
        analyse(configure(frame, two_features))


def test_k_at_the_number_of_distinct_rows_works(configure, two_features):
    frame = pd.DataFrame({"x": [1, 2, 3, 9] * 10, "y": [5, 1, 2, 8] * 10})
    found = analyse(configure(frame, two_features, model={"selection": {"k": 4}})).contract
    assert [segment.size for segment in found.segments] == [10, 10, 10, 10]


def test_one_segment_is_refused_by_the_configuration():
    with pytest.raises(ValueError, match="greater than or equal to 2"):
        Site.model_validate({"data": {"path": "t.csv"}, "model": {"selection": {"k": 1}}})


def test_a_small_segment_is_not_published_of_a_fixed_number(mall: Configuration):
    site = mall.site.model_copy(
        update={"privacy": mall.site.privacy.model_copy(update={"mode": "public", "min_cell": 22})}
    )
    with pytest.raises(ConfigurationError, match=r"the smallest has 21 customers.*min_cell \(22\)"):
        analyse(dataclasses.replace(mall, site=site))


def test_one_customer_is_told_as_one(configure, blobs, two_features):
    alone = pd.concat([blobs, pd.DataFrame({"x": [900.0], "y": [900.0]})])
    settings = {"privacy": {"mode": "public"}, "model": {"selection": {"k": 4}, "outliers": "keep"}}
    with pytest.raises(ConfigurationError, match="the smallest has 1 customer, fewer than"):
        analyse(configure(alone, two_features, **settings))


def test_auto_takes_only_what_may_be_published(mall: Configuration):
    site = mall.site.model_copy(
        update={
            "privacy": mall.site.privacy.model_copy(update={"mode": "public", "min_cell": 30}),
            "model": mall.site.model.model_copy(update={"selection": "auto"}),
        }
    )
    found = analyse(dataclasses.replace(mall, site=site)).contract
    assert min(segment.size for segment in found.segments) >= 30
    assert found.selection.k == 4
    assert found.exploration.points is None


def test_a_large_table_is_fitted_on_a_sample_and_all_are_assigned(configure, two_features, monkeypatch, blobs):
    monkeypatch.setattr("analysis.pipeline.LARGEST_FITTED", 60)
    result = analyse(configure(blobs, two_features))
    assert [segment.size for segment in result.contract.segments] == [40, 40, 40]
    told = "Segments were looked for in a random sample of 60 of the 120 customers."
    assert told in result.contract.data.notes
    assert result.contract.selection.measured_on == 60


@pytest.mark.parametrize("columns", [1, 2])
def test_the_marks_of_a_rating_scale_are_no_finding(configure, columns: int):
    """They come back in every resample and gaps lie between them, because they are marks."""
    marks = np.random.default_rng(columns).integers(1, 6, size=(200, columns))
    names = ["x", "y"][:columns]
    told = analyse(configure(pd.DataFrame(marks, columns=names), {name: {"role": "feature"} for name in names}))
    assert told.contract.selection.verdict in {"constructive", "none"}


@pytest.mark.parametrize("rows", [3, 4, 8, 12, 20])
def test_a_few_rows_of_noise_end_in_a_site_and_no_claim(configure, two_features, rows: int):
    few = pd.DataFrame(np.random.default_rng(rows).normal(size=(rows, 2)).round(3), columns=["x", "y"])
    assert analyse(configure(few, two_features)).contract.selection.verdict in {"constructive", "none"}


def test_two_values_are_two_segments_without_warning(configure):
    told = analyse(configure(pd.DataFrame({"x": [1, 2] * 50}), {"x": {"role": "feature"}})).contract
    assert [segment.size for segment in told.segments] == [50, 50]
    assert told.selection.verdict == "constructive"


def test_one_number_tried_is_told_as_that(formats: NumberFormat):
    assert _told([_trial(2, 0.4)], formats, RULE) == "No number of segments other than 2 could be tried."
