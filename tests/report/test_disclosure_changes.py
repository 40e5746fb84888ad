"""What a public site says of its last build: columns, categories, and what was published before."""

from __future__ import annotations

import json

import pytest

from analysis.contract import (
    ColumnDrift,
    Contract,
    Interval,
    Kin,
    Notice,
    PastEdition,
    PastSegment,
    Rejection,
)
from report.disclosure import published
from report.disclosure.changes import changes, gone, past
from report.disclosure.gate import gate
from tests.analysis.changes.builds import build, changed, customers, told
from tests.report.builds import two_builds
from tests.report.test_gate import ROUNDING

COUNTS = {(1, 1): 300, (2, 2): 200, (None, 1): 20, (2, None): 30}


def with_notices(contract: Contract, *found: Notice) -> Contract:
    return two_builds(contract, COUNTS, notices=found)


def kept(contract: Contract) -> list[tuple[str, str, str, str]]:
    found = changes(contract, contract.data.features, contract.exploration)
    assert found is not None
    return told(found)


def with_categories(contract: Contract, counts: dict[str, int], published_as: dict[str, int]) -> list[tuple[str, ...]]:
    """The notices that are kept of a column of these categories."""
    (column, *_) = (one for one in contract.data.features if one.kind == "category")
    whole = column.model_copy(update={"categories": counts})
    features = (whole.model_copy(update={"categories": published_as}),)
    data = contract.data.model_copy(update={"features": (whole,), "customers": 520})
    new = [Notice(about="categories", what=column.name, after=name) for name in counts if name.startswith("new")]
    made = with_notices(contract.model_copy(update={"data": data}), *new)
    found = changes(made, features, made.exploration)
    assert found is not None
    return [one[2:] for one in told(found)]


def test_a_category_of_few_that_nobody_had_before_is_not_named(mall_contract: Contract):
    """It may be one customer’s own words; two of them together are as many as are published."""
    shop = {"shop": 500}
    assert with_categories(mall_contract, shop | {"new": 20}, shop | {"new": 20}) == [("", "new")]
    assert with_categories(mall_contract, shop | {"new": 1}, {}) == []
    assert with_categories(mall_contract, shop | {"new": 9}, shop | {"(all others)": 9}) == []
    few = {"new 1": 9, "new 2": 6}
    assert with_categories(mall_contract, shop | few, shop | {"(all others)": 15}) == [("", "(all others)")]


def test_one_customers_own_words_stand_nowhere_on_the_site():
    """From the table to the published document."""
    was = build(customers(Channel=["web"] * 250 + ["shop"] * 150), public=True)
    now = build(customers(Channel=["web"] * 250 + ["shop"] * 149 + ["my ex works here"]), number=2, public=True)
    whole = now.contract.model_copy(update={"changes": changed(was, now)})
    assert "my ex works here" in whole.model_dump_json()
    assert "my ex works here" not in published(whole).model_dump_json()
    assert told(published(whole).changes) == []  # type: ignore[arg-type]


def test_notices_on_what_is_not_published_are_left_out(mall_contract: Contract):
    name = mall_contract.data.features[0].name
    found = (
        Notice(about="columns", what="hidden", after="hidden"),
        Notice(about="columns", what="left", before="left"),
        Notice(about="type", what="hidden", before="numeric", after="ordinal"),
        Notice(about="missing", what="hidden", before="0", after="0.1"),
        Notice(about="missing", what=name, before="0", after="0.1"),
        Notice(about="rejected", what=name, after="seldom"),
        Notice(about="rejected", what=name, after="often"),
        Notice(about="rejected", before="0", after="0.1"),
    )
    rows = (("often", 10), ("seldom", 9))
    rejections = tuple(Rejection(reason=reason, column=name, rows=count, examples=()) for reason, count in rows)
    contract = mall_contract.model_copy(
        update={"data": mall_contract.data.model_copy(update={"rejections": rejections})}
    )
    assert kept(with_notices(contract, *found)) == [
        ("columns", "left", "left", ""),
        ("missing", name, "0", "0.1"),
        ("rejected", name, "", "often"),
        ("rejected", "", "0", "0.1"),
    ]
    untold = contract.data.features[0].model_copy(update={"missing": None})
    made = with_notices(contract, found[4])
    assert changes(made, [untold], made.exploration).notices == ()  # type: ignore[union-attr]


