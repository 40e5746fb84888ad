"""Pandoc's AST, made ready for the built-in shell: callouts, links between pages, and nothing styled inline.

The security policy forbids style attributes, which Pandoc writes for column alignment and image widths; both become
classes here. Every function changes the AST it is handed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from report.render.pandoc import Ast
from report.render.project import page_address

Node = dict[str, Any]

CALLOUTS = ("note", "tip", "important", "caution", "warning")
WIDTHS = (25, 33, 50, 66, 75, 100)
# Where Pandoc keeps the attributes [id, classes, [key, value]…] of a node: the position in its content.
ATTRIBUTES_AT = {"Header": 1} | dict.fromkeys(
    ("Div", "Span", "Code", "CodeBlock", "Link", "Image", "Table", "Figure"), 0
)


@dataclass(frozen=True)
class Heading:
    """A second-level heading, for the page's contents."""

    id: str
    text: str


def prepare(ast: Ast) -> Ast:
    """Callouts drawn, links to `.qmd` turned to `.html`, inline styles turned to classes, handlers removed."""
    ast["blocks"] = _replace(ast["blocks"], _drawn)
    for node in _nodes(ast["blocks"]):
        _TIDY.get(node["t"], _leave)(node)
        _without_code(node)
    return ast


def outline(ast: Ast) -> tuple[Heading, ...]:
    """The second-level headings that can be linked to."""
    headers = (node["c"] for node in _nodes(ast["blocks"]) if node["t"] == "Header")
    return tuple(
        Heading(attributes[0], plain(text)) for level, attributes, text in headers if level == 2 and attributes[0]
    )


def plain(inlines: list[Any]) -> str:
    """The words of some content, without any markup."""
    return "".join(_words(inlines)).strip()


def _words(inlines: list[Any]) -> Iterator[str]:
    for node in _nodes(inlines):
        if node["t"] == "Str":
            yield node["c"]
        elif node["t"] in ("Code", "Math"):
            yield node["c"][1]
        elif node["t"] in ("Space", "SoftBreak", "LineBreak"):
            yield " "


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, dict) and "t" in value:
        yield value
        yield from _nodes(value.get("c"))


def _replace(value: Any, change: Callable[[Node], list[Node]]) -> Any:  # noqa: ANN401 (any part of Pandoc's JSON)
    """A copy in which each node of a list gives way to the nodes that `change` returns, innermost first."""
    if isinstance(value, list):
        changed: list[Any] = []
        for item in value:
            done = _replace(item, change)
            changed.extend(change(done) if isinstance(done, dict) and "t" in done else [done])
        return changed
    if isinstance(value, dict):
        return {key: _replace(item, change) for key, item in value.items()}
    return value


def _drawn(node: Node) -> list[Node]:
    if node["t"] == "Table":
        return [_scrolling(node)]
    if node["t"] != "Div":
        return [node]
    kind = next((kind for kind in CALLOUTS if f"callout-{kind}" in node["c"][0][1]), None)
    return _callout(node, kind) if kind else [node]


def _callout(node: Node, kind: str) -> list[Node]:
    """As Quarto reads it: the title is the `title` attribute, else a leading heading, else the callout's kind."""
    (identifier, _, pairs), blocks = node["c"]
    options = dict(pairs)
    title: list[Node] = [{"t": "Str", "c": kind.capitalize()}]
    if "title" in options:
        title = [{"t": "Str", "c": options["title"]}]
    elif blocks and blocks[0]["t"] == "Header":
        title, blocks = blocks[0]["c"][2], blocks[1:]
    name = ["sa-notice", f"sa-notice-{kind}"]
    if "collapse" in options:
        is_open = " open" if options["collapse"] == "false" else ""
        before = [_raw(f"<details{is_open}><summary>"), {"t": "Plain", "c": title}, _raw("</summary>")]
        return [_div([identifier, name, []], [*before, *blocks, _raw("</details>")])]
    heading = _div(["", ["sa-notice-title"], []], [{"t": "Para", "c": title}])
    return [_div([identifier, name, [["role", "note"]]], [heading, *blocks])]


def _scrolling(table: Node) -> Node:
    """A wide table scrolls in its own box, which the keyboard can reach, instead of widening a phone's page."""
    label = plain(table["c"][1]) or "Table"
    return _div(["", ["sa-scroll"], [["tabindex", "0"], ["role", "region"], ["aria-label", label]]], [table])


def _div(attributes: list[Any], blocks: list[Node]) -> Node:
    return {"t": "Div", "c": [attributes, blocks]}


def _raw(html: str) -> Node:
    return {"t": "RawBlock", "c": ["html", html]}


def _leave(node: Node) -> None:
    """Most nodes need no change."""


def _link(node: Node) -> None:
    node["c"][2][0] = page_address(node["c"][2][0])


def _image(node: Node) -> None:
    attributes = node["c"][0]
    options = dict(attributes[2])
    width = options.pop("width", "")
    if "fig-alt" in options:
        options["alt"] = options.pop("fig-alt")
    attributes[2] = [[key, value] for key, value in options.items()]
    if width.endswith("%") and width[:-1].replace(".", "", 1).isdigit():
        nearest = min(WIDTHS, key=lambda known: abs(known - float(width[:-1])))
        attributes[1].append(f"sa-width-{nearest}")


def _table(node: Node) -> None:
    _, _, columns, head, bodies, foot = node["c"]
    alignments = [column[0]["t"] for column in columns]
    for column in columns:
        column[0], column[1] = {"t": "AlignDefault"}, {"t": "ColWidthDefault"}
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    for row in rows:
        for cell, alignment in zip(row[1], alignments, strict=False):
            given = cell[1]["t"]
            cell[1] = {"t": "AlignDefault"}
            name = {"AlignRight": "sa-right", "AlignCenter": "sa-centre"}.get(
                alignment if given == "AlignDefault" else given
            )
            if name:
                cell[0][1].append(name)


_TIDY: dict[str, Callable[[Node], None]] = {"Link": _link, "Image": _image, "Table": _table}


def _without_code(node: Node) -> None:
    """Drop `style` and `on…` attributes: the security policy would refuse them on the finished page."""
    at = ATTRIBUTES_AT.get(node["t"])
    if at is not None:
        attributes = node["c"][at]
        attributes[2] = [pair for pair in attributes[2] if pair[0] != "style" and not pair[0].lower().startswith("on")]
