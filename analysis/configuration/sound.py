"""What is left of a configuration without the settings that are wrong, so that the table can be judged all the same."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from analysis.configuration.load import GENERAL_PLAYBOOK, Configuration, advisers, read_settings, site_file
from analysis.configuration.origin import Origin
from analysis.configuration.personas import Personas
from analysis.configuration.playbook import Playbook
from analysis.configuration.problems import content_of
from analysis.configuration.site import Site
from analysis.errors import ConfigurationError

Content = dict[str, Any]
Place = tuple[Any, ...]
Model = TypeVar("Model", bound=BaseModel)

INDISPENSABLE: tuple[Place, ...] = ((), ("data",), ("transactions",), ("columns",))
"""Without one of these nothing can be said of the table."""


def sound_part(path: Path) -> Configuration | None:
    """The configuration at `path` without what is wrong; None where too little is left to judge a table by.

    A column whose description is wrong is left out whole, for it may not be what the rest of it says. Personas and
    playbook are left out where they are wrong themselves, or might name a column that is gone.
    """
    file = site_file(path)
    content = content_of(file)
    site = sound_site(content) if content else None
    if content is None or site is None:
        return None
    whole = site.transactions is not None or site.columns.keys() == content["columns"].keys()
    personas, playbook = advisers(site, file.parent)
    return Configuration(
        site=site,
        personas=(whole and _sound(personas, Personas)) or Personas(),
        playbook=(whole and _sound(playbook, Playbook)) or read_settings(GENERAL_PLAYBOOK, Playbook),
        origin=Origin(site.data, file.parent.resolve()),
        pages=None,
        sha256="",
        files=(),
    )


def _sound(file: Path | None, model: type[Model]) -> Model | None:
    try:
        return read_settings(file, model) if file else None
    except ConfigurationError:
        return None


def sound_site(content: Content) -> Site | None:
    """The site of what stands in `site.yml`, with what is wrong taken out of it."""
    left: Content | None = deepcopy(content)
    while left is not None:
        try:
            site = Site.model_validate(left)
        except ValidationError as error:
            places = {_place(left, each["loc"], unknown=each["type"] == "extra_forbidden") for each in error.errors()}
            left = _without_clashes(left) if places == {()} else _without(left, places)
        else:
            return site if any(column.clusters for column in site.columns.values()) else None
    return None


def _place(content: Content, location: Place, *, unknown: bool) -> Place:
    """What is to go: the innermost key of the file that a problem lies in, or the whole column."""
    inside: Any = content
    depth = 0
    while depth < len(location) and isinstance(inside, dict) and location[depth] in inside:
        inside = inside[location[depth]]
        depth += 1
    return location[: 2 if location[:1] == ("columns",) and not unknown else depth][:depth]


def _without(content: Content, places: set[Place]) -> Content | None:
    """The content without the places; None where it needs one of them. Changes `content`."""
    if places.intersection(INDISPENSABLE):
        return None
    for place in sorted(places, key=len, reverse=True):
        inside: Any = content
        for key in place[:-1]:
            inside = inside[key]
        del inside[place[-1]]
    return content


def _without_clashes(content: Content) -> Content | None:
    """The content without what is sound by itself and not together: each column that those before it allow."""
    columns = content.get("columns") or {}
    left = {key: value for key, value in content.items() if key not in {"value", "columns"}}
    kept: Content = {}
    for name, column in columns.items():
        if _allowed(left | {"columns": kept | {name: column}}):
            kept[name] = column
    found = left | {"columns": kept}
    return found if found != content and _allowed(found) else None


def _allowed(content: Content) -> bool:
    try:
        Site.model_validate(content)
    except ValidationError:
        return False
    return True
