"""From a configuration to the contract, each step a function from one frozen value to the next.

table → features → candidates → choice → segments → personas → recommendations
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.basics.as_read import Read
from analysis.basics.significant import significant
from analysis.basics.steps import Step, quiet
from analysis.changes.completed import Present, completed
from analysis.clustering.algorithms import algorithm
from analysis.clustering.candidates import Candidates, candidates
from analysis.clustering.choose import Choice, choose
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
from analysis.lifetime.estimate import Estimate, estimate
from analysis.lifetime.told import with_prospects
from analysis.preparation.cleaned import Cleaned, cleaned
from analysis.preparation.features import LARGEST_FITTED, Features
from analysis.profiling.explore import exploration
from analysis.profiling.profile import customer_value
from analysis.reading.sources.kept import Kept
from analysis.reading.table import traced
from analysis.results import renumbered
from analysis.results.notes import in_words, left_out, of_samples, rejections
from analysis.results.quintile_scoring import scoring
from analysis.results.segments import Segmentation, segmentation, segments
from analysis.results.selection import selection
from analysis.results.small_segments import refuse_small
from analysis.rounding.random_rounding import Rounding
from analysis.scoring.document import Model
from analysis.scoring.kept import Division, division
from analysis.scoring.model import model
from analysis.wording.number_format import NumberFormat

LIBRARIES = ("numpy", "pandas", "pydantic", "scikit-learn", "scipy")
LARGEST_SAMPLE = 2 * LARGEST_FITTED
"""Customers looked at where a sample of half as many does not decide; more would take a gigabyte of memory."""
THREADS = 1
"""Of the numeric libraries, whatever the table and the machine. The battery runs on two processors by itself
(`analysis.clustering.battery.together`); with two threads in each of its processes they wait for one another: on two
busy cores a build of 100,000 customers took 2.4 times as long, and of a million 4.1 times. And sums of doubles do not
depend on how many processors a machine has."""


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
    step: Step = quiet,
    salt: str = "",
    remembered: Remembered | None = None,
    kept: Kept | None = None,
) -> Analysis:
    """Run the whole analysis; `step` is told in words what begins, `salt` is the secret of the random rounding.

    `remembered`: which build this is and what is known of the one before; without it nothing is remembered. `kept`:
    what earlier builds have read of a table of several files.

    Raises ConfigurationError or DataError, each with one sentence for the user.
    """
    asked = configuration.site
    with speaking(asked.site.language):
        found = cleaned(configuration, step, kept)
    unchecked = _unchecked((asked.model.shown, *asked.model.beside))
    with speaking(asked.site.language), threadpool_limits(THREADS), unchecked:
        build = edition(remembered, configuration) if remembered else None
        done = _analysed(found, step, salt, remembered, build)
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


def _analysed(ready: Cleaned, step: Step, salt: str, remembered: Remembered | None, build: Edition | None) -> Analysis:
    """`build`: which one this is, by the configuration as it was set."""
    search = _searched(ready, remembered, step)
    step("Naming segments and choosing actions for each", search.table.size)
    privacy = ready.configuration.site.privacy
    public = privacy.mode == "public"
    rounding = Rounding.of(public=public, least=privacy.min_cell, table=ready.customers.sha256, salt=salt)
    known = Memory(remembered, _identifiers(search), search.division.kept) if remembered else None
    found = _described(search, rounding, known)
    refuse_small(tuple(profile.size for profile in found.profiles), search.tried, search.site)
    contract = _contract(search, found, rounding).model_copy(
        update={
            "edition": build and build.model_copy(update=search.division.told),
            "past": past(remembered.last if remembered else None),
            "gone": found.identity.gone,
        }
    )
    present = Present(search.table, np.array(found.identity.ids)[found.labels], rounding)
    contract = contract.model_copy(update={"changes": completed(found.identity.changes, known, contract, present)})
    return Analysis(
        Contract.model_validate(significant(contract.model_dump())),
        _assignments(search, found),
        ready.customers.rejected,
        model(found, search.table, ready.customers, search.site, contract.provenance),
    )


@dataclass(frozen=True, eq=False)
class _Search:
    """The segments tried on the customers, and the one division chosen."""

    estimated: Estimate
    """With the configuration in force."""
    customers: Customers
    table: Features
    division: Division
    """Whether that of an earlier build is kept."""
    tried: Candidates
    choice: Choice

    @property
    def site(self) -> Site:
        """The settings in force."""
        return self.estimated.configuration.site

    @property
    def formats(self) -> NumberFormat:
        """How the site writes figures."""
        return NumberFormat(self.site.site.locale, self.site.site.currency)


def _searched(ready: Cleaned, remembered: Remembered | None, step: Step) -> _Search:
    """Keep the division of an earlier build, or search for segments."""
    divided = division(ready, remembered)
    table = divided.features or ready.features(LARGEST_FITTED)
    if ready.configuration.site.value.lifetime:
        step("Estimating the expected value of each customer", table.size)
    estimated = estimate(ready.configuration, ready.customers, table)
    configuration = estimated.configuration
    site, source = configuration.site, configuration.origin.name
    table = _told_columns(estimated.features, site)
    step("Searching for segments and measuring their stability", int(table.kept.sum()))
    tried = candidates(table, site, source, divided.kept)
    if table.sampled and not divided.kept and _inconclusive(tried):
        wider = replace(ready, configuration=configuration).features(LARGEST_SAMPLE)
        step("Analysing more customers, because the first sample was not conclusive", int(wider.kept.sum()))
        table = _told_columns(replace(wider, expected=table.expected), site)
        tried = candidates(table, site, source)
    return _Search(estimated, ready.customers, table, divided, tried, choose(tried.trials, tried.rule))


def _described(search: _Search, rounding: Rounding, known: Memory | None) -> Segmentation:
    """The segments of the division chosen, described and named."""
    resampled = search.tried.resampled(search.choice.taken.k)
    configuration = search.estimated.configuration
    return segmentation(search.table, search.choice, configuration, search.formats, resampled, rounding, known)


def _contract(search: _Search, found: Segmentation, rounding: Rounding) -> Contract:
    """The contract but for what is told of earlier builds."""
    site, table, ids = search.site, search.table, renumbered.numbers(found.identity.ids)
    value = customer_value(table, site.value)
    points, least = site.privacy.mode == "open", site.privacy.min_cell
    written = with_prospects(segments(found, table), search.estimated.prospects, found.labels, rounding)
    explored = exploration(table, found.labels, least=least, points=points, rounding=rounding)
    return Contract(
        provenance=_provenance(search.estimated.configuration, search.customers),
        privacy=Privacy(mode=site.privacy.mode, min_cell=least),
        data=_data(search, found.features, rounding),
        selection=renumbered.selection(selection(search.tried, search.choice, table, site, search.formats), ids),
        segments=renumbered.segments(written, ids),
        budget=found.split.budget if found.split else None,
        exploration=renumbered.exploration(explored, ids),
        lifetime=search.estimated.lifetime,
        scoring=renumbered.scoring(scoring(table, found.labels, value, rounding), ids),
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


def _data(search: _Search, table: Features, rounding: Rounding) -> Data:
    """`table`: with figures as precise as they may be told."""
    customers, site, formats = search.customers, search.site, search.formats
    sampled = of_samples(search.table, LARGEST_FITTED, len(search.tried.measured), site.model.shown)
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
    ).model_copy(update=in_words((*customers.notes, *sampled, *search.table.notes), formats, rounding))


def _with_gaps(feature: Feature, customers: Customers) -> Feature:
    """A column with the number of its gaps whose customers stay, which are all that it has."""
    count = customers.imputed.get(feature.name, 0)
    return feature.model_copy(update={"imputed": count, "missing": count}) if count else feature


def _identifiers(search: _Search) -> list[str] | None:
    """Of the customers in the features’ order."""
    if search.site.identifier is None:
        return None
    own = search.customers.frame[search.site.identifier]
    return [str(each) for each in own.iloc[search.table.order]]


def _assignments(search: _Search, found: Segmentation) -> pd.DataFrame:
    customers, identifier = search.customers, search.site.identifier
    segment = pd.Series(found.labels, index=search.table.order).sort_index()
    return pd.DataFrame(
        {
            identifier or "row": customers.frame[identifier].to_numpy() if identifier else list(customers.row_numbers),
            "segment": np.array(found.identity.ids)[segment.to_numpy()],
            "slug": [found.slugs[label] for label in segment],
        }
    )
