"""A segment's page: each column's categories by themselves, rules and shares in words that hold."""

from __future__ import annotations

import re

import pytest

from analysis.configuration.site import Value
from analysis.contract import CategoryShare, Segment, WithheldProfile, WithheldShare
from report.markup.templates import component
from report.views.actions import ActionCard
from report.views.segment import segment_page
from report.views.segments import segments
from tests.report.views.conftest import Tell


def _share(feature: str, category: str, count: int) -> CategoryShare:
    return CategoryShare(feature=feature, category=category, count=count, share=count / 40, share_overall=0.5)


def test_categories_stand_under_their_own_column(tell: Tell, mall_contract):
    first = mall_contract.segments[0]
    gender = mall_contract.data.features[0]
    channel = gender.model_copy(update={"name": "Channel", "label": "Channel", "categories": {"web": 1, "shop": 1}})
    shop = WithheldShare(feature="Channel", category="shop", share_overall=0.5, withheld="It is small.")
    shares = (_share("Gender", "Female", 20), _share("Gender", "Male", 20), _share("Channel", "web", 30), shop)
    story = tell(
        data={"features": (*mall_contract.data.features, channel)},
        segments=(first.model_copy(update={"categories": shares, "neighbour": None, "borders": ()}),),
    )
    mix = segment_page(story, story.contract.segments[0]).values.mix
    assert [(column.label, [(row.category, row.share) for row in column.rows]) for column in mix] == [
        ("Gender", [("Female", "50.0%"), ("Male", "50.0%")]),
        ("Channel", [("web", "75.0%"), ("shop", "withheld")]),
    ]


@pytest.mark.parametrize(
    ("picked", "correct", "words"),
    [
        (39, 39, "In this table the rule finds all 39 customers of the segment and no others."),
        (30, 30, "In this table the rule finds 30 of the 39 customers of the segment and no others."),
        (41, 39, "In this table the rule finds all 39 customers of the segment, and 2 who are not in it."),
        (40, 39, "In this table the rule finds all 39 customers of the segment, and 1 who is not in it."),
        (
            32,
            30,
            "In this table the rule finds 30 of the 39 customers of the segment, and 2 who are not in it.",
        ),
        (
            31,
            30,
            "In this table the rule finds 30 of the 39 customers of the segment, and 1 who is not in it.",
        ),
        (
            None,
            None,
            (
                "In this table the rule finds at least 80% of the segment’s customers. At least 90% of the customers "
                "it finds belong to the segment."
            ),
        ),
    ],
)
def test_what_a_rule_does(tell: Tell, mall_contract, picked, correct, words: str):
    first = mall_contract.segments[0]
    rule = first.rule.model_copy(update={"picked": picked, "correct": correct, "precision": 0.9, "recall": 0.8})
    segment = first.model_copy(update={"rule": rule})
    assert str(segment_page(tell(), segment).values.rule_words) == words


@pytest.mark.parametrize(
    ("precision", "recall", "words"),
    [
        (None, None, "How many customers it finds in this table is withheld."),
        (0.9, None, ("At least 90% of the customers it finds belong to the segment. How many of the segment’s "
                    "customers it finds is withheld.")),
        (None, 0.9, ("In this table the rule finds at least 90% of the segment’s customers. How many customers of "
                    "other segments it finds is withheld.")),
    ],
)  # fmt: skip
def test_what_is_withheld_of_a_rule_is_said(tell: Tell, mall_contract, precision, recall, words: str):
    public = tell(privacy={"mode": "public"})
    first = mall_contract.segments[0]
    uncounted = {"picked": None, "correct": None, "precision": precision, "recall": recall}
    segment = first.model_copy(update={"rule": first.rule.model_copy(update=uncounted)})
    values = segment_page(public, segment).values
    assert values.rule_words == words
    assert values.withheld == (
        "“Withheld” replaces figures about fewer than 10 customers, or about all but fewer than 10, and figures from "
        "which these could be calculated."
    )
    assert segment_page(public, first).values.withheld == ""


def test_no_value_no_word_of_it(tell: Tell):
    story = tell(site={"value": Value()})
    page = segment_page(story, story.contract.segments[0])
    facts = [*page.values.facts, *page.values.budget_facts]
    assert not any("value" in f"{fact.label} {fact.note}" for fact in facts)
    compared = segments(story).values
    assert compared.value_words == ""
    assert str(compared.lead).endswith("They are listed by size, largest first.")


def test_units_stand_in_the_heads_of_means(tell: Tell):
    assert segments(tell()).values.features == ["Mean age", "Mean annual income", "Mean spending score, of 100"]
    assert segments(tell()).values.value_words == ("Value is an estimate: estimated spend (income × spending score).")


