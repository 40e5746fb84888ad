"""A segment's page: each column's categories by themselves, rules and shares in words that hold."""

from __future__ import annotations

import re

import pytest

from analysis.configuration.site import Value
from analysis.contract import CategoryShare, Segment, WithheldShare
from report.markup.templates import component
from report.views.segment import ActionCard, segment_page
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
        (39, 39, "finds all 39 and adds nobody else."),
        (30, 30, "finds 30 of the 39 and adds nobody else."),
        (41, 39, "finds all 39 and wrongly adds 2."),
        (
            None,
            None,
            ("finds at least 80% of the segment’s customers. Of those it picks, at least 90% belong to the segment."),
        ),
    ],
)
def test_what_a_rule_does(tell: Tell, mall_contract, picked, correct, words: str):
    first = mall_contract.segments[0]
    rule = first.rule.model_copy(update={"picked": picked, "correct": correct, "precision": 0.9, "recall": 0.8})
    segment = first.model_copy(update={"rule": rule})
    assert str(segment_page(tell(), segment).values.rule_words).endswith(words)


@pytest.mark.parametrize(
    ("precision", "recall", "words"),
    [
        (None, None, "How many customers it finds in this table is withheld."),
        (0.9, None, ("Of those it picks, at least 90% belong to the segment. How many of the segment’s customers "
                    "it finds is withheld.")),
        (None, 0.9, ("In this table the rule finds at least 90% of the segment’s customers. How many others it "
                    "picks is withheld.")),
    ],
)  # fmt: skip
def test_what_is_withheld_of_a_rule_is_said(tell: Tell, mall_contract, precision, recall, words: str):
    public = tell(privacy={"mode": "public"})
    first = mall_contract.segments[0]
    uncounted = {"picked": None, "correct": None, "precision": precision, "recall": recall}
    segment = first.model_copy(update={"rule": first.rule.model_copy(update=uncounted)})
    values = segment_page(public, segment).values
    assert values.rule_words == words
    assert str(values.withheld).startswith("“Withheld” stands where a figure would tell of fewer than ")
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
    assert str(segments(tell(segments=equal)).values.lead).startswith("Both have 50 customers.")
    rounded = tell(segments=equal, privacy={"mode": "public", "rounding_base": 5})
    assert str(segments(rounded).values.lead).startswith("Both have about 50 customers.")


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
        f"{two.name} has the same actions: nothing that the playbook goes by tells the two apart in this table."
    )
    assert str(segment_page(story, second).values.actions_note).startswith(f"{one.name} has the same actions:")
    assert segment_page(story, third).values.actions_note == ""


def test_three_with_the_same_actions_name_one_another(tell: Tell, mall_contract):
    story = tell(segments=tuple(_actions(each, "a") for each in mall_contract.segments[:3]))
    names = [each.name for each in mall_contract.segments[:3]]
    assert segment_page(story, story.contract.segments[0]).values.actions_note == (
        f"{names[1]} and {names[2]} have the same actions: nothing that the playbook goes by tells them apart in this "
        "table."
    )


def test_a_segment_with_fillers_alone_is_told_so(tell: Tell, mall_contract):
    one, two = mall_contract.segments[:2]
    story = tell(segments=(_actions(one, "ask-them", filler=True), _actions(two, "a")))
    values = segment_page(story, story.contract.segments[0]).values
    assert values.actions_note == (
        "These actions suit any segment: the playbook has none that goes by what this table tells of this one. Add "
        "actions on your own columns to the playbook."
    )
    assert [card.filler for card in values.actions] == [True]


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
    assert card.evidence == ["Gender: 75.0% Female (50.0% of everyone)"]


@pytest.mark.parametrize(
    ("imputed", "words"),
    [
        (12, "12 customers have no value in some column that segments are found by, and were assigned by the others."),
        (1, "1 customer has no value in some column that segments are found by, and was assigned by the others."),
        (None, "Customers without a value in some column that segments are found by were assigned by the others."),
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
    assert told == f"Figures count the customers who have a value: {label} {first.size - 4}."


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
    assert [fact.note for fact in facts[1:4]] == ["as everyone"] * 3


@pytest.mark.parametrize(("message", "shown"), [("See you soon", ["Message"]), ("", [])])
def test_an_action_without_a_message_has_no_line_for_it(message: str, shown: list[str]):
    card = ActionCard(
        1, "Ads", "No paid media", "They cost more than they bring.", [], "Off every audience", message, "None",
        "At once", "Spent on ads: nothing", None, "small", "low", filler=False,
    )  # fmt: skip
    terms = re.findall("<dt>(.*?)</dt>", component("actions", actions=[card], note="").html)
    assert [term for term in terms if term == "Message"] == shown
    assert [term for term in terms if term != "Message"] == ["Channel", "Offer", "When", "Judge by"]
