"""Sentences in the language of the site: looked up, filled in, and refused where there is no catalogue."""

from __future__ import annotations

import pytest

from analysis.language import gettext, language_of, ngettext, pgettext, speaking, words
from tests.analysis.language.conftest import SHARE

pytestmark = pytest.mark.usefixtures("german")


def test_a_sentence_is_translated_and_then_filled_in():
    assert gettext(SHARE, segment="Premium", share="20%") == "Premium is 20% of customers."
    with speaking("de"):
        assert gettext(SHARE, segment="Premium", share="20 %") == "20 % der Kunden sind in Premium."
    assert gettext(SHARE, segment="Premium", share="20%") == "Premium is 20% of customers."


def test_a_text_without_slots_may_hold_braces():
    assert gettext("{own} text") == "{own} text"
    with speaking("de"):
        assert gettext("") == ""


def test_numbers_decide_the_form():
    with speaking("de-AT"):
        assert ngettext("{count} segment", "{count} segments", 1, count=1) == "1 Segment"
        assert ngettext("{count} segment", "{count} segments", 3, count=3) == "3 Segmente"


def test_a_word_has_a_form_for_its_context():
    with speaking("de"):
        assert pgettext("income", "high") == "hohes"
        assert pgettext("visits", "high") == "high"


def test_a_language_without_a_whole_catalogue_is_refused_by_name():
    assert language_of("de-CH") == "de"
    with pytest.raises(ValueError, match=r"^there are no pages in “fr” yet; use one of: en, de$"):
        language_of("fr")
    with pytest.raises(ValueError, match="no pages in “fr”"), speaking("fr"):
        pass


def test_names_in_a_row():
    assert [words.listed(list("abc")[:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert words.either(list("abc")) == "a, b or c"
    with speaking("de"):
        assert words.listed(list("abc")) == "a, b und c"


def test_numbers_spelt_out():
    assert [words.spelt(number) for number in (0, 6, 12, 13)] == ["no", "six", "twelve", "13"]


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Annual income", "annual income"), ("RFM score", "RFM score"), ("Z score", "Z score"), ("", "")],
)
def test_a_label_inside_a_sentence(label: str, inside: str):
    assert words.in_sentence(label) == inside


def test_an_amount_has_its_period():
    assert [words.in_a_period("$5", period) for period in ("week", "month", "quarter", "year", "season")] == [
        "$5 a week", "$5 a month", "$5 a quarter", "$5 a year", "$5 per season",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Annual income", "annual income"), ("VIP score", "VIP score"), ("Z score", "Z score"), ("€ spent", "€ spent"),
        ("A", "A"), ("", ""),
    ],
)  # fmt: skip
def test_labels_inside_a_sentence(label: str, inside: str):
    assert words.in_sentence(label) == inside


def test_a_label_inside_a_sentence_keeps_its_capital_where_nouns_have_one():
    with speaking("de"):
        assert words.in_sentence("Jahreseinkommen") == "Jahreseinkommen"


def test_units_that_sites_know_are_translated():
    assert [words.unit("years"), words.unit("years", 1), words.unit("of 5"), words.unit("of gold")] == [
        "years", "year", "of 5", "of gold",
    ]  # fmt: skip
    with speaking("de"):
        assert [words.unit("years"), words.unit("years", 1), words.unit("of 5"), words.unit("of gold")] == [
            "Jahre", "Jahr", "von 5", "of gold",
        ]  # fmt: skip


def test_an_amount_of_the_budget_names_its_period():
    told = [words.in_a_period("$60,000", period) for period in ("week", "month", "quarter", "year", "season")]
    assert told == ["$60,000 a week", "$60,000 a month", "$60,000 a quarter", "$60,000 a year", "$60,000 per season"]
