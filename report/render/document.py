"""What the shell needs to know of a page that Pandoc has read: the metadata that `shell.lua` left for it."""

from __future__ import annotations

from typing import Any

from report.markup.blocks import Heading
from report.render.pandoc import Ast


def said(ast: Ast, name: str) -> str:
    """A metadata entry as plain text; empty where there is none."""
    found = ast["meta"].get(name)
    return str(found["c"]) if found else ""


def outline(ast: Ast) -> tuple[Heading, ...]:
    """The headings of the page's contents; none where the page wants no contents or has too few headings."""
    return tuple(
        Heading(entry["c"]["id"]["c"], entry["c"]["text"]["c"]) for entry in _list(ast["meta"].get("contents"))
    )


def unresolved(ast: Ast) -> tuple[str, ...]:
    """Cross references that lead nowhere, each once."""
    return tuple(dict.fromkeys(str(entry["c"]) for entry in _list(ast["meta"].get("unresolved"))))


def _list(meta: dict[str, Any] | None) -> list[dict[str, Any]]:
    return list(meta["c"]) if meta else []
