"""From validated customers to features: the columns as the contract describes them, and the matrix to cluster.

Rows are put into a canonical order, by their values alone, so that nothing downstream can depend on the order in
which they stood in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.basics.arrays import Labels, Mask, Matrix
from analysis.basics.sample import sample
from analysis.basics.seeds import seeds
from analysis.basics.slug import slugs
from analysis.cells.spellings import NO_CATEGORY, OTHER
from analysis.columns.topics import category_of
from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.contract import Feature
from analysis.contract.algorithms import described
from analysis.errors import ConfigurationError, DataError
from analysis.language import gettext, gettext_noop
from analysis.language.notes import Note, Number, note
from analysis.language.slots import Manner, on_site
from analysis.preparation.described import describe
from analysis.preparation.design import FEWEST_IN_CATEGORY, RARE, Design, DesignAxis, StandIns, categories, fitted
from analysis.preparation.outliers import MOST_SET_APART, Outliers, beyond, outliers
from analysis.preparation.partial import incomplete
from analysis.preparation.set_apart import is_amount, left_out
from analysis.preparation.transform import Transform, transform
from analysis.wording.number_format import NumberFormat

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


FEWEST_COMPLETE = 10
"""Customers with a value in every clustering column for each of the fewest segments tried, from which on segments are
found."""
LARGEST_FITTED = 10_000
"""Customers that segments are fitted to at most: of a larger table a random sample, and all are then assigned."""
MEANS_WITHOUT = gettext_noop(
    "Means, spreads and correlations of amounts leave these customers out. Counts, shares, sums, medians and quartiles "
    "include them."
)
SUMS_WITH = gettext_noop(
    "In columns that add up to customer value, every figure includes these customers, and so does every share of value."
)
FEW_COMPLETE = gettext_noop(
    "Fewer than half of the customers have a value in every column that segments are found by. These customers may "
    "differ from the others."
)
INCOMPLETE = gettext_noop(
    "Customers with a missing value in a column that segments are found by were not used to find the segments, nor to "
    "measure their stability. They were then assigned by the columns in which they have a value."
)
NOTHING_KNOWN = gettext_noop(
    "Some customers have no value in any of these columns. They are assigned as if they had the usual value in each, "
    "which says nothing about them."
)
OUTLIERS = gettext_noop(
    "Outliers, customers far from all others, were left out when the scale and the segments were fitted. They were "
    "then assigned {segment}."
)
LONG_TAIL = gettext_noop(
    "More than {percent}% of the customers are far from all others, which is a long tail. The farthest of them were "
    "left out when the scale and the segments were fitted. They were then assigned {segment}."
)


@dataclass(frozen=True, eq=False)
class Features:
    """Customers in canonical order, their described columns, and the clustering columns as a matrix."""

    frame: pd.DataFrame
    """The described columns, one row a customer, index 0…n−1; what is not known is not a number."""
    order: Labels
    """Position of each of these rows in the validated table."""
    described: tuple[Feature, ...]
    design: Design
    """The axes of the clustering columns, with the scale and weight of each."""
    matrix: Matrix
    """Clustering columns in their own units, and 1 or 0 for each category, (customers, axes); NaN is not known."""
    transformed: Matrix
    """The same, each column transformed as its `transform` says but not yet standardised."""
    kept: Mask
    """Customers that scale and segments are fitted to: with a value in every clustering column, not set apart and,
    of a large table, a sample."""
    apart: Mask | None = None
    """Customers who lie far from all others, and so count in no mean or spread of an amount; None: nobody."""
    fewest: int = 1
    """Customers of whom a segment's mean is at least."""
    summed: frozenset[str] = frozenset()
    """Columns whose means have everybody in them: see `_summed`."""
    looked_at: Labels = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    """Positions of those from whom the extreme ones were set apart, ascending: all complete ones, or a sample."""
    stand_ins: StandIns = field(default_factory=dict)
    """Column that may have gaps → its usual value, for customers of whom no clustering column is known."""
    expected: Matrix | None = None
    """Value expected of each customer in the time to come, where it is estimated, (customers,)."""
    notes: tuple[Note, ...] = ()
    """What was transformed and who was set apart, one sentence each."""

    @property
    def set_apart(self) -> int:
        """How many lie far from all others; none of them took part in the fit."""
        return 0 if self.apart is None else int(self.apart.sum())

    def left_out(self, labels: Labels) -> Mask:
        """Those who count in no mean of an amount, where customers are grouped by `labels` (see `set_apart`)."""
        return (
            np.zeros(len(labels), dtype=np.bool_) if self.apart is None else left_out(self.apart, labels, self.fewest)
        )

    def out_of(self, feature: Feature, left: Mask | None = None) -> Mask:
        """Who counts in no mean of a column, (customers,); `left`: of amounts, else all who are set apart."""
        if self.leaves_out(feature) and (left is not None or self.apart is not None):
            return np.asarray(self.apart if left is None else left)
        return np.zeros(self.size, dtype=np.bool_)

    def leaves_out(self, feature: Feature) -> bool:
        """Whether the customers set apart count in no mean and no spread of this column."""
        return is_amount(feature) and feature.name not in self.summed

    @property
    def size(self) -> int:
        """Number of customers."""
        return len(self.matrix)

    @property
    def standard(self) -> Matrix:
        """Coordinates between which distances are taken, (customers, axes): see `Design.place`."""
        return self.design.standing(self.transformed, self.stand_ins)

    @property
    def sampled(self) -> bool:
        """Whether segments were looked for in a sample of the complete customers."""
        return len(self.looked_at) < int((~self.incomplete).sum())

    @property
    def incomplete(self) -> Mask:
        """Customers with a gap in a clustering column, who took no part in finding segments, (customers,)."""
        return incomplete(self.matrix)

    @property
    def clustering(self) -> tuple[Feature, ...]:
        """The columns by which segments are found, in the order of their axes."""
        return tuple(feature for feature in self.described if feature.used_for == "clustering")

    @property
    def centroid(self) -> tuple[Feature, ...]:
        """Those of them that are numbers, and so have a mean in a segment."""
        return tuple(feature for feature in self.clustering if feature.kind == "numeric")

    @property
    def numeric(self) -> tuple[Feature, ...]:
        """Every column of numbers, clustering or not."""
        return tuple(feature for feature in self.described if feature.kind == "numeric")

    @property
    def categorical(self) -> tuple[Feature, ...]:
        """Every column of categories."""
        return tuple(feature for feature in self.described if feature.kind == "category")

    def values(self, feature: Feature) -> Matrix:
        """A numeric column in its own units, (customers,)."""
        return self.frame[feature.name].to_numpy(dtype=np.float64)

    def find(self, key: str) -> Feature | None:
        """The numeric column that has the role `key`, or else the name, or else the topic; the first of several."""
        by_role = [feature for feature in self.numeric if feature.role == key]
        by_name = [feature for feature in self.numeric if feature.name == key]
        by_topic = [feature for feature in self.numeric if feature.topic == key]
        return next(iter(by_role + by_name + by_topic), None)

    def category(self, key: str, named: str | None = None) -> tuple[Feature, str] | None:
        """The column of categories with the name `key` and its category `named`, or the one that is about a topic."""
        return category_of(self.described, key, named)


