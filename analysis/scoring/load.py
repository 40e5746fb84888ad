"""A model read back from its file."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from analysis.basics.as_read import special
from analysis.errors import ConfigurationError
from analysis.scoring.document import MODEL_VERSION, Model


def load_model(file: Path) -> Model:
    """Read `build/model.json`.

    Raises ConfigurationError where there is none, it is damaged, or another version of Segment Atlas wrote it.
    """
    content = _content(file)
    version = content.get("model_version") if isinstance(content, dict) else None
    if version is None:
        raise ConfigurationError(f"{file}: this is not a model of Segment Atlas; name the model.json of a build.")
    if version != MODEL_VERSION:
        raise ConfigurationError(
            f"{file}: the model has version {version}, and this Segment Atlas reads version {MODEL_VERSION}; "
            "build the site again."
        )
    try:
        return Model.model_validate(content)
    except ValidationError as error:
        key = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        raise ConfigurationError(f"{file}: the model is damaged (at {key}); build the site again.") from None


def _content(file: Path) -> object:
    if what := special(file):
        raise ConfigurationError(f"{file}: this is {what}; name the model.json of a build.")
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"{file}: there is no model yet; build the site first, or name its model.") from None
    except OSError as error:
        raise ConfigurationError(f"{file}: the model cannot be read ({error.strerror}); check the path.") from None
    except ValueError:  # neither UTF-8 nor JSON
        raise ConfigurationError(
            f"{file}: this is not a model of Segment Atlas; name the model.json of a build."
        ) from None
