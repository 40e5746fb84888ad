"""What was done to each field of the contract before publication: for `data/disclosure.json` and the docs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis.contract import Contract
from analysis.contract.kinds import KINDS, Kind
from report.disclosure.gate import RULES
from report.disclosure.walk import Place, rewritten


def table_of_kinds() -> Iterator[tuple[str, str, str]]:
    """Kind, what it is, and what is done to it, as the documentation has it."""
    for kind in KINDS:
        yield kind.name, kind.meaning, RULES[kind].done if kind in RULES else "withheld"


def account(whole: Contract, copy: Contract) -> dict[str, Any]:
    """What was done to each field: its kind, the rule, how many values are published and how many are not.

    Values that are not published were withheld, put together with others, or stand for those that were.
    """
    before, after = (_counted(one) for one in (whole, copy))
    kinds = dict(sorted({**_kinds(whole), **_kinds(copy)}.items()))
    return {
        "min_cell": copy.privacy.min_cell,
        "rounding_base": copy.privacy.rounding_base,
        "fields": {
            field: {
                "kind": kind.name,
                "done": RULES[kind].done,
                "published": after[field],
                "not_published": max(0, before[field] - after[field]),
            }
            for field, kind in kinds.items()
        },
    }


def _counted(contract: Contract) -> Counter[str]:
    found: Counter[str] = Counter()

    def count(_: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        found[place.field] += 1
        return value

    rewritten(Contract, contract.model_dump(), count)
    return found


def _kinds(contract: Contract) -> dict[str, Kind]:
    """The kind of each field; of a mapping that of its values, which are seen last."""
    found: dict[str, Kind] = {}

    def note(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        if kind is not None:
            found[place.field] = kind
        return value

    rewritten(Contract, contract.model_dump(), note)
    return found