def test_equal_segments_have_no_largest(tell: Tell, mall_contract):
    equal = tuple(segment.model_copy(update={"size": 50}) for segment in mall_contract.segments[:2])
    assert str(segments(tell(segments=equal)).values.lead).startswith("Both segments have 50 customers.")
    rounded = tell(segments=equal, privacy={"mode": "public", "rounding_base": 5})
    assert str(segments(rounded).values.lead).startswith("Both segments have about 50 customers.")
    three = tuple(segment.model_copy(update={"size": 50}) for segment in mall_contract.segments[:3])
    assert str(segments(tell(segments=three)).values.lead).startswith("All three segments have 50 customers.")
    rounded = tell(segments=three, privacy={"mode": "public", "rounding_base": 5})
    assert str(segments(rounded).values.lead).startswith("All three segments have about 50 customers.")
    assert str(segments(tell()).values.lead) == (
        "Sizes range from 45 customers (Potential Loyalists) to 21 (Budget Buyers). "
        "They are listed by estimated spend, highest first."
    )


def test_without_personas_nobody_is_told_that_none_fits(tell: Tell, mall_contract):
    nameless = tuple(segment.model_copy(update={"persona": None}) for segment in mall_contract.segments)
    assert segments(tell(site={"personas": None}, segments=nameless)).values.personas is False
    assert segments(tell(segments=nameless)).values.personas is True


def test_actions_come_in_their_order(tell: Tell, mall_contract):
    story = tell()
    for segment in mall_contract.segments:
        turned = segment.model_copy(update={"recommendations": segment.recommendations[::-1]})
        cards = segment_page(story, turned).values.actions
        assert [(card.rank, card.title) for card in cards] == [
            (rank, action.title) for rank, action in enumerate(segment.recommendations, 1)
        ]


def _actions(segment: Segment, *ids: str, filler: bool = False) -> Segment:
    """The segment with copies of its first action, one an id."""
    first = segment.recommendations[0]
    copies = tuple(
        first.model_copy(update={"rank": rank, "id": name, "filler": filler, "evidence": ()})
        for rank, name in enumerate(ids, start=1)
    )
    return segment.model_copy(update={"recommendations": copies, "neighbour": None, "borders": ()})


def test_segments_with_the_same_actions_are_told_so(tell: Tell, mall_contract):
    one, two, three, four = mall_contract.segments[:4]
    story = tell(
        segments=(_actions(one, "a", "b"), _actions(two, "b", "a"), _actions(three, "a"), _actions(four, "a", "c"))
    )
    first, second, third, _ = story.contract.segments
    assert segment_page(story, first).values.actions_note == (
        f"{two.name} has the same actions: in this table no condition in the playbook separates the two."
    )
    assert str(segment_page(story, second).values.actions_note).startswith(f"{one.name} has the same actions:")
    assert segment_page(story, third).values.actions_note == ""


def test_three_with_the_same_actions_name_one_another(tell: Tell, mall_contract):
    story = tell(segments=tuple(_actions(each, "a") for each in mall_contract.segments[:3]))
    names = [each.name for each in mall_contract.segments[:3]]
    assert segment_page(story, story.contract.segments[0]).values.actions_note == (
        f"{names[1]} and {names[2]} have the same actions: in this table no condition in the playbook separates these "
        "segments."
    )
    public = tell(segments=story.contract.segments, privacy={"mode": "public"})
    assert segment_page(public, story.contract.segments[0]).values.actions_note == (
        f"{names[1]} and {names[2]} have the same actions: by what is published of this table, no condition in the "
        "playbook separates these segments."
    )


def test_a_segment_with_fillers_alone_is_told_so(tell: Tell, mall_contract):
    one, two = mall_contract.segments[:2]
    story = tell(segments=(_actions(one, "ask-them", filler=True), _actions(two, "a")))
    values = segment_page(story, story.contract.segments[0]).values
    assert values.actions_note == (
        "These actions suit any segment: no condition in the playbook matches this segment. "
        "To get actions of its own, add some to the playbook with conditions on your columns."
    )
    assert [card.filler for card in values.actions] == [True]
    both = tell(
        segments=(_actions(one, "ask-them", filler=True), _actions(two, "ask-them", filler=True)),
        privacy={"mode": "public"},
    )
    assert segment_page(both, both.contract.segments[0]).values.actions_note == (
        "These actions suit any segment: no condition in the playbook matches what is published of this segment. "
        f"{two.name} has the same ones. "
        "To get actions of its own, add some to the playbook with conditions on your columns."
    )


