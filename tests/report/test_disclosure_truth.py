"""What is published is true: each figure is the customers' own, within the rounding that is stated, or withheld.

The right values are worked out from the customers here, by pandas, and not taken from the analysis.
"""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linprog

from analysis.contract import Contract, Distribution, Segment
from report.disclosure import protected, published
from tests.report.contracts import AGE, ANSWERS, CHANNEL, LEVEL, MEMBER, SPENDING, Case, surveys

if TYPE_CHECKING:
    import pandas as pd

SLOW = settings(max_examples=12, deadline=None)
LEAST = 10
NUMBERS = (AGE, SPENDING, *ANSWERS, LEVEL)
QUANTILES = {"p05": 0.05, "q1": 0.25, "median": 0.5, "q3": 0.75, "p95": 0.95}
TENTH = 0.05 + 1e-9


def few(count: int) -> bool:
    return 0 < count < LEAST


def members(made: Case, segment: Segment) -> pd.DataFrame:
    return made.customers[made.customers["segment"] == segment.id]


def true_or_withheld(told: float | None, true: float, within: float = 1e-9) -> bool:
    return told is None or told == pytest.approx(true, abs=within)


@SLOW
@given(surveys())
def test_every_figure_of_a_segment_is_true_or_withheld(made: Case):
    copy = protected(made.contract)
    for before, segment in zip(made.contract.segments, copy.segments, strict=True):
        own = members(made, segment)
        assert (segment.size, segment.share) == (len(own), len(own) / len(made.customers))
        assert [one.feature for one in segment.profile] == list(NUMBERS)
        for was, one in zip(before.profile, segment.profile, strict=True):
            values, everybody = own[one.feature], made.customers[one.feature]
            assert true_or_withheld(one.mean, values.mean())
            assert true_or_withheld(segment.centroid.get(one.feature), values.mean())
            for name in ("q1", "median", "q3"):
                assert true_or_withheld(getattr(one, name), values.quantile(QUANTILES[name]))
            assert true_or_withheld(one.typical, values.mean())
            assert true_or_withheld(one.difference, values.mean() - everybody.mean())
            assert all(getattr(one, name) in {None, getattr(was, name)} for name in type(was).model_fields)
        for share in segment.categories:
            if share.feature != CHANNEL or share.category == "(all others)":
                continue
            count = int((own[CHANNEL] == share.category).sum())
            assert share.count in {None, count}
            assert true_or_withheld(share.share, count / len(own))
            assert true_or_withheld(share.share_overall, (made.customers[CHANNEL] == share.category).mean())


@SLOW
@given(surveys())
def test_every_figure_of_a_column_is_true_or_withheld(made: Case):
    copy = protected(made.contract)
    for feature in copy.data.features:
        values = made.customers[feature.name]
        if feature.kind == "category":
            counted = {name: int((values == name).sum()) for name in feature.categories if name != "(all others)"}
            rest = {"(all others)": len(values) - sum(counted.values())} if "(all others)" in feature.categories else {}
            assert feature.categories == {**counted, **rest}
            continue
        assert true_or_withheld(feature.mean, values.mean())
        assert true_or_withheld(feature.standard_deviation, values.std(ddof=0))
        assert all(true_or_withheld(getattr(feature, name), values.quantile(at)) for name, at in QUANTILES.items())


@SLOW
@given(surveys())
def test_every_figure_of_the_exploration_is_true_or_withheld(made: Case):
    copy = protected(made.contract)
    for one in copy.exploration.distributions:
        assert all(bar.count == counted(made.customers[one.feature], one, at) for at, bar in enumerate(one.bins))
    for one in copy.exploration.correlations:
        a, b = made.customers[one.a], made.customers[one.b]
        assert true_or_withheld(one.pearson, a.corr(b), 1e-6)
        assert true_or_withheld(one.spearman, a.corr(b, method="spearman"), 1e-6)
    for one in copy.exploration.comparisons:
        for group in one.groups:
            inside = group_of(made.customers, one.by, group.group)
            if inside is None:
                continue
            values = inside[one.feature]
            assert group.count == len(values)
            assert group.mean == pytest.approx(values.mean())
            assert [group.q1, group.median, group.q3] == pytest.approx(
                [values.quantile(at) for at in (0.25, 0.5, 0.75)]
            )


def counted(values: pd.Series, one: Distribution, place: int) -> int:
    """Customers in a bar as it is published: an open one has no end on that side."""
    bar, last = one.bins[place], len(one.bins) - 1
    low = -np.inf if one.open_ended and place == 0 else bar.lower
    high = np.inf if one.open_ended and place == last else bar.upper
    inside = (values >= low) & ((values < high) | ((place == last) & (values == high)))
    return int(inside.sum())


