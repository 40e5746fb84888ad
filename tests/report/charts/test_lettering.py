import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from report.charts.lettering import plain, shorten, text_width


def test_short_text_stays_as_it_is():
    assert shorten("Premium Shoppers", 200, 12) == "Premium Shoppers"


def test_long_text_ends_in_an_ellipsis_and_fits():
    cut = shorten("Customers who come back every other week", 100, 12)
    assert cut.startswith("Customers")
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 100


@given(st.text(max_size=300), st.floats(20, 400), st.booleans())
def test_shortened_text_always_fits_on_one_line(text, width, bold):
    cut = shorten(text, width, 12, bold=bold)
    assert text_width(cut, 12, bold=bold) <= width
    assert "\n" not in cut


@given(st.text())
def test_plain_text_carries_nothing_that_xml_forbids(text):
    assert not [c for c in plain(text) if c != "\n" and unicodedata.category(c) in {"Cc", "Cs", "Cn"}]


def test_wide_characters_count_as_wide():
    assert text_width("💎💎", 12) > text_width("ii", 12) * 4
