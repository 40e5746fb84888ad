"""Pages tell expected value as an expectation, and what it rests on; without it they say why."""

from __future__ import annotations

import pytest

from analysis.configuration.value import LifetimeSettings as Setting
from analysis.configuration.value import Value
from analysis.contract import Contract
from analysis.language import speaking
from report.views.lifetime import LIMIT, ONCE, lifetime_words
from report.views.limits import limits
from report.views.method import method
from report.views.overview import overview
from report.views.prospects import SURE, prospect
from report.views.segment import segment_page
from report.views.segments import segments
from report.views.story import Story
from tests.report.lifetimes import PROSPECT, expected, lifetime
from tests.report.views.conftest import Tell

VALUE = Value(lifetime=Setting()).known(lifetime=True)


@pytest.fixture
def story(tell: Tell, mall_contract: Contract) -> Story:
    contract = expected(mall_contract)
    return tell(site={"value": VALUE}, segments=contract.segments, lifetime=contract.lifetime)


def test_the_overview_speaks_of_the_time_to_come(story: Story):
    lead = str(overview(story).values.lead)
    assert lead.endswith(
        "The segment <strong>Premium Shoppers</strong> is 20% of customers and brings <strong>45% (82–89%)</strong> of "
        "expected value of the next 12 months."
    )


def test_a_segment_says_what_its_customers_will_bring(story: Story):
    told = prospect(story, story.contract.segments[0])
    assert told.sentence == (
        "These figures are expected values for the next 12 months. "
        "A customer of this segment brings $79 in 2.2 purchases, and the segment $58,600. "
        "55% of its customers buy again in that time."
    )
    facts = {fact.label: (fact.value, fact.range) for fact in told.facts}
    assert facts["Per customer"] == ("$79", "$70–$90")
    assert facts["Whole segment"] == ("$59K", "$52K–$67K")
    assert facts["Still active"] == ("68%", "")
    assert told.note == SURE


def test_the_share_of_value_has_its_range(story: Story):
    values = segment_page(story, story.contract.segments[0]).values
    fact = next(fact for fact in values.facts if fact.label == "Share of value")
    assert (fact.note, fact.range) == ("expected value of the next 12 months", "82–89%")
    assert values.prospect is not None


def test_a_model_that_missed_much_is_called_rough(tell: Tell, story: Story):
    classes = tuple(one.model_copy(update={"actual": one.expected * 2}) for one in lifetime().held_out.classes)
    missed = lifetime(held_out=lifetime().held_out.model_copy(update={"classes": classes}))
    rough = tell(site={"value": VALUE}, segments=story.contract.segments, lifetime=missed)
    warning = (
        " Treat them as rough: in a test on the second half of the period, the model was off by 50% of the purchases."
    )
    assert prospect(rough, story.contract.segments[0]).note.endswith(warning)
    assert segments(rough).values.value_words.endswith(warning)


def test_intervals_that_are_not_known_leave_no_trace(story: Story):
    first = story.contract.segments[0]
    bare = dict.fromkeys(("value_interval", "total_interval", "share_interval", "purchases_interval"))
    told = prospect(story, first.model_copy(update={"lifetime": first.lifetime.model_copy(update=bare)}))
    assert [fact.range for fact in told.facts] == [""] * 5


def test_the_comparison_has_a_column_for_it(story: Story):
    values = segments(story).values
    assert values.has_prospects
    assert {(row.value_each.value, row.value_each.range) for row in values.rows} == {("$79", "$70–$90")}
    assert values.lead.endswith("They are listed by expected value of the next 12 months, highest first.")
    assert values.value_words.startswith(
        "Value is the expected value of the next 12 months. The Method page explains the estimate. "
    )


