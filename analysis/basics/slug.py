"""Names made fit for file names and addresses: small ASCII letters, digits and hyphens, never empty, never twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

LONGEST = 60
IN_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "ß": "ss", "ẞ": "ss"})
"""German letters as German addresses have them: without their dots they would be others."""


def slug(text: str, fallback: str) -> str:
    """`Budget Buyers` → `budget-buyers`; `fallback` where no ASCII letter or digit is left (`顧客`)."""
    spelt = unicodedata.normalize("NFC", text).translate(IN_TWO_LETTERS)
    ascii_only = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST].rstrip("-") or fallback


def slugs(texts: Iterable[str], fallback: str, others: Collection[str] = ()) -> tuple[str, ...]:
    """One slug for each text, in their order; a repeated one gets `-2`, `-3`, …; fallbacks are numbered from 1.

    None is one of the `others`, which are taken.
    """
    taken: dict[str, None] = {}  # a dictionary keeps the order
    for position, text in enumerate(texts, start=1):
        wanted = candidate = slug(text, f"{fallback}-{position}")
        count = 1
        while candidate in taken or candidate in others:
            count += 1
            candidate = f"{wanted}-{count}"
        taken[candidate] = None
    return tuple(taken)
