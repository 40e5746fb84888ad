"""A segment's page: each column's categories by themselves, rules and shares in words that hold."""

from __future__ import annotations

import pytest

from analysis.configuration.site import Value
from analysis.contract import CategoryShare, WithheldShare
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
        segments=(first.model_copy(update={"categories": shares, "neighbour": None}),),
    )
    mix = segment_page(story, story.contract.segments[0]).values["mix"]
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
            (
                "finds about 80% of the segment’s customers (to 10%). Of those it picks, about 90% belong to the "
                "segment (to 10%)."
            ),
        ),
    ],
)
def test_what_a_rule_does(tell: Tell, mall_contract, picked, correct, words: str):
    first = mall_contract.segments[0]
    rule = first.rule.model_copy(update={"picked": picked, "correct": correct, "precision": 0.9, "recall": 0.8})
    segment = first.model_copy(update={"rule": rule})
    assert str(segment_page(tell(), segment).values["rule_words"]).endswith(words)


@pytest.mark.parametrize(
    ("precision", "recall", "words"),
    [
        (None, None, "How many customers it finds in this table is withheld."),
        (0.9, None, ("Of those it picks, about 90% belong to the segment (to 10%). How many of the segment’s customers "
                    "it finds is withheld.")),
        (None, 1.0, ("In this table the rule finds about 100% of the segment’s customers (to 10%). How many others it "
                    "picks is withheld.")),
    ],
)  # fmt: skip
def test_what_is_withheld_of_a_rule_is_said(tell: Tell, mall_contract, precision, recall, words: str):
    first = mall_contract.segments[0]
    uncounted = {"picked": None, "correct": None, "precision": precision, "recall": recall}
    segment = first.model_copy(update={"rule": first.rule.model_copy(update=uncounted)})
    values = segment_page(tell(), segment).values
    assert values["rule_words"] == words
    assert str(values["withheld"]).startswith("“Withheld” stands where a figure would show a group of fewer than ")
    assert segment_page(tell(), first).values["withheld"] == ""


def test_no_value_no_word_of_it(tell: Tell):
    story = tell(site={"value": Value()})
    page = segment_page(story, story.contract.segments[0])
    facts = [*page.values["facts"], *page.values["budget_facts"]]
    assert not any("value" in f"{fact.label} {fact.note}" for fact in facts)
    compared = segments(story).values
    assert compared["value_words"] == ""
    assert str(compared["lead"]).endswith("They are listed by size, largest first.")


def test_units_stand_in_the_heads_of_means(tell: Tell):
    assert segments(tell()).values["features"] == ["Mean age", "Mean annual income", "Mean spending score, of 100"]
    assert segments(tell()).values["value_words"] == (
        "Value is an estimate: estimated spend (income × spending score)."
    )


def test_equal_segments_have_no_largest(tell: Tell, mall_contract):
    equal = tuple(segment.model_copy(update={"size": 50}) for segment in mall_contract.segments[:2])
    assert str(segments(tell(segments=equal)).values["lead"]).startswith("Both have 50 customers.")


def test_without_personas_nobody_is_told_that_none_fits(tell: Tell, mall_contract):
    nameless = tuple(segment.model_copy(update={"persona": None}) for segment in mall_contract.segments)
    assert segments(tell(site={"personas": None}, segments=nameless)).values["personas"] is False
    assert segments(tell(segments=nameless)).values["personas"] is True


def test_actions_come_in_their_order(tell: Tell, mall_contract):
    story = tell()
    for segment in mall_contract.segments:
        turned = segment.model_copy(update={"recommendations": segment.recommendations[::-1]})
        cards = segment_page(story, turned).values["actions"]
        assert [(card.rank, card.title) for card in cards] == [
            (rank, action.title) for rank, action in enumerate(segment.recommendations, 1)
        ]