def test_the_method_page_says_what_is_assumed(story: Story):
    words = lifetime_words(story)
    assert words.lead.startswith("A customer’s value is the money expected from them in the next 12 months. ")
    assert words.lead.endswith(
        "130 customers bought on more than one day; the models learn from their repeat purchases."
    )
    assert "Later months count for less (10% a year)." in words.lead
    assert ONCE in words.assumptions
    assert any(one.endswith("Here the correlation is +0.07, which is small enough.") for one in words.assumptions)
    assert [(row.model, row.name) for row in words.parameters][:2] == [("BG/NBD", "r"), ("BG/NBD", "α")]
    assert {row.range for row in words.parameters} == {"0.200–0.300"}
    assert LIMIT in method(story).values.limits


@pytest.mark.parametrize(("correlation", "said"), [(0.5, "may be undervalued"), (-0.5, "may be overvalued")])
def test_a_correlation_that_matters_is_named(tell: Tell, correlation: float, said: str):
    words = lifetime_words(tell(site={"value": VALUE}, lifetime=lifetime(correlation=correlation)))
    assert any(said in one for one in words.assumptions)


def test_what_could_not_be_tested_or_counted_is_said_or_left_out(tell: Tell):
    bare = lifetime(held_out=None, repeaters=None, correlation=None, discount_rate=0.075)
    words = lifetime_words(tell(site={"value": VALUE}, lifetime=bare))
    assert "more than one day" not in words.lead
    assert "(7.5% a year)" in words.lead
    assert words.assumptions[-1].startswith("The first half of the period alone has too few repeat purchases")


def test_without_an_estimate_the_reason_is_told(tell: Tell, mall_contract: Contract):
    unused = lifetime(used=False, reason="fewer than 50 customers bought again")
    story = tell(site={"value": Value(product_of=("Age",), label="Total spent")}, lifetime=unused)
    assert lifetime_words(story).lead == (
        "Expected value could not be estimated: fewer than 50 customers bought again. Customer value is therefore "
        "taken from the table: total spent."
    )
    assert prospect(story, mall_contract.segments[0]) is None
    assert LIMIT not in method(story).values.limits


def test_the_label_that_ships_is_translated_and_the_teams_own_is_not(tell: Tell):
    unused = lifetime(used=False, reason="")
    with speaking("de"):
        for label, told in (("Total spent", "Umsatz"), ("Umsatz 2026", "Umsatz 2026")):
            story = tell(site={"value": Value(product_of=("Age",), label=label)}, lifetime=unused)
            assert lifetime_words(story).lead.endswith(f"stammt deshalb aus der Tabelle: {told}.")
            assert [each for each in limits(story) if each.endswith(f": {told}.")] != []


def test_other_tables_say_nothing_of_it(tell: Tell):
    assert lifetime_words(tell()) is None
    assert method(tell()).values.lifetime is None
    assert not segments(tell()).values.has_prospects


def test_of_who_bought_once_nobody_says_that_they_are_active(tell: Tell, mall_contract: Contract):
    contract = expected(mall_contract)
    mostly_once = PROSPECT.model_copy(update={"alive": None, "bought_once": 0.98})
    first = contract.segments[0].model_copy(update={"lifetime": mostly_once})
    story = tell(site={"value": VALUE}, segments=(first, *contract.segments[1:]), lifetime=contract.lifetime)
    told = prospect(story, first)
    assert "Still active" not in {fact.label for fact in told.facts}
    assert told.note.startswith(
        "98% of these customers bought on one day only. The model cannot tell whether they are still active. "
    )
    others = prospect(story, story.contract.segments[1])
    (active,) = (fact for fact in others.facts if fact.label == "Still active")
    assert (active.value, active.note) == ("68%", "of those who bought on several days, by the model")


def test_nearly_all_is_not_all(tell: Tell, mall_contract: Contract):
    contract = expected(mall_contract)
    first = contract.segments[0].model_copy(update={"lifetime": PROSPECT.model_copy(update={"alive": 0.99994})})
    story = tell(site={"value": VALUE}, segments=(first,), lifetime=contract.lifetime)
    (active,) = (fact for fact in prospect(story, first).facts if fact.label == "Still active")
    assert active.value == "over 99%"
