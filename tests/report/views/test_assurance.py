"""The panel “How sure are we” says what the figures support, no more, and copes with what is withheld."""

from __future__ import annotations

import pytest

from analysis.contract import Border, Interval
from analysis.language import speaking
from report.views.assurance import assurance
from report.views.criteria import checks, checks_line, matrix
from report.views.evaluation import weights_words
from report.views.ranges import EXPLAINED, share_range, size_range, typical_range
from report.views.segment import segment_page
from report.views.segments import segments
from tests.report.views.conftest import Tell, changed

REACHED = "Some random tables without groups agree as well: 5% of them reach 0.95."


def _measures(story, segment) -> dict[str, object]:
    return {one.label: one for one in assurance(story, segment).measures}


@pytest.mark.parametrize(
    ("band", "verdict", "tone", "headline"),
    [
        ("highly stable", "natural", "good", "This segment is reliable."),
        ("stable", "reproducible", "good", "You can plan with this segment."),
        ("doubtful", "natural", "warn", "This segment shows a pattern; it is not a reliable list of customers."),
        ("unstable", "natural", "bad", "Do not rely on this segment alone."),
        (
            "highly stable",
            "constructive",
            "warn",
            "This segment is stable, but so are segments of tables without groups",
        ),
        ("stable", "none", "warn", "but the table as a whole does not support reliable segments."),
        ("unstable", "none", "bad", "Do not rely on this segment alone."),
        (None, "none", "none", "was not measured"),
    ],
)
def test_stability_counts_for_no_more_than_the_table_supports(tell: Tell, mall_contract, band, verdict, tone, headline):
    story = tell(selection={"verdict": verdict})
    segment = mall_contract.segments[0].model_copy(update={"stability_band": band})
    panel = assurance(story, segment)
    assert panel.tone == tone
    assert headline in panel.headline


def test_a_segment_that_is_stable_where_others_are_not_is_not_said_to_be_like_any_division(tell: Tell, mall_contract):
    tried = tuple(one.model_copy(update={"weakest": 0.6}) for one in mall_contract.selection.candidates)
    story = tell(selection={"verdict": "constructive", "candidates": tried})
    panel = assurance(story, mall_contract.segments[0].model_copy(update={"stability_band": "stable"}))
    assert panel.headline == "This segment is stable, but others are not: it is useful, but not a finding."
    assert panel.tone == "warn"


def test_stability_stands_beside_tables_without_groups(tell: Tell, mall_contract):
    taken = next(one for one in mall_contract.selection.candidates if one.k == mall_contract.selection.k)
    chance = max(taken.agreement_normal.p95, taken.agreement_box.p95)
    measure = _measures(tell(), mall_contract.segments[0])["Compared with chance"]
    assert measure.value == f"{taken.agreement.mean:.2f}"
    assert f"stay below {chance:.2f}." in measure.meaning
    bare = tuple(one.model_copy(update={"agreement": None}) for one in mall_contract.selection.candidates)
    assert "Compared with chance" not in _measures(tell(selection={"candidates": bare}), mall_contract.segments[0])


@pytest.mark.parametrize(
    ("own", "said"), [(0.96, "95% of random tables without groups stay below 0.95."), (0.948, REACHED), (0.9, REACHED)]
)
def test_agreement_that_tables_without_groups_reach_is_told_as_that(tell: Tell, mall_contract, own: float, said: str):
    taken = next(one for one in mall_contract.selection.candidates if one.k == mall_contract.selection.k)
    kind = taken.agreement.model_copy(update={"mean": 0.9, "p95": 0.95})
    there = {"agreement": kind.model_copy(update={"mean": own}), "agreement_normal": kind, "agreement_box": None}
    measure = _measures(tell(selection={"candidates": (taken.model_copy(update=there),)}), mall_contract.segments[0])
    assert measure["Compared with chance"].meaning.endswith(said)


def test_the_gauge_lies_where_the_figures_do(tell: Tell, mall_contract):
    ends = Interval(lower=0.4, upper=1.0)
    segment = mall_contract.segments[0].model_copy(update={"stability": 0.9, "stability_interval": ends})
    gauge = assurance(tell(), segment).gauge
    assert (gauge.dot, gauge.low, gauge.high) == (900, 400, 1000)
    back = _measures(tell(), segment)["Stability"]
    assert back.range == "0.40–1.00"
    lost = _measures(tell(), segment.model_copy(update={"dissolved": 3}))["Stability"].meaning
    assert lost.endswith(
        "It was missing in 3 resamples: no segment there had more than half of the customers in common with it."
    )
    assert "missing" not in _measures(tell(), segment.model_copy(update={"dissolved": 0}))["Stability"].meaning
    unmeasured = segment.model_copy(update={"stability": None, "stability_interval": None, "stability_band": None})
    assert assurance(tell(), unmeasured).gauge is None


