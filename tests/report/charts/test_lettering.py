import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from report.style.lettering import lined, plain, shorten, text_width, wrapped


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


def test_a_name_takes_two_lines_before_it_is_cut():
    name = "Long-standing, high total charges"
    assert wrapped(name, 400, 12) == [name]
    assert wrapped(name, 130, 12, bold=True) == ["Long-standing,", "high total charges"]
    assert wrapped("Unbreakable" * 3, 60, 12)[0].endswith("…")


def test_a_name_takes_as_many_lines_as_it_may_before_it_is_cut():
    name = "High income, average otherwise (until build 3)"
    assert wrapped(name, 300, 12, most=4) == [name]
    assert wrapped(name, 168, 12, most=4) == ["High income, average", "otherwise (until build 3)"]
    assert wrapped(name, 92, 12, most=4) == ["High income,", "average", "otherwise (until", "build 3)"]
    assert wrapped(name, 92, 12, most=3) == ["High income,", "average", "otherwise (unt…"]
    assert wrapped("", 92, 12, most=4) == [""]


def test_a_name_is_broken_after_a_hyphen_where_blanks_are_too_few():
    assert wrapped("Premium-Käufer", 80, 12) == ["Premium-", "Käufer"]
    assert wrapped("Premium-Käufer", 400, 12) == ["Premium-Käufer"]
    assert wrapped("Stammkunden-Anwärter im Netz", 130, 12) == ["Stammkunden-", "Anwärter im Netz"]
    assert wrapped("Long-standing, high total charges", 130, 12, bold=True) == ["Long-standing,", "high total charges"]
    assert wrapped("A-Kundin", 40, 12)[0].endswith("…")


@given(st.text(max_size=60), st.floats(20, 300))
def test_no_line_is_wider_than_its_room(text, width):
    lines = wrapped(text, width, 12)
    assert 1 <= len(lines) <= 2
    assert all(text_width(line, 12) <= width for line in lines)


def test_lines_are_centred_together():
    assert lined(["one"], 20) == [(20, "one")]
    assert lined(["one", "two"], 20) == [(13, "one"), (27, "two")]
