"""Every JSON document on the site can be read, and none sends a chart to fetch data elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from report.checks.finished import FinishedSite, Problem

URL = re.compile(rb'"(?:u|\\u0075)(?:r|\\u0072)(?:l|\\u006[cC])"')
"""The key `url`, also where escapes spell it."""


def documents(site: FinishedSite) -> Iterator[Problem]:
    """Problems of `.json` and `.ipynb` files."""
    for name, file in site.ending(".json", ".ipynb"):
        text = file.read_bytes()
        try:
            content = json.loads(text)
        except ValueError as error:
            yield Problem(name, f"is not valid JSON: {error}.")
            continue
        # Few charts have the key at all, and all have thousands of values.
        if name.startswith("charts/") and URL.search(text):
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
