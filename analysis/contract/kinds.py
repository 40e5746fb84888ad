"""What every value of the contract is for disclosure control, stated in its annotation.

A field with a value of which no kind is stated is an error when its class is made: so no field can be added that
disclosure control does not know. What becomes of each kind in the published copy is decided in
`report.disclosure.gate`; a kind that has no rule there is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel

T = TypeVar("T")


@dataclass(frozen=True)
class Kind:
    """What a value is; see the annotations below."""

    name: str
    meaning: str
    rounded: bool = False
    """Of a figure: whether it was rounded when it was measured, or follows from such. No other is published."""
    step: str | None = None
    """The field beside it that says of what the figure is a multiple, where one does."""

    def already_rounded(self, step: str | None = None) -> Kind:
        """The kind of a figure that may be told as it stands."""
        return replace(self, rounded=True, step=step)

    @property
    def plain(self) -> Kind:
        """The kind whatever was done to the figure; rules go by it."""
        return replace(self, rounded=False, step=None)


COUNT = Kind("count", "customers, or values that each are one customer's")
ROWS = Kind("rows", "rows of the file, read or set aside")
NUMBER = Kind("number", "a whole number that counts no customers: an id, a rank, days, resamples")
MEAN = Kind("mean", "the mean of a column, or a difference or ratio of means")
DEVIATION = Kind("deviation", "a standard deviation")
QUANTILE = Kind("quantile", "a median, quartile or percentile of customers' values")
SUM = Kind("sum", "a sum over customers")
SHARE = Kind("share", "a number of customers as a share of another: it is worked out from the two")
PART = Kind("part", "a part of a sum that is not of customers: of value, of the budget")
BOUND = Kind("bound", "the end of an interval, the edge of a bar, the bound of a rule")
PARAMETER = Kind("parameter", "of a model or a test: an index, a stability, a distance, a correlation")
DISTANCE = Kind("distance", "between segments, in standard deviations")
STEP = Kind("step", "of what a figure is a multiple")
CHANCE = Kind("chance", "a p-value")
SETTING = Kind("setting", "from the configuration, or made of it alone")
LABEL = Kind("label", "a name in the table or the configuration: of a file, a column, a category")
TOLD = Kind("told", "a sentence or phrase with figures in it")
WORD = Kind("word", "of a fixed vocabulary, yes and no included")
DATE = Kind("date", "a day of the table")
DIGEST = Kind("digest", "of the customers' file: whoever guesses the file's last unknown cell could confirm it")
PRIVATE = Kind("private", "stands in `build/analysis.json` only")

KINDS = (
    COUNT, ROWS, NUMBER, MEAN, DEVIATION, QUANTILE, SUM, SHARE, PART, BOUND, PARAMETER, DISTANCE, STEP, CHANCE, SETTING,
    LABEL, TOLD, WORD, DATE, DIGEST, PRIVATE,
)  # fmt: skip
"""Every kind that there is, as the documentation lists them."""

Count = Annotated[int, COUNT]
Rows = Annotated[int, ROWS]
Number = Annotated[int, NUMBER]
Mean = Annotated[float, MEAN]
Deviation = Annotated[float, DEVIATION]
Quantile = Annotated[float, QUANTILE]
RoundedMean = Annotated[float, MEAN.already_rounded()]
SteppedMean = Annotated[float, MEAN.already_rounded("rounded_to")]
RoundedDeviation = Annotated[float, DEVIATION.already_rounded("deviation_rounded_to")]
RoundedQuantile = Annotated[float, QUANTILE.already_rounded()]
Sum = Annotated[float, SUM]
Share = Annotated[float, SHARE]
RoundedShare = Annotated[float, SHARE.already_rounded()]
Part = Annotated[float, PART]
Bound = Annotated[float, BOUND]
Index = Annotated[float, PARAMETER]
SteppedIndex = Annotated[float, PARAMETER.already_rounded("rounded_to")]
Distance = Annotated[float, DISTANCE]
Step = Annotated[float, STEP]
Chance = Annotated[float, CHANCE]
Setting = Annotated[T, SETTING]
Label = Annotated[str, LABEL]
Told = Annotated[str, TOLD]
Word = Annotated[T, WORD]
Date = Annotated[str, DATE]
Digest = Annotated[str, DIGEST]
Private = Annotated[T, PRIVATE]


@dataclass(frozen=True)
class Leaf:
    """A value that is no container: its type (of a Literal that of its words) and its kind."""

    of: type
    kind: Kind | None


def require_kinds(model: type[BaseModel]) -> None:
    """Raises TypeError where a field holds a value without a kind, or a private one that cannot be left out."""
    for name, field in model.model_fields.items():
        found = list(leaves(field.annotation, tuple(field.metadata)))
        if any(leaf.kind is None for leaf in found):
            raise TypeError(
                f"{model.__name__}.{name}: write a kind of analysis.contract.kinds instead of the bare type (Count for "
                "customers, Label for names, Told for sentences, …), so that disclosure control knows what it tells."
            )
        emptied = get_origin(field.annotation) in {tuple, dict} or field.annotation is None
        if any(leaf.kind in {PRIVATE, DIGEST} for leaf in found) and not (emptied or nullable(field.annotation)):
            raise TypeError(f"{model.__name__}.{name}: what is left out of the published copy must be able to be null.")


def nullable(annotation: Any) -> bool:  # noqa: ANN401 (any type)
    """Whether a field may be null."""
    return annotation is NoneType or NoneType in get_args(unwrapped(annotation))


def unwrapped(annotation: Any) -> Any:  # noqa: ANN401 (any type)
    """The type without its metadata."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def fields(model: type[BaseModel]) -> Iterator[tuple[str, Kind]]:
    """Every field with each of its kinds, as `Model.field`, of the model and of the models that it holds."""
    for each in models(model):
        for name, field in each.model_fields.items():
            kinds = dict.fromkeys(leaf.kind for leaf in leaves(field.annotation, tuple(field.metadata)))
            yield from ((f"{each.__name__}.{name}", kind) for kind in kinds if kind is not None)


def leaves(annotation: Any, metadata: tuple[object, ...] = ()) -> Iterator[Leaf]:  # noqa: ANN401 (any type)
    """The values in a type, those of containers and keys included; models that it holds state their own."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *rest = get_args(annotation)
        yield from leaves(inner, (*rest, *metadata))
    elif origin is Literal:
        kind = _kind(metadata)
        yield from (Leaf(of, kind) for of in dict.fromkeys(map(type, get_args(annotation))) if of is not NoneType)
    elif get_args(annotation):
        for part in get_args(annotation):
            yield from leaves(part, metadata if origin not in {tuple, dict} else ())
    elif isinstance(annotation, type) and annotation is not NoneType and not hasattr(annotation, "model_fields"):
        yield Leaf(annotation, _kind(metadata))


def models(model: type[BaseModel], seen: set[type] | None = None) -> Iterator[type[BaseModel]]:
    """The model and all that it holds, each once."""
    seen = set() if seen is None else seen
    if model in seen:
        return
    seen.add(model)
    yield model
    for field in model.model_fields.values():
        for part in _held(field.annotation):
            yield from models(part, seen)


def _kind(metadata: tuple[object, ...]) -> Kind | None:
    return next((one for one in metadata if isinstance(one, Kind)), None)


def _held(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 (any type)
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        yield annotation
    for part in get_args(annotation):
        yield from _held(part)
