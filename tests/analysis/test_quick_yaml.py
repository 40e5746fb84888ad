import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration.quick_yaml import read_yaml


def read(text: str, **loaders: object) -> object:
    try:
        return read_yaml(text, **loaders)
    except yaml.YAMLError as error:
        return str(error)


PIECES = [
    "a",
    ": ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\t",
    "'",
    '"',
    "#",
    "&x ",
    "*x",
    "1",
    "~",
    "|",
    ">",
    "!!int ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=10))
def test_what_is_accepted_and_what_is_said_hangs_on_no_library(parts):
    text = "".join(parts)
    assert repr(read(text)) == repr(read(text, quick=yaml.SafeLoader))


@pytest.mark.parametrize("text", ["|#", ">#", "a: |-#\n  b", "a: >2#\n  b", "a: |+3#"])
def test_a_comment_right_behind_the_sign_of_a_block_is_judged_by_the_careful_reader(text):
    assert repr(read(text)) == repr(read(text, quick=yaml.SafeLoader))


@pytest.mark.parametrize("text", ["a:\tb", "a: 1\t", "k: [a,\tb]", "a: b\tc"])
def test_tabs_are_judged_by_the_careful_reader(text):
    assert repr(read(text)) == repr(read(text, quick=yaml.SafeLoader))