def test_an_action_for_a_category_shows_its_share(tell: Tell, mall_contract):
    first = mall_contract.segments[0]
    share = _share("Gender", "Female", 30)
    evidence = (
        first.recommendations[0]
        .evidence[0]
        .model_copy(
            update={
                "feature": "Gender",
                "category": "Female",
                "phrase": "gender 75% Female, against 50% of all customers",
            }
        )
    )
    action = first.recommendations[0].model_copy(update={"evidence": (evidence,)})
    story = tell(
        segments=(
            first.model_copy(
                update={"recommendations": (action,), "categories": (share,), "neighbour": None, "borders": ()}
            ),
        )
    )
    (card,) = segment_page(story, story.contract.segments[0]).values.actions
    assert card.evidence == ["Gender: 75% Female (50% of all customers)"]


def test_an_action_for_an_amount_shows_its_figure(tell: Tell, mall_contract):
    first = mall_contract.segments[0]
    income = next(one for one in first.figures if one.feature.startswith("Annual"))
    evidence = first.recommendations[0].evidence[0].model_copy(update={"feature": income.feature, "category": None})
    advised = first.model_copy(
        update={"recommendations": (first.recommendations[0].model_copy(update={"evidence": (evidence,)}),)}
    )
    same = income.model_copy(update={"difference": 0.0, "ratio": 0.0})
    gone = WithheldProfile(feature=income.feature, withheld="Too few.")
    told = []
    for profile in (income, same, gone):
        story = tell(segments=(advised.model_copy(update={"profile": (profile,), "neighbour": None, "borders": ()}),))
        told += segment_page(story, story.contract.segments[0]).values.actions[0].evidence
    assert told == [
        "Annual income: $87K (+43%)",
        "Annual income: $87K (same as all customers)",
        "Annual income: –",
    ]


@pytest.mark.parametrize(
    ("imputed", "words"),
    [
        (
            12,
            (
                "12 customers have no value in a column that segments are formed by, and were assigned by the other "
                "columns."
            ),
        ),
        (1, "1 customer has no value in a column that segments are formed by, and was assigned by the other columns."),
        (None, "Customers with no value in a column that segments are formed by were assigned by the other columns."),
        (0, ""),
    ],
)
def test_customers_with_gaps_are_counted_in_their_segment(tell: Tell, mall_contract, imputed, words: str):
    segment = mall_contract.segments[0].model_copy(update={"imputed": imputed})
    page = segment_page(tell(data={"imputed": 20}), segment)
    assert page.values.gaps == words


def test_figures_say_how_many_gave_a_value(tell: Tell, mall_contract):
    first = mall_contract.segments[0]
    profile = (first.profile[0].model_copy(update={"known": first.size - 4}), *first.profile[1:])
    told = segment_page(tell(), first.model_copy(update={"profile": profile})).values.gaps
    label = tell().feature(first.profile[0].feature).label
    assert told == f"These figures cover only the customers who have a value: {label} ({first.size - 4})."


def test_the_same_action_for_another_column_is_another(tell: Tell, mall_contract):
    one, two = (_actions(each, "a") for each in mall_contract.segments[:2])
    evidence = mall_contract.segments[0].recommendations[0].evidence[:1]
    other = one.recommendations[0].model_copy(update={"evidence": evidence})
    story = tell(segments=(one.model_copy(update={"recommendations": (other,)}), two))
    assert segment_page(story, story.contract.segments[0]).values.actions_note == ""


def test_figures_that_read_the_same_are_told_to_be_as_everyones(tell: Tell, mall_contract):
    first = mall_contract.segments[0]
    same = tuple(
        one.model_copy(update={"typical": one.typical - one.difference, "difference": 0.0, "ratio": 0.0})
        for one in first.profile
    )
    story = tell(segments=(first.model_copy(update={"profile": same}), *mall_contract.segments[1:]))
    facts = segment_page(story, story.contract.segments[0]).values.facts
    assert [fact.note for fact in facts[1:4]] == ["same as all customers"] * 3


@pytest.mark.parametrize(("message", "shown"), [("See you soon", ["Message"]), ("", [])])
def test_an_action_without_a_message_has_no_line_for_it(message: str, shown: list[str]):
    card = ActionCard(
        1, "Ads", "No paid media", "They cost more than they bring.", [], "Off every audience", message, "None",
        "At once", "Spent on ads: nothing", None, "small", "low", filler=False,
    )  # fmt: skip
    terms = re.findall("<dt>(.*?)</dt>", component("actions", actions=[card], note="").html)
    assert [term for term in terms if term == "Message"] == shown
    assert [term for term in terms if term != "Message"] == ["Channel", "Offer", "When", "KPI"]
