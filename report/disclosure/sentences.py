"""Numbers of customers and rows in sentences: rounded like counts, and of few told as a few.

Notes say what was done with the table's rows in many words, so that in them every whole number counts as one of rows
unless it is known to be another (`OTHERWISE`). In other sentences numbers are those before a word for customers or
rows (`COUNTED`); what else they tell was rounded before they were written (`analysis.results.rounded`).
"""

from __future__ import annotations

import re

from analysis.rounding.random_rounding import Rounding
from report.disclosure.cells import small

ONE = r"(?:customer|row|purchase|order|record|line|cell|byte|value|answer|visit|transaction)"
MANY = rf"(?:people|persons|{ONE}s?)"
CUSTOMERS = r"(?:people|persons|customers?|rows?|records?)"
"""In sentences on segments orders and visits are what a customer makes on average."""
FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
QUOTED = r"“[^”]*”|`[^`]*`"
"""Names from the table and the configuration: nothing in them is a number of ours."""
LIMIT = r"(?<!than )(?<!below )(?<!under )(?<!least )"
"""Before a limit that is stated: `fewer than 7 customers`."""
COUNTED = re.compile(
    rf"{QUOTED}|(?<![\w.,]){LIMIT}(?P<number>{FIGURE}|[Oo]ne)"
    rf"(?= (?:of (?:the |its |all |these |those )?(?:{FIGURE} )?)?(?:(?!an? |per |each )[a-z]+ ){{0,2}}{CUSTOMERS}\b)"
)
"""`1,234 customers`, `2 blank rows`, and the first of `200 of the 1,234 customers`; never `$46 a customer`."""
OTHERWISE = (
    r"(?:commonest|codes?|columns?|files?|sheets?|segments?|numbers?|categories|months?|days?|weeks?|years?|hours?|"
    r"minutes?|decimals?|digits?|places?|levels?|percent|resamples)\b"
)
EVERY = re.compile(
    rf"{QUOTED}|(?<![\w.,:+-]){LIMIT}(?<!multiples of )(?<!row )(?<!rows )(?<!rows \d and )(?<!rows \d\d and )"
    rf"(?:(?P<number>{FIGURE})(?![\w:+-]|[.,]\w|\s?%| {OTHERWISE})|(?P<word>[Oo]ne)(?= (?:[a-z]+ ){{0,2}}{MANY}\b))"
)
"""Each whole number of a note but limits, dates, times, versions, parts of names, shares and what is `OTHERWISE`.

A number from 1,000 on without a comma is a year. The row of a header tells nothing; other row numbers are left out.
"""
YEAR = re.compile(r"\d{4}")
LEFT_OUT = (
    (re.compile(r" \(rows? \d+(?:, \d+)*(?:, …)?\)"), ""),
    (re.compile(rf" after row {FIGURE}"), ""),
    (re.compile(rf"(?<![\w.,]){FIGURE} × "), ""),
    (
        re.compile(r"\bRows? [\d,… ]+ (?:is|are) named like a total, .*"),
        (
            "Some rows are named like a total, but the figures are not those of other rows, so they were kept; delete "
            "them from the table if no customer is meant."
        ),
    ),
    (
        re.compile(rf"\bThe lines of {FIGURE} orders? come to [\d,.-]+; (“[^”]*”) comes to [\d,.-]+, [\d,.-]+ (\w+)\."),
        r"\1 comes to \2 than the lines of the orders do.",
    ),
)
"""What a note tells of single rows, by number or as an exact sum, and what is said instead."""
FEW = "a few"
AGREE = re.compile(
    rf"\b(?P<few>[Aa] few (?:of {FIGURE} )?(?:[a-z]+ ){{0,2}}?)(?P<noun>{ONE})s?\b(?P<above> above(?: the header)?)?"
    r"(?P<verb> (?:was|is|has|does|stands|repeats|lies|goes)\b)?(?P<goes> no customer and goes)?"
)
VERBS = {"was": "were", "is": "are", "has": "have", "does": "do"}


def reworded(text: str, rounding: Rounding) -> str:
    """A sentence with its numbers of customers and rows rounded; of few it says that they are a few."""
    return _rounded(COUNTED, text, rounding)


def note_reworded(text: str, rounding: Rounding) -> str:
    """A note with each number of rows rounded, and without numbers that name rows."""
    for pattern, instead in LEFT_OUT:
        text = pattern.sub(instead, text)
    return _rounded(EVERY, text, rounding)


def _rounded(pattern: re.Pattern[str], text: str, rounding: Rounding) -> str:
    def said(found: re.Match[str]) -> str:
        figure = found["number"] or found.groupdict().get("word")
        if figure is None or YEAR.fullmatch(figure):
            return found[0]
        number = 1 if figure.casefold() == "one" else int(figure.replace(",", ""))
        first = found.start() == 0 or text[: found.start()].endswith((". ", ": "))
        few = FEW.capitalize() if first else FEW
        return few if small(number, rounding.least) else f"{rounding.count(number):,}"

    return AGREE.sub(_plural, pattern.sub(said, text))


def _plural(found: re.Match[str]) -> str:
    """`A few row was` → `A few rows were`."""
    verb = (found["verb"] or "").strip()
    verb = VERBS.get(verb, verb.removesuffix("s").replace("goe", "go"))
    goes = " no customer and go" if found["goes"] else ""
    return f"{found['few']}{found['noun']}s{found['above'] or ''}{f' {verb}' if verb else ''}{goes}"
