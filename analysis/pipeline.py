"""From a configuration to the contract, each step a function from one frozen value to the next.

table → features → candidates → choice → segments → personas → recommendations
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.basics.as_read import Read
from analysis.basics.significant import significant
from analysis.changes.completed import Present, completed
from analysis.clustering.algorithms import algorithm
from analysis.clustering.candidates import Candidates, candidates
from analysis.clustering.choose import choose
from analysis.clustering.sample_size import settled
from analysis.configuration import Configuration, Site
from analysis.configuration.derived import DERIVED
from analysis.contract import Contract, Data, Edition, Feature, Privacy, Provenance
from analysis.contract.algorithms import Algorithm, described
from analysis.customers.customers import Customers
from analysis.history.edition import edition, past
from analysis.history.remembered import Remembered
from analysis.identity.identity import Memory
from analysis.language import gettext, speaking
from analysis.lifetime.estimate import estimate
from analysis.lifetime.told import with_prospects
from analysis.preparation.cleaned import Cleaned, cleaned, quiet
from analysis.preparation.features import LARGEST_FITTED, Features
from analysis.profiling.explore import exploration
from analysis.profiling.profile import customer_value
from analysis.reading.table import traced
from analysis.results import renumbered
from analysis.results.notes import in_words, left_out, of_samples, rejections
from analysis.results.quintile_scoring import scoring
from analysis.results.segments import Segmentation, segmentation, segments
from analysis.results.selection import selection
from analysis.results.small_segments import refuse_small
from analysis.rounding.random_rounding import Rounding
from analysis.scoring.document import Model
from analysis.scoring.kept import division
from analysis.scoring.model import model
from analysis.wording.number_format import NumberFormat

LIBRARIES = ("numpy", "pandas", "pydantic", "scikit-learn", "scipy")
LARGEST_SAMPLE = 2 * LARGEST_FITTED
"""Customers looked at where a sample of half as many does not decide; more would take a gigabyte of memory."""
SMALL_TABLE = 100_000
"""Customers below which one numeric thread is as fast as several, and far faster on a busy machine (measured)."""


@dataclass(frozen=True, eq=False)
class Analysis:
    """The contract, and the customer-level results that are never published."""

    contract: Contract
    assignments: pd.DataFrame
    """Identifier (or `row`, the row number in the file), `segment` and `slug`, in the file's order."""
    rejected: pd.DataFrame
    model: Model
    """All that it takes to give other customers one of these segments."""
    read: Read = ()
    """The files of the table."""


def analyse(
    configuration: Configuration,
    step: Callable[[str], None] = quiet,
    salt: str = "",
    remembered: Remembered | None = None,
) -> Analysis:
    """Run the whole analysis; `step` is told in words what begins, `salt` is the secret of the random rounding.

    `remembered`: which build this is and what is known of the one before; without it nothing is remembered.

    Raises ConfigurationError or DataError, each with one sentence for the user.
    """
    asked = configuration.site
    with speaking(asked.site.language):
        found = cleaned(configuration, step)
    threads = 1 if len(found.customers.frame) < SMALL_TABLE else None
    unchecked = _unchecked((asked.model.shown, *asked.model.beside))
    with speaking(asked.site.language), threadpool_limits(threads), unchecked:
        done = _analysed(found, step, salt, (remembered, edition(remembered, configuration)) if remembered else None)
    # Customers scored later are read by the columns as they were asked for, and rejected for the same reasons.
    asked_for = done.model.model_copy(update={"columns": asked.columns})
    rejected = traced(done.rejected, found.table.parts)
    return replace(done, rejected=rejected, model=asked_for, read=found.table.read())


def _unchecked(algorithms: Sequence[Algorithm]) -> AbstractContextManager[None]:
    """The matrix is known to be sound; scikit-learn need not check it again in each of hundreds of fits."""
    if not any(algorithm(name).scikit_learn for name in algorithms):
        return nullcontext()  # small tables are then divided without it, which takes a second to import
    import sklearn  # noqa: PLC0415 (not on the default path)

    unchecked: AbstractContextManager[None] = sklearn.config_context(assume_finite=True, skip_parameter_validation=True)
    return unchecked


