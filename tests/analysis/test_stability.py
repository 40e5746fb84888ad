"""The bands by which a segment's stability is read, and the one place where their limits stand."""

from __future__ import annotations

import re

import pytest

from analysis.contract.stability import DISSOLVED, DOUBTFUL, SOLID, STABLE, UNSTABLE, band


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0.59, "unstable"),
        (0.6, "doubtful"),
        (0.74, "doubtful"),
        (0.75, "stable"),
        (0.85, "stable"),
        (0.86, "highly stable"),
    ],
)
def test_the_bands_are_hennigs(value: float, word: str):
    assert band(value) == word
    assert (band(value) in SOLID) == (value >= 0.75)


def test_the_limits_stand_in_one_place_and_the_pages_tell_the_same(project):
    assert (UNSTABLE, DOUBTFUL, STABLE, DISSOLVED) == (0.60, 0.75, 0.85, 0.50)
    set_anew = re.compile(r"^(?:\w+, )*(?:UNSTABLE|DOUBTFUL|STABLE|DISSOLVED|SOLID|INDICES)\b[^=\n]* = ", re.MULTILINE)
    files = [file for part in ("analysis", "report") for file in (project / part).rglob("*.py")]
    found = {file.relative_to(project).as_posix() for file in files if set_anew.search(file.read_text("utf-8"))}
    assert found == {"analysis/contract/stability.py", "analysis/contract/indices.py"}
    glossary = " ".join((project / "report" / "views" / "glossary.yml").read_text("utf-8").split())
    said = (
        f"Below {UNSTABLE:.2f} a segment is unstable, up to {DOUBTFUL:.2f} doubtful, up to {STABLE:.2f} stable, above "
        "that highly stable"
    )
    assert said in glossary
    notebook = (project / "report" / "site" / "notebook" / "steps.ipy").read_text("utf-8")
    assert f"Above {STABLE:.2f} a segment is called highly stable".replace("0.", ".") in notebook
