"""Numbers of customers and rows in English sentences: rounded like counts, and of few told as a few.

This is a second look. Notes are written for the site that they stand on (`analysis.language.notes`), other sentences
tell no number of customers, and their figures were rounded before they were written (`analysis.results.rounded`). What
is found here stands in a text of the analyst's, or in a document that was written for an open site.
"""

from __future__ import annotations

import re

from analysis.rounding.random_rounding import Rounding
from report.disclosure.cells import small

CUSTOMERS = r"(?:people|persons|customers?|rows?|records?)"
"""In sentences on segments orders and visits are what a customer makes on average."""
FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
QUOTED = r"“[^”]*”|`[^`]*`"
"""Names from the table and the configuration: nothing in them is a number of ours."""
LIMIT = r"(?<!than )(?<!below )(?<!under )(?<!least )"
"""Before a limit that is stated: `fewer than 7 customers`."""
COUNTED = re.compile(
    rf"{QUOTED}|(?<![\w.,’\u00a0\u202f]){LIMIT}(?P<number>{FIGURE})"
    rf"(?= (?:of (?:the |its |all |these |those )?(?:{FIGURE} )?)?(?:(?!an? |per |each )[a-z]+ ){{0,2}}{CUSTOMERS}\b)"
)
"""`1,234 customers`, `2 blank rows`, and the first of `200 of the 1,234 customers`; never `$46 a customer`."""
YEAR = re.compile(r"\d{4}")
FEW = "a few"
AGREE = re.compile(
    r"\b(?P<few>[Aa] few (?:[a-z]+ ){0,2}?)(?P<one>customer|row|record)\b(?: (?P<verb>was|is|has|does)\b)?"
)
VERBS = {"was": "were", "is": "are", "has": "have", "does": "do"}


def reworded(text: str, rounding: Rounding) -> str:
    """A sentence with its numbers of customers and rows rounded; of few it says that they are a few."""

    def said(found: re.Match[str]) -> str:
        figure = found["number"]
        if figure is None or YEAR.fullmatch(figure):
            return found[0]
        number = int(figure.replace(",", ""))
        first = found.start() == 0 or text[: found.start()].endswith((". ", ": "))
        few = FEW.capitalize() if first else FEW
        return few if small(number, rounding.least) else f"{rounding.count(number):,}"

    return AGREE.sub(_plural, COUNTED.sub(said, text))


def _plural(found: re.Match[str]) -> str:
    """`A few row was` → `A few rows were`."""
    verb = f" {VERBS[found['verb']]}" if found["verb"] else ""
    return f"{found['few']}{found['one']}s{verb}"