def _analysed(
    ready: Cleaned, step: Callable[[str], None], salt: str, at: tuple[Remembered, Edition] | None
) -> Analysis:
    """`at`: what is remembered, and which build this is."""
    remembered, own = at or (None, None)
    configuration, customers = ready.configuration, ready.customers
    divided = division(ready, remembered)
    table = divided.features or ready.features(LARGEST_FITTED)
    if configuration.site.value.lifetime:
        step("Estimating the expected value of each customer")
    estimated = estimate(configuration, customers, table)
    configuration, table = estimated.configuration, _told_columns(estimated.features, estimated.configuration.site)
    site = configuration.site
    formats = NumberFormat(site.site.locale, site.site.currency)
    step("Searching for segments and measuring their stability")
    tried = candidates(table, site, configuration.origin.name, divided.kept)
    if table.sampled and not divided.kept and _inconclusive(tried):
        step("Analysing more customers, because the first sample was not conclusive")
        wider = replace(ready, configuration=configuration).features(LARGEST_SAMPLE)
        table = _told_columns(replace(wider, expected=table.expected), site)
        tried = candidates(table, site, configuration.origin.name)
    choice = choose(tried.trials, tried.rule)
    step("Naming segments and choosing actions for each")
    privacy = site.privacy
    public = privacy.mode == "public"
    rounding = Rounding.of(public=public, least=privacy.min_cell, table=customers.sha256, salt=salt)
    notes = (*customers.notes, *of_samples(table, LARGEST_FITTED, len(tried.measured), site.model.shown), *table.notes)
    known = Memory(remembered, _identifiers(customers, table, site), divided.kept) if remembered else None
    found = segmentation(table, choice, configuration, formats, tried.resampled(choice.taken.k), rounding, known)
    identity, ids = found.identity, renumbered.numbers(found.identity.ids)
    refuse_small(tuple(profile.size for profile in found.profiles), tried, site)
    contract = Contract(
        provenance=_provenance(configuration, customers),
        privacy=Privacy(mode=site.privacy.mode, min_cell=site.privacy.min_cell),
        data=_data(customers, found.features, site, formats, rounding).model_copy(
            update=in_words(notes, formats, rounding)
        ),
        selection=renumbered.selection(selection(tried, choice, table, site, formats), ids),
        segments=renumbered.segments(
            with_prospects(segments(found, table), estimated.prospects, found.labels, rounding), ids
        ),
        budget=found.split.budget if found.split else None,
        exploration=renumbered.exploration(
            exploration(
                table, found.labels, least=site.privacy.min_cell, points=site.privacy.mode == "open", rounding=rounding
            ),
            ids,
        ),
        lifetime=estimated.lifetime,
        scoring=renumbered.scoring(scoring(table, found.labels, customer_value(table, site.value), rounding), ids),
        edition=own and own.model_copy(update={"fitted": divided.why, "fitted_in": divided.found_in}),
        past=past(remembered),
        gone=identity.gone,
    )
    present = Present(table, np.array(identity.ids)[found.labels], rounding)
    contract = contract.model_copy(update={"changes": completed(identity.changes, known, contract, present)})
    rounded = Contract.model_validate(significant(contract.model_dump()))
    return Analysis(
        rounded,
        _assignments(customers, table, found, site),
        customers.rejected,
        model(found, table, customers, site, contract.provenance),
    )


def _inconclusive(tried: Candidates) -> bool:
    """Whether to analyse more customers may help: not where the battery runs on a few hundred of those fitted."""
    return len(tried.measured) == len(tried.fitted) and not settled(tried.trials, tried.rule)


def _told_columns(table: Features, site: Site) -> Features:
    """The table with the labels of columns derived of purchases in the language of the site; own labels stay."""
    if site.transactions is None:
        return table
    told = tuple(
        feature.model_copy(update={"label": gettext(feature.label)})
        if feature.label == DERIVED.get(feature.name, {}).get("label")
        else feature
        for feature in table.described
    )
    return replace(table, described=told)


def _provenance(configuration: Configuration, customers: Customers) -> Provenance:
    return Provenance(
        source=configuration.origin.name,
        plain=bool(customers.delimiter) and customers.regular and configuration.origin.plain,
        data_sha256=customers.sha256,
        configuration_sha256=configuration.sha256,
        essential_sha256=configuration.essential_sha256,
        code_version=version("segment-atlas"),
        libraries={name: version(name) for name in LIBRARIES},
        seed=configuration.site.model.seed,
    )


def _data(customers: Customers, table: Features, site: Site, formats: NumberFormat, rounding: Rounding) -> Data:
    return Data(
        rows_read=customers.rows_read,
        rows_used=customers.rows_used,
        rows_rejected=customers.rows_rejected,
        customers=table.size,
        transactions=customers.purchases.told if customers.purchases else None,
        rejections=rejections(customers.rejections, formats, rounding),
        features=tuple(_with_gaps(feature, customers) for feature in table.described),
        left_out=left_out(customers.left_out, formats, rounding),
        reference_date=reference.isoformat() if (reference := customers.known.reference_date) else None,
        reference_stated=site.data.reference_date is not None,
        encoding=customers.encoding,
        delimiter=customers.delimiter,
        set_apart=table.set_apart,
        imputed=int(table.incomplete.sum()),
        latecomers=gettext(described(site.model.shown).placed),
    )


def _with_gaps(feature: Feature, customers: Customers) -> Feature:
    """A column with the number of its gaps whose customers stay, which are all that it has."""
    count = customers.imputed.get(feature.name, 0)
    return feature.model_copy(update={"imputed": count, "missing": count}) if count else feature


def _identifiers(customers: Customers, table: Features, site: Site) -> list[str] | None:
    """Of the customers in the features’ order."""
    if site.identifier is None:
        return None
    own = customers.frame[site.identifier]
    return [str(each) for each in own.iloc[table.order]]


def _assignments(customers: Customers, table: Features, found: Segmentation, site: Site) -> pd.DataFrame:
    identifier = site.identifier
    segment = pd.Series(found.labels, index=table.order).sort_index()
    return pd.DataFrame(
        {
            identifier or "row": customers.frame[identifier].to_numpy() if identifier else list(customers.row_numbers),
            "segment": np.array(found.identity.ids)[segment.to_numpy()],
            "slug": [found.slugs[label] for label in segment],
        }
    )
