"""No customer is given away: neither a row, nor an identifier, nor, in public mode, a small group."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from report.checks.finished import FinishedSite, Problem

CUSTOMER_FILES = ("assignments.csv", "model.json", "rejected.csv")
PUBLISHED = "data/analysis.json"
TEXT = (".html", ".json", ".csv", ".ipynb", ".js", ".txt", ".xml", ".md")
TOKEN = re.compile(r"\w(?:[\w@.+:/-]*\w)?")
DISTINCTIVE = 6
"""Characters an identifier needs, neither all digits nor all letters, before finding it can be no accident."""
TELEPHONE = 9
"""Digits of a mere number, such as a telephone number or a card's, from which finding it can be none either."""


def privacy(site: FinishedSite, identifiers: Collection[str]) -> Iterator[Problem]:
    """Problems of what the site tells about single customers; `identifiers` are those of the table."""
    for name in site.files:
        if name.rsplit("/", 1)[-1] in CUSTOMER_FILES:
            yield Problem(name, "is a customer-level file; it must never be published.")
    yield from _identifiers(site, distinctive(identifiers))
    yield from _told(site)


def distinctive(identifiers: Collection[str]) -> frozenset[str]:
    """The identifiers that are recognisable wherever they stand: long enough, no mere number, no single word."""
    long = (text for text in map(str, identifiers) if len(text) >= DISTINCTIVE)
    return frozenset(text for text in long if not _common(text))


def _common(text: str) -> bool:
    """Whether a text may stand on a site by accident: a single word, or a number that is not long."""
    if text.isdigit():
        return len(text) < TELEPHONE
    return text.replace(".", "").isdigit() or text.isalpha()


def _identifiers(site: FinishedSite, known: frozenset[str]) -> Iterator[Problem]:
    whole = {text for text in known if TOKEN.fullmatch(text)}
    parts = {text: set(TOKEN.findall(text)) for text in known - whole}
    for name, file in site.ending(*TEXT) if known else ():
        text = file.read_text(encoding="utf-8", errors="replace")
        tokens = set(TOKEN.findall(text))
        # Of an identifier in several words, the words are looked for first: that costs no pass over the text.
        if not whole.isdisjoint(tokens) or any(words <= tokens and part in text for part, words in parts.items()):
            yield Problem(name, "holds an identifier of a customer; identifiers are never published.")


def _told(site: FinishedSite) -> Iterator[Problem]:
    """In public mode: what the published contract holds against the kinds of its fields."""
    contract = _contract(site)
    if contract.get("privacy", {}).get("mode") != "public":
        return
    from report.disclosure.faults import faults  # noqa: PLC0415 (only a site that is checked needs the models)

    yield from (Problem(PUBLISHED, fault) for fault in islice(faults(contract), 1))


def _contract(site: FinishedSite) -> dict[str, Any]:
    try:
        content = json.loads(site.bytes_of(PUBLISHED)) if PUBLISHED in site.files else {}
    except ValueError:  # told by the check of documents
        return {}
    return content if isinstance(content, dict) else {}
