"""Tables with too few customers for the segments that are asked for, as far as their number alone tells it."""

from __future__ import annotations

from analysis.basics.listed import listed
from analysis.configuration.model import ModelSettings
from analysis.configuration.site import Site
from analysis.contract.algorithms import described
from analysis.errors import ConfigurationError, DataError


def refuse_few(customers: int, site: Site, source: str) -> None:
    """Raise what a build of this many customers is sure to end in: segments without enough of them.

    Raises DataError where there are fewer than segments, and ConfigurationError where a public site could not show a
    segment of each. Of an algorithm that finds the number of segments by itself nothing is known here.
    """
    if described(site.model.shown).finds_number:
        return
    setting, asked = asked_for(site.model)
    if asked > customers - 1:
        raise DataError(too_few(source, site.model, f"{customers} usable rows", customers - 1))
    least = site.privacy.min_cell
    if site.privacy.mode == "open" or customers >= asked * least:
        return
    ways = []
    if customers // least >= 2:
        ways.append(f"set model.{setting}{_option(setting)} to {customers // least} at most")
    if customers // asked >= 2:
        ways.append(f"set privacy.min_cell in site.yml to {customers // asked} at most")
    ways.append("set privacy.mode in site.yml to open if the table itself is public")
    raise ConfigurationError(
        f"model.{setting}: {customers} customers are too few for {asked} segments of {least}, the smallest size "
        f"that privacy.min_cell lets a public site show; {listed(ways, 'or')} (segment-atlas init "
        "writes a site.yml where there is none)."
    )


def asked_for(model: ModelSettings) -> tuple[str, int]:
    """The setting that says how many segments there are at least, and the number."""
    return ("smallest_k", model.smallest_k) if model.selection == "auto" else ("selection.k", model.selection.k)


def too_few(source: str, model: ModelSettings, there: str, largest: int) -> str:
    """Why a table that has `there` has too few customers, and what can be done; `largest`: the most segments of it."""
    setting, asked = asked_for(model)
    remedy = f"set model.{setting}{_option(setting)} to {largest} at most, or " if largest >= 2 else ""
    return (
        f"{source}: model.{setting} asks for {asked} segments, but the table has {there}; {remedy}bring more customers."
    )


def _option(setting: str) -> str:
    return " (or --k)" if setting == "selection.k" else ""