def features(
    frame: pd.DataFrame,
    site: Site,
    stand_ins: StandIns | None = None,
    most: int = LARGEST_FITTED,
    settled: Design | None = None,
) -> Features:
    """Describe the configured columns of a validated table and take out the matrix to cluster.

    The validation has made sure that there is a column to cluster by, and that each such column varies. Columns with a
    stand-in may have gaps. Of more than `most` complete customers a random sample is looked at. A `settled` design is
    taken as it is.
    """
    usual = stand_ins or {}
    columns = {name: column for name, column in site.columns.items() if column.role != "id"}
    # A rule, a name or a sentence may speak of a category; a public site may not speak of a few customers.
    fewest = max(FEWEST_IN_CATEGORY, site.privacy.min_cell if site.privacy.mode == "public" else 0)
    unscaled = settled or _axes(frame, columns, fewest, usual)
    matrix, order = _canonical(unscaled.raw(frame, usual), frame, columns)
    whole = np.flatnonzero(~incomplete(matrix))
    _refuse_gaps(frame, unscaled, len(whole), site)
    looked_at = whole[sample(len(whole), most, seeds(site.model.seed).sample)]
    _refuse_alike(unscaled, matrix[looked_at], len(whole) < len(matrix))
    design = settled or _transforming(unscaled, matrix[looked_at], columns)
    transformed = design.transformed(matrix)
    found, apart = _set_apart(_unlimited(design, matrix), looked_at, design, site)
    kept = np.zeros(len(matrix), dtype=np.bool_)
    kept[looked_at] = True
    kept &= ~apart
    design = settled or fitted(design, transformed[kept], {name: column.weight for name, column in columns.items()})
    ordered = _ordered(frame, order, columns)
    return Features(
        frame=ordered,
        order=order,
        described=_described(ordered, columns, design, (design.inertia(transformed[kept]), apart), site),
        design=design,
        matrix=matrix,
        transformed=transformed,
        kept=kept,
        apart=apart if apart.any() else None,
        fewest=fewest,
        summed=_summed(site),
        looked_at=looked_at,
        stand_ins=usual,
        notes=(*_of_gaps(matrix), *(_of_outliers(found, site) if apart.any() else ())),
    )