def test_borders_are_counted_and_named(tell: Tell, mall_contract):
    borders = (Border(id=2, customers=7, share=0.18), Border(id=3, customers=1, share=0.03))
    segment = mall_contract.segments[0].model_copy(update={"borders": borders})
    border = _measures(tell(), segment)["On the border"]
    assert border.value == "8"
    assert border.meaning.startswith("8 of 39 customers are nearly as close to another segment. Actions for")
    assert [(one.slug, one.customers) for one in border.leans] == [
        ("potential-loyalists", "7"), ("young-enthusiasts", "1"),
    ]  # fmt: skip
    assert "Actions for it should suit Potential Loyalists as well." in assurance(tell(), segment).meaning


def test_a_segment_that_is_not_substantial_gets_no_large_campaigns_of_its_own(tell: Tell, mall_contract):
    last = mall_contract.segments[-1]
    assert [one.name for one in last.criteria if not one.passed] == ["substantial"]
    assert (
        "too few customers or too little value for large campaigns of its own. Actions for all customers should reach "
        "it, too." in assurance(tell(), last).meaning
    )
    whole = last.model_copy(update={"criteria": mall_contract.segments[0].criteria})
    assert "You can plan and budget for it on its own" in assurance(tell(), whole).meaning


def test_withheld_borders_are_not_added_up(tell: Tell, mall_contract):
    borders = (Border(id=2, customers=12, share=0.3), Border(id=3, customers=None, share=None))
    segment = mall_contract.segments[0].model_copy(update={"borders": borders})
    border = _measures(tell(), segment)["On the border"]
    assert border.value == "withheld"
    assert "12" not in border.meaning
    assert [one.customers for one in border.leans] == ["12", ""]


def test_nobody_on_the_border(tell: Tell, mall_contract):
    first = mall_contract.segments[0].model_copy(update={"borders": ()})
    near = first.neighbour.model_copy(update={"border_customers": 0})
    alone = _measures(tell(), first.model_copy(update={"neighbour": near}))["On the border"]
    assert alone.meaning == "No customers. The nearest segment is Young Enthusiasts."
    hidden = first.neighbour.model_copy(update={"border_customers": None})
    assert _measures(tell(), first.model_copy(update={"neighbour": hidden}))["On the border"].value == "withheld"
    assert "On the border" not in _measures(tell(), first.model_copy(update={"neighbour": None}))


def test_ranges_stand_with_their_figures_and_are_explained_once(tell: Tell, mall_contract):
    story, first = tell(), mall_contract.segments[0]
    page = segment_page(story, first).values
    facts = {fact.label: fact for fact in page.facts}
    assert facts["Customers"].range == f"{size_range(story, first)}, or {share_range(story, first)}"
    income = story.feature("Annual Income (k$)")
    assert facts["Mean annual income"].range == typical_range(story, income, story.profile(first, income.name))
    assert page.ranges == EXPLAINED


def test_nothing_is_said_of_ranges_that_are_not_there(tell: Tell, mall_contract):
    gone = {"mean_interval": None, "typical_interval": None}
    profile = tuple(one.model_copy(update=gone) for one in mall_contract.segments[0].profile)
    intervals = ("size_interval", "share_interval", "value_share_interval", "stability_interval")
    update = {"profile": profile, **dict.fromkeys(intervals)}
    bare = tuple(one.model_copy(update=update) for one in mall_contract.segments)
    page = segment_page(tell(segments=bare), bare[0]).values
    assert page.ranges == ""
    assert not any(fact.range for fact in page.facts)
    assert segments(tell(segments=bare)).values.ranges_explained == ""


def test_the_same_figure_twice_is_no_range(tell: Tell, mall_contract):
    ends = Interval(lower=39.1, upper=39.4)
    assert size_range(tell(), mall_contract.segments[0].model_copy(update={"size_interval": ends})) == "39"


