"""From YAML files to one frozen configuration, with messages that name file, key, expectation and remedy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from analysis.basics.as_read import Read, as_read, special, text_of
from analysis.configuration.essential import without_looks, without_texts
from analysis.configuration.origin import WILD, Origin
from analysis.configuration.personas import Personas
from analysis.configuration.playbook import Playbook
from analysis.configuration.site import Site
from analysis.configuration.yaml_text import NoYamlError, read_yaml
from analysis.errors import ConfigurationError, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

LONGEST = 60
"""Characters of what is wrong that a message repeats: a table named by mistake is not to be printed."""
LARGEST = 10_000_000
"""Bytes of a file of the configuration; 2,000 columns take about 1 MB."""
GENERAL_PLAYBOOK = Path(__file__).with_name("general_playbook.yml")
HISTORY = "history"
RFM = "rfm"
RFM_PERSONAS, RFM_PLAYBOOK = (Path(__file__).with_name(f"rfm_{name}.yml") for name in ("personas", "playbook"))


@dataclass(frozen=True)
class Configuration:
    """Everything that was set, with the absolute paths of the files it points to."""

    site: Site
    personas: Personas
    playbook: Playbook
    origin: Origin
    pages: Path | None
    sha256: str
    """Of all that was set."""
    files: tuple[Path, ...]
    """Every configuration file that was read, for the preview to watch."""
    read: Read = ()
    """The same as they were read, and a table that was looked at to guess its configuration."""
    history: Path | None = None
    """The folder in which builds are remembered; None where they are not."""
    named: tuple[Path, ...] = ()
    """What a result depends on: the files, patterns and folders, with links left as they are."""
    essential_sha256: str = ""
    """Of what was set, without what is only shown."""

    @property
    def essential(self) -> Configuration:
        """Without what is only shown: with the same one a result is the same, but for the texts of its actions."""
        return replace(
            self,
            site=without_looks(self.site),
            playbook=without_texts(self.playbook),
            pages=None,
            sha256="",
            files=(),
            read=(),
            named=(),
            history=None,
        )


def site_file(path: Path) -> Path:
    """`site.yml`, be it named itself or by its folder."""
    return path / "site.yml" if path.is_dir() else path


def load_configuration(path: Path) -> Configuration:
    """Read `site.yml` (or the folder that holds it) and the files it names.

    Raises ConfigurationError, which names the file, the key, what was expected and what to do.
    """
    file = site_file(path)
    read: list[Read] = []
    site = read_settings(file, Site, read.append)
    folder = file.parent
    personas_file, playbook_file = advisers(site, folder)
    pages = folder / site.pages if site.pages else None
    if pages and not pages.is_dir():
        raise ConfigurationError(
            f"{file}: pages: there is no folder “{site.pages}” beside this file; make it or drop the key."
        )
    made = _assemble(site, Origin(site.data, folder.resolve()), file, personas_file, playbook_file, pages)
    return replace(made, read=(*sum(read, ()), *made.read), history=history(site, made.origin))


def history(site: Site, origin: Origin) -> Path | None:
    """The folder of the history: as configured, else `history` beside the table; of a query beside its `site.yml`."""
    if site.history is False:
        return None
    if site.history.path is not None:
        return (origin.folder / site.history.path).resolve()
    return next((fixed(place).parent for place in origin.places), origin.folder) / HISTORY


def fixed(place: Path) -> Path:
    """The path as far as it is no pattern, with one part more."""
    parts = [at for at, part in enumerate(place.parts) if WILD.search(part)]
    return place if place.exists() or not parts else Path(*place.parts[: parts[0] + 1])


def without_files(site: Site, table: Path, read: Read = ()) -> Configuration:
    """A configuration made on the command line: what ships of personas and playbook for such a table.

    `read` is the table as it was read to guess the site.
    """
    made = _assemble(site, Origin.of(table, site.data), None, *advisers(site, Path()), None)
    return replace(made, read=(*made.read, *read))


def advisers(site: Site, folder: Path) -> tuple[Path | None, Path]:
    """The files of personas and playbook; a table of transactions takes those of RFM unless others are named."""
    named = site.personas or (RFM if site.transactions else None)
    personas = RFM_PERSONAS if named == RFM else folder / named if named else None
    shipped = RFM_PLAYBOOK if named == RFM else GENERAL_PLAYBOOK
    return personas, folder / site.playbook if site.playbook else shipped


def _assemble(
    site: Site,
    origin: Origin,
    site_file: Path | None,
    personas_file: Path | None,
    playbook_file: Path,
    pages: Path | None,
) -> Configuration:
    read: list[Read] = []
    personas = read_settings(personas_file, Personas, read.append) if personas_file else Personas()
    playbook = read_settings(playbook_file, Playbook, read.append)
    named = [file for file in (site_file, personas_file, playbook_file) if file]
    return Configuration(
        site,
        personas,
        playbook,
        origin,
        pages and pages.resolve(),
        _sha256(site, personas, playbook),
        files=tuple(file.resolve() for file in named),
        read=sum(read, ()),
        named=(*(file.absolute() for file in (*named, *filter(None, [pages]))), *origin.named),
        essential_sha256=_sha256(without_looks(site), personas, without_texts(playbook)),
    )


def _sha256(*parts: BaseModel) -> str:
    return hashlib.sha256("\n".join(part.model_dump_json() for part in parts).encode()).hexdigest()


def read_settings(file: Path, model: type[Model], told: Callable[[Read], object] = lambda _: None) -> Model:
    """One file as its model; `told` what was read.

    Raises ConfigurationError with a sentence for each thing that is wrong in it.
    """
    try:
        return model.model_validate(_keys(read_yaml(configured_text(file, told))))
    except NoYamlError as error:
        raise ConfigurationError(f"{file}: {error}") from None
    except ConfigurationError as error:
        raise ConfigurationError(f"{file}: {error}") from None
    except ValidationError as error:
        raise ConfigurationError(*(f"{file}: {line}" for line in explain(error, model))) from None


def _keys(content: object) -> dict[Any, Any]:
    """What the file holds, if that is keys with values; else it may be a table, of which nothing is to be printed."""
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise ConfigurationError(
            "keys with values are expected, “key: value”; correct the file, or name a table with --data."
        )
    return content


def configured_text(file: Path, told: Callable[[Read], object] = lambda _: None) -> str:
    """What stands in a file of the configuration; `told` what was read.

    Raises ConfigurationError where that cannot be read.
    """
    if what := special(file):
        raise ConfigurationError(
            f"this is {what}, and settings are read from a file; save them to a file, and name it."
        )
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ConfigurationError(
                f"the file is larger than {LARGEST // 1_000_000} MB, so it is not a configuration; name a table "
                "with --data."
            )
        told(as_read(file, raw))
        return text_of(raw)
    except FileNotFoundError:
        raise ConfigurationError("no such file; name another with --config, or name a table with --data.") from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"byte {error.start} is not UTF-8; save the file as UTF-8.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a usable path"
        raise ConfigurationError(f"cannot be read ({why}); check the path and its permissions.") from None


_BRANCHES = frozenset({"FixedK", "literal['auto']"})
"""How pydantic names the alternatives of `model.selection`, which are no keys of the file."""


def explain(error: ValidationError, model: type[BaseModel]) -> list[str]:
    """One line for each problem pydantic found: `key: what is wrong; what to do`."""
    lines = []
    found = error.errors(include_url=False, include_input=True)
    inside = {problem["loc"][:length] for problem in found for length in range(len(problem["loc"]))}
    for problem in found:
        if problem["type"] == "too_short" and problem["loc"] in inside:
            continue  # pydantic does not count entries that are wrong themselves
        if problem["type"] == "literal_error" and isinstance(problem["input"], dict):
            continue  # `selection: {k: 1}` is no attempt at `auto`; the other branch says what is wrong with it
        key = ".".join(str(part) for part in problem["loc"] if part not in _BRANCHES) or "the file"
        lines.append(f"{key}: {_sentence(problem, model)}")
    return lines


def _sentence(problem: ErrorDetails, model: type[BaseModel]) -> str:
    kind, given = problem["type"], problem.get("input")
    if not isinstance(given, dict | list):
        given = shorten(str(given), LONGEST, placeholder=" …")
    if kind == "extra_forbidden":
        return f"unknown key.{nearest(str(problem['loc'][-1]), _known_keys(model, problem['loc'][:-1]))}"
    if kind == "missing":
        return "this key is missing; add it."
    if kind == "value_error":
        return f"{problem['ctx']['error']}."
    if kind == "literal_error":
        options = problem["ctx"]["expected"].replace("'", "")
        return f"“{given}” is not one of {options}."
    if kind == "string_pattern_mismatch":
        return f"“{given}” is not of the form {problem['ctx']['pattern']}."
    what = "keys with values are expected, “key: value”" if kind == "model_type" else problem["msg"]
    shown = "" if isinstance(given, dict | list) else f" (it is “{given}”)"
    return f"{what.replace('Input', 'it')}{shown}."


def _known_keys(model: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    """The keys that the model at `path` inside `model` knows; union members and mappings are looked through."""
    models: list[type[BaseModel]] = [model]
    for part in path:
        models = [
            inner
            for outer in models
            if isinstance(part, str) and part in outer.model_fields
            for inner in _models_in(outer.model_fields[part].annotation)
        ] or models
    return [key for each in models for key in each.model_fields]


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
