"""A segment's page: each column's categories by themselves, rules and shares in words that hold."""

from __future__ import annotations

import pytest

from analysis.configuration.site import Value
from analysis.contract import CategoryShare
from report.views.segment import segment_page
from report.views.segments import segments
from tests.report.views.conftest import Tell


def _share(feature: str, category: str, count: int) -> CategoryShare:
    return CategoryShare(feature=feature, category=category, count=count, share=count / 40, share_overall=0.5)


def test_categories_stand_under_their_own_column(tell: Tell, mall_contract):
    first = mall_contract.segments[0]
    gender = mall_contract.data.features[0]
    channel = gender.model_copy(update={"name": "Channel", "label": "Channel", "categories": {"web": 1, "shop": 1}})
    shares = (_share("Gender", "Female", 20), _share("Gender", "Male", 20), _share("Channel", "web", 30))
    story = tell(
        data={"features": (*mall_contract.data.features, channel)},
        segments=(first.model_copy(update={"categories": shares, "neighbour": None}),),
    )
    mix = segment_page(story, story.contract.segments[0]).values["mix"]
    assert [(column.label, [row.category for row in column.rows], column.complete) for column in mix] == [
        ("Gender", ["Female", "Male"], True),
        ("Channel", ["web"], False),
    ]


@pytest.mark.parametrize(
    ("picked", "correct", "words"),
    [
        (39, 39, "finds all 39 and adds nobody else."),
        (30, 30, "finds 30 of the 39 and adds nobody else."),
        (41, 39, "finds all 39 and wrongly adds 2."),
        (None, None, "finds at least 80% of the segment’s customers, and at least 90% of those it picks belong to it."),
    ],
)
def test_what_a_rule_does(tell: Tell, mall_contract, picked, correct, words: str):
    first = mall_contract.segments[0]
    rule = first.rule.model_copy(update={"picked": picked, "correct": correct, "precision": 0.9, "recall": 0.8})
    segment = first.model_copy(update={"rule": rule})
    assert str(segment_page(tell(), segment).values["rule_words"]).endswith(words)


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


def test_figures_that_read_the_same_are_told_to_be_as_everyones(tell: Tell, mall_contract):
    first = mall_contract.segments[0]
    same = tuple(
        one.model_copy(update={"typical": one.typical - one.difference, "difference": 0.0, "ratio": 0.0})
        for one in first.profile
    )
    story = tell(segments=(first.model_copy(update={"profile": same}), *mall_contract.segments[1:]))
    facts = segment_page(story, story.contract.segments[0]).values["facts"]
    assert [fact.note for fact in facts[1:4]] == ["as everyone"] * 3
