"""The method and the data page say what was done to this table, and nothing that was not."""

from __future__ import annotations

import pytest

from analysis.configuration.site import Value
from analysis.contract import Border
from analysis.contract.algorithms import described
from report.site.quarto_project import footer
from report.views.assurance import assurance
from report.views.data import data
from report.views.method import method
from report.views.preparation import set_apart
from report.views.segment import segment_page
from report.views.segments import segments
from tests.report.views.conftest import Tell, with_some_in_none


def _steps(story) -> dict[str, str]:
    return {step.title: step.text for step in method(story).values.steps}


def test_the_steps_of_a_full_configuration(tell: Tell):
    steps = _steps(tell())
    assert steps["Preparation"].startswith("200 rows were read and 200 were used. These columns were standardised: ")
    assert "matched with the persona" in steps["Profiling"]
    assert steps["Recommendations"].endswith("The budget is split by value, size and responsiveness.")


def test_the_steps_of_a_bare_table(tell: Tell, mall_contract):
    nameless = tuple(segment.model_copy(update={"persona": None}) for segment in mall_contract.segments)
    site = {"personas": None, "budget": None, "value": Value()}
    steps = _steps(tell(site=site, budget=None, segments=nameless, data={"rows_read": 201, "rows_rejected": 1}))
    assert steps["Preparation"].startswith(
        "201 rows were read and 200 were used. The data page gives the reasons why the others were set aside. "
    )
    assert "persona" not in steps["Profiling"]
    assert "budget" not in steps["Recommendations"]


def test_the_method_page_counts_a_border_as_the_segment_page_does(tell: Tell, mall_contract):
    borders = (Border(id=2, customers=7, share=0.18), Border(id=3, customers=1, share=0.03))
    segments = [mall_contract.segments[0].model_copy(update={"borders": borders}), *mall_contract.segments[1:]]
    story = tell(segments=segments)
    told = {one.label: one.value for one in assurance(story, story.contract.segments[0]).measures}
    assert method(story).values.quality[0].border == told["On the border"] == "8"


def test_only_an_estimate_is_called_one(tell: Tell, mall):
    estimate = "Value is an estimate, not counted revenue: estimated spend (income × spending score)."
    assert estimate in method(tell()).values.limits
    income = mall.site.columns["Annual Income (k$)"].model_copy(update={"role": "monetary"})
    site = {
        "columns": {**mall.site.columns, "Annual Income (k$)": income},
        "value": Value(product_of=("Annual Income (k$)",), label="Revenue"),
    }
    assert not any("estimate" in limit for limit in method(tell(site=site)).values.limits)


def test_one_row_was_set_aside(tell: Tell):
    page = data(tell(data={"rows_read": 201, "rows_rejected": 1}), [])
    assert str(page.values.lead).endswith(" were used. 1 row was set aside, with the reason.")
    assert [fact.note for fact in page.values.facts][2] == "with the reason"
    assert [fact.note for fact in data(tell(), []).values.facts][1:3] == ["all rows read", ""]


def test_several_rows_were_set_aside(tell: Tell):
    page = data(tell(data={"rows_read": 1203, "rows_rejected": 3, "rows_used": 1200}), [])
    assert str(page.values.lead).startswith("1,200 of 1,203 rows of ")
    assert str(page.values.lead).endswith(" were used. 3 rows were set aside, each with its reason.")
    assert [fact.note for fact in page.values.facts][1:3] == ["99.8% of the rows read", "each with its reason"]


def test_a_column_is_said_to_be_standardised_only_if_it_was(tell: Tell, mall_contract):
    gender, *others = mall_contract.data.features
    used = gender.model_copy(update={"used_for": "clustering", "transform": "one axis a category"})
    preparation = _steps(tell(data={"features": (used, *others)}))["Preparation"]
    assert "These columns were standardised: age, annual income and spending score. " in preparation
    assert preparation.endswith("Each category of these columns became an axis of its own: gender.")
    assert "category" not in _steps(tell())["Preparation"]


def test_the_algorithm_says_for_how_many_segments_it_was_run(tell: Tell, mall_contract):
    assert _steps(tell())["K-Means"].startswith("K-Means was run for 2 to 10 segments. It places that many centres")
    one = tell(selection={"candidates": mall_contract.selection.candidates[4:5]})
    assert _steps(one)["K-Means"].startswith("K-Means was run for six segments. ")


def test_a_public_site_states_its_smallest_count(tell: Tell):
    page = data(tell(privacy={"mode": "public", "min_cell": 10}), [])
    assert "no count of customers between 1 and 9, and no mean of fewer than 10. " in str(page.values.privacy)


def test_a_column_of_categories_that_are_withheld(tell: Tell, mall_contract):
    gender = mall_contract.data.features[0]
    for categories, mean in (({}, "withheld"), ({"Female": 200}, "1 category")):
        hidden = gender.model_copy(update={"categories": categories})
        (row,) = data(tell(data={"features": (hidden,)}), []).values.columns
        assert row.typical == mean


def test_customers_in_no_segment_have_no_row_among_segments(tell: Tell, mall_contract):
    five = [one.name for one in mall_contract.segments[:5]]
    told = tell(segments=with_some_in_none(mall_contract.segments), selection={"algorithm": "hdbscan", "k": 5})
    values = method(told).values
    assert [row.name for row in values.quality] == five
    assert [row.name for row in values.budget_rows] == five
    assert _steps(told)["HDBSCAN"].startswith("HDBSCAN found five segments by itself. ")
    assert segments(told).values.heading.startswith("Five segments")
    assert footer(told)[0] == {"text": "200 customers, 179 of them in 5 segments"}
    assert footer(tell())[0] == {"text": "200 customers in 6 segments"}


def test_the_page_of_customers_in_no_segment_says_so_once(tell: Tell, mall_contract):
    told = tell(segments=with_some_in_none(mall_contract.segments))
    values = segment_page(told, told.contract.segments[-1]).values
    assert "they are not a segment themselves" in str(values.lead)
    assert values.summary == ""
    assert segment_page(told, told.contract.segments[0]).values.summary


@pytest.mark.parametrize("count", [None, 3])
@pytest.mark.parametrize("algorithm", ["kmeans", "ward", "gaussian_mixture", "hdbscan"])
def test_where_those_set_apart_went_follows_the_algorithm(tell: Tell, algorithm, count):
    told = set_apart(tell(data={"set_apart": count, "latecomers": described(algorithm).placed}))
    assert f"then assigned {described(algorithm).placed}" in told


@pytest.mark.parametrize(
    ("count", "start"),
    [
        (0, ""),
        (None, "Some customers have no value"),
        (1, "1 of 200 customers has no value"),
        (38, "38 of 200 customers have no value"),
    ],
)
def test_the_method_page_counts_customers_with_gaps(tell: Tell, count, start: str):
    told = str(method(tell(data={"imputed": count})).values.incomplete)
    assert told.startswith(start)
    assert bool(told) == (count != 0)