def test_drift_is_told_of_columns_whose_values_are(mall_contract: Contract):
    drawn = mall_contract.exploration.distributions[0].feature
    found = tuple(ColumnDrift(feature=name, index=0.3, drift="strong", adjusted_p=0.001) for name in (drawn, "hidden"))
    made = two_builds(mall_contract, COUNTS, drift=found, oldest=1, drift_since_oldest=found)
    told = changes(made, made.data.features, made.exploration)
    assert told is not None
    assert (told.drift, told.drift_since_oldest) == (found[:1], found[:1])
    undrawn = made.exploration.model_copy(update={"distributions": ()})
    told, untold = (
        changes(made, made.data.features, undrawn),
        (ColumnDrift(feature=drawn, index=None, drift="unknown"),),
    )
    assert told is not None
    assert (told.drift, told.drift_since_oldest) == (untold, untold)


EARLIER = PastEdition(
    number=1, date="2026-01-31", customers=195, k=2, verdict="natural",
    segments=(
        PastSegment(
            id=1, slug="a", name="A", colour=3, size=45, share=0.2307692308,
            share_interval=Interval(lower=0.15, upper=0.3), value_share=0.317, stability=0.87,
            stability_interval=Interval(lower=0.713, upper=0.95),
        ),
        PastSegment(id=2, slug="b", name="B", size=150, share=0.7692307692, value_share=0.08, stability=0.995),
        PastSegment(id=3, slug="c", name="C", size=None, share=None),
    ),
)  # fmt: skip


@pytest.mark.parametrize("salt", ["", "another secret"])
@pytest.mark.parametrize("table", ["0", "1"])
def test_what_earlier_builds_published_is_published_again_unchanged(mall_contract: Contract, table: str, salt: str):
    """Whatever the table of this build, and so the directions of its rounding."""
    provenance = mall_contract.provenance.model_copy(update={"data_sha256": table})
    whole = two_builds(mall_contract, COUNTS).model_copy(update={"past": (EARLIER, EARLIER), "provenance": provenance})
    assert published(whole, salt).past == (EARLIER, EARLIER)


def test_a_published_build_comes_out_of_the_next_gate_as_it_is(mall_contract: Contract):
    """All of a last build's figures, by another table's key."""
    whole = two_builds(mall_contract, {(1, 1): 301, (1, 2): 42, (2, 1): 30, (2, 2): 203, (None, 1): 23, (2, None): 31})
    once = published(whole)
    assert once.changes is not None
    assert once.changes.flows
    again = gate(once, ROUNDING)
    assert (again.past, again.gone, again.changes) == (once.past, once.gone, once.changes)


def test_of_an_open_sites_past_only_counts_are_told_and_rounded(mall_contract: Contract):
    segments = (
        EARLIER.segments[0].model_copy(update={"size": 47, "share": 47 / 196}),
        EARLIER.segments[1].model_copy(update={"size": 7}),
    )
    exact = EARLIER.model_copy(update={"customers": 196, "segments": segments})
    whole = two_builds(mall_contract, COUNTS).model_copy(update={"past": (exact,)})
    (one,) = published(whole).past
    assert one.customers in {195, 200}
    assert one.segments[0].size in {45, 50}
    assert one.segments[1].size is None
    for each in one.segments:
        assert (each.share, each.share_interval, each.value_share) == (None, None, None)
        assert (each.stability, each.stability_interval) == (None, None)


@pytest.mark.parametrize(("mode", "told"), [("open", False), ("public", True)])
def test_the_mode_of_an_earlier_build_is_known_whatever_its_counts(mall_contract: Contract, mode: str, told: bool):  # noqa: FBT001
    """They may all be multiples of five by chance."""
    earlier = EARLIER.model_copy(update={"mode": mode})
    whole = two_builds(mall_contract, COUNTS).model_copy(update={"past": (earlier,)})
    (one,) = past(whole)
    assert one.customers == EARLIER.customers
    first = one.segments[0]
    assert (first.stability == 0.87) is told
    assert (first.share is not None) is told