def test_criteria_are_told_with_their_reasons(mall_contract):
    first, last = mall_contract.segments[0], mall_contract.segments[-1]
    assert checks_line(first) == "All 5 criteria are met."
    assert checks_line(last) == "4 of 5 criteria are met. Not met: substantial."
    assert [one.reason for one in checks(last)] == [one.reason for one in last.criteria]
    failed = tuple(one.model_copy(update={"passed": False}) for one in last.criteria)
    assert checks_line(last.model_copy(update={"criteria": failed})) == (
        "0 of 5 criteria are met. Not met: measurable, substantial, accessible, differentiable and actionable."
    )
    alone = tuple(one.model_copy(update={"passed": one.name == "measurable"}) for one in last.criteria[:2])
    assert checks_line(last.model_copy(update={"criteria": alone})) == ("1 of 2 criteria is met. Not met: substantial.")
    assert checks_line(last.model_copy(update={"criteria": ()})) == ""


def test_the_table_of_criteria_has_a_row_a_segment(tell: Tell):
    rows = matrix(tell())
    assert [row.met for row in rows] == ["5 of 5"] * 5 + ["4 of 5"]
    assert rows[-1].passed == [True, False, True, True, True]


def test_the_weights_of_the_evaluation_are_told(tell: Tell, mall, mall_contract):
    words = weights_words(tell())
    assert words == (
        "Attractiveness combines size (30%), value (30%), value per customer (20%) and responsiveness (20%). "
        "Competitiveness, how well we can serve a segment, combines persona fit (25%), available actions (25%), "
        "recognition by a rule (25%) and stability (25%). Each part runs from 0 to 1. A part that is unknown for a "
        "segment is left out, and its weight goes to the others. The team sets the weights in the configuration."
    )
    weights = mall.site.evaluation.attractiveness.model_copy(update={"size": 0.0, "value": 0.6})
    site = {"evaluation": mall.site.evaluation.model_copy(update={"attractiveness": weights})}
    with speaking("de"):
        # An adjective keeps its small letter, where a label would keep its capital.
        assert "verfügbare Maßnahmen (25" in weights_words(tell())
    assert "Attractiveness combines value (60%), value per customer (20%)" in weights_words(tell(site=site))
    without = changed(mall_contract.segments, evaluation=[None] * 6)
    assert weights_words(tell(segments=without)) == ""


def test_customers_in_no_segment_are_no_segment(tell: Tell, mall_contract):
    last = mall_contract.segments[-1].model_copy(
        update={
            "kind": "unassigned", "persona": None, "recommendations": (), "criteria": (), "evaluation": None,
            "stability": None, "stability_band": None, "rule": None, "borders": (), "neighbour": None,
        }
    )  # fmt: skip
    story = tell(segments=(*mall_contract.segments[:-1], last))
    page = segment_page(story, last).values
    assert not page.belongs
    assert page.budget is None
    assert "they are not a segment themselves" in str(page.lead)
    assert segment_page(story, mall_contract.segments[0]).values.position == "1 of 5"
    compared = segments(story).values
    assert compared.heading == "Five segments side by side"
    assert str(compared.lead).endswith("21 customers are in no segment, being unlike all of them, and are listed last.")
    assert compared.unnamed == []
    assert len(compared.matrix) == 5


def test_a_stable_segment_that_some_resamples_lose_is_told_as_that(mall_contract, tell: Tell):
    segment = mall_contract.segments[0]
    for lost, headline in ((3, "This segment is mostly reliable."), (2, "This segment is reliable.")):
        changed = segment.model_copy(update={"stability_band": "highly stable", "dissolved": lost})
        found = assurance(tell(), changed)
        assert found.headline == headline
        assert ("it was not found in every resample" in found.meaning) == (lost == 3)


@pytest.mark.parametrize(
    ("silhouette", "said"),
    [
        (0.8, "clearly separate from the other segments."),
        (0.6, "reasonably separate from the other segments."),
        (0.3, "close to its neighbours, with customers in between."),
        (0.1, "not clearly separate; many customers would fit another segment as well."),
    ],
)
def test_the_silhouette_is_told_in_words(tell: Tell, mall_contract, silhouette: float, said: str):
    segment = mall_contract.segments[0].model_copy(update={"silhouette": silhouette})
    assert _measures(tell(), segment)["Separation"].meaning == f"Mean silhouette (−1 to 1): {said}"


def test_one_of_a_kind_is_told_in_the_singular(tell: Tell, mall_contract):
    border = (Border(id=2, customers=1, share=0.03),)
    segment = mall_contract.segments[0].model_copy(update={"borders": border, "dissolved": 1})
    told = _measures(tell(), segment)
    assert told["On the border"].meaning == (
        "1 of 39 customers is nearly as close to another segment. Actions for that segment suit this customer, too."
    )
    assert told["Stability"].meaning.endswith(
        "It was missing in 1 resample: no segment there had more than half of the customers in common with it."
    )
