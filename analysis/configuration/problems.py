"""All that is wrong in the configuration's files at once, where reading them stops at the first that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.basics.as_read import special
from analysis.configuration.load import configured_text, load_configuration, read_settings, site_file
from analysis.configuration.personas import Personas
from analysis.configuration.playbook import Playbook
from analysis.configuration.site import Site
from analysis.configuration.yaml_text import NoYamlError, read_yaml
from analysis.errors import ConfigurationError

if TYPE_CHECKING:
    from pydantic import BaseModel

NAMED: dict[str, type[BaseModel]] = {"personas": Personas, "playbook": Playbook}


def problems_of(path: Path) -> tuple[str, ...]:
    """A sentence for each problem of `site.yml` (or the folder that holds it) and the files it names; none if sound."""
    file = site_file(path)
    found = [*_problems(file, Site)]
    for key, model in NAMED.items():
        other = _file_at(file, key)
        if other and other.is_file():
            found += _problems(other, model)
    return tuple(found) or _left(path)


def _problems(file: Path, model: type[BaseModel]) -> tuple[str, ...]:
    try:
        read_settings(file, model)
    except ConfigurationError as error:
        return error.problems
    return ()


def _left(path: Path) -> tuple[str, ...]:
    """What is only seen where the files are taken together, such as one that does not exist."""
    try:
        load_configuration(path)
    except ConfigurationError as error:
        return error.problems
    return ()


def content_of(file: Path) -> dict[str, Any] | None:
    """What stands in a file, be it right or wrong; None where it holds no keys and values."""
    if special(file):
        return None
    try:
        content = read_yaml(configured_text(file), twice=True)
    except (ConfigurationError, NoYamlError):
        return None
    return content if isinstance(content, dict) else None


def _file_at(site: Path, key: str) -> Path | None:
    """The file that a site names under a key, as far as that can be told from one that is wrong in other ways."""
    name = (content_of(site) or {}).get(key)
    return site.parent / name if isinstance(name, str) else None
