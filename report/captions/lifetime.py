"""Caption of the model of repeat purchases held against purchases that it has not seen."""

from __future__ import annotations

from analysis.contract import FrequencyClass, HeldOut
from report.captions.caption import Caption
from report.captions.words import WITHHELD, Words

CLOSE = 0.1
"""Difference of the totals, as a share of the actual one, up to which the model is said to come close."""
ROUGH = 0.25
"""Part of the purchases by which classes may be missed; beyond it the model is said to foretell roughly only."""


def lifetime(words: Words) -> Caption:
    """How many purchases were expected of the second half, and how many came."""
    check = held_out(words)
    number = words.figures.number
    return Caption(
        name="lifetime",
        page="method",
        takeaway=_takeaway(words, check),
        subtitle="Purchases a customer in the second half of the time, by purchases after the first one in the first "
                 "half. Bars: what came; dots: what the model expected that knew the first half only",
        description=f"A bar and a dot for each of {len(check.classes)} classes of customers. "
                    + " ".join(
                        f"{class_name(one).capitalize()}: expected {number(one.expected, 2)}, came "
                        f"{number(one.actual, 2)}." for one in check.classes
                    ),
        columns=("Purchases after the first", "Customers", "Expected each", "Came each"),
        rows=tuple((class_name(one), WITHHELD if one.customers is None else number(one.customers),
                    number(one.expected, 2), number(one.actual, 2)) for one in check.classes),
        small=True,
    )  # fmt: skip


def held_out(words: Words) -> HeldOut:
    """The check that the chart is of."""
    found = words.contract.lifetime
    if found is None or found.held_out is None:
        raise KeyError("lifetime")
    return found.held_out


def class_name(one: FrequencyClass) -> str:
    """`none`, `2`, `3 to 4`, `7 or more`."""
    if one.upper is None:
        return f"{one.lower} or more"
    if one.lower == one.upper:
        return str(one.lower) if one.lower else "none"
    return f"{one.lower} to {one.upper}"


def _takeaway(words: Words, check: HeldOut) -> str:
    off, missed, worst = check.total_error, check.class_error, check.worst
    where = f"where {class_name(worst)} had followed the first purchase"
    each = "{} expected each, {} came".format(*(words.figures.number(one, 2) for one in (worst.expected, worst.actual)))
    if off is None or missed is None:
        return f"The model was farthest off {where}: {each}. By how much it missed all purchases together is withheld."
    if missed > ROUGH:
        part = words.figures.percent(missed)
        return f"The model missed the second half of the time by {part}, most {where}: {each}."
    if abs(off) <= CLOSE:
        return "In the second half of the time nearly as many purchases came as the model expected from the first."
    part, least = words.figures.percent(abs(off)), "fewer" if off < 0 else "more"
    return f"From the first half of the time the model expected {part} {least} purchases in the second than came."
