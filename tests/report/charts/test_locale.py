import pytest
from babel.core import localedata

from report.charts.locale import format_locale


def test_english_dollars():
    assert format_locale("en_US", "USD") == {
        "decimal": ".", "thousands": ",", "grouping": [3, 3, 3, 3, 3], "currency": ["$", ""], "percent": "%",
        "minus": "−",
    }  # fmt: skip


def test_german_euros_stand_behind_with_a_space():
    german = format_locale("de_DE", "EUR")
    assert german["currency"] == ["", "\u00a0€"]
    assert (german["decimal"], german["thousands"], german["percent"]) == (",", ".", "\u00a0%")


def test_indian_rupees_group_by_hundreds_after_the_first_thousand():
    assert format_locale("en_IN", "INR")["grouping"] == [3, 2, 2, 2, 2]


@pytest.mark.parametrize("locale", sorted(localedata.locale_identifiers())[::60])
def test_every_locale_that_babel_knows_has_a_format(locale):
    made = format_locale(locale, "EUR")
    assert made["decimal"]
    assert len(made["currency"]) == 2


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR", "he_IL", "nl_NL"])
def test_axes_of_money_in_no_currency_bear_no_sign(locale):
    assert format_locale(locale, "XXX")["currency"] == ["", ""]
