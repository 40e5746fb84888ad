"""What is known of a customer from transactions: the columns that a build derives, as `columns` describes others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.configuration.transactions import TransactionSettings, first_of
from analysis.language import gettext_noop

DERIVED: Mapping[str, Mapping[str, Any]] = {
    "recency": {
        "role": "recency",
        "label": gettext_noop("Days since last purchase"),
        "unit": "days",
        "format": "integer",
        "compare": "difference",
    },
    "frequency": {
        "role": "frequency",
        "label": gettext_noop("Purchases"),
    },
    "monetary": {
        "role": "monetary",
        "label": gettext_noop("Total spent"),
        "format": "money",
    },
    "tenure": {
        "role": "feature",
        "use": "describe",
        "label": gettext_noop("Days since first purchase"),
        "unit": "days",
        "format": "integer",
        "compare": "difference",
    },
    "basket": {
        "role": "feature",
        "use": "describe",
        "label": gettext_noop("Spent per purchase"),
        "format": "money",
    },
    "products": {
        "role": "feature",
        "use": "describe",
        "label": gettext_noop("Different products"),
    },
}
"""Column → its description, in the words of `columns`."""

VALUE: Mapping[str, Any] = {"product_of": ["monetary"], "label": gettext_noop("Total spent"), "lifetime": {}}
"""What a customer is worth, where nothing else is said: what is expected of them, else the net amount so far."""


def with_derived_columns(content: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a site of transactions with the derived columns described, as far as they are not already.

    Raises ValueError where `columns` describes one that is not derived. Settings that are wrong in other ways are left
    for their own check.
    """
    stated, own = content["transactions"], content.get("columns") or {}
    part = stated.model_dump() if isinstance(stated, TransactionSettings) else stated
    customer = first_of(part.get("customer")) if isinstance(part, Mapping) else None
    if not isinstance(part, Mapping) or not isinstance(own, Mapping) or customer is None:
        return dict(content)
    if customer in DERIVED:
        raise ValueError(f"transactions.customer: “{customer}” is the name of a derived column; rename it in the file")
    known = [name for name in DERIVED if name != "products" or part.get("product")]
    for name in own:
        if name not in known and name != customer:
            raise ValueError(
                f"columns: “{name}” is not derived from transactions; describe {', '.join(known[:-1])} or {known[-1]}, "
                "or leave it out"
            )
    columns = {customer: {"role": "id"}} | {name: _described(name, own.get(name)) for name in known}
    return {**content, "columns": columns, "value": _valued(content.get("value"))}


def _described(name: str, own: object) -> object:
    if own is None:
        return DERIVED[name]
    return {**DERIVED[name], **own} if isinstance(own, Mapping) else own


def _valued(own: object) -> object:
    """What customers are worth: who names columns gets no expected value unless they ask for it."""
    if own is None or (isinstance(own, Mapping) and not {"product_of", "sum_of"}.intersection(own)):
        return {**VALUE, **(own or {})}
    return own
