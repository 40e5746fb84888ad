"""Charts speak the language of the site: nothing of theirs is outside the catalogue but the table's own words."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from analysis.language import messages, speaking
from report.charts.context import ChartContext
from report.charts.registry import captions, names
from report.charts.specification import specification
from tests.pseudo import MARKED, PLAIN, drawn_words, write_pseudo

CASES = ("ordinary", "public", "one column")
TABLE_OWN = re.compile(
    r"Annual income|Spending score|\bAge\b|annual income|spending score|\bage\b|years?|of 100|Unassigned"
    r"|Pearson|Spearman|Calinski–Harabasz|Davies–Bouldin"
    r"|higher is better|lower is better|higher|(?:above|below) (?:average|the median)|average|the median"
)
"""The table's labels and units, names of people, and words that other rooms write."""
WORD = re.compile(rf"[{PLAIN}{PLAIN.upper()}]{{3,}}")


@pytest.fixture(autouse=True)
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pseudo(tmp_path)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path)
    messages._catalogue.cache_clear()


def outside(text: str, own: list[str]) -> list[str]:
    """The words of a text that bear no mark and are not the table's."""
    for name in own:
        text = text.replace(name, "")
    return WORD.findall(TABLE_OWN.sub("", text))


@pytest.mark.parametrize("case", CASES)
def test_every_word_of_a_chart_is_in_the_catalogue(contracts, figures, case):
    contract = contracts[case]
    own = [one.name for one in contract.segments]
    own += [group.group for one in contract.exploration.comparisons for group in one.groups]
    with speaking("eo"):
        for name, one in captions(contract, figures).items():
            told = [one.takeaway, one.subtitle, one.description, *one.columns, *chain(*one.rows)]
            told += [control.label for control in one.controls]
            assert not [text for text in told if outside(text, own)], name
        for name in names(contract):
            spec = specification(ChartContext(contract, figures, narrow=True), name)
            assert not [text for text in drawn_words(spec) if outside(text, own)], name


def test_the_language_is_that_of_the_moment(contracts, figures):
    with speaking("eo"):
        marked = captions(contracts["ordinary"], figures)["segment-sizes"].subtitle
    assert set(marked) & set(MARKED)
    assert captions(contracts["ordinary"], figures)["segment-sizes"].subtitle == (
        "Bars: share of customers. Diamonds: share of value."
    )
