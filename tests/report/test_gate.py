"""The gate: whatever the contract holds, nothing leaves it that the kind of its field does not allow."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.basics.significant import significant
from analysis.configuration import load_configuration
from analysis.contract import Contract, Privacy, Rejection
from analysis.contract.base import Frozen
from analysis.contract.kinds import (
    CHANCE,
    COUNT,
    DATE,
    DISTANCE,
    KINDS,
    MEAN,
    NUMBER,
    PARAMETER,
    PART,
    PRIVATE,
    ROWS,
    SHARE,
    SUM,
    TOLD,
    Count,
    Deviation,
    Kind,
    Label,
    Mean,
    Quantile,
    RoundedDeviation,
    RoundedMean,
    RoundedQuantile,
    leaves,
    models,
    nullable,
)
from analysis.pipeline import analyse
from analysis.rounding.random_rounding import Rounding
from analysis.wording.number_format import EXACT
from report.disclosure import protected, published
from report.disclosure.account import account, table_of_kinds
from report.disclosure.faults import faults
from report.disclosure.gate import RULES, gate, told
from report.disclosure.walk import Place, Withheld, rewritten
from report.errors import CheckError

LEAST = 10
PUBLIC = Privacy(mode="public", min_cell=LEAST)
ROUNDING = Rounding.of(public=True, least=LEAST, table="table")


def anything(annotation: Any, metadata: tuple[object, ...], draw: random.Random, *, safe: bool) -> Any:  # noqa: ANN401, PLR0911
    """A value of a type; `safe`: a count that cannot be null is not small."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return anything(args[0], (*args[1:], *metadata), draw, safe=safe)
    if origin is Literal:
        return draw.choice(args)
    if origin is tuple:
        each = [args[0]] * draw.randint(0, 2) if args[-1] is ... else args
        return tuple(anything(one, (), draw, safe=True) for one in each)
    if origin is dict:
        return {anything(args[0], (), draw, safe=True): anything(args[1], (), draw, safe=True) for _ in range(2)}
    if args:
        return anything(draw.choice(args), metadata, draw, safe=not nullable(annotation))
    if hasattr(annotation, "model_fields"):
        return document(annotation, draw)
    if annotation is int:
        counts = next((leaf.kind for leaf in leaves(annotation, metadata)), None) is COUNT
        return draw.choice([0, draw.randint(LEAST, 90)]) if counts and safe else draw.randint(1, 5)
    if annotation is float:
        return draw.choice([0.0, 1.0, draw.random(), draw.uniform(-1e6, 1e6)])
    if annotation is bool:
        return draw.random() < 0.5
    return None if annotation is type(None) else draw.choice(["2011-12-09", "38 customers", "a"])


def document(model: Any, draw: random.Random) -> dict[str, Any]:  # noqa: ANN401 (a class)
    found = {
        name: anything(field.annotation, tuple(field.metadata), draw, safe=not nullable(field.annotation))
        for name, field in model.model_fields.items()
    }
    # The step of a figure is stated by whoever rounded it, and is no figure of its own.
    steps = {name: None for name in found if name.endswith("rounded_to")}
    return found | steps | {name: 0.5 for name in ("fit",) if name in found}


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    made = document(Contract, random.Random(draw(st.integers(0, 2**32))))  # noqa: S311 (no secret)
    made["privacy"] = {"mode": "public", "min_cell": LEAST, "rounding_base": 5}
    return Contract.model_validate(made)


def values_of(wanted: Kind, told: dict[str, Any]) -> list[Any]:
    """Every value of a kind."""
    found: list[Any] = []

    def note(kind: Kind | None, value: Any, _: Place) -> Any:  # noqa: ANN401 (any value)
        found.extend([value] if kind is wanted else [])
        return value

    rewritten(Contract, told, note)
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(contracts())
def test_nothing_leaves_the_gate_that_its_kind_does_not_allow(made: Contract) -> None:
    told = json.loads(gate(made, ROUNDING).model_dump_json())
    assert list(faults(told)) == []
    assert "2011-12-09" not in [one["last_date"] for one in [told["data"]["transactions"]] if one]
    assert told["provenance"]["data_sha256"] is None
    assert not told["exploration"]["points"]


@pytest.mark.parametrize("count", [1, 9])
def test_a_small_count_that_cannot_be_null_stops_the_build(mall_contract: Contract, count: int) -> None:
    first, *others = mall_contract.segments
    segments = (first.model_copy(update={"size": count}), *others)
    with pytest.raises(CheckError, match=r"segments\[0\]\.size \(Segment\.size\) may not be published"):
        gate(mall_contract.model_copy(update={"segments": segments}), ROUNDING)


