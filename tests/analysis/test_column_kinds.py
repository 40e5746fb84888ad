"""What a column may say of its kind, and the sentence where it may not."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from analysis.configuration import Column


@pytest.mark.parametrize(
    ("settings", "kind", "numeric", "clusters", "policy"),
    [
        ({"role": "income"}, "numeric", True, True, "reject"),
        ({"role": "gender"}, "nominal", False, False, "category"),
        ({"role": "gender", "use": "cluster"}, "nominal", False, True, "category"),
        ({"role": "date"}, "date", True, True, "reject"),
        ({"role": "age", "kind": "date"}, "date", True, True, "reject"),
        ({"role": "feature", "kind": "boolean", "use": "describe"}, "boolean", True, False, "reject"),
        ({"role": "category", "kind": "ordinal", "order": ["a", "b"]}, "ordinal", True, True, "reject"),
        ({"role": "feature", "missing": "median"}, "numeric", True, True, "median"),
        ({"role": "id"}, "numeric", False, False, "reject"),
    ],
)
def test_what_follows_from_role_and_kind(
    settings: dict[str, Any], kind: str, policy: str, *, numeric: bool, clusters: bool
) -> None:
    column = Column.model_validate(settings)
    found = (column.holds, column.numeric, column.clusters, column.policy)
    assert found == (kind, numeric, clusters, policy)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"kind": "ordinal"}, "needs `order`"),
        ({"kind": "ordinal", "order": ["low"]}, "needs `order`"),
        ({"kind": "ordinal", "order": ["low", "high", " LOW"]}, "order names “ LOW” twice"),
        ({"order": ["low", "high"]}, "order is for columns of kind ordinal, and this one is numeric"),
        ({"yes": ["ja"]}, "yes is for columns of kind boolean"),
        ({"kind": "boolean", "yes": ["ja"], "no": ["Ja"]}, "“Ja” is listed twice under yes and no"),
        ({"date_format": "dd-mm-yyyy"}, "date_format is for columns of kind date"),
        ({"kind": "date", "date_format": "day first"}, "“day first” is not a date format"),
        ({"role": "id", "kind": "numeric"}, "an identifier has no kind"),
        ({"role": "id", "missing": "median"}, "missing: median is not for identifiers"),
        ({"role": "category", "missing": "median"}, "missing: median is for amounts, and this column is nominal"),
        ({"missing": "category"}, "missing: category is for categories, and this column is numeric"),
        ({"missing": "unknown"}, "missing: unknown is for columns that describe"),
        ({"role": "category", "missing": "unknown"}, "missing: unknown is for numbers, and this column is nominal"),
    ],
)
def test_what_does_not_fit_together_is_told_in_a_sentence(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Column.model_validate({"role": "feature", **settings})
    assert says in str(caught.value)


def test_yaml_takes_bare_words_for_something_else() -> None:
    column = Column.model_validate({"role": "feature", "kind": "boolean", "yes": [True, 1], "no": [False, 0]})
    assert (column.yes, column.no) == (("yes", "1"), ("no", "0"))
    assert Column.model_validate({"role": "feature", "kind": "ordinal", "order": [1, 2.5]}).order == ("1", "2.5")
