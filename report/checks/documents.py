"""Every JSON document on the site can be read, and none sends a chart to fetch data elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

from report.checks.finished import Finished, Problem


def documents(site: Finished) -> Iterator[Problem]:
    """Problems of `.json` and `.ipynb` files."""
    for name, file in site.ending(".json", ".ipynb"):
        text = file.read_bytes()
        try:
            content = json.loads(text)
        except ValueError as error:
            yield Problem(name, f"is not valid JSON: {error}.")
            continue
        # An escape may hide the key; most charts have neither, and tens of thousands of values.
        if name.startswith("charts/") and (b'"url"' in text or b"\\u" in text):
            for address in _fetched(content):
                yield Problem(name, f"fetches “{address}” from another site; keep the chart's data in its file.")


def _fetched(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        address = content.get("url")
        if isinstance(address, str) and (address.startswith("//") or "://" in address):
            yield address
        for value in content.values():
            yield from _fetched(value)
    elif isinstance(content, list):
        for value in content:
            yield from _fetched(value)
