"""Numbers of customers and rows in the sentences of public sites: none is exact, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from babel.messages.pofile import read_po

from analysis.columns.redundant import LeftOutColumn
from analysis.configuration import Configuration, load_configuration
from analysis.contract import Contract, LeftOut, Rejection
from analysis.contract.kinds import COUNT, ROWS, TOLD, Kind
from analysis.customers.customers import SetAside
from analysis.language import gettext_noop, ngettext_noop, speaking
from analysis.language.messages import CATALOGUES, languages
from analysis.language.notes import Note, Rows, note
from analysis.pipeline import analyse
from analysis.results.notes import left_out, rejections
from analysis.rounding.random_rounding import Rounding
from analysis.wording.number_format import NumberFormat
from report.disclosure import published
from report.disclosure.walk import Place, rewritten
from tests.notes import PUBLIC
from tests.privacy.tables import COLUMNS, TABLES, Table
from tests.report.test_languages import figures

SALT = "salt"
FORMATS = NumberFormat("en_US", "USD")
LARGE = 100
"""Counts from which it is no accident that a sentence holds the same number."""
OTHERS = [one for one in languages() if one != "en"]
OF_NOTES = {
    ("analysis/customers/repeats.py", "count"), ("analysis/reading/sources/workbook.py", "rows"),
    ("analysis/reading/table.py", "file"), ("analysis/reading/table.py", "rows"),
    ("analysis/results/notes.py", "sample"), ("analysis/transactions/orders.py", "rows"),
    ("analysis/transactions/worth.py", "orders"),
}  # fmt: skip
SHARES = {
    ("analysis/cells/kinds/wording.py", "overall"), ("analysis/evidence/criteria.py", "share"),
    ("analysis/naming/traits.py", "overall"), ("analysis/recommendation/budget.py", "each"),
    ("analysis/recommendation/budget.py", "response"), ("analysis/recommendation/budget.py", "size"),
    ("analysis/recommendation/recommend.py", "overall"),
}  # fmt: skip
LIMITS = {
    ("analysis/lifetime/purchases.py", "least"), ("analysis/lifetime/spending.py", "least"),
    ("analysis/results/reasons.py", "least"),
}  # fmt: skip
COUNTED = re.compile(
    r"\{(\w+)\} (?:of (?:the |its |all |these |those )?(?:\{\w+\} )?)?(?:[a-z]+ ){0,2}"
    r"(?:people|persons|customers?|rows?|records?|orders?)\b"
)


def households() -> Table:
    """Categories that read like numbers of customers, groups that overlap, and a few rows that notes tell of."""
    random = np.random.default_rng(23)
    sizes = (397, 331, 276)
    group = np.repeat(np.arange(3), sizes)
    usual = np.array(["1 person", "2 persons", "4 persons"])
    rows = pd.DataFrame(
        {
            "id": [f"CUST-{place:05d}" for place in range(len(group))],
            "age": random.normal(np.array([27, 48, 68])[group], 8).round(),
            "spend": random.normal(np.array([900, 3200, 1500])[group], 700).round(),
            "household": np.where(random.random(len(group)) < 0.7, usual[group], random.choice(usual, len(group))),
            "same": 1,
        }
    )
    repeated = rows.iloc[:4].assign(id=[f"AGAIN-{place}" for place in range(4)])
    unreadable = rows.iloc[:6].assign(id=[f"BAD-{place}" for place in range(6)], age="?")
    columns = {**COLUMNS, "household": {"role": "category", "use": "cluster"}, "same": {"role": "feature"}}
    more = {"privacy": {"mode": "public", "min_cell": 20}}
    return Table("households", pd.concat([rows, repeated, unreadable]), columns, more=more)


MADE = {**TABLES, "households": households}


@cache
def contracts(name: str, language: str, folder: Path) -> tuple[Contract, Contract]:
    """The private contract and the published one; numbers are written as in the United States."""
    with speaking(language):
        whole = analyse(configured(MADE[name](), language, folder)).contract
        return whole, published(whole, SALT)


def configured(table: Table, language: str, folder: Path) -> Configuration:
    file = folder / f"{table.name}-{language}.yml"
    table.rows.to_csv(folder / "customers.csv", index=False)
    site = {**table.site["site"], "language": language, "locale": "en_US"}
    file.write_text(yaml.safe_dump({**table.site, "site": site}, sort_keys=False), encoding="utf-8")
    return load_configuration(file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def of_kinds(contract: Contract, *kinds: Kind) -> Iterator[tuple[str, Any]]:
    """The values of these kinds, with their places."""
    found: list[tuple[str, Any]] = []

    def look(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        if kind in kinds:
            found.append((place.path, value))
        return value

    rewritten(Contract, contract.model_dump(), look)
    yield from found


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("language", OTHERS)
def test_no_language_tells_a_number_that_english_withholds_or_rounds(name: str, language: str, folder: Path) -> None:
    english, other = (dict(of_kinds(contracts(name, one, folder)[1], TOLD)) for one in ("en", language))
    assert len(english) > 50
    assert english.keys() == other.keys()
    # The rule states its limits in the language's own way.
    limits = {"selection.rule[2]", "selection.rule[3]"}
    differing = {path for path in english if figures(english[path]) != figures(other[path])}
    assert differing <= limits


@pytest.mark.parametrize("name", ["donor", "transactions", "three_way", "households"])
@pytest.mark.parametrize("language", languages())
def test_no_sentence_holds_an_exact_count(name: str, language: str, folder: Path) -> None:
    whole, copy = contracts(name, language, folder)
    counts = [{count for _, count in of_kinds(one, COUNT, ROWS)} for one in (whole, copy)]
    secret = {f"{count:,}" for count in counts[0] - counts[1] if count >= LARGE}
    assert secret
    told = [(path, text) for path, text in of_kinds(copy, TOLD) if secret & set(figures(text))]
    assert told == []


def test_a_category_that_reads_like_few_customers_stays(folder: Path) -> None:
    told = [text for _, text in of_kinds(contracts("households", "en", folder)[1], TOLD)]
    assert any("2 persons" in text for text in told)


@pytest.mark.parametrize(
    ("rounding", "told"),
    [(Rounding(), "its 3 rows differ"), (PUBLIC, "a few rows differ")],
)
def test_a_reason_is_told_as_the_site_tells_numbers_of_rows(rounding: Rounding, told: str) -> None:
    why: Note = note(
        ngettext_noop("its {rows} row differs", "its {rows} rows differ"),
        few=gettext_noop("a few rows differ"),
        rows=Rows(3),
    )
    assert rejections([SetAside(why, "age", 3, (2, 3, 4))], FORMATS, rounding) == (
        Rejection(reason=told, column="age", rows=3, examples=(2, 3, 4)),
    )
    assert left_out([LeftOutColumn("age", why, describes=False)], FORMATS, rounding) == (
        LeftOut(column="age", reason=told, describes=False),
    )


def test_only_notes_count_customers_or_rows() -> None:
    """Their slots round. Every other sentence of the analysis states a share of customers or a limit."""
    with (CATALOGUES / "segment_atlas.pot").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    found = {
        (place, counted)
        for message in messages
        for place, _ in message.locations
        if place.startswith("analysis/")
        for form in (message.id if isinstance(message.id, tuple) else (message.id,))
        for counted in COUNTED.findall(form)
    }
    assert found == {*OF_NOTES, *SHARES, *LIMITS}


def purchases(folder: Path, language: str, **data: str) -> Contract:
    """The published contract of purchases, a dozen of them far later than all others."""
    table = TABLES["transactions"]()
    rows = table.rows.copy()
    rows.loc[rows.index[:12], "date"] = "2091-03-05"
    rows.to_csv(folder / "customers.csv", index=False)
    content = {**table.site, "data": {**table.site["data"], **data}}
    content["site"] = {**table.site["site"], "language": language}
    (folder / "site.yml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    with speaking(language):
        return published(analyse(load_configuration(folder / "site.yml")).contract, SALT)


@pytest.mark.parametrize(
    ("language", "data", "reason"),
    [
        ("en", {}, "after the reference date, 2024-12"),
        ("de", {}, "nach dem Stichtag 2024-12"),
        ("en", {"reference_date": "2025-01-15"}, "after the reference date, 2025-01-15"),
    ],
)
def test_a_reason_tells_the_last_day_of_the_table_by_its_month(
    tmp_path: Path, language: str, data: dict[str, str], reason: str
) -> None:
    assert [one.reason for one in purchases(tmp_path, language, **data).data.rejections] == [reason]
