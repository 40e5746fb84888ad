"""No small group stands in the published copy of quintile scores and transactions, or follows from it."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import Site
from analysis.contract import Contract, CustomersAside, Transactions
from analysis.preparation.features import features
from analysis.results.quintile_scoring import scoring as scored
from report.disclosure.scoring import scoring, transactions
from tests.report.contracts import counts

ROLES = {"recency": {"role": "recency"}, "frequency": {"role": "frequency"}, "monetary": {"role": "monetary"}}
SITE = Site.model_validate({"data": {"path": "t.csv"}, "columns": ROLES})


def made(contract: Contract, size: int, seed: int, least: int) -> tuple[Contract, np.ndarray]:
    """The contract with the scores of made-up customers, and their segments; half of them bought once."""
    generator = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "recency": generator.integers(1, 400, size).astype(float),
            "frequency": 1.0 + np.round(generator.exponential(0.9, size)),
            "monetary": generator.gamma(2, 40, size).round(2) + 1,
        }
    )
    table = features(frame, SITE)
    values = table.values(table.find("monetary"))
    labels = np.digitize(values + generator.normal(0, 20, size), np.quantile(values, [0.3, 0.7]))
    found = scored(table, labels, values)
    segments = tuple(
        one.model_copy(update={"size": int((labels == place).sum())}) for place, one in enumerate(contract.segments[:3])
    )
    update = {
        "scoring": found,
        "segments": segments,
        "data": contract.data.model_copy(update={"customers": size}),
        "privacy": contract.privacy.model_copy(update={"mode": "public", "min_cell": least}),
    }
    return contract.model_copy(update=update), labels


@settings(max_examples=15)
@given(size=st.integers(60, 900), seed=st.integers(0, 10_000), least=st.sampled_from([3, 10]))
def test_sizes_and_crossings_tell_of_no_small_group(mall_contract, size, seed, least):
    contract, labels = made(mall_contract, size, seed, least)
    before, copy = contract.scoring, scoring(contract)
    assert [entry for entry in counts(json.loads(copy.model_dump_json())) if 0 < entry[1] < least] == []
    assert all(band.customers is None for band in copy.bands)

    sizes = {one.name: one.size for one in before.segments}
    told = {one.name: one.size for one in copy.segments if one.size is not None}
    rest = size - sum(told.values())
    hidden = [name for name, count in sizes.items() if count and name not in told]
    assert not hidden or (len(hidden) > 1 and rest >= least) or len(told) == 0
    for one in copy.segments:
        if one.size is None:
            assert (one.share, one.value_share, one.mostly, one.mostly_share, one.means) == (None,) * 4 + ({},)

    for name, count in sizes.items():
        crossed = sum(one.customers or 0 for one in copy.crossings if one.name == name)
        assert name in told or crossed == 0
        left = count - crossed
        assert not crossed or left == 0 or left >= least
    exact = {(one.name, one.segment): one.customers for one in before.crossings}
    listed = {(one.name, one.segment): one.customers for one in copy.crossings}
    assert all(count in {None, exact.get(pair, 0)} for pair, count in listed.items())
    assert not listed or all(pair in listed for pair in exact)
    for place in range(3):
        crossed = sum(one.customers or 0 for one in copy.crossings if one.segment == place + 1)
        left = int((labels == place).sum()) - crossed
        assert not crossed or left == 0 or left >= least


def test_crossings_that_are_not_of_all_customers_are_left_out(mall_contract):
    """What is lacking could be worked out from the sums, whichever cells were withheld."""
    contract, _ = made(mall_contract, 900, 3, 10)
    assert scoring(contract).crossings
    some = contract.scoring.model_copy(update={"crossings": contract.scoring.crossings[1:]})
    assert scoring(contract.model_copy(update={"scoring": some})).crossings == ()


def test_the_share_of_the_largest_part_is_coarse_or_withheld(mall_contract):
    contract, _ = made(mall_contract, 900, 3, 10)
    for before, one in zip(contract.scoring.segments, scoring(contract).segments, strict=True):
        if one.mostly_share is not None:
            assert one.size >= 100
            assert abs(before.mostly_share - one.mostly_share) <= 0.05 + 1e-9
            assert one.mostly_share * 10 == pytest.approx(round(one.mostly_share * 10))


@pytest.mark.parametrize(("count", "told"), [(0, 0), (9, None), (10, 10)])
def test_few_customers_set_aside_and_few_refunds_are_withheld(mall_contract, count, told):
    table = Transactions(
        reference_date="2026-02-01", reference_stated=False, first_date="2025-01-01", last_date="2026-01-31",
        purchases=500, by_invoice=True, refunds=count, set_aside=(CustomersAside(reason="r", customers=count),),
    )  # fmt: skip
    privacy = mall_contract.privacy.model_copy(update={"mode": "public", "min_cell": 10})
    data = mall_contract.data.model_copy(update={"transactions": table})
    copy = transactions(mall_contract.model_copy(update={"privacy": privacy, "data": data}))
    assert (copy.refunds, copy.set_aside[0].customers) == (told, told)
