"""Categories as people meant them: one spelling a word, nothing unseen, and a name for what is missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from analysis.cells.numerals import MISSING

NO_CATEGORY = "(missing)"
OTHER = "Other"
"""The category of all that are too rare for one of their own."""
# Controls have no place in XML or on a page, and bidirectional overrides would turn a page's text round.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")

WHOLE = re.compile(r"(-?[0-9]+)(?:\.0+)?")


def spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """Each cell's category: of the spellings that differ by capitals or blanks alone, the commonest.

    Cells that say that there is nothing become “(missing)”. Where all others are whole numbers, `1.0` is 1: that is
    how some programs write whole numbers in a column with gaps.
    """
    tidy = {cell: tidied(cell) for cell in counts}
    if all(WHOLE.fullmatch(text) for text in tidy.values() if text.casefold() not in MISSING):
        tidy = {cell: plain(text) if WHOLE.fullmatch(text) else text for cell, text in tidy.items()}
    common: dict[str, dict[str, int]] = {}
    for cell, text in tidy.items():
        variants = common.setdefault(text.casefold(), {})
        variants[text] = variants.get(text, 0) + counts[cell]
    best = {key: min(variants, key=lambda text: _rank(text, variants[text])) for key, variants in common.items()}
    best.update(dict.fromkeys(MISSING, NO_CATEGORY))
    return {cell: best[text.casefold()] for cell, text in tidy.items()}


def _rank(text: str, rows: int) -> tuple[int, bool, str]:
    # Ties go to the word written like a name, then by characters: never by the order of the rows.
    return -rows, text.isupper() or text.islower(), text


def tidied(cell: str) -> str:
    """Trimmed, composed (NFC), blanks single, without characters that show nothing."""
    return " ".join(UNSEEN.sub(" ", unicodedata.normalize("NFC", cell)).split())


def plain(cell: str) -> str:
    """What two spellings of one word have in common; `3.0`, as spreadsheets have it, is 3."""
    text = tidied(cell).casefold()
    found = WHOLE.fullmatch(text)
    return found[1] if found else text
