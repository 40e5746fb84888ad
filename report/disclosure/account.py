"""What was done to each field of the contract before publication: for `data/disclosure.json` and the docs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.contract import Contract
from analysis.contract.kinds import KINDS, Kind
from report.disclosure.gate import RULES
from report.disclosure.walk import Place, rewritten


def table_of_kinds() -> Iterator[tuple[str, str, str]]:
    """Kind, what it is, and what is done to it, as the documentation has it."""
    for kind in KINDS:
        yield kind.name, kind.meaning, RULES[kind].done


def account(whole: Contract, copy: Contract) -> dict[str, Any]:
    """What was done to each field: its kind, the rule, how many values are published, and whether some are not.

    Values that are not published were withheld, put together with others, or stand for those that were. How many is
    not told: of some fields that is a number of customers.
    """
    before, after = (_looked_at(one) for one in (whole, copy))
    return {
        "min_cell": copy.privacy.min_cell,
        "rounding_base": copy.privacy.rounding_base,
        "fields": {
            field: {
                "kind": kind.name,
                "done": RULES[kind.plain].done,
                "published": (kept := after[field][1] if field in after else 0),
                "withheld": field in before and before[field][1] > kept,
            }
            for field, (kind, _) in sorted({**before, **after}.items())
        },
    }


def _looked_at(contract: Contract) -> dict[str, tuple[Kind, int]]:
    """Field → its kind, and how many values it holds; what a mapping's values are of does not count."""
    found: dict[str, tuple[Kind, int]] = {}

    def note(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        if kind is not None and not place.key:
            found[place.field] = (kind, found[place.field][1] + 1 if place.field in found else 1)
        return value

    rewritten(Contract, contract.model_dump(), note)
    return found
