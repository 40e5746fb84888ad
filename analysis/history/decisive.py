"""The settings that decide what is found, as a later build compares them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from analysis.configuration import Configuration

if TYPE_CHECKING:
    from pydantic import BaseModel

NAMED = ("model", "value", "segments", "evaluation", "privacy")
"""Parts of `site.yml` whose settings are told one by one."""
OF_THE_TABLE = ("reference_date", "currency", "repeated")
"""Of `data`; where the table is stays untold."""
DIGESTED = ("columns", "transactions", "rates", "personas", "playbook")
"""Of these only a digest is kept: whether they changed, not how."""
DIGITS = 12
"""Of a digest: by chance two are the same once in 16¹² changes."""


def decisive(configuration: Configuration) -> dict[str, str]:
    """Dotted key → value, and part → digest; nothing of files, databases and queries.

    `configuration` as the team has set it, so that no setting seems changed that follows from the table.
    """
    site = configuration.site
    parts = [(name, getattr(site, name).model_dump(mode="json")) for name in NAMED]
    parts.append(("data", {name: site.data.model_dump(mode="json")[name] for name in OF_THE_TABLE}))
    digested: dict[str, Any] = {
        "columns": {name: _plain(column) for name, column in site.columns.items()},
        "transactions": _plain(site.transactions),
        "rates": site.data.model_dump(mode="json")["rates"],
        "personas": _plain(configuration.personas),
        "playbook": _plain(configuration.playbook),
    }
    return dict(_told(parts)) | {name: _digest(digested[name]) for name in DIGESTED}


def _plain(part: BaseModel | None) -> Any:  # noqa: ANN401 (JSON)
    return part.model_dump(mode="json") if part is not None else None


def _told(parts: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, str]]:
    for part, settings in parts:
        for name, value in settings.items():
            yield f"{part}.{name}", _text(value)


def _text(value: Any) -> str:  # noqa: ANN401 (JSON)
    """A value on one line, as YAML writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_text(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_text(each) for each in value) + "]"
    return value if isinstance(value, str) else json.dumps(value)


def _digest(part: Any) -> str:  # noqa: ANN401 (JSON)
    return blake2b(json.dumps(part, sort_keys=True).encode(), digest_size=DIGITS // 2).hexdigest()
