"""The contract gone through value by value, each with the kind that its annotation states.

It goes by the document (mappings, sequences, figures), so that a file that was published is gone through like the copy
that is about to be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from analysis.contract.kinds import DIGEST, PRIVATE, Kind, leaves, nullable
from report.errors import CheckError

if TYPE_CHECKING:
    from pydantic import BaseModel

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a value stands: `segments[0].size` of the document is `Segment.size` of the contract."""

    path: str
    field: str
    holder: Document
    """The part of the document that holds the field."""
    key: bool = False
    """Whether it is a mapping's key, which says what a value is of."""


class Withheld(Exception):  # noqa: N818 (no error: the field is null then)
    """Raised by a rule for a value that may not be published."""

    def __init__(self, kind: Kind | None) -> None:
        super().__init__()
        self.kind = kind


Rule = Callable[[Kind | None, Any, Place], Any]
"""From a value to the one that takes its place; raises `Withheld`."""


def rewritten(model: type[BaseModel], document: Document, rule: Rule, path: str = "") -> dict[str, Any]:
    """The document with each value as the rule has it; a field with one that is withheld is null.

    Raises CheckError where a field with a value that is withheld may not be null.
    """
    places = {name: Place(f"{path}.{name}".lstrip("."), f"{model.__name__}.{name}", document) for name in document}
    return {name: _known(model, name, value, rule, places[name]) for name, value in document.items()}


def _known(model: type[BaseModel], name: str, value: Any, rule: Rule, place: Place) -> Any:  # noqa: ANN401 (any value)
    """A field's value as the rule has it; one that the model does not know goes to the rule as it is."""
    field = model.model_fields.get(name)
    if value is None:
        return None
    return (
        rule(None, value, place)
        if field is None
        else _field(field.annotation, tuple(field.metadata), value, rule, place)
    )


def _field(annotation: Any, metadata: tuple[object, ...], value: Any, rule: Rule, place: Place) -> Any:  # noqa: ANN401
    whole = isinstance(value, Mapping | Sequence) and not isinstance(value, str)
    try:
        # Of a private list not even its length is told.
        if whole and value and any(leaf.kind in {PRIVATE, DIGEST} for leaf in leaves(annotation, metadata)):
            return rule(PRIVATE, value, place)
        return _value(annotation, metadata, value, rule, place)
    except Withheld as withheld:
        if nullable(annotation):
            return None
        if withheld.kind in {PRIVATE, DIGEST} and isinstance(value, Mapping | Sequence):
            return {} if isinstance(value, Mapping) else ()
        raise CheckError(
            f"{place.path} ({place.field}) may not be published, and disclosure control has no rule that withholds it. "
            "Nothing was published. Please report this; privacy.mode: open publishes a table that is itself public."
        ) from None


def _value(annotation: Any, metadata: tuple[object, ...], value: Any, rule: Rule, place: Place) -> Any:  # noqa: ANN401
    """The value by its type; whatever is no value of the type goes to the rule as one without a kind."""
    chosen, metadata = _chosen(annotation, metadata, value)
    origin = get_origin(chosen)
    if value is None:
        return None
    if origin is dict:
        key, each = get_args(chosen)
        return {
            _value(key, (), name, rule, replace(place, key=True)): _value(
                each, (), part, rule, replace(place, path=f"{place.path}.{name}")
            )
            for name, part in value.items()
        }
    if origin is tuple:
        args = get_args(chosen)
        each = [args[0]] * len(value) if args[-1] is ... else args
        parts = enumerate(zip(each, value, strict=True))
        return tuple(_value(of, (), part, rule, replace(place, path=f"{place.path}[{at}]")) for at, (of, part) in parts)
    if hasattr(chosen, "model_fields"):
        return rewritten(chosen, value, rule, place.path)
    kind = next((leaf.kind for leaf in leaves(chosen, metadata)), None) if chosen is not None else None
    return rule(kind, value, place)


def _chosen(annotation: Any, metadata: tuple[object, ...], value: Any) -> tuple[Any, tuple[object, ...]]:  # noqa: ANN401
    """The alternative of a type that the value is of, with its metadata; None where there is none."""
    if get_origin(annotation) is Annotated:
        inner, *rest = get_args(annotation)
        return _chosen(inner, (*rest, *metadata), value)
    if _is_union(annotation):
        found = [_chosen(one, metadata, value) for one in get_args(annotation) if one is not NoneType]
        return next((each for each in found if each[0] is not None), (None, ()))
    return (annotation, metadata) if _fits(annotation, value) else (None, ())


def _is_union(annotation: Any) -> bool:  # noqa: ANN401 (any type)
    return get_origin(annotation) in {Union, UnionType}


def _fits(annotation: Any, value: Any) -> bool:  # noqa: ANN401 (any type)
    origin = get_origin(annotation)
    if isinstance(value, Mapping):
        return origin is dict or value.keys() <= getattr(annotation, "model_fields", {}).keys()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return origin is tuple
    if origin in {dict, tuple} or hasattr(annotation, "model_fields"):
        return False
    return any(_is(value, leaf.of) for leaf in leaves(annotation))


def _is(value: Any, of: type) -> bool:  # noqa: ANN401 (any type)
    if isinstance(value, bool) or of is bool:
        return isinstance(value, bool) and of is bool
    if isinstance(value, str) and of is int:  # a key of a JSON document
        return value.lstrip("-").isdigit()
    return isinstance(value, int | float if of is float else of)