def test_a_small_count_that_can_be_null_is_withheld(mall_contract: Contract) -> None:
    safe = protected(mall_contract.model_copy(update={"privacy": PUBLIC}))
    data = safe.data.model_copy(update={"set_apart": 3, "imputed": 12})
    told = gate(safe.model_copy(update={"data": data}), ROUNDING).data
    assert told.set_apart is None
    assert told.imputed in {10, 15}


def test_a_kind_without_a_rule_is_withheld(mall_contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {kind: rule for kind, rule in RULES.items() if kind != COUNT}
    monkeypatch.setattr(sys.modules["report.disclosure.gate"], "RULES", rules)
    with pytest.raises(CheckError, match="disclosure control has no rule"):
        gate(mall_contract, ROUNDING)


def test_what_is_private_is_left_out_even_without_a_rule(
    mall_contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is withheld as what it is, so that the rest is published."""
    rules = {kind: rule for kind, rule in RULES.items() if kind != PRIVATE}
    monkeypatch.setattr(sys.modules["report.disclosure.gate"], "RULES", rules)
    safe = protected(mall_contract.model_copy(update={"privacy": PUBLIC}))
    rejection = Rejection(reason="missing value", column=None, rows=5, examples=(3, 5))
    told = gate(safe.model_copy(update={"data": safe.data.model_copy(update={"rejections": (rejection,)})}), ROUNDING)
    assert told.data.rejections == (rejection.model_copy(update={"examples": ()}),)


class Odd(Frozen):
    """A part with a share that no rule knows, and counts by name."""

    by_name: dict[Label, Count]


def test_a_small_count_in_a_mapping_is_not_dropped_in_silence() -> None:
    def refuse(kind: Kind | None, value: Any, place: Any) -> Any:  # noqa: ANN401
        return RULES[kind].apply(value, place, ROUNDING) if kind else value

    assert rewritten(Odd, {"by_name": {"a": 20}}, refuse) == {"by_name": {"a": 20}}
    with pytest.raises(CheckError, match=r"by_name \(Odd\.by_name\)"):
        rewritten(Odd, {"by_name": {"a": 20, "b": 3}}, refuse)


def test_notes_tell_months(mall_contract: Contract) -> None:
    safe = protected(mall_contract.model_copy(update={"privacy": PUBLIC}))
    notes = ("Years were counted up to 2023-06-16, the latest date.", "Years were counted up to 2023-06-30, as stated.")
    stated = {"reference_date": "2023-06-30", "reference_stated": True}
    data = safe.data.model_copy(update={"notes": notes, **stated})
    assert gate(safe.model_copy(update={"data": data}), ROUNDING).data.notes == (
        "Years were counted up to 2023-06, the latest date.",
        "Years were counted up to 2023-06-30, as stated.",
    )


def test_every_kind_has_a_rule_and_stands_in_the_documentation(project: Path) -> None:
    assert set(RULES) == set(KINDS)
    text = (project / "docs" / "privacy.md").read_text(encoding="utf-8")
    rows = [f"| `{name}` | {meaning} | {done} |" for name, meaning, done in table_of_kinds()]
    assert "| kind | what it is | `privacy.mode: public` |\n|---|---|---|\n" + "\n".join(rows) + "\n" in text


def test_the_account_says_what_became_of_each_field(mall_contract: Contract) -> None:
    whole = mall_contract.model_copy(
        update={"privacy": mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})}
    )
    found = account(whole, published(whole))
    assert (found["min_cell"], found["rounding_base"]) == (10, 5)
    fields = found["fields"]
    assert fields["Segment.size"]["kind"] == "count"
    assert (fields["Segment.size"]["published"], fields["Segment.size"]["withheld"]) == (6, False)
    assert fields["Exploration.points"]["published"] == 0
    assert fields["Exploration.points"]["withheld"] is True
    assert fields["Data.set_apart"] == {
        "kind": "count",
        "done": "withheld from 1 to `min_cell` − 1; else rounded at random to a multiple of 5, `min_cell` or more",
        "published": 1,
        "withheld": False,
    }
    assert fields["Provenance.data_sha256"] == {
        "kind": "digest", "done": "left out", "published": 0, "withheld": True,
    }  # fmt: skip


def test_the_account_counts_the_values_of_a_mapping_and_not_what_they_are_of(mall_contract: Contract) -> None:
    """Six segments have three means each; three columns' names stand beside them."""
    whole = mall_contract.model_copy(
        update={"privacy": mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})}
    )
    fields = account(whole, published(whole))["fields"]
    assert [len(one.centroid) for one in whole.segments] == [3] * 6
    assert (fields["Segment.centroid"]["kind"], fields["Segment.centroid"]["published"]) == ("mean", 18)
    assert fields["Provenance.libraries"]["published"] == len(whole.provenance.libraries)
    assert fields["Selection.preferred"]["published"] == len(whole.selection.preferred)


