"""What `segment-atlas validate` prints: counts, reasons and row numbers, never a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.errors import AtlasError, ConfigurationError

if TYPE_CHECKING:
    from analysis.configuration import Configuration
    from analysis.customers.customers import SetAside
    from analysis.preparation.survey import Survey

ROWS_NAMED = 20


def findings(survey: Survey, configuration: Configuration, *, partly: bool = False) -> list[str]:
    """One line for the table, one for each reason why rows were set aside, one for each note.

    `partly`: some settings are wrong, and what is said holds for the others alone.
    """
    customers = survey.customers
    if customers is None:
        return []
    rejected = sum(rejection.rows for rejection in customers.rejections)
    used = customers.rows_read - rejected
    told = "Without the settings that are wrong, " if partly else ""
    head = f"{told}{configuration.origin.name}: {customers.rows_read} rows read, {used} used, {rejected} set aside."
    out = [
        f"{'Describes only' if each.describes else 'Left out'}: “{each.column}”, because {each.reason}."
        for each in customers.left_out
    ]
    notes = [] if partly else [f"Note: {note.exactly()}" for note in customers.notes]
    sound = [] if partly or survey.errors else ["The configuration is valid."]
    return [head, *(line(rejection) for rejection in customers.rejections), *out, *notes, *sound]


def verdict(errors: Sequence[AtlasError]) -> tuple[list[str], int]:
    """Every problem, each once, and the exit code: a wrong setting comes before a wrong table."""
    lines = list(dict.fromkeys(problem for error in errors for problem in error.problems))
    wrong_setting = any(isinstance(error, ConfigurationError) for error in errors)
    code = ConfigurationError.exit_code if wrong_setting else errors[0].exit_code
    return [*lines, f"{len(lines)} {'problem' if len(lines) == 1 else 'problems'} found."], code


def line(rejection: SetAside) -> str:
    """How many rows were set aside for one reason, and the numbers of the first of them."""
    column = f"{rejection.column}: " if rejection.column else ""
    numbers = ", ".join(map(str, rejection.examples[:ROWS_NAMED]))
    more = ", …" if rejection.rows > ROWS_NAMED else ""
    return (
        f"  {rejection.rows} × {column}{rejection.reason} ({'row' if rejection.rows == 1 else 'rows'} {numbers}{more})"
    )
