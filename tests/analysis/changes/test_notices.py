"""What else is not as it was: each notice by a change that makes it, and none without one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.changes.notices import as_published, notices
from analysis.contract import Contract, Rejection
from report.disclosure import published
from tests.analysis.changes.builds import Made, build, changed, customers, settings, told

NAMES = np.repeat(["web", "shop", "post"], [200, 120, 80])
FRAME = customers(Channel=NAMES)


def rebuilt(now: Made, **changes: Any) -> Made:  # noqa: ANN401 (fields)
    return Made(now.contract.model_copy(update=changes), now.present)


@pytest.mark.parametrize("public", [False, True])
def test_nothing_changed_is_no_notice(public: bool):  # noqa: FBT001 (a case)
    assert told(changed(build(FRAME, public=public), build(FRAME, number=2, public=public))) == []


@pytest.mark.parametrize(
    ("part", "field", "now", "notice"),
    [
        ("selection", "verdict", "none", ("verdict", "", "constructive", "none")),
        ("selection", "algorithm", "ward", ("algorithm", "", "kmeans", "ward")),
        ("selection", "k", 3, ("k", "", "2", "3")),
        ("provenance", "code_version", "1", ("version", "", "0", "1")),
        ("edition", "language", "de", ("language", "", "en", "de")),
    ],
)
def test_what_was_found_and_with_what(part: str, field: str, now: object, notice: tuple[str, ...]):
    two = build(FRAME, number=2)
    changes = {part: getattr(two.contract, part).model_copy(update={field: now})}
    assert told(changed(build(FRAME), rebuilt(two, **changes))) == [notice]


def test_the_privacy_mode_is_told_once():
    assert told(changed(build(FRAME), build(FRAME, number=2, public=True))) == [("privacy", "", "open", "public")]


def test_settings_by_name_and_digests_without_their_value():
    now = settings(build(FRAME, number=2).contract, {"model.seed": "2", "columns": "0b", "model.new": "x"})
    found = changed(build(FRAME), Made(now, build(FRAME).present))
    assert told(found) == [
        ("setting", "columns", "", ""), ("setting", "model.new", "", "x"), ("setting", "model.seed", "1", "2"),
    ]  # fmt: skip


def test_a_setting_that_another_version_brings_was_not_changed():
    now = settings(build(FRAME, number=2).contract, {"model.new": "x"})
    newer = now.model_copy(update={"provenance": now.provenance.model_copy(update={"code_version": "1"})})
    assert told(changed(build(FRAME), Made(newer, build(FRAME).present))) == [("version", "", "0", "1")]


def test_columns_that_came_and_went():
    whole, fewer = build(FRAME), build(FRAME, number=2)
    data = fewer.contract.data
    kept = data.model_copy(update={"features": tuple(one for one in data.features if one.name != "Member")})
    assert told(changed(whole, rebuilt(fewer, data=kept))) == [("columns", "Member", "Member", "")]
    lacking = rebuilt(fewer, data=kept).contract
    assert told(changed(lacking, whole)) == [("columns", "Member", "", "Member")]


def test_a_column_that_a_public_site_may_have_withheld_is_not_called_new():
    whole = build(FRAME, number=2, public=True)
    before = build(FRAME, public=True).contract
    data = before.data.model_copy(update={"features": before.data.features[:-1]})
    privacy = before.privacy.model_copy(update={"rounding_base": 5})
    lacking = before.model_copy(update={"data": data, "privacy": privacy})
    assert told(changed(lacking, whole)) == []
    other = settings(whole.contract, {"columns": "0b"})
    assert ("columns", "Member", "", "Member") in told(changed(lacking, Made(other, whole.present)))


def test_a_column_of_another_type():
    was, now = build(FRAME), build(FRAME, number=2)
    features = tuple(
        one.model_copy(update={"measure": "ordinal"}) if one.name == "Visits" else one
        for one in now.contract.data.features
    )
    again = rebuilt(now, data=now.contract.data.model_copy(update={"features": features}))
    assert told(changed(was, again)) == [("type", "Visits", "numeric", "ordinal")]


def with_gaps(made: Made, count: int | None) -> Made:
    features = tuple(
        one.model_copy(update={"missing": count}) if one.name == "Visits" else one
        for one in made.contract.data.features
    )
    return rebuilt(made, data=made.contract.data.model_copy(update={"features": features}))


@pytest.mark.parametrize(
    ("before", "after", "notices"),
    [
        (20, 60, [("missing", "Visits", "0.05", "0.15")]),
        (20, 30, []),
        (None, 60, []),
        (20, None, []),
    ],
)
def test_shares_without_a_value(before: int | None, after: int | None, notices: list[tuple[str, ...]]):
    assert told(changed(with_gaps(build(FRAME), before), with_gaps(build(FRAME, number=2), after))) == notices


def test_of_few_customers_gaps_may_be_chance():
    """One gap of twenty became three: by .1, and as likely as not."""
    was, now = build(customers(20)), build(customers(20), number=2)
    assert told(changed(with_gaps(was, 1), with_gaps(now, 3))) == []


def test_a_public_share_is_of_rounded_counts_and_of_few_not_told():
    was, now = build(FRAME, public=True), build(FRAME, number=2, public=True)
    (one,) = changed(with_gaps(was, 0), with_gaps(now, 63)).notices
    assert one.after in {f"{count / 400:g}"[:5] for count in (60, 65)} | {"0.163", "0.162"}
    assert told(changed(with_gaps(was, 100), with_gaps(now, 9))) == []


def test_categories_by_name():
    was = build(FRAME)
    now = build(customers(Channel=np.repeat(["web", "shop", "app"], [200, 120, 80])), number=2)
    assert told(changed(was, now)) == [("categories", "Channel", "", "app"), ("categories", "Channel", "post", "")]


def test_of_many_new_categories_the_largest_are_named():
    many = np.concatenate([np.repeat("web", 200), np.repeat([f"c{each:02d}" for each in range(20)], 10)])
    found = told(changed(build(FRAME), build(customers(Channel=many), number=2)))
    assert [after for about, _, before, after in found if about == "categories" and not before] == [
        *(f"c{each:02d}" for each in range(9)), "(all others)",
    ]  # fmt: skip


def test_where_the_last_build_put_categories_together_none_is_called_new():
    was = build(customers(Channel=np.repeat(["web", "shop", "post", "fax"], [200, 115, 80, 5])), public=True)
    now = build(customers(Channel=np.repeat(["web", "shop", "post", "app"], [200, 80, 80, 40])), number=2, public=True)
    assert told(changed(was, now)) == []


def aside(made: Made, rows: int, *more: Rejection) -> Made:
    data = made.contract.data
    reasons = (Rejection(reason="missing value", column="Income", rows=rows, examples=()), *more)
    update = {"rows_read": data.rows_used + rows, "rows_rejected": rows, "rejections": reasons}
    return rebuilt(made, data=data.model_copy(update=update))


def test_rows_set_aside_and_new_reasons():
    was, now = aside(build(FRAME), 4), aside(build(FRAME, number=2), 40)
    assert told(changed(was, now)) == [("rejected", "", "0.01", "0.091")]
    new = Rejection(reason="not a number", column="Visits", rows=20, examples=())
    assert told(changed(was, aside(build(FRAME, number=2), 5, new))) == [("rejected", "Visits", "", "not a number")]
    few = new.model_copy(update={"rows": 3})
    assert told(changed(was, aside(build(FRAME, number=2), 5, few))) == []


def test_reasons_in_another_language_are_not_new():
    was = aside(build(FRAME), 40).contract
    german = was.model_copy(update={"edition": was.edition and was.edition.model_copy(update={"language": "de"})})
    now = aside(build(FRAME, number=2), 40, Rejection(reason="kein Wert", column=None, rows=40, examples=()))
    assert told(changed(german, now)) == [("language", "", "de", "en")]


def test_a_document_of_the_first_version_says_little_and_nothing_false():
    """It knows of no editions, and not what the numbers of a column are."""
    document = build(FRAME).contract.model_dump(mode="json") | {"schema_version": "1.1", "edition": None}
    for one in document["data"]["features"]:
        del one["measure"]
    last = Contract.model_validate(document)
    assert told(changed(last, build(FRAME, number=2))) == []


def test_two_published_builds_tell_the_same_as_a_build_and_the_last_one():
    """Nothing that one of them may have withheld is called new or gone."""
    channels = np.repeat(["web", "shop", "post", "fax"], [200, 105, 80, 15])
    was = with_gaps(build(customers(Channel=channels), public=True), 20)
    rarer = np.repeat(["web", "shop", "post", "fax"], [200, 115, 80, 5])
    now = with_gaps(build(customers(Channel=rarer), number=2, public=True), 100)
    before, after = published(was.contract), published(now.contract)
    found = notices(before, after, as_published(after))
    assert [(one.about, one.what) for one in found] == [("missing", "Visits")]
    assert found == changed(was, now).notices
    lacking = after.model_copy(update={"data": after.data.model_copy(update={"features": after.data.features[:-1]})})
    assert [one.about for one in notices(before, lacking, as_published(lacking))] == ["missing"]
