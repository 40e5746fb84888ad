"""All that is wrong with a configured table at once, where a build would stop at the first thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from analysis.configuration import Configuration, Site
from analysis.customers.customers import Customers
from analysis.errors import AtlasError, DataError, MissingColumnsError
from analysis.preparation.few import refuse_few
from analysis.preparation.references import check_references
from analysis.preparation.validate import examine, refuse_unclustered
from analysis.reading.table import Table, read_table


@dataclass(frozen=True, eq=False)
class Survey:
    """What was found: errors, each with all its problems, and the customers as far as the table could be read."""

    errors: tuple[AtlasError, ...]
    customers: Customers | None


def survey(configuration: Configuration, *, partly: bool = False) -> Survey:
    """Look at references and table; nothing is raised for what is wrong with either.

    A column that is missing or unfit is told once; the others are then judged as if it were not described. `partly`:
    some settings were wrong and are left out, so that nobody knows how many customers there will be, or are asked for.
    """
    errors: list[AtlasError] = []
    with _collected(errors):
        check_references(configuration)
    with _collected(errors):
        refuse_unclustered(configuration.site)
    table, site = _read(configuration, errors)
    customers = _examined(table, site, errors) if table else None
    if customers and not (errors or partly):  # else few rows may be left, for the very reasons given
        with _collected(errors):
            refuse_few(len(customers.frame), site, configuration.origin.name)
    return Survey(tuple(errors), customers)


@contextmanager
def _collected(errors: list[AtlasError]) -> Iterator[None]:
    try:
        yield
    except AtlasError as error:
        errors.append(error)


def _read(configuration: Configuration, errors: list[AtlasError]) -> tuple[Table | None, Site]:
    site = configuration.site
    try:
        try:
            return read_table(configuration.origin, site), site
        except MissingColumnsError as error:
            errors.append(error)
            site = _without(site, error.columns)
            return (read_table(configuration.origin, site), site) if site.columns else (None, site)
    except AtlasError as error:
        errors.append(error)
        return None, site


def _examined(table: Table, site: Site, errors: list[AtlasError]) -> Customers | None:
    first: Customers | None = None
    while any(column.clusters for column in site.columns.values()):
        found = examine(table, site)
        # Rows are told as they are; what tells nothing is seen once the unfit columns are out of the way.
        first = replace(first or found.customers, left_out=found.customers.left_out)
        if found.problems:
            errors.append(DataError(*(problem.sentence for problem in found.problems)))
        unfit = frozenset(problem.column for problem in found.problems if problem.column is not None)
        if site.transactions or not unfit & site.columns.keys():
            break
        site = _without(site, unfit)
        table = replace(table, frame=table.frame[list(site.columns)])
    return first


def _without(site: Site, columns: frozenset[str]) -> Site:
    kept = {name: column for name, column in site.columns.items() if name not in columns}
    return site.model_copy(update={"columns": kept})
