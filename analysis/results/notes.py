"""The notes of the contract: in words for whoever has the table, and in those that a public site may publish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.clustering.algorithms import algorithm
from analysis.columns.redundant import LeftOutColumn
from analysis.contract import LeftOut, Rejection
from analysis.contract.algorithms import Algorithm, described
from analysis.customers.customers import SetAside
from analysis.language import gettext_noop
from analysis.language.notes import Note, Rows, note
from analysis.language.slots import Manner, on_site
from analysis.preparation.features import Features
from analysis.rounding.random_rounding import Rounding
from analysis.wording.number_format import NumberFormat

SAMPLE_TOO_SMALL = gettext_noop(
    "A first sample of {sample} customers did not decide how many segments there are, or how reliable they are."
)
SEARCHED = gettext_noop("Segments were looked for in a random sample of {sample} of the {customers} customers.")
SEARCHED_COMPLETE = gettext_noop(
    "Segments were looked for in a random sample of {sample} of the {customers} customers, drawn from those without "
    "missing values."
)
MEASURED = gettext_noop(
    "Stability and separation of the segments were measured on a random sample of {sample} of the {customers} "
    "customers."
)
MEASURED_ON_THE_SAME = gettext_noop("Stability and separation of the segments were measured on the same sample.")
FITTED_TO_ALL = gettext_noop("The chosen segments were then fitted to all customers.")
FITTED_TO_COMPLETE = gettext_noop("The chosen segments were then fitted to all customers without missing values.")
OTHERS_ASSIGNED = gettext_noop("Each other customer was then assigned {segment}.")


def in_words(notes: Sequence[Note], formats: NumberFormat, rounding: Rounding) -> dict[str, tuple[str, ...]]:
    """The fields of `Data` with the notes in the language of the site."""
    exact, public = on_site(formats.number), _published(formats, rounding)
    return {
        "notes": tuple(each.told(exact) for each in notes),
        "public_notes": () if rounding.open else tuple(each.told(public) for each in notes),
    }


def rejections(found: Sequence[SetAside], formats: NumberFormat, rounding: Rounding) -> tuple[Rejection, ...]:
    """The rows set aside, with each reason as the site tells it."""
    manner = _published(formats, rounding)
    return tuple(
        Rejection(reason=each.why.told(manner), column=each.column, rows=each.rows, examples=each.examples)
        for each in found
    )


def left_out(found: Sequence[LeftOutColumn], formats: NumberFormat, rounding: Rounding) -> tuple[LeftOut, ...]:
    """The columns left out, with each reason as the site tells it."""
    manner = _published(formats, rounding)
    return tuple(LeftOut(column=each.column, reason=each.why.told(manner), describes=each.describes) for each in found)


def _published(formats: NumberFormat, rounding: Rounding) -> Manner:
    """As the site tells notes: exactly where the table is public, else without small numbers."""
    return on_site(formats.number, None if rounding.open else rounding.count, rounding.least)


def of_samples(table: Features, first: int, measured: int, shown: Algorithm) -> Iterator[Note]:
    """What was drawn at random, and what for; where the `first` customers did not decide, more were looked at."""
    fitted, looked, everybody = int(table.kept.sum()), len(table.looked_at), Rows(table.size)
    if looked > first:
        yield note(SAMPLE_TOO_SMALL, sample=Rows(first))
    gaps = bool(table.incomplete.any())
    if table.sampled:
        yield note(SEARCHED_COMPLETE if gaps else SEARCHED, sample=Rows(looked), customers=everybody)
    if measured < fitted:
        yield note(MEASURED, sample=Rows(measured), customers=everybody)
    elif table.sampled:
        yield note(MEASURED_ON_THE_SAME)
    if table.sampled and algorithm(shown).settles_on_all:
        yield note(FITTED_TO_COMPLETE if gaps else FITTED_TO_ALL)
    elif table.sampled:
        yield note(OTHERS_ASSIGNED, segment=note(described(shown).placed))