def _summed(site: Site) -> frozenset[str]:
    """The columns that add up to customers' value, on a public site.

    A segment's share of all value has everybody in it. Beside a mean without one customer set apart it would give that
    customer's own amount: the sum by the share, less the sum by the mean.
    """
    value = site.value
    single = value.product_of if len(value.product_of) == 1 else ()
    return frozenset((*value.sum_of, *single)) if site.privacy.mode == "public" else frozenset()


def is_mark(values: Matrix) -> bool:
    """Whether a column of numbers says one of two things, such as yes and no."""
    return len(np.unique(values)) == 2


def _axes(frame: pd.DataFrame, columns: Mapping[str, Column], fewest: int, stand_ins: StandIns) -> Design:
    """An axis for each column of numbers that clusters, and for each category of the others; no scale yet.

    Raises DataError where a column has no two categories that are common enough to tell customers apart.
    """
    axes: list[DesignAxis] = []
    for name, column in columns.items():
        if column.clusters and column.numeric:
            axes.append(DesignAxis(name))
        elif column.clusters:
            given = frame[name].dropna() if name in stand_ins else frame[name]
            common = categories(given, fewest)
            if len(common) < 2:
                raise DataError(
                    f"columns.{name}: no two of its categories have at least {RARE:.0%} of the customers each (and "
                    f"{fewest} of them), so customers cannot be grouped by it; set use to describe."
                )
            axes += [DesignAxis(name, category) for category in common]
    return Design(tuple(axes))


def _transforming(design: Design, matrix: Matrix, columns: Mapping[str, Column]) -> Design:
    """The design with the transform of each column of numbers."""
    axes = list(design.axes)
    for at in design.numeric:
        axis = axes[at]
        axes[at] = replace(axis, transform=_transform(axis.feature, matrix[:, at], columns[axis.feature]))
    return Design(tuple(axes))


def _transform(name: str, values: Matrix, column: Column) -> Transform:
    try:
        return transform(values, column)
    except ConfigurationError as error:
        raise ConfigurationError(f"columns.{name}.{error}") from None


def _unlimited(design: Design, matrix: Matrix) -> Matrix:
    """Transformed values (customers, axes) with whoever is far out as far out as he is."""
    columns = [axis.transform.unlimited(values) for axis, values in zip(design.axes, matrix.T, strict=True)]
    return np.column_stack(columns)


def _set_apart(transformed: Matrix, looked_at: Labels, design: Design, site: Site) -> tuple[Outliers, Mask]:
    """The customers extreme in columns of numbers, among those looked at and among all.

    Nobody where the others would all be alike on some axis.
    """
    here = transformed[looked_at]
    nobody = Outliers(np.zeros(len(here), dtype=np.bool_), 0), np.zeros(len(transformed), dtype=np.bool_)
    # Far out is who has an unheard-of amount, never who gives an answer that is seldom given.
    steps = {name for name, column in site.columns.items() if column.holds in {"ordinal", "boolean"}}
    amounts = [at for at in design.numeric if design.axes[at].feature not in steps and not is_mark(here[:, at])]
    if site.model.outliers == "keep" or not amounts:
        return nobody
    found = outliers(here[:, amounts])
    if not np.all(np.ptp(here[~found.mask], axis=0) > 0):
        return nobody
    apart = beyond(transformed[:, amounts], here[:, amounts], found)
    apart[looked_at] = found.mask
    return found, apart


def _refuse_gaps(frame: pd.DataFrame, design: Design, whole: int, site: Site) -> None:
    """Raises DataError where too few customers have a value in every column that segments are found by."""
    least = FEWEST_COMPLETE * (site.model.smallest_k if site.model.selection == "auto" else site.model.selection.k)
    if whole >= least or 2 * whole >= len(frame):
        return
    gaps = {name: int(frame[name].isna().sum()) for name in dict.fromkeys(axis.feature for axis in design.axes)}
    most = max(gaps, key=lambda name: gaps[name])
    raise DataError(
        f"columns: only {whole:,} of {len(frame):,} rows have a value in every column that forms segments, and "
        f"{least} are needed. The most, {gaps[most]:,}, are missing in “{most}”: give it `use: describe`."
    )


