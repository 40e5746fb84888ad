from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.contract import Feature
from report.style.scales import SHORT, SHORT_MONEY, axis_format, decimals, round_span, span

SIZES = st.floats(-1e9, 1e9, allow_nan=False)


def feature(**more: object) -> Feature:
    return Feature(name="f", slug="f", label="F", role="feature", kind="numeric", used_for="clustering", **more)


@given(SIZES, SIZES, st.integers(2, 8))
def test_ticks_are_few_round_and_inside(low, high, count):
    assume(high - low > 1e-6 * max(abs(low), abs(high), 1))
    made = span(low, high, count)
    assert 1 <= len(made.ticks) <= count + 1
    slack = (high - low) * 1e-6
    assert all(low - slack <= tick <= high + slack for tick in made.ticks)


@given(SIZES, SIZES, st.integers(2, 8))
def test_a_round_span_covers_its_values_and_ends_on_ticks(low, high, count):
    assume(high - low > 1e-6 * max(abs(low), abs(high), 1))
    made = round_span(low, high, count)
    slack = (high - low) * 1e-6
    assert made.low <= low + slack
    assert made.high >= high - slack
    assert (made.ticks[0], made.ticks[-1]) == (made.low, made.high)


def test_a_span_of_one_value_still_has_a_width():
    assert span(5, 5).high > span(5, 5).low
    assert span(0, 0).high > span(0, 0).low


def test_decimals_tell_neighbours_apart():
    assert [decimals(step) for step in (20, 1, 2.5, 0.5, 0.25, 0.05)] == [0, 0, 1, 1, 2, 2]


def test_money_is_written_out_until_millions():
    money = feature(format="money")
    assert axis_format(money, span(0, 100_000)) == "$,.0f"
    assert axis_format(money, span(0, 5e6)) == SHORT_MONEY
    assert axis_format(feature(), span(-5e6, 0)) == SHORT
    assert axis_format(feature(format="percent"), span(0, 1, 4)) == ",.0%"
