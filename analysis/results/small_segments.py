"""Segments too small for a public site: refused before a page is drawn, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.basics.listed import listed
from analysis.clustering.candidates import Candidates
from analysis.configuration import Site
from analysis.errors import ConfigurationError

LEAST_CELL = 2
"""The smallest privacy.min_cell there is."""


def refuse_small(sizes: Sequence[int], tried: Candidates, site: Site) -> None:
    """Raise ConfigurationError where a public site may not show a segment; `sizes` counts each one's customers.

    Only what helps is proposed: another number of segments where one that was tried has large enough ones, a lower
    min_cell where there is one.
    """
    smallest, least = min(sizes), site.privacy.min_cell
    if site.privacy.mode == "open" or smallest >= least:
        return
    customers = "customer" if smallest == 1 else "customers"
    raise ConfigurationError(
        f"model.selection: with {len(sizes)} segments the smallest has {smallest} {customers}, fewer than "
        f"privacy.min_cell ({least}) lets a public site show{_no_other(sum(sizes), tried, least)}; "
        f"{_remedies(smallest, tried, least)}."
    )


def _no_other(customers: int, tried: Candidates, least: int) -> str:
    """Why another number of segments is not proposed, where none is."""
    if _large_enough(tried, least) or tried.finds_number:
        return ""
    if customers < 2 * least:
        return f", and {customers} customers are too few for two segments of {least}"
    return f", and no number of segments that was tried has {least} customers in each" if len(tried.trials) > 1 else ""


def _remedies(smallest: int, tried: Candidates, least: int) -> str:
    numbers = listed([str(k) for k in _large_enough(tried, least)], "or")
    ways = [f"ask for {numbers} segments (model.selection.k, or --k)"] if numbers else []
    if smallest >= LEAST_CELL:
        ways.append(f"set privacy.min_cell in site.yml to {smallest}")
    ways.append("set privacy.mode in site.yml to open if the table itself is public")
    return f"{listed(ways, 'or')} (segment-atlas init writes a site.yml where there is none)"


def _large_enough(tried: Candidates, least: int) -> list[int]:
    """The numbers of segments, of those tried, that leave none too small."""
    return [] if tried.finds_number else [trial.k for trial in tried.trials if trial.smallest >= least]
