"""What a whole number of the contract is for disclosure control, stated in its annotation.

A field of the contract that holds an `int` without a kind is an error when its class is made: so no count of customers
can be added that the check of the finished site does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True)
class Kind:
    """`count`, `rows` or `number`; see the annotations below."""

    name: str


COUNT, ROWS, NUMBER = Kind("count"), Kind("rows"), Kind("number")
Count = Annotated[int, COUNT]
"""Customers, or values that each are one customer's: in public mode none lies between 1 and `min_cell` − 1."""
Rows = Annotated[int, ROWS]
"""Rows read or set aside, behind no published figure: published as they are."""
Number = Annotated[int, NUMBER]
"""Counts no customers: an id, a rank, a setting, days, resamples."""


def require_kinds(model: type[BaseModel]) -> None:
    """Raises TypeError where a field of the model holds an `int` without a kind."""
    for name, field in model.model_fields.items():
        if None in _kinds(field.annotation, tuple(field.metadata)):
            raise TypeError(
                f"{model.__name__}.{name}: write Count, Rows or Number (analysis.contract.kinds) in place of int, so "
                "that disclosure control knows whether it counts customers."
            )


def fields_of(model: type[BaseModel], kind: Kind) -> frozenset[str]:
    """Names of the fields of this kind, in the model and in the models that it holds."""
    return frozenset(
        name
        for each in _models(model, set())
        for name, field in each.model_fields.items()
        if kind in _kinds(field.annotation, tuple(field.metadata))
    )


def _kinds(annotation: Any, metadata: tuple[object, ...] = ()) -> Iterator[Kind | None]:  # noqa: ANN401 (any type)
    """The kind of each `int` in a type; None for one without."""
    if annotation is int:
        yield next((one for one in metadata if isinstance(one, Kind)), None)
    elif get_origin(annotation) is Annotated:
        inner, *rest = get_args(annotation)
        yield from _kinds(inner, tuple(rest))
    else:
        for part in get_args(annotation):
            if not isinstance(part, int | str):  # the values of a Literal
                yield from _kinds(part)


def _models(model: type[BaseModel], seen: set[type]) -> Iterator[type[BaseModel]]:
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for part in _held(field.annotation):
            yield from _models(part, seen)


def _held(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 (any type)
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        yield annotation
    for part in get_args(annotation):
        yield from _held(part)
