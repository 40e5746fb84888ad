"""No customer is given away: neither a row, nor an identifier, nor, in public mode, a small group."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from report.checks.finished import Finished, Problem

CUSTOMER_FILES = ("assignments.csv", "model.json", "rejected.csv")
PUBLISHED = "data/analysis.json"
TEXT = (".html", ".json", ".csv", ".ipynb", ".js", ".txt", ".xml", ".md")
TOKEN = re.compile(r"\w(?:[\w@.+:/-]*\w)?")
DISTINCTIVE = 6
"""Characters an identifier needs, neither all digits nor all letters, before finding it can be no accident."""


def privacy(site: Finished, identifiers: Collection[str]) -> Iterator[Problem]:
    """Problems of what the site tells about single customers; `identifiers` are those of the table."""
    for name in site.files:
        if name.rsplit("/", 1)[-1] in CUSTOMER_FILES:
            yield Problem(name, "is a customer-level file; it must never be published.")
    yield from _identifiers(site, distinctive(identifiers))
    yield from _small_groups(site)


def distinctive(identifiers: Collection[str]) -> frozenset[str]:
    """The identifiers that are recognisable wherever they stand: long enough, no mere number, no single word."""
    long = (text for text in map(str, identifiers) if len(text) >= DISTINCTIVE)
    return frozenset(text for text in long if not text.replace(".", "").isdigit() and not text.isalpha())


def _identifiers(site: Finished, known: frozenset[str]) -> Iterator[Problem]:
    whole = {text for text in known if TOKEN.fullmatch(text)}
    parts = {text: set(TOKEN.findall(text)) for text in known - whole}
    for name, file in site.ending(*TEXT) if known else ():
        text = file.read_text(encoding="utf-8", errors="replace")
        tokens = set(TOKEN.findall(text))
        # Of an identifier in several words, the words are looked for first: that costs no pass over the text.
        if not whole.isdisjoint(tokens) or any(words <= tokens and part in text for part, words in parts.items()):
            yield Problem(name, "holds an identifier of a customer; identifiers are never published.")


def _small_groups(site: Finished) -> Iterator[Problem]:
    """In public mode: no single customers, and no count between 1 and the smallest publishable one."""
    contract = _contract(site)
    rules = contract.get("privacy", {})
    if rules.get("mode") != "public":
        return
    if contract.get("exploration", {}).get("points") is not None:
        yield Problem(PUBLISHED, "holds the values of single customers, which privacy.mode: public forbids.")
    least = int(rules.get("min_cell", 0))
    for where, count in counts(contract):
        if 0 < count < least:
            yield Problem(PUBLISHED, f"{where} counts {count} customers; privacy.min_cell is {least}.")
            break


def _contract(site: Finished) -> dict[str, Any]:
    try:
        content = json.loads(site.bytes_of(PUBLISHED)) if PUBLISHED in site.files else {}
    except ValueError:  # told by the check of documents
        return {}
    return content if isinstance(content, dict) else {}


@cache
def counting() -> frozenset[str]:
    """The contract's fields that count customers, as their annotations say."""
    from analysis.contract import Contract  # noqa: PLC0415 (only a site that is checked needs the models)
    from analysis.contract.kinds import COUNT, fields_of  # noqa: PLC0415 (as above)

    return fields_of(Contract, COUNT)


def counts(value: object, where: str = "") -> Iterator[tuple[str, int]]:
    """Every count of customers in a contract, with its path."""
    if isinstance(value, dict):
        for key, part in value.items():
            path = f"{where}.{key}".lstrip(".")
            if key in counting():
                yield from _numbers(part, path)
            else:
                yield from counts(part, path)
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from counts(part, f"{where}[{position}]")


def _numbers(value: object, where: str) -> Iterator[tuple[str, int]]:
    if isinstance(value, int):
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _numbers(part, f"{where}.{key}")
    else:
        yield from counts(value, where)
