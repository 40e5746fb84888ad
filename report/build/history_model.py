"""The model as the history keeps it, so that a division is kept where the last build's private files are not at hand.

A history holds no single customer. So it takes a model only where that consists of aggregates: the centres, distances
and scales of segments of at least `privacy.min_cell` customers, and no customer's place. The centres are exact. A site
with `privacy.mode: public` publishes them rounded, so its history has them only where `history.model` asks for it.

A model is read here as JSON alone: its classes load a table engine, which this process does without.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from analysis.errors import ConfigurationError
from analysis.history.folder import REMEDY

if TYPE_CHECKING:
    from analysis.configuration import Site
    from analysis.contract import Contract
    from analysis.history.entry import HistoryEntry
    from report.system.effects import Effects


def model_for_history(model: str, published: Contract, site: Site, effects: Effects) -> dict[str, Any] | None:
    """What the history takes of a model, JSON; None where it is to hold none, or must not, which is said.

    Sizes are those of the published contract, which may be rounded.
    """
    if not _asked(site):
        return None
    whole: dict[str, Any] = json.loads(model)
    least = site.privacy.min_cell
    why = _why_not(whole, least)
    if why is None:
        sizes = {one.id: one.size for one in published.segments}
        segments = [{**one, "size": sizes.get(one["id"]) or least} for one in whole["segments"]]
        return {**whole, "segments": segments, "provenance": {**whole["provenance"], "data_sha256": None}}
    effects.warn(
        f"The history does not hold this build's model, since {why}. Where build/ is not at hand, the next build finds "
        f"the segments anew in spite of model.refit: {site.model.refit}."
    )
    return None


def _asked(site: Site) -> bool:
    if site.history is False or site.model.refit == "always":
        return False
    return site.privacy.mode == "open" if site.history.model is None else site.history.model


def _why_not(model: dict[str, Any], least: int) -> str | None:
    if model["rule"]["kind"] != "nearest" or model["leaves_over"] or model["remembered"]["places"]:
        return "it tells the places of single customers"
    if any(segment["size"] < least for segment in model["segments"]):
        return f"a segment has fewer than {least} customers (privacy.min_cell)"
    return None


def check_model(one: HistoryEntry, place: str) -> None:
    """Raise ConfigurationError where an entry's model is damaged. `place`: where the entry stands, for the message.

    One of another version is none that could be damaged: the build does without it, and says so.
    """
    if one.model is None:
        return
    from analysis.scoring.document import MODEL_VERSION  # noqa: PLC0415 (where a division is kept)

    version = one.model.get("model_version")
    if isinstance(version, str) and version != MODEL_VERSION:
        return
    key = _damaged_at(one.model, one.contract) if version else "model_version"
    if key:
        raise ConfigurationError(f"{place}: the file is damaged (at model.{key}); restore it, {REMEDY}.")


def _damaged_at(model: dict[str, Any], contract: Contract) -> str:
    """The key of what cannot be so; empty where all is sound.

    A history has models without places alone, each of the segments beside it.
    """
    from analysis.scoring.document import Model, Nearest  # noqa: PLC0415

    try:
        found = Model.model_validate(model)
    except ValidationError as error:
        return ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
    if not isinstance(found.rule, Nearest):
        return "rule"
    if found.leaves_over or found.remembered.places:
        return "leaves_over" if found.leaves_over else "remembered"
    own, told = ({(one.id, one.slug) for one in each} for each in (found.segments, contract.segments))
    return "" if own == told else "segments"