def test_two_publications_of_one_table_are_the_same_and_of_another_are_drawn_anew(mall_contract: Contract) -> None:
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})
    whole = mall_contract.model_copy(update={"privacy": privacy})
    other = whole.model_copy(update={"provenance": whole.provenance.model_copy(update={"data_sha256": "b" * 64})})
    assert published(whole) == published(whole)
    bars = [
        [bar.count for each in published(one).exploration.distributions for bar in each.bins] for one in (whole, other)
    ]
    assert bars[0] != bars[1]
    assert published(whole, "secret").exploration.distributions != published(whole).exploration.distributions


def test_shares_are_those_of_the_rounded_counts(mall_contract: Contract) -> None:
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})
    copy = published(mall_contract.model_copy(update={"privacy": privacy}))
    assert copy.data.customers == 200
    for one in copy.segments:
        assert one.share == pytest.approx(one.size / 200)
        assert one.size % 5 == 0
        for share in one.shares:
            assert share.share == pytest.approx(share.count / one.size)
        if one.rule:
            assert one.rule.picked is None
            assert one.rule.recall in {None, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8}


class Summed(Frozen):
    """A part with a figure of which nobody has said that it is rounded."""

    mean: Mean
    median: Quantile | None
    standard_deviation: Deviation | None


class SummedAndRounded(Frozen):
    """The same, of which somebody has."""

    mean: RoundedMean
    median: RoundedQuantile | None
    standard_deviation: RoundedDeviation | None


@pytest.mark.parametrize("name", ["median", "standard_deviation"])
def test_a_figure_that_nobody_has_rounded_is_withheld(name: str) -> None:
    """A mean, a quantile or a deviation whose field does not say that it is."""

    def apply(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401
        return told(kind, value, place, ROUNDING)

    with pytest.raises(CheckError, match=r"mean \(Summed\.mean\)"):
        rewritten(Summed, {"mean": 1.5}, apply)
    assert rewritten(Summed, {name: 1.5}, apply) == {name: None}
    assert rewritten(SummedAndRounded, {name: 1.5, "mean": 2.5}, apply) == {name: 1.5, "mean": 2.5}


def test_a_figure_is_a_multiple_of_its_step(mall_contract: Contract) -> None:
    """7.25 is none of 0.5, and 0.30000000000000004 is one of 0.1."""
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})
    whole = mall_contract.model_copy(update={"privacy": privacy})
    told = json.loads(published(whole).model_dump_json())
    first = told["data"]["features"][0]

    def found(**changes: float | None) -> list[str]:
        first.update(changes)
        return list(faults(told))

    assert found(mean=7.5, rounded_to=0.5) == []
    assert found(mean=0.30000000000000004, rounded_to=0.1) == []
    assert found(mean=7.25, rounded_to=0.5) == [
        "data.features[0].mean is no multiple of the step to which it is said to be rounded."
    ]
    assert found(mean=7.5, standard_deviation=1.23, deviation_rounded_to=0.5) == [
        "data.features[0].standard_deviation is no multiple of the step to which it is said to be rounded."
    ]
    assert found(standard_deviation=1.5) == []
    told["exploration"]["correlations"][0].update(pearson=0.471, spearman=0.48, rounded_to=0.02)
    assert found() == [
        "exploration.correlations[0].pearson is no multiple of the step to which it is said to be rounded."
    ]


def test_an_amount_a_customer_is_that_of_the_rounded_number(project: Path) -> None:
    """With the amount, the exact number of customers would follow from it."""
    found = load_configuration(project / "site_config")
    privacy = found.site.privacy.model_copy(update={"mode": "public"})
    site = found.site.model_copy(update={"privacy": privacy})
    copy = published(analyse(replace(found, site=site)).contract)
    told = [(one.budget.amount, one.budget.per_customer, one.size) for one in copy.segments if one.budget]
    assert len(told) == 6
    assert all(each == pytest.approx(amount / size) for amount, each, size in told)


SOMEWHERE = Place("x", "X.x", {})