@pytest.mark.parametrize(("mode", "figures"), [("open", {}), (None, {}), ("public", {"Age": 35.0})])
def test_the_figures_of_a_segment_that_an_open_build_had_stay_there(
    mall_contract: Contract, mode: str | None, figures: dict[str, float]
):
    whole = two_builds(mall_contract, {(1, 1): 300, (2, 1): 40, (2, None): 30, (None, 1): 20})
    (one,) = whole.gone
    exact = one.model_copy(update={"mode": mode, "figures": {"Age": 35.0}, "shares": {"Gender": {"Male": 0.5}}})
    (told,) = published(whole.model_copy(update={"gone": (exact,)})).gone
    assert told.figures == figures
    assert told.shares == ({"Gender": {"Male": 0.5}} if figures else {})


@pytest.mark.parametrize(("mode", "count"), [("open", 1), ("public", 4)])
def test_what_an_open_build_said_of_few_is_not_repeated(mall_contract: Contract, mode: str, count: int):
    name = mall_contract.data.features[0].name
    found = (
        Notice(about="missing", what=name, before="0.002", after="0.1"),
        Notice(about="rejected", before="0.001", after="0.1"),
        Notice(about="categories", what=name, before="Moon"),
        Notice(about="k", before="5", after="6"),
    )
    made = with_notices(mall_contract, *found)
    made = made.model_copy(update={"past": (made.past[-1].model_copy(update={"mode": mode}),)})
    assert len(kept(made)) == count


def test_where_customers_of_a_segment_long_gone_went_is_told_as_it_was(mall_contract: Contract):
    whole = two_builds(mall_contract, {(1, 1): 300, (2, 1): 40, (2, None): 30, (None, 1): 20})
    (lately,) = whole.gone
    long_ago = lately.model_copy(
        update={"id": 9, "last": 0, "into": (Kin(id=1, share=0.4), Kin(id=2, share=None), Kin(id=3, share=0.123))}
    )
    told_now, told_before = gone(whole.model_copy(update={"gone": (lately, long_ago)}))
    assert told_before.into == (Kin(id=1, share=0.4), Kin(id=2, share=None), Kin(id=3, share=None))
    assert told_now.into == (Kin(id=1, share=None),)  # forty customers are too few for a tenth


@pytest.mark.parametrize(("share", "size", "kin"), [(0.6, 400, [(1, 0.6)]), (0.6, 100, [(1, None)]), (0.05, 100, [])])
def test_without_flows_kin_go_by_the_size_of_the_last_segment(
    mall_contract: Contract, share: float, size: int, kin: list[tuple[int, float | None]]
):
    whole = two_builds(mall_contract, {(1, 2): size, (2, 2): 300}, flows=(), shared=None, moved=None)
    assert whole.changes is not None
    (one,) = whole.changes.segments
    named = one.model_copy(update={"came_from": (Kin(id=1, share=share), Kin(id=8, share=0.5))})
    made = whole.model_copy(update={"changes": whole.changes.model_copy(update={"segments": (named,)})})
    found = changes(made, made.data.features, made.exploration)
    assert found is not None
    assert [(each.id, each.share) for each in found.segments[0].came_from] == kin


def test_by_position_segments_are_named_and_no_share_is_told(mall_contract: Contract):
    whole = two_builds(mall_contract, {(1, 2): 100, (2, 2): 300}, flows=(), shared=None, moved=None, basis="position")
    assert whole.changes is not None
    (one,) = whole.changes.segments
    named = one.model_copy(update={"came_from": (Kin(id=1, share=None), Kin(id=2, share=0.5))})
    made = whole.model_copy(update={"changes": whole.changes.model_copy(update={"segments": (named,)})})
    found = changes(made, made.data.features, made.exploration)
    assert found is not None
    assert [(each.id, each.share) for each in found.segments[0].came_from] == [(1, None), (2, None)]


def test_p_values_and_the_account(mall_contract: Contract):
    drawn = mall_contract.exploration.distributions[0].feature
    found = ColumnDrift(feature=drawn, index=0.3, drift="strong", adjusted_p=0.0042)
    whole = two_builds(mall_contract, COUNTS, drift=(found,))
    document = json.loads(published(whole).model_dump_json())
    assert document["changes"]["drift"] == [
        {"feature": drawn, "index": 0.3, "drift": "strong", "adjusted_p": 0.01, "before": None},
    ]  # fmt: skip
