"""What the documentation says of YAML and of published figures is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.configuration.yaml_text import NoYamlError, read_yaml
from analysis.rounding.random_rounding import Rounding

DOCS = Path(__file__).parents[2] / "docs"


def test_merge_keys_mean_what_the_documentation_says() -> None:
    section = (DOCS / "configuration.md").read_text(encoding="utf-8").split("## YAML")[1].split("\n## ")[0]
    example = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)[0]
    assert read_yaml(example) == {
        "columns": {
            "visits": {"role": "feature", "transform": "log"},
            "orders": {"role": "feature", "transform": "log", "label": "Orders"},
        }
    }
    assert read_yaml("a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b], y: 4}")["c"] == {"x": 1, "y": 4}


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("[" * 100 + "]" * 100, True),
        ("[" * 101 + "]" * 101, False),
        ("a: &a [*a]", False),
        ("a: 1\na: 2", False),
    ],
)
def test_the_bounds_of_yaml_are_those_documented(text: str, fine: bool) -> None:  # noqa: FBT001
    if fine:
        read_yaml(text)
        return
    with pytest.raises(NoYamlError):
        read_yaml(text)


def test_published_counts_mean_what_the_documentation_says() -> None:
    meant: dict[int, set[int]] = {}
    for table in range(200):
        rounding = Rounding.of(public=True, least=10, table=str(table))
        for count in range(30):
            meant.setdefault(rounding.count(count), set()).add(count)
    assert meant[0] == {0}
    assert meant[5] == set(range(1, 6))
    assert meant[10] == set(range(6, 15))
    assert meant[15] == set(range(11, 20))
    assert "attacks.md#what-a-published-10-and-a-published-0-mean" in (DOCS / "privacy.md").read_text(encoding="utf-8")
