"""What is left of a wrong configuration: all that is right, and nothing that hangs on what is wrong."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import Site
from analysis.configuration.sound import sound_part, sound_site

CONTENT = {
    "data": {"path": "table.csv"},
    "columns": {"id": {"role": "id"}, "age": {"role": "age", "maximum": 90}, "paid": {"role": "monetary"}},
    "value": {"product_of": ["paid"]},
}


def changed(place: tuple[str, ...], setting: object) -> dict[str, object]:
    content = deepcopy(CONTENT)
    inside = content
    for key in place[:-1]:
        inside = inside.setdefault(key, {})
    inside[place[-1]] = setting
    return content


@pytest.mark.parametrize(
    ("place", "setting"),
    [
        (("titel",), 1),
        (("theme", "accent"), "red"),
        (("model", "selection"), {"k": 1}),
        (("model", "selection"), {"k": 3, "kk": 1}),
        (("columns", "age", "maximun"), 3),
        (("data", "delimiter"), "::"),
        (("evaluation", "attractiveness"), {"size": 0, "value": 0, "customer_value": 0, "responsiveness": 0}),
        (("value", "product_of"), ["paid", "age", "nothing"]),
        (("value", "lifetime"), {"months": 12}),
    ],
)
def test_a_wrong_setting_goes_alone(place, setting):
    content = changed(place, setting)
    site = sound_site(content)
    assert list(site.columns) == ["id", "age", "paid"]
    assert site.columns["age"].maximum == 90
    assert content == changed(place, setting)


@pytest.mark.parametrize(
    ("place", "setting"),
    [
        (("columns", "age", "role"), "aged"),
        (("columns", "age", "missing"), "medain"),
        (("columns", "age", "minimum"), 91),
        (("columns", "age"), {"label": "Age"}),
        (("columns", "age"), None),
        (("columns", "age", "order"), ["low", 2.5, []]),
    ],
)
def test_a_column_described_wrongly_goes_whole(place, setting):
    assert list(sound_site(changed(place, setting)).columns) == ["id", "paid"]


def test_of_two_columns_with_one_role_the_first_stays():
    assert list(sound_site(changed(("columns", "old"), {"role": "age"})).columns) == ["id", "age", "paid"]


@pytest.mark.parametrize(
    ("place", "setting"),
    [
        (("data",), None),
        (("data", "path"), 3),
        (("data", "path"), ["a.csv", 3]),
        (("data", "database"), "sqlite:///x.db"),
        (("columns",), ["age"]),
        (("columns",), {"id": {"role": "id"}, "age": {"role": "aged"}}),
        (("transactions",), {"date": "when"}),
    ],
)
def test_without_table_or_columns_nothing_is_left(place, setting):
    assert sound_site(changed(place, setting)) is None


@pytest.mark.parametrize("text", ["", "[1, 2]", "a: b: c", "\x00", "data: {path: x.csv}"])
def test_a_file_that_says_nothing_of_a_table_leaves_nothing(tmp_path, text):
    (tmp_path / "site.yml").write_text(text)
    assert sound_part(tmp_path) is None
    assert sound_part(tmp_path / "nowhere.yml") is None


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from(["id", "age"])
KEYS = st.sampled_from([*CONTENT, *CONTENT["columns"], "role", "order", "transactions", "site", "locale", 7, None])
ANYTHING = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=8)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, ANYTHING), st.sampled_from(["", "columns", "age"]))
def test_whatever_is_written_leaves_a_site_or_nothing(written, inside):
    content = deepcopy(CONTENT)
    {"": content, "columns": content["columns"], "age": content["columns"]["age"]}[inside].update(written)
    before = repr(content)
    assert isinstance(sound_site(content), Site | None)
    assert repr(content) == before
