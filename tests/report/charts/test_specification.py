import json
import re
from collections.abc import Iterator

import altair as alt
import pytest
from altair.utils import schemapi
from altair.utils.schemapi import debug_mode
from hypothesis import given
from hypothesis import strategies as st

from report.charts.context import ChartContext
from report.charts.registry import chart, names
from report.charts.specification import interactive, parts_shared, safe_json, specification

CASES = ("ordinary", "two segments", "ten segments", "one column", "public", "hostile")
PROGRAMS = {"expr", "calculate", "filter", "test", "labelExpr", "update", "signal", "as", "groupby", "sort"}
FIELD = re.compile(r"[A-Za-z]\w{0,8}$")


def one_of_each(found: tuple[str, ...]) -> list[str]:
    """The first chart of each kind: validation is slow, and a kind's charts differ in their data alone."""
    kinds = {name if name.startswith("segment-") else name.split("-")[0]: name for name in reversed(found)}
    return list(kinds.values())


def walked(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"datasets", "values"}:
                yield from walked(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from walked(inner, key)
    else:
        yield key, value


# Validation is slow; what differs between tables is whether there are points, bins, or a second column.
@pytest.mark.parametrize(
    ("case", "narrow"), [("ordinary", False), ("ordinary", True), ("public", False), ("one column", True)]
)
def test_every_chart_is_valid_vega_lite(contracts, figures, case, narrow):
    for name in one_of_each(names(contracts[case])):
        alt.Chart.from_dict(specification(ChartContext(contracts[case], figures, narrow=narrow), name), validate=True)


@pytest.mark.parametrize("case", CASES)
def test_every_chart_carries_its_data_and_loads_nothing(contracts, figures, case):
    for name in names(contracts[case]):
        spec = specification(ChartContext(contracts[case], figures), name)
        assert "$schema" not in spec
        assert spec["datasets"]
        assert not [value for key, value in walked(spec) if key == "url" or "://" in str(value)]


@pytest.mark.parametrize("narrow", [False, True])
def test_data_never_becomes_an_expression_or_a_field_name(contracts, figures, narrow):
    """The programs and fields of a table with hostile words are those of an ordinary one."""
    for name in names(contracts["hostile"]):
        spec = specification(ChartContext(contracts["hostile"], figures, narrow=narrow), name)
        for key, value in walked(spec):
            if key == "field":
                assert FIELD.match(str(value)), (name, value)
            if key in PROGRAMS:
                assert "alert" not in str(value), (name, key)
                assert "WWW" not in str(value), (name, key)


def programs(spec: dict[str, object]) -> set[str]:
    return {str(value) for key, value in walked(spec) if key in PROGRAMS}


def test_hostile_words_change_no_program(made, figures):
    tame = made()
    words = [segment.name for segment in tame.segments]
    wild = made(names=["'] || alert(1) //", *words[1:]], labels=["datum.s", "'+alert(1)+'", "`x`"])
    for name in names(tame):
        one, other = (specification(ChartContext(each, figures), name) for each in (tame, wild))
        assert programs(one) == programs(other)


def test_sharing_parts_changes_nothing(contracts, figures):
    context = ChartContext(contracts["ordinary"], figures)
    for name in names(contracts["ordinary"]):
        with debug_mode(False):
            plain = chart(context, name).to_dict(validate=False)
        with debug_mode(False), parts_shared():
            shared = chart(context, name).to_dict(validate=False)
        assert json.dumps(plain, sort_keys=True) == json.dumps(shared, sort_keys=True)
    assert not hasattr(alt.MarkDef, "__deepcopy__")
    assert schemapi._todict.__module__ == schemapi.__name__


def test_segments_with_the_same_shortened_name_keep_their_own_rows(contracts, figures):
    spec = specification(ChartContext(contracts["hostile"], figures), "segment-sizes")
    bars = next(values for values in spec["datasets"].values() if "share" in values[0])
    assert len({row["py"] for row in bars}) == len(contracts["hostile"].segments)


def test_the_files_specifications_are_set_in_the_readers_font(contracts, figures):
    spec = specification(ChartContext(contracts["ordinary"], figures), "segment-sizes")
    whole = json.loads(interactive(spec, spec, {"decimal": ","}))
    assert whole["wide"]["config"]["font"].startswith("Inter")
    assert whole["formatLocale"] == {"decimal": ","}


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_is_safe_in_html_and_still_the_same_json(value):
    text = safe_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_an_unknown_name_is_an_error(contracts, figures):
    with pytest.raises(KeyError):
        chart(ChartContext(contracts["ordinary"], figures), "pie")
