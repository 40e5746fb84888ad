"""The notebook's settings cell: all that differs from table to table, as Python literals.

A name from the table or the configuration gets into the notebook's code here and nowhere else, through `repr`.
"""

from __future__ import annotations

from collections import Counter

from analysis.cells.currencies import money
from analysis.columns.topics import category_of
from analysis.configuration import Configuration
from analysis.configuration.requirement import Requirement
from analysis.configuration.topic import SEVERAL
from analysis.contract import Contract, Data, Feature

WIDTH = 100
DELIMITERS = {"tab": "\t"}
VARIABLE = "CUSTOMER_TABLE"
"""Environment variable that names the table, wherever it lies."""

LOCATE = f"""
import os
from pathlib import Path

# The table: named by the environment variable {VARIABLE}, else looked for here and in data/.
NAMED = os.environ.get("{VARIABLE}")
PLACES = [Path(NAMED)] if NAMED else [Path(SOURCE), Path("data", SOURCE), Path("..", "data", SOURCE)]
DATA = next((place for place in PLACES if place.is_file()), None)
if DATA is None:
    raise FileNotFoundError(f"No table at {{', '.join(map(str, PLACES))}}; set {VARIABLE} to its path.")
"""


def settings_code(contract: Contract, configuration: Configuration) -> str:
    """The cell's text."""
    lines = [f"{name} = {literal(value)}" for name, value in settings(contract, configuration).items()]
    return "\n".join(lines) + "\n" + LOCATE.rstrip()


def literal(value: object) -> str:
    """A value as a Python literal, one entry a line where it is long."""
    if len(repr(value)) <= WIDTH or not value:
        return repr(value)
    if isinstance(value, dict):
        return "{\n" + "".join(f"    {key!r}: {entry!r},\n" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + "".join(f"    {entry!r},\n" for entry in value) + "]"
    return repr(value)


def settings(contract: Contract, configuration: Configuration) -> dict[str, object]:
    """Name in the notebook → value; strings, numbers, lists and dictionaries only."""
    site, data, selection = configuration.site, contract.data, contract.selection
    clustering = [feature.name for feature in data.features if feature.used_for == "clustering"]
    drawn = contract.exploration.map
    found = contract.proper
    named = Counter(segment.name for segment in found)
    return {
        "SOURCE": contract.provenance.source,
        "DATA_SHA256": contract.provenance.data_sha256,
        "ENCODING": data.encoding,
        "DELIMITER": DELIMITERS.get(data.delimiter, data.delimiter),
        "DECIMAL": site.data.decimal,
        "CURRENCY": money(),
        "ID": site.identifier,
        "COLUMNS": _columns(contract, configuration),
        "ROWS_USED": data.rows_used,
        "ROUNDED": contract.privacy.rounding_base or 1,
        "SEED": contract.provenance.seed,
        "RESAMPLES": selection.resamples,
        "ALGORITHM": selection.algorithm,
        "LOGARITHMS": {
            one.name: "set" if site.columns[one.name].transform == "log" else "advised"
            for one in data.features
            if one.transform.startswith("log")
        },
        "SET_APART": site.model.outliers == "set_apart",
        "SMALLEST_K": min([site.model.smallest_k, *(one.k for one in selection.candidates)]),
        "LARGEST_K": max([one.k for one in selection.candidates] or [site.model.largest_k]),
        "CENTRES": {
            one.name if named[one.name] == 1 else f"{one.name} ({one.id})": [one.centroid[name] for name in clustering]
            for one in found
        },
        "SIZES": {segment.id: segment.size for segment in found},
        "MAP": [drawn.x, drawn.y] if drawn else None,
        "VALUE": list(site.value.columns),
        "VALUE_ADDED_UP": bool(site.value.sum_of),
        "PLAYBOOK": [
            action.model_dump(include={"title", "kind", "effect", "effort"})
            | {"when": {_column(key, data): list(levels) for key, levels in action.when.items()}, "requires": asked}
            for action in configuration.playbook.actions
            # Which of the kinds of goods an action speaks of differs between segments.
            if SEVERAL not in {*action.when, *(each.key for each in action.requires)}
            and None not in (asked := [_condition(each, data) for each in action.requires])
        ],
    }


def _column(key: str, data: Data) -> str:
    """The column that a role, topic or name speaks of; the key itself where the table has none."""
    numeric = [feature for feature in data.features if feature.kind == "numeric"]
    found = [feature.name for part in ("role", "name", "topic") for feature in numeric if getattr(feature, part) == key]
    return found[0] if found else key


def _condition(asked: Requirement, data: Data) -> list[object] | None:
    """Column, category, figure, comparison, bound, and whether of everybody’s figure; None without the column."""
    rest = [asked.statistic, asked.sign, asked.bound, asked.relative]
    column = _column(asked.key, data)
    if asked.category is None and any(feature.name == column for feature in data.features if feature.kind == "numeric"):
        return [column, None, *rest]
    found = category_of(data.features, asked.key, asked.category)
    return [found[0].name, found[1], *rest] if found else None


def _columns(contract: Contract, configuration: Configuration) -> dict[str, dict[str, object]]:
    """What each column is, in the configuration's order; the identifier only so far as rows are told apart by it."""
    features = {feature.name: feature for feature in contract.data.features}
    labels = Counter(feature.label for feature in features.values())
    columns: dict[str, dict[str, object]] = {}
    for name, column in configuration.site.columns.items():
        feature = features.get(name)
        columns[name] = {
            "role": column.role,
            "kind": feature.kind if feature else "other",
            "measure": feature.measure if feature else "other",
            "use": feature.used_for if feature else "none",
            "label": _label(feature, labels) if feature else name,
            "aliases": list(column.aliases),
            "unit": column.unit,
            "share": column.format == "percent" and column.scale == 1,
            "minimum": column.minimum,
            "maximum": column.maximum,
        }
    return columns


def _label(feature: Feature, labels: Counter[str]) -> str:
    """The column's label; with its name where two columns have the same."""
    return feature.label if labels[feature.label] == 1 else f"{feature.label} ({feature.name})"
