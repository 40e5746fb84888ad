"""The contract is gone through value by value: each is seen with its kind and its place, and none is passed by."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from analysis.contract.base import Frozen
from analysis.contract.kinds import COUNT, LABEL, MEAN, NUMBER, PRIVATE, Count, Kind, Label, Mean, Number, Private
from report.disclosure.walk import Place, Withheld, rewritten
from report.errors import CheckError


class Part(Frozen):
    size: Count
    mean: Mean | None


class Other(Frozen):
    label: Label


class Whole(Frozen):
    name: Label
    parts: tuple[Part | Other, ...]
    pair: tuple[Count, Number] | None
    by_name: dict[Label, Count | None]
    by_number: dict[Number, Mean]
    hidden: Private[bool] | None
    list_hidden: Annotated[tuple[Private[float], ...], "private"]
    names_hidden: dict[Label, Private[float]]
    either: Count | Label | None


WHOLE: dict[str, Any] = {
    "name": "a",
    "parts": ({"size": 12, "mean": 3.5}, {"label": "b"}, {"size": 20, "mean": None}),
    "pair": (7, 2),
    "by_name": {"x": 30, "y": None},
    "by_number": {"1": 0.5, -2: 1.5},
    "hidden": True,
    "list_hidden": (),
    "names_hidden": {},
    "either": "c",
}


def seen(document: dict[str, Any]) -> list[tuple[Kind | None, Any, str, str]]:
    found: list[tuple[Kind | None, Any, str, str]] = []

    def note(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        found.append((kind, value, place.path, place.field))
        return value

    assert rewritten(Whole, document, note) == document
    return found


def test_every_value_is_seen_with_its_kind_and_place() -> None:
    assert seen(WHOLE) == [
        (LABEL, "a", "name", "Whole.name"),
        (COUNT, 12, "parts[0].size", "Part.size"),
        (MEAN, 3.5, "parts[0].mean", "Part.mean"),
        (LABEL, "b", "parts[1].label", "Other.label"),
        (COUNT, 20, "parts[2].size", "Part.size"),
        (COUNT, 7, "pair[0]", "Whole.pair"),
        (NUMBER, 2, "pair[1]", "Whole.pair"),
        (LABEL, "x", "by_name", "Whole.by_name"),
        (COUNT, 30, "by_name.x", "Whole.by_name"),
        (LABEL, "y", "by_name", "Whole.by_name"),
        (NUMBER, "1", "by_number", "Whole.by_number"),
        (MEAN, 0.5, "by_number.1", "Whole.by_number"),
        (NUMBER, -2, "by_number", "Whole.by_number"),
        (MEAN, 1.5, "by_number.-2", "Whole.by_number"),
        (PRIVATE, True, "hidden", "Whole.hidden"),
        (LABEL, "c", "either", "Whole.either"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("unknown", 5, "unknown"),
        ("either", 2.5, "either"),
        ("either", True, "either"),
        ("name", 3, "name"),
        ("hidden", 1, "hidden"),
        ("pair", "ab", "pair"),
        ("name", {"size": 3}, "name"),
        ("name", ("a",), "name"),
    ],
)
def test_what_is_no_value_of_its_type_has_no_kind(name: str, value: object, where: str) -> None:
    found = [one for one in seen({name: value}) if one[2] == where]
    assert [(kind, each) for kind, each, _, _ in found] == [(None, value)]


def test_a_rule_sees_the_part_that_holds_the_field() -> None:
    def note(_: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        return place.holder.get("mean") if place.field == "Part.size" else value

    found = rewritten(Whole, {"parts": ({"size": 12, "mean": 3.5},)}, note)
    assert found["parts"] == ({"size": 3.5, "mean": 3.5},)


def test_values_are_replaced_where_they_stand() -> None:
    def doubled(kind: Kind | None, value: Any, _: Place) -> Any:  # noqa: ANN401 (any value)
        return value * 2 if kind in {COUNT, LABEL} else value

    found = rewritten(Whole, {"pair": (7, 2), "by_name": {"x": 30}, "parts": ({"label": "b"},)}, doubled)
    assert found == {"pair": (14, 2), "by_name": {"xx": 60}, "parts": ({"label": "bb"},)}


def refused(kind: Kind | None, value: Any, _: Place) -> Any:  # noqa: ANN401 (any value)
    if kind in {COUNT, PRIVATE}:
        raise Withheld(kind)
    return value


def test_a_field_with_a_value_that_is_withheld_is_null() -> None:
    assert rewritten(Whole, {"pair": (7, 2), "hidden": False, "name": "a"}, refused) == {
        "pair": None, "hidden": None, "name": "a",
    }  # fmt: skip


def test_of_a_private_list_nothing_is_left() -> None:
    document = {"list_hidden": (1.5, 2.5), "names_hidden": {"a": 1.5}}
    assert rewritten(Whole, document, refused) == {"list_hidden": (), "names_hidden": {}}
    assert rewritten(Whole, {"list_hidden": (), "names_hidden": {}}, refused) == {
        "list_hidden": (), "names_hidden": {},
    }  # fmt: skip


def test_where_it_may_not_be_null_nothing_is_published() -> None:
    with pytest.raises(CheckError) as caught:
        rewritten(Whole, {"parts": ({"size": 12, "mean": 1.5}, {"size": 13, "mean": 1.5})}, refused)
    assert str(caught.value) == (
        "parts[0].size (Part.size) may not be published, and disclosure control has no rule that withholds it. Nothing "
        "was published. Please report this; privacy.mode: open publishes a table that is itself public."
    )
    with pytest.raises(CheckError, match=r"^by_name \(Whole\.by_name\)"):
        rewritten(Whole, {"by_name": {"x": 3}}, refused)
