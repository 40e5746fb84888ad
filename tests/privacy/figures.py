"""What single published figures give away: raw values, figures that no rounding reached, quantiles of few."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tests.privacy.published import QUANTILES, Published, numbers
from tests.privacy.truth import EVERYBODY, OTHERS, Cell, Truth

COUNTED = frozenset({"size", "count", "customers", "picked", "correct", "known"})
"""Headings of counts in tables to download."""


@dataclass(frozen=True)
class Confirmed:
    """What an attacker could hold a guess against."""

    digest: str
    """SHA-256 of the file."""
    last_day: str | None = None


def raw_values(published: Published, truth: Truth) -> dict[str, tuple[list[float], float]]:
    """Published numbers that are a raw value and no multiple of the column's unit, against shifted raw values."""
    written = {round(number, 9) for number in published.written}
    found = {}
    for feature in published.features:
        name = feature["name"]
        if feature["kind"] != "numeric" or name not in truth.customers:
            continue
        unit = max(feature.get("rounded_to") or 0.0, 0.0)
        values = np.unique(truth.customers[name].dropna().to_numpy(dtype=float))
        grain = _grain(values)
        here = _written(values, written, unit)
        shifts = [step * grain for step in (*range(-20, 0), *range(1, 21))]
        chance = float(np.mean([len(_written(values + shift, written, unit)) for shift in shifts]))
        found[name] = (sorted(here), chance)
    return found


def beyond_chance(raw: Mapping[str, tuple[list[float], float]]) -> int:
    """How many more published numbers are raw values than chance explains, by three of its standard deviations."""
    found = [
        len(there) - chance for there, chance in raw.values() if len(there) > chance + 3 * math.sqrt(chance + 1 / 9)
    ]
    return sum(math.ceil(each) for each in found)


def _grain(values: np.ndarray) -> float:
    """The unit of the last digit of the values."""
    return next((10.0**-digits for digits in range(7) if np.allclose(values, values.round(digits), atol=1e-9)), 1e-7)


def _written(values: np.ndarray, written: set[float], unit: float) -> set[float]:
    rounded = {round(float(value), 9) for value in values}
    return {value for value in rounded & written if not unit or abs(value / unit - round(value / unit)) > 1e-9}


def unrounded(published: Published, truth: Truth) -> list[str]:
    """True figures that stand somewhere on the site to eight digits: no rounding has reached them."""
    written = np.array(sorted(published.written))
    found = []
    for cell, name, _ in _nodes(published):
        if name not in truth.customers or cell[-1] == OTHERS or truth.customers[name].nunique() <= 2:
            continue  # of two values it is a share
        values = truth.customers.loc[truth.behind(name, cell), name].to_numpy(dtype=float)
        known = truth.values(name, cell)
        for figure, value in (
            ("mean", values.mean() if len(values) else 0.0),
            ("standard deviation", values.std() if len(values) else 0.0),
            *((figure, float(np.quantile(known, part))) for figure, part in QUANTILES.items() if len(known)),
        ):
            if abs(value - float(f"{value:.5g}")) <= abs(value) * 1e-9:
                continue
            at = np.searchsorted(written, value * (1 - 5e-9), side="left")
            if at < len(written) and abs(written[at] - value) <= 1e-8 * abs(value):
                found.append(f"{figure} of {name} in {cell}")
    return sorted(set(found))


def beside_contract(published: Published) -> list[str]:
    """Counts in the tables to download that the contract does not state."""
    stated = set(numbers(published.texts["data/analysis.json"]))
    found = []
    for path, text in published.texts.items():
        if path.endswith(".csv"):
            for row in csv.DictReader(io.StringIO(text)):
                found += [
                    f"{path}: {name} {cell}"
                    for name, cell in row.items()
                    if name in COUNTED and cell and float(cell) not in stated
                ]
    return found


def few_beyond(published: Published, truth: Truth) -> Iterator[str]:
    """Published quantiles with fewer than `min_cell` customers at or beyond them on a side."""
    for cell, name, node in _nodes(published):
        if name not in truth.customers or len(np.unique(truth.customers[name].dropna())) <= 2:
            continue
        known = len(truth.values(name, cell))
        for figure, part in QUANTILES.items():
            if node.get(figure) is not None and min(part, 1 - part) * known < published.least - 1e-9:
                yield f"{figure} of {name} in {cell}: {min(part, 1 - part) * known:.1f} of {known} beyond it"


def confirming(published: Published, built: Confirmed) -> Iterator[str]:
    """What confirms a guess of a whole table: its digest, and the very day of somebody's last purchase."""
    if any(built.digest in text for text in published.texts.values()):
        yield "the digest of the table confirms a guess of a cell"
    if built.last_day and any(built.last_day in text for text in published.texts.values()):
        yield "the day of the last purchase is one customer's"
    for one in published.segments:
        bins = len(one["silhouettes"]) + 1
        if one["silhouettes"] and one["size"] / bins < published.least:
            yield f"{bins - 1} silhouettes of {one['size']} customers in segment {one['id']}"


def _nodes(published: Published) -> Iterator[tuple[Cell, str, Mapping[str, object]]]:
    for feature in published.features:
        if feature["kind"] == "numeric":
            yield EVERYBODY, feature["name"], feature
    for one in published.segments:
        for profile in one["profile"]:
            yield ("segment", one["id"]), profile["feature"], profile
    for made in published.contract["exploration"]["comparisons"]:
        for group in made["groups"]:
            yield ("by", made["by"], group["group"]), made["feature"], group


def all_or_none(published: Published) -> Iterator[str]:
    """Segments of which all, or none, are published to have a value of two, or a category."""
    two = {one["name"]: one["two_values"] for one in published.features if one["two_values"]}
    for one in published.segments:
        for profile in one["profile"]:
            if profile["feature"] in two and profile["mean"] in two[profile["feature"]]:
                yield f"{profile['feature']} of all or none in segment {one['id']}"
        for each in one["categories"]:
            if each["count"] == 0 or (each["count"] is not None and each["share"] == 1):
                yield f"{each['feature']} {each['category']} of all or none in segment {one['id']}"
