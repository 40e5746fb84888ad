"""The notebook's settings cell: the results of the site, as Python literals.

This is the only place where names from the table enter the notebook's code, through `repr`. Everything is from the
published contract; table and playbook are read from the configuration on the reader's own disk.
"""

from __future__ import annotations

from collections import Counter

from analysis.contract import Contract, Segment

WIDTH = 100


def settings_code(contract: Contract) -> str:
    """The cell's text."""
    lines = [f"{name} = {literal(value)}" for name, value in settings(contract).items()]
    return "\n".join(["# The results of the site, as a starting point and for comparison.", *lines])


def literal(value: object) -> str:
    """A value as a Python literal, one entry a line where it is long."""
    if len(repr(value)) <= WIDTH or not value:
        return repr(value)
    if isinstance(value, dict):
        return "{\n" + "".join(f"    {key!r}: {entry!r},\n" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + "".join(f"    {entry!r},\n" for entry in value) + "]"
    return repr(value)


def settings(contract: Contract) -> dict[str, object]:
    """Name in the notebook → value; strings, numbers, lists and dictionaries only."""
    selection, found = contract.selection, contract.proper
    drawn = contract.exploration.map
    named = Counter(segment.name for segment in found)
    return {
        "DATA_SHA256": contract.provenance.data_sha256,
        "CONFIGURATION_SHA256": contract.provenance.configuration_sha256,
        "ROWS_USED": contract.data.rows_used,
        "ROUNDED": contract.privacy.rounding_base or 1,
        "ALGORITHM": selection.algorithm,
        "RESAMPLES": selection.resamples,
        "TRIED": [one.k for one in selection.candidates],
        "CENTRES": {
            one.name if named[one.name] == 1 else f"{one.name} ({one.id})": _centre(one, contract) for one in found
        },
        "SIZES": {segment.id: segment.size for segment in found},
        "MAP": [drawn.x, drawn.y] if drawn else None,
    }


def _centre(segment: Segment, contract: Contract) -> dict[str, object]:
    """For each column that forms segments: the effect of its mean, or the share in each category."""
    effects = {one.feature: one.effect for one in segment.figures}
    return {
        one.name: effects[one.name]
        if one.kind == "numeric"
        else {share.category: share.share for share in segment.shares if share.feature == one.name}
        for one in contract.data.features
        if one.used_for == "clustering"
    }
