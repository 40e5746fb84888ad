"""Words and bands in their order, whatever the order in which they come; and texts that have none."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.cells.scales import ordered
from analysis.headers.vocabulary import words_of


@pytest.mark.parametrize(
    "levels",
    [
        ("low", "medium", "high"),
        ("Very Low", "LOW", "Medium", "high", "very high"),
        ("niedrig", "mittel", "hoch"),
        ("faible", "moyen", "élevé"),
        ("bajo", "medio", "alto"),
        ("never", "rarely", "sometimes", "often", "always"),
        ("nie", "selten", "manchmal", "häufig", "immer"),
        ("Never", "Once a year", "Every three months", "Once a month", "Once a week", "More than once a week"),
        ("S", "M", "L", "XL"),
        ("small", "medium", "large"),
        ("klein", "mittel", "groß"),
        ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"),
        ("stimme gar nicht zu", "stimme nicht zu", "teils/teils", "stimme zu", "stimme voll zu"),
        ("very dissatisfied", "neutral", "very satisfied"),
        ("Basic", "2n Cycle", "Master", "PhD"),
        ("High School", "Bachelor's", "Master's", "PhD"),
        ("bronze", "silver", "gold", "platinum"),
        ("<18", "18-25", "26-35", "36-50", "65+"),
        ("under 18", "18–25", "over 25"),
        ("1 - low", "2 - mid", "3 - top"),
        ("$0-$20k", "$20k-$40k", "$40k-$60k", "$60k+"),
        ("9 to 12", "13 to 17", "100 and more"),
        ("I hate it!-5", "-4", "0", "+3", "I love it!+5"),
    ],
)
def test_a_scale_is_put_in_its_order(levels):
    assert ordered(levels) == levels
    assert ordered(reversed(levels)) == levels
    assert ordered(sorted(levels)) == levels


@pytest.mark.parametrize(
    "texts",
    [
        ("red", "green", "blue"),
        ("low", "high"),
        ("low", "medium", "high", "purple"),
        ("Store 1", "Store 2", "Store 3"),
        ("A1", "B2", "C3"),
        ("Berlin", "Köln", "Bonn"),
        ("low", "LOW", "medium", "high"),
        (),
    ],
)
def test_texts_without_an_order_have_none(texts):
    assert ordered(texts) is None


@given(st.lists(st.text(max_size=12), max_size=14))
def test_any_texts_are_put_in_order_or_not(texts):
    found = ordered(texts)
    assert found is None or sorted(found) == sorted(set(texts))
    assert found == ordered(reversed(texts))


def test_no_word_stands_in_a_scale_twice(project):
    content = yaml.safe_load((project / "analysis/cells/scales.yml").read_text(encoding="utf-8"))
    for steps in content.values():
        words = [word.strip() for step in steps for word in step.split("|")]
        assert not sorted(word for word in words if words.count(word) > 1)
        assert all(" ".join(words_of(word)) == word for word in words)