@pytest.mark.parametrize(
    ("kind", "exact", "told"),
    [
        (COUNT, 0, 0),
        (COUNT, 10, 10),
        (COUNT, 25, 25),
        (ROWS, 0, 0),
        (ROWS, 1, 5),
        (ROWS, 40, 40),
        (NUMBER, 3, 3),
        (PART, 0.12345, 0.123),
        (PART, -0.99951, -1.0),
        (PART, 1.0, 1.0),
        (PART, -1.23456, -1.23456),
        (PART, 1234.5678, 1234.5678),
        (SUM, 123456.0, 123000.0),
        (SUM, -0.0012345, -0.00123),
        (SUM, 0.0, 0.0),
        (PARAMETER, 0.012345, 0.012),
        (PARAMETER, -0.012345, -0.012),
        (PARAMETER, 0.1, 0.1),
        (PARAMETER, 0.12345, 0.12),
        (PARAMETER, -0.98765, -0.99),
        (PARAMETER, 0.9949, 0.99),
        (PARAMETER, 0.995, 0.995),
        (PARAMETER, 0.9951, 0.995),
        (PARAMETER, 0.9999, 0.995),
        (PARAMETER, 1 - EXACT, 1.0),
        (PARAMETER, 1.0, 1.0),
        (PARAMETER, 1.23456, 1.23),
        (PARAMETER, -123.456, -123.0),
        (DISTANCE, 0.04, 0.0),
        (DISTANCE, 2.3456, 2.3),
        (CHANCE, 0.0, 0.001),
        (CHANCE, 0.001, 0.001),
        (CHANCE, 0.0011, 0.01),
        (CHANCE, 0.05, 0.05),
        (CHANCE, 0.051, 1.0),
    ],
)
def test_what_each_kind_becomes(kind: Kind, exact: float, told: float) -> None:
    assert RULES[kind].apply(exact, SOMEWHERE, ROUNDING) == told


@pytest.mark.parametrize(("kind", "value"), [(COUNT, 1), (COUNT, 9), (SHARE, 0.5), (MEAN, 0.5), (PRIVATE, 0.5)])
def test_what_is_withheld_says_of_which_kind_it_was(kind: Kind, value: float) -> None:
    with pytest.raises(Withheld) as caught:
        told(kind, value, SOMEWHERE, ROUNDING)
    assert caught.value.kind is kind


def test_a_share_that_follows_from_counts_is_told() -> None:
    assert told(SHARE.already_rounded(), 0.12345678912345, SOMEWHERE, ROUNDING) == 0.1234567891


def test_a_published_figure_that_nothing_calls_rounded_is_a_fault(
    mall_contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a field would be whose annotation is a bare `Mean`; each name of a step is that of a field beside it."""
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})
    document = json.loads(published(mall_contract.model_copy(update={"privacy": privacy})).model_dump_json())
    assert list(faults(document)) == []
    monkeypatch.setattr(sys.modules["report.disclosure.faults"], "allowed", lambda kind: kind.plain != SHARE)
    assert "segments[0].share is a figure that no rule has made safe." in faults(document)
    steps = [(model, leaf.kind.step, name) for model in models(Contract) for name, field in model.model_fields.items()
             for leaf in leaves(field.annotation, tuple(field.metadata)) if leaf.kind and leaf.kind.step]  # fmt: skip
    assert len(steps) == 8
    assert all(step in model.model_fields for model, step, _ in steps)


@pytest.mark.parametrize(
    ("field", "stated", "told"),
    [
        ("Data.reference_date", True, "2011-12-09"),
        ("Data.reference_date", False, "2011-12"),
        ("Data.reference_date", None, "2011-12"),
        ("Data.first_date", True, "2011-12"),
    ],
)
def test_a_day_is_told_where_the_configuration_states_it(field: str, stated: bool | None, told: str) -> None:  # noqa: FBT001
    place = Place("data", field, {"reference_stated": stated})
    assert RULES[DATE].apply("2011-12-09", place, ROUNDING) == told


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("Data.notes", "Up to 2023-06-16.", "Up to 2023-06."),
        ("Data.notes", "Up to 2023-06-30, as stated.", "Up to 2023-06-30, as stated."),
        ("Data.columns", "Write 2023-06-16.", "Write 2023-06-16."),
        ("Segment.summary", "45% 2 persons, born 2023-06-16", "45% 2 persons, born 2023-06-16"),
    ],
)
def test_days_in_notes_become_months(field: str, text: str, told: str) -> None:
    """But for the day that the configuration states."""
    stated = {"reference_date": "2023-06-30", "reference_stated": True}
    assert RULES[TOLD].apply(text, Place("data", field, stated), ROUNDING) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Up to 2023-06-16.", "tells a day; only its month may be published."),
        ("A few blank rows were skipped, and 240 rows repeat.", None),
        ("Up to 2023-06. Counts below 10 customers are not published.", None),
    ],
)
def test_a_published_note_with_a_day_is_a_fault(mall_contract: Contract, text: str, told: str | None) -> None:
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})
    document = json.loads(published(mall_contract.model_copy(update={"privacy": privacy})).model_dump_json())
    document["data"]["notes"] = [text]
    assert list(faults(document)) == ([f"data.notes[0] {told}"] if told else [])


def test_significant_digits() -> None:
    assert [significant(one, 3) for one in (0.0, 999.9, 1234.0, -0.00045678, 1.0)] == [0, 1000, 1230, -0.000457, 1]
