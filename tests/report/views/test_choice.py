"""How the number of segments is defended: the rule, what speaks for and against, and that indices disagree."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis.clustering.choose import CRITERION_RULE
from analysis.contract import AlgorithmAgreement, AlgorithmResult, Candidate, Contract
from analysis.contract.indices import INDICES
from analysis.contract.thresholds import APART, EVENLY_FILLED
from analysis.profiling.profile import BORDER
from analysis.wording.number_format import NumberFormat
from report.disclosure import published
from report.markup.blocks import as_html
from report.markup.templates import page
from report.views.algorithms import comparison
from report.views.choice import choice
from report.views.glossary import terms
from report.views.method import method
from report.views.preparation import prepared, set_apart
from tests.report.views.conftest import Tell

COMPLETE = "all customers with a value in every column used"


def test_every_index_that_is_measured_is_told(mall_contract, tell: Tell):
    selection = mall_contract.selection
    assert set(INDICES) == {*selection.preferred, *selection.undecided, "bic"}  # that of mixtures alone
    told = choice(tell()).preferences
    assert {each.index.name: each.best for each in told if each.best} == {
        INDICES[key].name: k for key, k in selection.preferred.items()
    }


def test_an_index_that_sees_nothing_to_divide_speaks_against(tell: Tell):
    values = choice(tell(selection={"preferred": {"silhouette": 6, "gap": 1}, "undecided": {}}))
    assert values.speaks_against == ["Indices that prefer a single segment, the whole table: gap statistic."]
    assert "together they prefer one or six." in str(values.disagree)
    assert [each.k for each in values.preferences] == ["6", "1"]


def test_an_index_that_is_undecided_is_said_to_be(tell: Tell):
    values = choice(
        tell(selection={"preferred": {"silhouette": 6, "gap": 6}, "undecided": {"prediction_strength": (2, 4)}})
    )
    assert values.disagree == (
        "The indices agree: each of the 2 that name a single number prefers six. Prediction strength is undecided "
        "between two and four: its average over all random splits drawn stays within three standard errors of the "
        "required 0.80."
    )
    assert [each.k for each in values.preferences] == ["6", "2 or 4", "6"]
    assert values.speaks_against == []


def test_the_gap_of_the_whole_table_and_errors_are_told(tell: Tell, mall_contract):
    undivided = mall_contract.selection.undivided
    assert undivided is not None
    values = choice(tell(selection={"undivided": undivided.model_copy(update={"gap": 0.5207, "gap_error": 0.0623})}))
    assert values.undivided == "Gap statistic of the whole table as one segment: 0.52 ± 0.062."
    tried = _refused(mall_contract, None, prediction_strength=0.8084, prediction_strength_error=0.0087)
    row = next(one for one in choice(tell(selection={"candidates": tried})).candidates if one.k == "6")
    assert "0.81 ± 0.009" in row.others


def test_disagreement_is_said_openly(tell: Tell):
    """Silhouette 6, prediction strength 2, agreement beyond chance 4: the table that ships."""
    values = choice(
        tell(selection={"preferred": {"silhouette": 6, "prediction_strength": 2, "agreement": 4}, "undecided": {}})
    )
    assert values.disagree == (
        "The indices disagree: of 3 that name a single number, 1 prefers the six segments used here; together they "
        "prefer two, four or six. Each index asks a different question, so none decides alone."
    )
    assert values.speaks_for[-1] == "Indices that prefer this number: silhouette."
    (against,) = values.speaks_against
    assert against == "Indices that prefer fewer segments: prediction strength (2) and agreement beyond chance (4)."
    one = choice(tell(selection={"preferred": {"silhouette": 6, "gap": 6}, "undecided": {}}))
    assert one.disagree == "The indices agree: each of the 2 that name a single number prefers six."
    assert one.speaks_against == []
    none = choice(tell(selection={"preferred": {"davies_bouldin": 7, "calinski_harabasz": 9}, "undecided": {}}))
    assert none.disagree == (
        "The indices disagree: of 2 that name a single number, none prefers the six segments used here; together they "
        "prefer seven or nine. Each index asks a different question, so none decides alone."
    )
    assert none.speaks_against == ["Indices that prefer more segments: Davies–Bouldin (7) and Calinski–Harabasz (9)."]


def _refused(mall_contract: Contract, why: str | None, **changes: object) -> tuple[Candidate, ...]:
    return tuple(
        one.model_copy(update={"refused": why, **changes}) if one.k == 6 else one
        for one in mall_contract.selection.candidates
    )


def test_the_teams_number_stands_or_falls(tell: Tell, mall_contract):
    assert str(choice(tell()).stands).startswith(
        "The team set six segments. The rule alone would choose the same number. "
    )
    tried = _refused(mall_contract, "one of its segments is not stable in resamples", weakest=0.5)
    fallen = choice(tell(selection={"auto_k": 4, "candidates": tried, "auto_reason": "Four hold."}))
    assert fallen.stands == (
        "The team set six segments. The rule rejects that number (one of its segments is not stable in resamples); it "
        "stands as the team’s decision. Four hold."
    )
    assert fallen.speaks_against[0].startswith("The weakest segment is not stable: it has a Jaccard similarity of 0.50")
    other = choice(tell(selection={"auto_k": 4, "candidates": _refused(mall_contract, None)}))
    assert "The rule accepts that number, but alone it would choose four." in str(other.stands)
    auto = choice(tell(selection={"mode": "auto", "auto_reason": "Six hold together."}))
    assert auto.stands == "Six hold together."


def test_agreement_no_better_than_chance_speaks_against(tell: Tell, mall_contract):
    six = next(one for one in mall_contract.selection.candidates if one.k == 6)
    high = six.agreement_box.model_copy(update={"p95": 0.97})
    values = choice(tell(selection={"candidates": _refused(mall_contract, None, agreement_box=high)}))
    assert not [line for line in values.speaks_for if "resamples agree" in line]
    assert any(
        "but so do some random tables without groups: 5% of them reach 0.97." in x for x in values.speaks_against
    )


def test_the_table_of_candidates_marks_the_taken_and_says_why_others_are_refused(tell: Tell):
    values = choice(tell())
    rows = {row.k: row for row in values.candidates}
    assert [k for k, row in rows.items() if row.chosen] == ["6"]
    assert rows["6"].ruled == "Best choice"
    assert rows["4"].ruled == "Accepted"
    assert rows["3"].ruled == "Rejected"
    (line,) = [line for line in values.refusals if "not stable" in line]
    assert re.match(r"Rejected with .*\b3\b.* segments: one of its segments is not stable in resamples", line)
    widths = {len(row.others) for row in rows.values()}
    assert widths == {len(values.others)}


def test_the_column_of_agreement_beyond_chance_is_the_one_that_the_index_goes_by(tell: Tell, mall_contract):
    selection, values = mall_contract.selection, choice(tell())
    place = [head for head, _ in values.others].index("Agreement beyond chance")
    beyond = {row.k: float(row.others[place]) for row in values.candidates}
    assert max(beyond, key=beyond.get) == str(selection.preferred["agreement"]) == "4"


def test_the_rule_is_told_in_its_own_steps(tell: Tell, mall_contract):
    story = tell()
    assert choice(story).rule == mall_contract.selection.rule
    text = _page(story)
    for step in mall_contract.selection.rule:
        assert step in text
    assert "Hennig (2007)" in text


def test_of_a_mixture_the_page_tells_the_criterion_and_calls_nothing_else_the_gate(tell: Tell, mall_contract):
    """Everything that was said of the rule of stability would be false."""
    tried = tuple(
        one.model_copy(update={"bic": 1000.25 + one.k, "refused": None}) for one in mall_contract.selection.candidates
    )
    preferred = {"silhouette": 6, "bic": 2}
    story = tell(
        selection={
            "candidates": tried, "rule": CRITERION_RULE, "algorithm": "gaussian_mixture", "preferred": preferred,
            "undecided": {}, "auto_k": 2,
        }
    )  # fmt: skip
    text, values = _page(story), choice(story)
    assert (
        "The Bayesian information criterion decides. Stability does not decide the number; the verdict reports it."
        in text
    )
    assert "Fraley &amp; Raftery (2002)" in text
    for false in ("Stability comes first", "Hennig (2007), Computational", "inertia always falls", "same segments as"):
        assert false not in text
    assert "It uses K-Means, so it finds the closest match to the segments of this site, not the same ones." in text
    assert "It finds the same segments as this site." not in text
    assert "It contains no values of single customers." in text
    assert "Inertia mostly falls with the number of segments." in text
    assert "Inertia always falls" not in text
    assert {row.k: row.bic for row in values.candidates}["4"] == "1,004"
    assert "1,004</td>" in text
    assert (
        "BIC is the Bayesian information criterion: lower is better. In all other columns of figures except the last, "
        "higher is better." in text
    )
    assert [each.index.name for each in values.preferences] == ["Silhouette", "Bayesian information criterion"]
    assert values.speaks_against == ["Indices that prefer fewer segments: Bayesian information criterion (2)."]
    assert "bic" in {term.anchor for term in terms()}
    plain = _page(tell())
    assert "Stability comes first: numbers whose segments are not stable are rejected." in plain
    assert "BIC" not in plain
    assert "It finds the same segments as this site. It contains no values of single customers." in plain


def _page(story) -> str:
    found = method(story)
    return as_html(page(found.template, found.values, root=""))


def test_a_sample_is_stated(tell: Tell):
    assert "Measured on a random sample of 150 of 200 customers, the same for every number of segments." in _page(
        tell(selection={"measured_on": 150})
    )
    assert "random sample of" not in _page(tell())


@pytest.mark.parametrize("apart", [None, 12])
def test_of_a_sample_those_set_apart_were_not_measured(tell: Tell, apart: int | None):
    told = (
        "Measured on a random sample of 150 of 200 customers (outliers among them were left out), the same for every "
        "number of segments."
    )
    assert told in _page(tell(selection={"measured_on": 150}, data={"set_apart": apart}))


def test_the_page_stands_without_the_newer_figures(tell: Tell, mall_contract):
    """An analysis that knows no rule, no resamples and no structureless tables."""
    bare = {
        "weakest": None, "gap": None, "gap_error": None, "prediction_strength": None, "agreement": None,
        "agreement_normal": None, "agreement_box": None, "excess": None, "segments": (), "smallest_share": None,
        "stability": None,
    }  # fmt: skip
    tried = tuple(one.model_copy(update=bare) for one in mall_contract.selection.candidates)
    story = tell(selection={"candidates": tried, "rule": (), "flows": (), "preferred": {}, "stability": None})
    text = _page(story)
    assert "None" not in text
    assert choice(story).speaks_for == []


def test_what_may_not_be_published_is_a_dash(tell: Tell, mall_contract):
    contract = published(mall_contract.model_copy(
        update={"privacy": mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 20})}))  # fmt: skip
    story = tell(selection=dict(contract.selection))
    rows = {row.k: row for row in choice(story).candidates}
    assert rows["10"].smallest == "–"
    assert "None" not in _page(story)


def test_transforms_are_stated_with_their_reason(tell: Tell, mall_contract):
    features = tuple(
        one.model_copy(update={"transform": "log, standardised", "transform_reason": "Its tail is long."})
        if one.role == "income"
        else one
        for one in mall_contract.data.features
    )
    story = tell(data={"features": features})
    done = {row.label: (row.done, row.why) for row in prepared(story)}
    assert done["Annual income"] == ("Logarithm, then standardised", "Its tail is long.")
    assert done["Age"] == ("Standardised", "So that no column counts more because of its unit.")
    assert "Skewed amounts were replaced by their logarithms; their typical figure is therefore the median." in _page(
        story
    )
    assert "logarithms; their" not in _page(tell())


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "No outliers were excluded: "), (1, "1 customer is an outlier: far from all others. "),
     (12, ("12 customers are outliers: they are far from all others. So that they cannot form a segment, they were "
           "left out of the search and then assigned")),
     (None, "A few customers, too few to be counted here, are outliers: ")],
)  # fmt: skip
def test_outliers_are_stated(tell: Tell, count: int | None, said: str):
    assert said in set_apart(tell(data={"set_apart": count}))


@pytest.mark.parametrize(("gaps", "who"), [(0, "all customers"), (3, COMPLETE), (None, COMPLETE)])
def test_customers_with_gaps_took_no_part_in_the_search(tell: Tell, gaps: int | None, who: str):
    told = set_apart(tell(data={"set_apart": 0, "imputed": gaps}))
    assert told == f"No outliers were excluded: {who} were included in the search for segments."


def _result(algorithm: str, *, taken: bool = False, **more: object) -> AlgorithmResult:
    figures = {"silhouette": 0.4, "calinski_harabasz": 90.0, "davies_bouldin": 0.8, "stability": 0.9, "weakest": 0.8,
               "agreement": 0.85, "prediction_strength": None, "smallest_share": None,
               "verdict": "reproducible"}  # fmt: skip
    return AlgorithmResult.model_validate({"algorithm": algorithm, "k": 6, "taken": taken, **figures, **more})


def test_algorithms_are_compared_only_where_there_are_several(tell: Tell):
    assert comparison(tell()) is None
    assert comparison(tell(selection={"algorithms": (_result("kmeans", taken=True),)})) is None
    assert "Other algorithms" not in _page(tell())


def test_algorithms_are_held_against_each_other(tell: Tell):
    algorithms = (
        _result("kmeans", taken=True),
        _result("gaussian_mixture", bic=1234.4),
        _result("hdbscan", unassigned_share=0.125, verdict="none", note="A small core."),
    )
    agreements = (
        AlgorithmAgreement(a="kmeans", b="gaussian_mixture", adjusted_rand=0.91),
        AlgorithmAgreement(a="hdbscan", b="kmeans", adjusted_rand=0.42),
    )
    story = tell(selection={"algorithms": algorithms, "agreements": agreements})
    found = comparison(story)
    assert found is not None
    assert found.sentence == (
        "The site shows the segments of K-Means. It agrees most with Gaussian mixture (adjusted Rand index 0.91; 1: "
        "the same segments, 0: no more alike than by chance) and least with HDBSCAN (0.42). Another algorithm would "
        "divide some customers differently."
    )
    assert [row.verdict for row in found.rows] == ["Reproducible", "Reproducible", "None"]
    assert found.rows[1].figures[-1] == "1,234"
    assert found.rows[2].figures[-2] == "12.5%"
    assert [one.cells for one in found.alike] == [
        ("1", "0.91", "0.42"), ("0.91", "1", "–"), ("0.42", "–", "1"),
    ]  # fmt: skip
    text = _page(story)
    assert "Other algorithms" in text
    assert "A small core." in text


def test_persistence_is_told_in_words_where_it_may_not_be_drawn(tell: Tell, mall_contract):
    text = _page(tell())  # the stories of these tests have no pictures
    assert "How far each of the six segments comes from a single segment of the next coarser division (1: " in text
    assert "Premium Shoppers: 1.0" in text
    bare = tuple(one.model_copy(update={"segments": ()}) for one in mall_contract.selection.candidates)
    assert "comes from a single segment" not in _page(tell(selection={"candidates": bare}))


def test_where_one_number_was_tried_no_index_prefers_it(tell: Tell, mall_contract):
    """HDBSCAN finds its own number: there is nothing to choose from."""
    story = tell(selection={"candidates": _refused(mall_contract, "it does not come back")[4:5], "mode": "auto"})
    values = choice(story)
    assert (values.preferences, values.disagree, values.rule) == ([], "", ())
    assert values.candidates[0].ruled == "Rejected"
    assert "What each index prefers" not in _page(story)


def test_the_gap_that_the_glossary_tells_is_the_rules():
    told = next(term.meaning for term in terms() if term.anchor == "separation")
    assert f"from {APART}" in told
    assert f"{EVENLY_FILLED:.1f}" in told


def test_thresholds_are_written_as_the_figures_above_them(tell: Tell):
    story = tell(selection={"undecided": {"prediction_strength": (3, 4)}, "preferred": {}})
    german = replace(story, formats=NumberFormat("de_DE", "EUR"))
    assert (
        "Stability of the weakest segment: Jaccard similarity; above 0.75 the segment is stable. Separation of the "
        "closest two: in standard deviations; from 4.5 there is a gap between all segments, and evenly spread "
        "customers give 3.5. Silhouette: mean over customers."
    ) in choice(story).note
    assert "above 0,75 the segment is stable." in choice(german).note
    assert "from 4,5 there is a gap between all segments, and evenly spread customers give 3,5." in choice(german).note
    assert choice(german).disagree.endswith("stays within three standard errors of the required 0,80.")


def test_the_border_that_the_glossary_tells_is_the_analyses():
    told = next(term.meaning for term in terms() if term.anchor == "border-customer")
    assert f"at least {BORDER} of the distance" in told
