"""From Vega's SVG to the site's: small, without clashing ids, without styles, without descriptions.

The figure around it has the role and the description, so the drawing itself is hidden from screen readers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

SVG: Final = "http://www.w3.org/2000/svg"
_KEPT: Final = frozenset({
    "d", "transform", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r", "width", "height", "rx",
    "fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity", "stroke-opacity", "opacity",
    "text-anchor", "font-size", "font-weight", "clip-path", "id",
})  # fmt: skip
_ELEMENTS: Final = frozenset({"svg", "g", "path", "line", "text", "tspan", "rect", "circle", "clipPath", "defs"})
# What SVG assumes, and what the stylesheet sets on every picture.
_ASSUMED: Final = {
    "opacity": "1", "stroke-width": "1", "text-anchor": "start", "font-size": "12px", "font-weight": "400",
    "fill-opacity": "1", "stroke-opacity": "1", "transform": "translate(0,0)",
}  # fmt: skip
_NUMBERS: Final = re.compile(r"-?\d*\.\d+(?:e-?\d+)?|-?\d+e-\d+")
_MEASURES: Final = ("d", "transform", "x", "y", "x2", "y2", "width", "height", "dx", "dy")
_REFERENCE: Final = re.compile(r"url\(#([\w-]+)\)")


def cleaned(name: str, drawn: tuple[str | None, str]) -> tuple[str | None, str]:
    """The pictures of the chart of that name, wide (if any) and narrow, as pages contain them. Raises as `clean`."""
    wide, narrow = drawn
    return None if wide is None else clean(wide, f"{name}-w"), clean(narrow, f"{name}-n")


def clean(source: str, prefix: str) -> str:
    """The picture as pages contain it; `prefix` makes its ids unique there.

    Raises lxml.etree.XMLSyntaxError if `source` is not XML.
    """
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    view_box = root.get("viewBox", "0 0 0 0")
    # Vega counts ids over the life of the engine; ours depend only on the picture.
    found = [str(element.get("id")) for element in root.iter() if element.get("id")]
    _tidy(root, {name: f"{prefix}-{number}" for number, name in enumerate(found, 1)})
    for name in list(root.attrib):
        del root.attrib[name]
    root.set("viewBox", _round_numbers(view_box))
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def size(picture: str) -> tuple[float, float]:
    """Width and height of a cleaned picture in its own pixels."""
    found = re.match(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def _tidy(element: etree._Element, ids: Mapping[str, str]) -> None:
    for child in list(element):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in _ELEMENTS:
            element.remove(child)
            continue
        _tidy_attributes(child, ids)
        _tidy(child, ids)
        if _empty(child):
            element.remove(child)
        elif etree.QName(child).localname == "g" and not child.attrib:
            _unwrap(element, child)


def _tidy_attributes(element: etree._Element, ids: Mapping[str, str]) -> None:
    if element.get("display") == "none":
        element.set("d", "")
    for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
        if name not in _KEPT or _ASSUMED.get(name) == value:
            del element.attrib[name]
        elif name == "id":
            element.set(name, ids[value])
        elif name in _MEASURES:
            element.set(name, _round_numbers(value))
        elif "url(" in value:
            element.set(name, _REFERENCE.sub(lambda found: f"url(#{ids.get(found[1], found[1])})", value))
    if element.get("transform") == "translate(0,0)":
        del element.attrib["transform"]


def _empty(element: etree._Element) -> bool:
    name = etree.QName(element).localname
    if name in {"g", "defs"}:
        return len(element) == 0
    if name == "path":
        nothing = element.get("d") in {"", "M0,0h0v0h0Z"} or element.get("fill") == "transparent"
        within = element.getparent()
        clipping = within is not None and etree.QName(within).localname == "clipPath"
        return nothing or not (clipping or element.get("fill") or element.get("stroke"))
    if name == "rect":
        return element.get("fill") in {None, "transparent", "white"}
    return name == "text" and not (element.text or len(element))


def _unwrap(parent: etree._Element, child: etree._Element) -> None:
    place = parent.index(child)
    parent.remove(child)
    for offset, grandchild in enumerate(list(child)):
        parent.insert(place + offset, grandchild)


def _round_numbers(text: str) -> str:
    return _NUMBERS.sub(lambda found: _rounded(found[0]), text)


@lru_cache(maxsize=16_384)
def _rounded(number: str) -> str:
    return f"{round(float(number), 1) + 0.0:g}"