def group_of(customers: pd.DataFrame, by: str, group: str) -> pd.DataFrame | None:
    """None where several are put together."""
    if by == CHANNEL:
        return customers[customers[by] == group] if group != "(all others)" else None
    low, _, high = group.partition("–")
    return customers[customers[by].between(float(low), float(high))] if low.isdigit() and high.isdigit() else None


@SLOW
@given(surveys())
def test_what_is_rounded_is_so_to_the_nearest_of_what_is_stated(made: Case):
    copy = protected(made.contract)
    for before, one in zip(made.contract.segments, copy.segments, strict=True):
        assert one.rule.precision is None or one.rule.precision <= before.rule.precision
        assert one.rule.recall is None or one.rule.recall <= before.rule.recall
        assert (one.rule.picked, one.rule.correct) == (None, None)
    for was, one in zip(made.contract.selection.candidates, copy.selection.candidates, strict=True):
        for then, now in zip(was.segments, one.segments, strict=True):
            assert true_or_withheld(now.share, then.share)
            assert true_or_withheld(now.persistence, then.persistence, TENTH)


@SLOW
@given(surveys())
def test_no_few_say_yes_or_no_in_what_is_published_or_follows_from_it(made: Case):
    copy = protected(made.contract)
    for name, (no, yes) in ANSWERS.items():
        whole = next(one.mean for one in copy.data.features if one.name == name)
        told = {}
        for segment in copy.segments:
            mean = next(one.mean for one in segment.profile if one.feature == name)
            if mean is not None:
                count = round((mean - no) / (yes - no) * segment.size)
                told |= {(segment.id, "yes"): count, (segment.id, "no"): segment.size - count}
        assert not any(map(few, told.values()))
        for one in (one for one in copy.exploration.comparisons if one.feature == name):
            counts = [(group.count, round((group.mean - no) / (yes - no) * group.count)) for group in one.groups]
            assert not any(few(count) or few(size - count) for size, count in counts)
        if whole is not None:
            total = round((whole - no) / (yes - no) * len(made.customers))
            sums = {"yes": total, "no": len(made.customers) - total}
            assert not any(map(few, sums.values()))
            undetermined(told, {segment.id: segment.size for segment in copy.segments}, sums)
        else:
            assert not told


def undetermined(told: dict[tuple[int, str], int], rows: dict[int, int], columns: dict[str, int]) -> None:
    """By linear programming with all sums: whatever is not told could be smaller or larger than it is."""
    unknown = [(row, column) for row in rows for column in columns if (row, column) not in told]
    lines = [[cell[0] == row for cell in unknown] for row in rows] + [
        [cell[1] == one for cell in unknown] for one in columns
    ]
    left = [total - sum(n for (row, _), n in told.items() if row == name) for name, total in rows.items()]
    left += [total - sum(n for (_, one), n in told.items() if one == name) for name, total in columns.items()]
    for place in range(len(unknown)):
        goal = np.eye(len(unknown))[place]
        ends = [linprog(sign * goal, A_eq=np.array(lines, float), b_eq=left).fun * sign for sign in (1, -1)]
        assert ends[1] - ends[0] > 0.5


@SLOW
@given(surveys())
def test_a_rule_tells_no_answer_that_is_withheld(made: Case):
    for segment in protected(made.contract).segments:
        if MEMBER in segment.withheld:
            assert (segment.rule.picked, segment.rule.correct) == (None, None)
            assert (segment.rule.precision, segment.rule.recall) == (None, None)


@SLOW
@given(surveys())
def test_no_correlation_tells_how_few_have_two_answers(made: Case):
    copy = protected(made.contract)
    told = {frozenset((one.a, one.b)): one.pearson for one in copy.exploration.correlations}
    for a, b in combinations(ANSWERS, 2):
        yes = [made.customers[name] == ANSWERS[name][1] for name in (a, b)]
        cells = [int((first & second).sum()) for first in (yes[0], ~yes[0]) for second in (yes[1], ~yes[1])]
        assert (told[frozenset((a, b))] is None) == any(map(few, cells))


@SLOW
@given(surveys())
def test_a_copy_of_the_copy_is_the_same(made: Case):
    copy = published(made.contract)
    again = published(copy)
    assert again.segments == copy.segments
    assert again.data.features == copy.data.features
    assert again.exploration.correlations == copy.exploration.correlations
    assert Contract.model_validate_json(copy.model_dump_json()) == copy


@SLOW
@given(surveys())
def test_what_is_withheld_is_null_and_says_why(made: Case):
    document = json.loads(protected(made.contract).model_dump_json())
    for segment in document["segments"]:
        for one in [*segment["profile"], *segment["categories"]]:
            if "withheld" in one:
                assert one["withheld"] == "It would describe fewer than 10 customers, or all but fewer than 10."
                given_ = {"feature", "category", "share_overall", "withheld"}
                assert all(value is None for key, value in one.items() if key not in given_)