def _refuse_alike(design: Design, looked_at: Matrix, gaps: bool) -> None:  # noqa: FBT001
    """Raises DataError where a column varies in rows with gaps alone."""
    for at in np.flatnonzero(np.ptp(looked_at, axis=0) == 0) if gaps else ():
        raise DataError(
            f"columns.{design.axes[at].feature}: all rows with a value in every column that forms segments have "
            "the same value here, so it cannot form segments; give it `use: "
            "describe`."
        )


def _of_gaps(matrix: Matrix) -> Iterator[Note]:
    """Without the number, which a public site may have to withhold."""
    gaps = np.isnan(matrix)
    lacking = incomplete(matrix)
    if 2 * int(lacking.sum()) > len(lacking):
        yield note(FEW_COMPLETE)
    if lacking.any():
        yield note(INCOMPLETE)
    if gaps.all(axis=1).any():
        yield note(NOTHING_KNOWN)


def _of_outliers(apart: Outliers, site: Site) -> Iterator[Note]:
    """Without the number, which a public site may have to withhold."""
    percent, segment = Number(round(100 * MOST_SET_APART)), note(described(site.model.shown).placed)
    yield note(LONG_TAIL if apart.tail else OUTLIERS, percent=percent, segment=segment)
    yield note(MEANS_WITHOUT)
    if _summed(site):
        yield note(SUMS_WITH)


def _canonical(matrix: Matrix, frame: pd.DataFrame, columns: Mapping[str, Column]) -> tuple[Matrix, Labels]:
    """Rows sorted by their clustering values, then by the others; customers alike in all stay as they stood."""
    others = [name for name, column in columns.items() if not (column.clusters and column.numeric)]
    keys = [frame[name].to_numpy() if columns[name].numeric else _codes(frame[name]) for name in others]
    order = np.lexsort([*matrix.T, *keys][::-1])
    return matrix[order], order


def _ordered(frame: pd.DataFrame, order: Labels, columns: Mapping[str, Column]) -> pd.DataFrame:
    """The described columns in that order, with a name for a category that is missing."""
    ordered = frame[list(columns)].iloc[order].reset_index(drop=True)
    for name in (name for name, column in columns.items() if not column.numeric):
        ordered[name] = ordered[name].astype(object).where(ordered[name].notna(), NO_CATEGORY).astype(str)
    return ordered


def _codes(column: pd.Series) -> NDArray[np.str_]:
    return column.fillna(NO_CATEGORY).astype(str).to_numpy(dtype=np.str_)


def _described(
    frame: pd.DataFrame,
    columns: Mapping[str, Column],
    design: Design,
    measured: tuple[Matrix, Mask],
    site: Site,
) -> tuple[Feature, ...]:
    """`measured`: the part of each axis in the distances, and the customers set apart."""
    (inertia, apart), summed = measured, _summed(site)
    manner = on_site(NumberFormat(site.site.locale, site.site.currency).number)
    labels = {name: column.label or name for name, column in columns.items()}
    slug_of = dict(zip(columns, slugs(labels.values(), "feature"), strict=True))
    return tuple(
        describe(frame[name], column, labels[name], slug_of[name], None if name in summed else apart).model_copy(
            update=_prepared(column, [design.axes[at] for at in own], float(inertia[own].sum()), manner)
        )
        for name, column in columns.items()
        for own in [list(design.of(name))]
    )


def _prepared(column: Column, axes: Sequence[DesignAxis], share: float, manner: Manner) -> dict[str, object]:
    """What was done to a column before clustering."""
    if not axes:
        return {"transform": "none"}
    counted = {"weight": column.weight, "inertia_share": share}
    if column.numeric:
        transform = axes[0].transform
        return {
            "transform": transform.described,
            "transform_reason": " ".join(each.told(manner) for each in transform.reason),
            "typical": _typical(column, transform),
            **counted,
        }
    pooled = any(axis.category == OTHER for axis in axes)
    rare = gettext(
        "Categories with fewer than {percent}% of customers are merged into “{other}”.",
        percent=round(100 * RARE),
        other=OTHER,
    )
    reason = rare if pooled else ""
    return {"transform": "one axis a category", "transform_reason": reason, **counted}


def _typical(column: Column, transform: Transform) -> str:
    """The median where the outermost values may not decide; answers and levels have no such values."""
    return "median" if transform.name != "none" and column.holds not in {"ordinal", "boolean"} else "mean"
