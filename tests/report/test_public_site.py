"""A site in public mode, built whole: its pages say what is withheld and why, and nowhere state another figure."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.in_process import command

WHY = (
    "“Withheld” replaces figures about fewer than 10 customers, or about all but fewer than 10, and figures from which "
    "these could be calculated."
)
GROUPS = {
    "young": (19, 22, 25, 80, 9),
    "rich": (11, 40, 90, 60, 6),
    "older": (40, 60, 50, 20, 20),
    "many": (30, 75, 15, 55, 15),
}
"""Customers, mean age, mean income, mean spending, and how many of them say yes to churn."""
SITE = """\
site: {title: Made-up customers, description: Four groups}
data: {path: ../customers.csv}
columns:
  id: {role: id}
  age: {role: age}
  income: {role: income}
  spending: {role: spending}
  churn: {role: feature, kind: boolean, label: Churn, use: describe}
model: {selection: {k: 4}, largest_k: 5}
privacy: {mode: public, min_cell: 10}
"""


@dataclass(frozen=True)
class Built:
    """The finished site and the customers it is about, by segment."""

    site: Path
    contract: dict
    customers: pd.DataFrame

    def text(self, page: str) -> str:
        """The words of a page, without its pictures."""
        source = (self.site / page).read_text(encoding="utf-8")
        bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", source, flags=re.DOTALL)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", bare)))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("public")
    noise = np.random.default_rng(7)
    parts = [
        pd.DataFrame(
            {
                "age": noise.normal(age, 2, size).round(),
                "income": noise.normal(income, 3, size).round(1),
                "spending": noise.normal(spending, 4, size).round(),
                "churn": ["yes"] * yes + ["no"] * (size - yes),
                "group": group,
            }
        )
        for group, (size, age, income, spending, yes) in GROUPS.items()
    ]
    customers = pd.concat(parts, ignore_index=True)
    customers.insert(0, "id", [f"CUST-{place:04d}" for place in range(len(customers))])
    customers.drop(columns="group").to_csv(folder / "customers.csv", index=False)
    (folder / "site_config").mkdir()
    (folder / "site_config" / "site.yml").write_text(SITE, encoding="utf-8")
    ended = command("build", "--renderer", "builtin", "--config", "site_config", folder=folder)
    assert ended.code == 0, ended.err[-2000:]
    site = folder / "_site"
    return Built(site, json.loads((site / "data" / "analysis.json").read_text(encoding="utf-8")), customers)


def test_shares_are_true_or_withheld(built: Built):
    """9 of 19 and 6 of 11 tell few who say yes, or no; the other segments leave 15 of 30, of which neither follows."""
    found = {}
    for segment in built.contract["segments"]:
        churn = next(one for one in segment["profile"] if one["feature"] == "churn")
        found[segment["size"]] = churn["mean"]
    assert found == {20: None, 10: None, 40: 0.5, 30: 0.5}
    everybody = next(one for one in built.contract["data"]["features"] if one["name"] == "churn")
    assert everybody["mean"] == pytest.approx(50 / 100)


def test_pages_say_once_what_withheld_means(built: Built):
    assert built.text("segments.html").count(WHY) == 1
    for segment in built.contract["segments"]:
        page = f"segments/{segment['slug']}.html"
        withheld = any("withheld" in one for one in [*segment["profile"], *segment["categories"]])
        uncounted = segment["rule"] is not None and segment["rule"]["picked"] is None
        assert built.text(page).count(WHY) == (1 if withheld or uncounted else 0)
    assert "is withheld: pages say “withheld”" in built.text("data.html")


def test_tables_behind_charts_and_alternative_texts_say_withheld(built: Built):
    words, source = built.text("segments.html"), (built.site / "segments.html").read_text(encoding="utf-8")
    labels = " ".join(html.unescape(one) for one in re.findall(r'aria-label="([^"]*)"', source))
    for segment in built.contract["segments"]:
        small = segment["size"] in {10, 20}
        told = re.search(re.escape(segment["name"]) + r" Churn(?:, mean)? (\S+)", words)
        assert told is not None
        assert (told[1] == "withheld") == small
        sentence = next(part for part in labels.split(f"{segment['name']}: ")[1:] if "churn" in part.split(". ")[0])
        assert ("churn withheld" in sentence.split(". ")[0]) == small
        own = built.text(f"segments/{segment['slug']}.html")
        assert ("Churn, mean withheld withheld" in own or "Churn withheld withheld" in own) == small


def test_downloads_leave_the_cell_empty_and_state_the_reason(built: Built):
    profiles = pd.read_csv(built.site / "data" / "profiles.csv")
    churn = profiles[profiles["feature"] == "churn"]
    empty = churn[churn["mean"].isna()]
    assert len(empty) == 2
    assert set(empty["withheld"]) == {
        "mean: It would describe fewer than 10 customers, or all but fewer than 10 of a group."
    }
    assert churn[churn["mean"].notna()]["withheld"].isna().all()


def test_charts_draw_no_point_for_what_is_withheld(built: Built):
    """In its wide and in its narrow picture the heat map says withheld in place of two figures."""
    drawn = (built.site / "charts" / "segment-heatmap.json").read_text(encoding="utf-8")
    assert drawn.count('"text":"withheld"') == 2 * 2


def test_shares_that_were_published_falsely_stand_nowhere(built: Built):
    for page in (
        "index.html",
        "segments.html",
        *(f"segments/{one['slug']}.html" for one in built.contract["segments"]),
    ):
        words = built.text(page)
        assert not re.search(r"Churn (47%|55%|0% (?!\d)|100% (?!\d))", words)
