"""A year of exports through the real command: what the product says of each month, held against the truth.

One run is shared: the months around each event.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest

from examples import months
from examples.deliveries import Delivery, deliveries, write
from examples.months import Outcome, Said, Shop, played, table
from tests.in_process import command

PLAYED = (
    "month-01", "month-03", "month-04", "month-06", "month-07-mangled", "month-07-gaps", "month-07",
    "month-08", "month-09", "month-11",
)  # fmt: skip
REGULARS, LAPSED = "frequent-recent", "very-long-silent-low-yearly-spend"


@dataclass(frozen=True)
class After:
    """What stood in the shop after a delivery."""

    outcome: Outcome
    site: Mapping[str, str]
    """Digest of each file."""
    pages: Mapping[str, str]
    history: Mapping[str, str]
    remembered: str
    """All entries of the history."""
    private: Mapping[str, str]
    contract: dict[str, Any]
    """As it was published."""

    @property
    def segments(self) -> dict[int, tuple[str, str, int]]:
        """Slug, name and colour of each segment by its id."""
        return {each["id"]: (each["slug"], each["name"], each["colour"]) for each in self.contract["segments"]}

    @property
    def changes(self) -> dict[str, Any]:
        return self.contract["changes"]

    def change(self, slug: str) -> dict[str, Any]:
        number = next(
            each["id"] for each in (*self.contract["segments"], *self.contract["gone"]) if each["slug"] == slug
        )
        return next(each for each in self.changes["segments"] if each["id"] == number)

    def drift(self, column: str) -> str:
        return next(each["drift"] for each in self.changes["drift"] if each["feature"] == column)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Said:
    with patch.dict(os.environ, environment):
        ended = command(*arguments, folder=folder)
    return Said(ended.code, ended.out, ended.err)


def looked_at(shop: Shop, outcome: Outcome) -> After:
    pages = {file.name: file.read_text(encoding="utf-8") for file in shop.site.rglob("*.html")}
    private = {name: digests(shop.folder / "build").get(name, "") for name in ("assignments.csv", "model.json")}
    contract = json.loads((shop.site / "data" / "analysis.json").read_text(encoding="utf-8"))
    remembered = "".join(file.read_text(encoding="utf-8") for file in sorted(shop.history.iterdir()))
    return After(outcome, digests(shop.site), pages, digests(shop.history), remembered, private, contract)


@pytest.fixture(scope="module")
def year(project, tmp_path_factory) -> dict[str, After]:
    root = tmp_path_factory.mktemp("year")
    shutil.copytree(project / "site_config" / "examples" / "history", root / "site_config" / "examples" / "history")
    config = root / "site_config" / "examples" / "history" / "site.yml"
    shop = Shop(root / "build" / "examples" / "history", config, root / "sites" / "history", run)
    shop.site.parent.mkdir()
    every = [one for one in deliveries() if one.name in PLAYED]
    write(every, shop.folder)
    found = {}
    for outcome in played(shop, every):
        assert shop.site.exists(), outcome.told
        found[outcome.delivery.name] = looked_at(shop, outcome)
    return found


def test_every_delivery_ends_as_the_truth_wants_it(year):
    assert {name: (after.outcome.ended, after.outcome.code) for name, after in year.items()} == {
        "month-01": ("published", 0),
        "month-03": ("published", 0),
        "month-04": ("published after a look", 1),
        "month-06": ("published", 0),
        "month-07-mangled": ("refused", 3),
        "month-07-gaps": ("rolled back", 1),
        "month-07": ("published", 0),
        "month-08": ("published", 0),
        "month-09": ("published after a look", 1),
        "month-11": ("published", 0),
    }


@pytest.mark.parametrize(
    ("last", "month"), [("month-01", "month-03"), ("month-06", "month-07"), ("month-07", "month-08")]
)
def test_a_quiet_month_keeps_ids_addresses_names_and_colours(year, last, month):
    assert year[month].segments == year[last].segments
    assert {each["became"] for each in year[month].changes["segments"]} == {"continued"}
    told = year[month].outcome.told
    assert told.endswith(
        "No segment is new, gone or renamed. No segment’s share of customers changed by more than chance explains. No "
        "column has drifted since the last build. The verdict is still “Natural”."
    )


def test_the_first_build_says_so(year):
    assert year["month-01"].outcome.told == "A first build."
    assert year["month-01"].changes is None


def test_month_four_tells_the_split(year):
    last, now = year["month-03"], year["month-04"]
    assert now.change(REGULARS)["ended"] == "split"
    parts = [each["id"] for each in now.change(REGULARS)["went_to"]]
    assert len(parts) == 2
    assert not set(parts) & set(last.segments)
    assert {each["became"] for each in now.changes["segments"] if each["id"] in parts} == {"new"}
    kept = set(last.segments) & set(now.segments)
    assert len(kept) == 4
    assert all(now.segments[each] == last.segments[each] for each in kept)
    assert (
        "“Frequent, recent (until build 2)” was split into “Frequent, recent” and “Very frequent, recent”. “Frequent, "
        "recent” and “Very frequent, recent” are new."
    ) in now.outcome.told
    page = now.pages[f"{REGULARS}.html"]
    assert all(f"{now.segments[each][0]}.html" in page for each in parts)


def test_month_six_tells_the_offices_as_new_and_from_nowhere(year):
    new = [each for each in year["month-06"].changes["segments"] if each["became"] == "new"]
    assert len(new) == 1
    assert new[0]["came_from"] == []
    assert new[0]["id"] == max(year["month-04"].segments) + 1
    assert set(year["month-06"].segments) == {*year["month-04"].segments, new[0]["id"]}


def test_month_nine_tells_the_lapsed_as_gone_and_where_they_are(year):
    last, now = year["month-08"], year["month-09"]
    assert now.change(LAPSED)["ended"] == "vanished"
    assert set(last.segments) - set(now.segments) == {now.change(LAPSED)["id"]}
    assert all(now.segments[each] == last.segments[each] for each in now.segments)
    into = now.change(LAPSED)["went_to"]
    assert into
    assert all(f"{now.segments[each['id']][0]}.html" in now.pages[f"{LAPSED}.html"] for each in into)
    assert f"{LAPSED}.html" in now.site or f"segments/{LAPSED}.html" in now.site


def test_pages_of_segments_that_are_gone_stand_to_the_end(year):
    assert {f"{REGULARS}.html", f"{LAPSED}.html"} <= set(year["month-11"].pages)
    assert {each["slug"] for each in year["month-11"].contract["gone"]} == {REGULARS, LAPSED}


def test_a_price_list_is_told_as_drift_and_one_percent_is_not(year):
    assert year["month-11"].drift("Basket value (€)") in {"moderate", "strong"}
    assert "The values of basket value and yearly spend have drifted moderately." in year["month-11"].outcome.told
    for month in ("month-03", "month-07", "month-08"):
        assert {each["drift"] for each in year[month].changes["drift"]} == {"stable"}
    assert year["month-11"].drift("Age") == "stable"


def test_the_mangled_export_is_refused_in_one_sentence_and_touches_nothing(year):
    before, after = year["month-06"], year["month-07-mangled"]
    assert after.outcome.told == (
        "customers.csv: there is no column “Basket value (€)” (expected: numbers, role feature). Did you mean “Basket "
        "value (â‚¬)”? The file has “Customer”, “Age”, “Orders a year”, “Basket value (â‚¬)”, “Days since last order”, "
        "“Yearly spend”, “Channel”; correct its header, or add an alias under columns."
    )
    assert (after.site, after.history, after.private) == (before.site, before.history, before.private)


def test_an_export_with_gaps_waits_for_a_person_who_takes_it_back(year):
    before, after = year["month-06"], year["month-07-gaps"]
    assert "publish.hold_when.rejected_share: more rows than the 5% allowed were set aside." in after.outcome.told
    assert re.search(r"Rows set aside: 12\.\d%; it was 0\.0%", after.outcome.told)
    assert (after.site, after.history, after.private) == (before.site, before.history, before.private)


def test_builds_are_numbered_without_a_gap(year):
    assert list(year["month-11"].history) == [f"{number:04}.json" for number in range(1, 9)]
    assert year["month-07"].contract["edition"] == {
        **year["month-07"].contract["edition"],
        "number": 5,
        "date": "2026-07-01",
    }
    assert year["month-07"].changes["since"] == 4
    for last, month in (("month-06", "month-07"), ("month-09", "month-11")):
        assert year[last].history.items() <= year[month].history.items()


def test_segments_are_the_true_groups_by_their_customers(year):
    assert [len(year[month].segments) for month in ("month-03", "month-04", "month-06", "month-11")] == [5, 6, 7, 6]
    by_size = pd.Series({each["name"]: each["size"] for each in year["month-03"].contract["segments"]})
    truth = pd.Series(next(one for one in deliveries() if one.month == 3).export.truth).value_counts()
    assert by_size.sort_values().to_numpy() == pytest.approx(truth.sort_values().to_numpy(), abs=10)


def test_no_customer_is_named_in_what_is_published_or_remembered(year):
    customers = re.compile(r"\bC1\d{4}\b")
    last = year["month-11"]
    assert not any(
        customers.search(text) for text in (*last.pages.values(), last.remembered, json.dumps(last.contract))
    )


def test_the_table_has_a_row_for_each_delivery(year):
    lines = table(after.outcome for after in year.values()).splitlines()
    assert len(lines) == 2 + len(PLAYED)
    assert lines[2] == "| month-01.csv | five groups of customers | published: A first build. |"


def fake(codes: Mapping[str, int]):
    def ended(arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Said:
        verb, history = arguments[0], folder / "history"
        if verb == "build":
            history.mkdir(exist_ok=True)
            (history / f"{len(list(history.iterdir())) + 1:04}.json").touch()
        return Said(codes.get(verb, 0), f"{verb} said", f"{environment['SOURCE_DATE_EPOCH']}")

    return ended


@pytest.mark.parametrize(
    ("codes", "right", "ended"),
    [
        ({}, True, "published"),
        ({"build": 5}, True, "refused"),
        ({"diff": 1}, True, "published after a look"),
        ({"diff": 2}, True, "refused"),
        ({}, False, "published"),
        ({"diff": 1}, False, "rolled back"),
        ({"diff": 1, "rollback": 2}, False, "refused"),
    ],
)
def test_what_becomes_of_a_delivery_by_exit_codes(tmp_path, codes, right, ended):
    first, second = deliveries(3, 200)[:2]
    write([first, second], tmp_path)
    (tmp_path / "history").mkdir()
    (tmp_path / "history" / "0001.json").touch()
    delivery = Delivery(second.month, second.name, second.export, second.event, right)
    shop = Shop(tmp_path, tmp_path / "site.yml", tmp_path / "site", fake(codes))
    assert [outcome.ended for outcome in played(shop, [delivery])] == [ended]
    assert (tmp_path / "customers.csv").read_bytes() == (tmp_path / "exports" / "month-02.csv").read_bytes()


def test_the_year_ends_with_one_where_the_product_was_wrong(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(months, "_process", fake({"diff": 0}))
    assert months.main([], tmp_path) == 1  # since the broken exports were published
    assert "month-07-gaps.csv: published (exit 0)" in capsys.readouterr().out
