"""Which segment is which from build to build."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.contract import Segment
from tests.analysis.identity.worlds import CENTRES, Builds, became, groups, table

SIZES = (60, 50, 40, 30)
LABELS = np.repeat([0, 1, 2, 3], SIZES)
WHO = [f"C{number}" for number in range(180)]


def others(count: int, name: str = "N") -> list[str]:
    return [f"{name}{number}" for number in range(count)]


def test_a_first_build_counts_its_segments_and_tells_of_no_change():
    found = Builds().build(table(groups(SIZES)), LABELS, WHO)
    assert (found.ids, found.changes, found.gone) == ((1, 2, 3, 4), None, ())


@pytest.mark.parametrize("identifiers", [WHO, None])
def test_the_same_table_again_continues_every_segment(identifiers: list[str] | None):
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS, identifiers)
    again = builds.build(table(groups(SIZES)), LABELS, identifiers)
    assert again.ids == (1, 2, 3, 4)
    assert became(again) == ["continued"] * 4
    assert again.changes is not None
    assert again.changes.basis == ("position" if identifiers is None else "both")
    assert again.changes.since == 1
    share = None if identifiers is None else 1.0  # by position nobody knows whose customers they were
    assert [[(kin.id, kin.share) for kin in one.came_from] for one in again.changes.segments] == [
        [(1, share)], [(2, share)], [(3, share)], [(4, share)],
    ]  # fmt: skip


@pytest.mark.parametrize("identifiers", [WHO, None])
def test_the_order_of_rows_and_of_segments_changes_no_identity(identifiers: list[str] | None):
    values, order = groups(SIZES), np.random.default_rng(5).permutation(180)
    renumbered = np.array([2, 0, 3, 1])
    builds = Builds()
    builds.build(table(values), LABELS, identifiers)
    found = builds.build(
        table(values[order]), renumbered[LABELS[order]], identifiers and [identifiers[each] for each in order]
    )
    assert found.ids == (2, 4, 1, 3)


def test_identifiers_given_anew_are_seen_to_be_no_evidence_and_told():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS, WHO)
    anew = [WHO[each] for each in np.random.default_rng(2).permutation(180)]
    found = builds.build(table(groups(SIZES, seed=2)), LABELS, anew)
    assert found.ids == (1, 2, 3, 4)
    assert found.changes is not None
    assert found.changes.basis == "position"
    assert [one.about for one in found.changes.notices] == ["identifiers"]
    assert found.changes.unmatched == "unrelated"


@pytest.mark.parametrize(
    ("identifiers", "unmatched"),
    [(others(180), "few"), ([*WHO[:29], *others(151)], "few"), (WHO, None), (None, None)],
)
def test_too_few_customers_in_both_tables_are_told_from_no_identifiers(identifiers, unmatched):
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS, WHO)
    found = builds.build(table(groups(SIZES, seed=2)), LABELS, identifiers)
    assert found.changes is not None
    assert found.changes.unmatched == unmatched
    assert [one.about for one in found.changes.notices] == (["identifiers"] if unmatched else [])
    again = Builds()
    again.build(table(groups(SIZES)), LABELS)
    later = again.build(table(groups(SIZES)), LABELS, identifiers)
    assert later.changes is not None
    assert later.changes.unmatched is None


def test_other_customers_at_the_same_places_are_the_same_segments():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS, WHO)
    assert builds.build(table(groups(SIZES, seed=2)), LABELS, others(180)).ids == (1, 2, 3, 4)


def test_other_customers_at_other_places_are_new_segments():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS)
    elsewhere = [(x + 500.0, y - 500.0) for x, y in CENTRES]
    found = builds.build(table(groups(SIZES, elsewhere)), LABELS)
    assert found.ids == (5, 6, 7, 8)
    assert became(found) == ["new"] * 4 + ["vanished"] * 4
    assert [one.id for one in found.gone] == [1, 2, 3, 4]


def test_prices_that_rise_leave_customers_where_they_are():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS, WHO)
    assert builds.build(table(groups(SIZES) * 1.5 + 100), LABELS, WHO).ids == (1, 2, 3, 4)


def test_without_identifiers_prices_that_rise_a_tenth_change_no_identity():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS)
    assert builds.build(table(groups(SIZES, seed=3) * 1.1 + 3), LABELS).ids == (1, 2, 3, 4)


def test_segments_are_their_description_where_most_customers_move_on_every_month():
    """As in a table of purchases: most move one segment on, and new ones begin; a third stays."""
    builds = Builds()
    values, labels = groups((60, 60, 60)), np.repeat([0, 1, 2], 60)
    builds.build(table(values), labels, others(180))
    stay = np.tile(np.arange(60) < 20, 3)
    moved = [
        f"N{place}" if stay[place] else f"N{place - 60}" if place >= 60 else f"new {place}" for place in range(180)
    ]
    found = builds.build(table(groups((60, 60, 60), seed=4)), labels, moved)
    assert found.ids == (1, 2, 3)


@pytest.mark.parametrize("identifiers", [True, False])
def test_a_group_that_splits_ends_and_both_parts_are_new(identifiers: bool):  # noqa: FBT001
    builds, who = Builds(), WHO[:150] if identifiers else None
    builds.build(table(groups((100, 50), [(0, 0), (90, 0)])), np.repeat([0, 1], (100, 50)), who)
    parts = table(groups((55, 45, 50), [(-12, -12), (12, 12), (90, 0)], seed=3))
    found = builds.build(parts, np.repeat([0, 1, 2], (55, 45, 50)), who)
    assert found.ids == (3, 4, 2)
    assert became(found) == ["new", "new", "continued", "split"]
    assert found.changes is not None
    assert [kin.id for kin in found.changes.segments[0].came_from] == [1]
    assert found.gone[0].known_by == ("customers" if identifiers else "position")
    assert [kin.id for kin in found.gone[0].into] == [3, 4]
    assert {kin.share is None for kin in found.gone[0].into} == {not identifiers}


def test_a_small_part_that_leaves_changes_no_identity():
    builds = Builds()
    builds.build(table(groups((100, 50), [(0, 0), (90, 0)])), np.repeat([0, 1], (100, 50)), WHO[:150])
    parts = table(groups((75, 25, 50), [(0, 0), (0, 90), (90, 0)], seed=3))
    found = builds.build(parts, np.repeat([0, 1, 2], (75, 25, 50)), WHO[:150])
    assert found.ids == (1, 3, 2)
    assert became(found) == ["continued", "new", "continued"]
    assert found.changes is not None
    assert [(kin.id, kin.share) for kin in found.changes.segments[1].came_from] == [(1, 0.25)]


@pytest.mark.parametrize("identifiers", [True, False])
def test_two_groups_of_like_size_that_merge_end_and_the_whole_is_new(identifiers: bool):  # noqa: FBT001
    builds, who = Builds(), WHO[:150] if identifiers else None
    three = np.repeat([0, 1, 2], (60, 40, 50))
    builds.build(table(groups((60, 40, 50), [(-12, 0), (12, 0), (90, 0)])), three, who)
    found = builds.build(table(groups((100, 50), [(0, 0), (90, 0)], seed=3)), np.repeat([0, 1], (100, 50)), who)
    assert found.ids == (4, 3)
    assert became(found) == ["new", "continued", "merged", "merged"]
    assert [[kin.id for kin in one.into] for one in found.gone] == [[4], [4]]


def test_a_large_group_that_takes_in_a_small_one_keeps_its_identity():
    builds = Builds()
    builds.build(table(groups((80, 20, 50), [(0, 0), (40, 0), (90, 0)])), np.repeat([0, 1, 2], (80, 20, 50)), WHO[:150])
    found = builds.build(table(groups((100, 50), [(0, 0), (90, 0)], seed=3)), np.repeat([0, 1], (100, 50)), WHO[:150])
    assert found.ids == (1, 3)
    assert became(found) == ["continued", "continued", "merged"]


def test_a_group_whose_customers_left_vanished_and_one_of_new_customers_is_new():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS, WHO)
    centres = [*CENTRES[:3], (200.0, 200.0)]
    found = builds.build(table(groups(SIZES, centres)), LABELS, [*WHO[:150], *others(30)])
    assert found.ids == (1, 2, 3, 5)
    assert became(found) == ["continued", "continued", "continued", "new", "vanished"]


def test_a_group_that_comes_back_has_its_id_slug_name_and_colour_again():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS)
    gone = builds.build(table(groups(SIZES[:3])), LABELS[:150])
    assert [one.id for one in gone.gone] == [4]
    builds.build(table(groups(SIZES[:3], seed=2)), LABELS[:150])
    back = builds.build(table(groups(SIZES, seed=3)), LABELS)
    assert back.ids == (1, 2, 3, 4)
    assert became(back)[3] == "returned"
    again = back.continues[3]
    assert again is not None
    assert (again.slug, again.name, again.colour) == ("segment-4", "Segment 4", 4)
    assert back.gone == ()


def test_another_number_of_segments_for_one_month_brings_back_the_segments_of_before():
    builds = Builds()
    three = np.repeat([0, 1, 2], (60, 40, 50))
    centres = [(-20, 0), (20, 0), (90, 0)]
    builds.build(table(groups((60, 40, 50), centres)), three, WHO[:150])
    builds.build(table(groups((60, 40, 50), centres)), np.repeat([0, 0, 1], (60, 40, 50)), WHO[:150])
    found = builds.build(table(groups((60, 40, 50), centres)), three, WHO[:150])
    assert found.ids == (1, 2, 3)
    assert [one.id for one in found.gone] == [4]


def test_a_new_group_beside_one_that_has_its_customers_is_no_split():
    builds = Builds()
    builds.build(table(groups((100, 50), [(0, 0), (90, 0)])), np.repeat([0, 1], (100, 50)))
    found = builds.build(
        table(groups((100, 60, 50), [(0, 0), (24, 0), (90, 0)], seed=3)), np.repeat([0, 1, 2], (100, 60, 50))
    )
    assert found.ids == (1, 3, 2)


def test_a_column_more_and_a_column_less_keep_what_the_common_columns_tell():
    values = groups(SIZES)
    more = np.column_stack([values, np.random.default_rng(8).normal(0, 1, 180)])
    builds = Builds()
    builds.build(table(values), LABELS)
    assert builds.build(table(more, ("x", "y", "z")), LABELS).ids == (1, 2, 3, 4)
    assert builds.build(table(values), LABELS).ids == (1, 2, 3, 4)


def test_without_a_common_column_and_identifiers_nothing_is_recognised():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS)
    found = builds.build(table(groups(SIZES), ("a", "b")), LABELS)
    assert found.ids == (5, 6, 7, 8)
    assert found.changes is not None
    assert found.changes.basis == "none"
    assert {(one.ended, one.known_by, one.into) for one in found.gone} == {(None, None, ())}


def test_by_position_no_customers_are_said_to_be_anywhere():
    """All customers of the fourth group are still in the table, elsewhere; nobody knows that without identifiers."""
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS)
    found = builds.build(table(groups(SIZES, [*CENTRES[:3], (200.0, 200.0)])), LABELS)
    assert became(found) == ["continued", "continued", "continued", "new", "vanished"]
    assert [(one.id, one.known_by, one.into) for one in found.gone] == [(4, "position", ())]
    assert found.changes is not None
    assert found.changes.segments[3].came_from == ()


def test_a_few_customers_near_an_empty_place_make_no_segment_its_heir():
    """A tenth of the group beside it lies nearer to where the fourth lay: that place is empty all the same."""
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS)
    values, other = groups(SIZES[:3]), groups((6,), [(50.0, 45.0)])
    found = builds.build(table(np.vstack([values, other])), [*LABELS[:150], *[1] * 6])
    assert [(one.ended, one.known_by, one.into) for one in found.gone] == [("vanished", "position", ())]
    assert found.changes is not None
    assert [[kin.id for kin in one.came_from] for one in found.changes.segments[:3]] == [[1], [2], [3]]


def test_what_was_not_known_when_a_segment_ended_is_not_known_later():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS)
    builds.build(table(groups(SIZES[:3])), LABELS[:150], WHO[:150])
    again = builds.build(table(groups(SIZES[:3])), LABELS[:150], WHO[:150])
    assert again.changes is not None
    assert again.changes.basis == "both"
    assert [(one.id, one.ended, one.known_by) for one in again.gone] == [(4, "vanished", "position")]


@pytest.mark.parametrize("identifiers", [WHO, None])
def test_by_what_it_is_known_is_taken_from_the_build_that_found_it_where_it_did_not_say(identifiers: list[str] | None):
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS, identifiers)
    builds.build(table(groups(SIZES[:3])), LABELS[:150], identifiers and identifiers[:150])
    assert builds.last is not None
    older = tuple(one.model_copy(update={"known_by": None}) for one in builds.last.gone)
    builds.last = builds.last.model_copy(update={"gone": older})
    again = builds.build(table(groups(SIZES[:3])), LABELS[:150])
    assert [one.known_by for one in again.gone] == ["position" if identifiers is None else "customers"]
    builds.last = builds.last.model_copy(update={"gone": older})
    assert [one.known_by for one in builds.build(table(groups(SIZES[:3])), LABELS[:150]).gone] == [None]


def test_segments_are_recognised_by_categories_alone():
    def answers(seed: int) -> dict[str, list[str]]:
        own = np.random.default_rng(seed)
        return {
            name: [str(own.choice(["a", "b", "c"], p=np.roll([0.9, 0.05, 0.05], group))) for group in LABELS % 3]
            for name in ("one", "two")
        }

    nothing = np.empty((180, 0))
    builds = Builds()
    builds.build(table(nothing, (), **answers(1)), LABELS % 3)
    assert builds.build(table(nothing, (), **answers(2)), (LABELS + 1) % 3).ids == (3, 1, 2)


def test_the_group_of_the_unassigned_continues_that_group_alone():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS, WHO, unassigned=True)
    assert builds.last is not None
    assert builds.last.segments[3].kind == "unassigned"
    without = builds.build(table(groups(SIZES)), LABELS, WHO)
    assert without.ids == (1, 2, 3, 5)
    assert [(one.id, one.kind, one.ended, one.known_by) for one in without.gone] == [(4, "unassigned", None, None)]
    again = builds.build(table(groups(SIZES)), LABELS, WHO, unassigned=True)
    assert again.ids == (1, 2, 3, 4)


def test_withheld_figures_take_no_segment_its_identity():
    builds = Builds()
    builds.build(table(groups(SIZES)), LABELS)
    assert builds.last is not None
    withheld = tuple(
        one.model_copy(update={"profile": _without(one, place)}) for place, one in enumerate(builds.last.segments)
    )
    builds.last = builds.last.model_copy(update={"segments": withheld})
    assert builds.build(table(groups(SIZES, seed=2)), LABELS).ids == (1, 2, 3, 4)


def _without(segment: Segment, place: int) -> tuple[object, ...]:
    """The figures, of two of the segments without those of one column."""
    return tuple(
        one.model_copy(update={"typical": None}) if (place, one.feature) in {(1, "y"), (2, "x")} else one
        for one in segment.profile
    )


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 4), min_size=40, max_size=40), min_size=2, max_size=5), st.booleans())
def test_ids_are_one_to_one_and_never_used_again(months: list[list[int]], identifiers: bool):  # noqa: FBT001
    values = groups((20, 20), seed=9)
    builds, ever, gone_before = Builds(), set[int](), set[int]()
    for labels in months:
        _, dense = np.unique(labels, return_inverse=True)
        found = builds.build(table(values), dense, WHO[:40] if identifiers else None)
        gone = [one.id for one in found.gone]
        assert len({*found.ids, *gone}) == len(found.ids) + len(gone)
        assert all(number not in ever for number, one in zip(found.ids, found.continues, strict=True) if one is None)
        assert all(one.id == number for number, one in zip(found.ids, found.continues, strict=True) if one)
        assert ever <= {*found.ids, *gone}
        ever |= set(found.ids)
        gone_before = set(gone)
    assert gone_before <= ever
