"""Tables on which a careless publication gives customers away. All are made up, each from its own seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from tests.privacy.column import Known

COLUMNS = {"age": {"role": "age"}, "spend": {"role": "spending", "format": "money"}}


@dataclass(frozen=True, eq=False)
class Table:
    """A table, how it is configured, and what an attacker knows beforehand."""

    name: str
    rows: pd.DataFrame
    columns: Mapping[str, Mapping[str, Any]]
    known: Known = field(default_factory=Known)
    k: int = 3
    apart: tuple[int, ...] = ()
    """Rows that are set apart as outliers."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further parts of the configuration."""
    at_risk: int = 0
    """The row of a customer whose removal is attacked."""
    outliers: str = "keep"
    differenced: bool = True
    """Whether a build with one customer fewer is attacked, too."""

    @property
    def site(self) -> dict[str, Any]:
        """The configuration."""
        content: dict[str, Any] = {
            "site": {"title": "Made-up customers", "description": self.name},
            "data": {"path": "customers.csv"},
            "columns": {"id": {"role": "id"}, **self.columns},
            "model": {"selection": {"k": self.k}, "largest_k": self.k + 1, "outliers": self.outliers},
            "privacy": {"mode": "public", "min_cell": 10},
        }
        return {**content, **self.more}

    @property
    def customer(self) -> str:
        """The identifier of the customer whose removal is attacked."""
        return str(self.rows.iloc[self.at_risk, 0])

    def without(self, row: int) -> Table:
        """The same without one customer."""
        kept = [place for place in range(len(self.rows)) if place != row]
        return Table(
            f"{self.name}, one fewer", self.rows.iloc[kept].reset_index(drop=True), self.columns, self.known, self.k,
            tuple(each - (each > row) for each in self.apart if each != row), self.more, 0, self.outliers,
        )  # fmt: skip


def _groups(sizes: tuple[int, ...], seed: int) -> tuple[pd.DataFrame, np.random.Generator]:
    """Customers in groups that are apart on age and spend; `group` is taken out again."""
    random = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(sizes)), sizes)
    age = random.normal(np.array([27, 48, 68, 40])[group], 3).round()
    spend = random.normal(np.array([900, 3200, 1500, 6000])[group], 160).round()
    made = pd.DataFrame({"age": age, "spend": spend, "group": group}).sample(frac=1, random_state=seed)
    return made.reset_index(drop=True), random


def _finished(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.drop(columns="group")
    rows.insert(0, "id", [f"CUST-{place:05d}" for place in range(len(rows))])
    return rows


def ordinal() -> Table:
    """An order of five levels, the lowest held by three customers, one in each segment."""
    rows, random = _groups((80, 70, 60), 11)
    level = random.integers(2, 6, len(rows))
    for group in range(3):
        level[np.flatnonzero(rows["group"] == group)[0]] = 1
    names = ["very poor", "poor", "fair", "good", "very good"]
    rows["health"] = [names[each - 1] for each in level]
    columns = COLUMNS | {
        "health": {"role": "feature", "kind": "ordinal", "order": names, "label": "Health", "use": "describe"}
    }
    return Table(
        "ordinal level of three", _finished(rows), columns, Known(whole=frozenset({"age", "spend"})),
        at_risk=int(np.flatnonzero(level == 1)[0]),
    )  # fmt: skip


def rare_integer() -> Table:
    """Children: hardly anybody has five or six. What customers spend is their value."""
    rows, random = _groups((90, 60, 60), 12)
    children = random.choice([0, 1, 2, 3], len(rows), p=[0.35, 0.3, 0.25, 0.1])
    rare = random.choice(len(rows), 5, replace=False)
    children[rare[:3]], children[rare[3:]] = 5, 6
    rows["children"] = children
    known = Known(
        support={"children": tuple(map(float, range(7)))}, whole=frozenset({"age", "spend", "children"}), valued="spend"
    )  # fmt: skip
    columns = COLUMNS | {"children": {"role": "feature", "label": "Children", "use": "describe"}}
    return Table(
        "rare whole number", _finished(rows), columns, known, at_risk=int(rare[3]),
        more={"value": {"sum_of": ["spend"], "label": "Spend"}},
    )  # fmt: skip


def donor(outliers: str = "set_apart") -> Table:
    """900 donations of 5 to 500, and one of 987,654."""
    rows, random = _groups((300, 300, 300), 13)
    size, group = len(rows), rows["group"].to_numpy()
    donation = np.exp(random.normal(np.array([2.6, 4.6, 3.6])[group], 0.45)).round().clip(5, 500)
    donation[17] = 987_654
    rows["donation"], rows["visits"] = donation, random.poisson(np.array([4, 12, 25])[group])
    rows["illness"] = np.where(random.random(size) < 0.3, "yes", "no")
    rows.loc[17, ["age", "visits", "illness"]] = [91, 33, "yes"]
    rows["gender"], rows["city"] = random.choice(["f", "m"], size), random.choice(["Bonn", "Kiel", "Ulm"], size)
    columns = {
        "age": {"role": "age"},
        "donation": {"role": "monetary", "format": "money"},
        "visits": {"role": "feature", "label": "Visits"},
        "illness": {"role": "feature", "kind": "boolean", "label": "Illness", "use": "describe"},
        "gender": {"role": "gender"},
        "city": {"role": "category", "label": "City"},
    }
    return Table(
        f"one donor of 900, {'set apart' if outliers == 'set_apart' else 'kept'}",
        _finished(rows.drop(columns="spend")), columns,
        Known(whole=frozenset({"age", "donation", "visits"}), valued="donation"),
        apart=(17,) if outliers == "set_apart" else (), more={"value": {"sum_of": ["donation"], "label": "Donations"}},
        at_risk=17, outliers=outliers,
    )  # fmt: skip


def two_values() -> Table:
    """A column of 1 and 3, of which one segment has 3 seven times."""
    rows, random = _groups((80, 70, 60), 14)
    answer = np.where(random.random(len(rows)) < 0.45, 3, 1)
    first = np.flatnonzero(rows["group"] == 0)
    answer[first] = 1
    answer[first[:7]] = 3
    rows["plan"] = answer
    columns = COLUMNS | {"plan": {"role": "feature", "label": "Plan", "use": "describe"}}
    return Table(
        "two values, 1 and 3", _finished(rows), columns, Known(whole=frozenset({"age", "spend"})),
        at_risk=int(first[0]),
    )  # fmt: skip


def cents() -> Table:
    """A segment of eleven customers, incomes to the cent."""
    rows, random = _groups((90, 70, 11), 15)
    income = random.normal(np.array([28_000, 41_000, 96_000])[rows["group"]], 2_300).round(2)
    rows["income"] = income
    columns = {"age": {"role": "age"}, "income": {"role": "income", "format": "money"}}
    return Table(
        "segment of eleven, incomes to the cent", _finished(rows.drop(columns="spend")), columns,
        Known(whole=frozenset({"age"})), at_risk=int(np.flatnonzero(rows["group"] == 2)[0]),
    )  # fmt: skip


def gaps() -> Table:
    """Columns that some left empty; in one segment four did."""
    rows, random = _groups((80, 70, 60), 16)
    rows["visits"] = random.poisson(np.array([3, 9, 6])[rows["group"]]).astype(float)
    rows["score"] = random.integers(1, 6, len(rows)).astype(float)
    rows.loc[np.flatnonzero(rows["group"] == 0)[:4], "visits"] = np.nan
    rows.loc[np.flatnonzero(rows["group"] == 1)[:15], "visits"] = np.nan
    rows.loc[np.flatnonzero(rows["group"] == 2)[:13], "score"] = np.nan
    rows["gender"] = random.choice(["f", "m"], len(rows))
    columns = COLUMNS | {
        "visits": {"role": "feature", "label": "Visits", "use": "describe"},
        "score": {"role": "feature", "label": "Score", "use": "describe"},
        "gender": {"role": "gender"},
    }
    known = Known(support={"score": (1.0, 2.0, 3.0, 4.0, 5.0)}, whole=frozenset({"age", "spend", "visits"}))
    return Table(
        "columns with gaps", _finished(rows), columns, known, at_risk=int(np.flatnonzero(rows["group"] == 0)[9])
    )


def sums() -> Table:
    """Online and shop make the total; in one segment one customer has nearly all of the shop's."""
    rows, random = _groups((80, 70, 60), 17)
    rows["online"] = random.normal(np.array([300, 1900, 700])[rows["group"]], 90).round().clip(1)
    rows["shop"] = random.integers(0, 12, len(rows)).astype(float)
    big = int(np.flatnonzero(rows["group"] == 1)[0])
    rows.loc[big, "shop"] = 48_211
    rows["total"] = rows["online"] + rows["shop"]
    columns = {
        "age": {"role": "age"},
        "online": {"role": "spending", "format": "money", "label": "Online"},
        "shop": {"role": "feature", "format": "money", "label": "Shop", "use": "describe"},
        "total": {"role": "feature", "format": "money", "label": "Total", "use": "describe"},
    }
    known = Known(whole=frozenset({"age", "online", "shop", "total"}), totals={"total": ("online", "shop")})
    return Table("columns that add up", _finished(rows.drop(columns="spend")), columns, known, at_risk=big)


def three_way() -> Table:
    """Gender, city, and a column of both at once, of which some pairs are rare."""
    rows, random = _groups((90, 80, 70), 18)
    rows["gender"] = random.choice(["f", "m", "x"], len(rows), p=[0.5, 0.42, 0.08])
    rows["city"] = random.choice(["Bonn", "Kiel", "Ulm"], len(rows), p=[0.5, 0.35, 0.15])
    rows["both"] = rows["gender"] + " " + rows["city"]
    columns = COLUMNS | {
        "gender": {"role": "gender"},
        "city": {"role": "category", "label": "City"},
        "both": {"role": "category", "label": "Gender and city"},
    }
    known = Known(whole=frozenset({"age", "spend"}), crossed={"both": ("gender", "city")})
    return Table(
        "gender, city and both", _finished(rows), columns, known, at_risk=int(np.flatnonzero(rows["gender"] == "x")[0])
    )


def rare_yes() -> Table:
    """One customer alone says yes, to another question three do, to a third all of a segment; correlations tell age."""
    rows, random = _groups((80, 70, 60), 19)
    rows["convicted"], rows["disabled"], rows["member"] = (
        "no",
        "no",
        np.where(random.random(len(rows)) < 0.4, "yes", "no"),
    )
    rows.loc[5, "convicted"] = "yes"
    rows.loc[[8, 60, 140], "disabled"] = "yes"
    rows["insured"] = np.where((rows["group"] == 2) | (random.random(len(rows)) < 0.5), "yes", "no")
    asked = {"role": "feature", "kind": "boolean", "use": "describe"}
    columns = COLUMNS | {
        each: asked | {"label": each.title()} for each in ("convicted", "disabled", "member", "insured")
    }
    return Table("a single yes", _finished(rows), columns, Known(whole=frozenset({"age", "spend"})), at_risk=5)


def transactions() -> Table:
    """Purchases of 260 customers over two years, most of whom bought once; their expected value is published."""
    random = np.random.default_rng(20)
    rows = []
    for customer in range(260):
        kind = customer % 3
        often = 1 + random.poisson((0.2, 3.0, 9.0)[kind])
        start = random.integers(0, 400)
        days = np.sort(start + random.integers(0, 720 - start, often)) if kind else np.array([start])
        amounts = np.exp(random.normal((3.0, 3.6, 4.3)[kind], 0.3, len(days))).round(2)
        rows += [(f"CUST-{customer:05d}", day, amount) for day, amount in zip(days, amounts, strict=True)]
    made = pd.DataFrame(rows, columns=["customer", "day", "amount"])
    made["date"] = (pd.Timestamp("2023-01-01") + pd.to_timedelta(made["day"], unit="D")).dt.strftime("%Y-%m-%d")
    return Table(
        "transactions with lifetime values", made.drop(columns="day"), {},
        Known(whole=frozenset({"recency", "frequency"})), differenced=False,
        more={"columns": {}, "transactions": {"customer": "customer", "date": "date", "amount": "amount"}},
    )  # fmt: skip


TABLES: Mapping[str, Callable[[], Table]] = {
    "ordinal": ordinal,
    "rare_integer": rare_integer,
    "donor": donor,
    "donor_kept": lambda: donor("keep"),
    "two_values": two_values,
    "transactions": transactions,
    "cents": cents,
    "gaps": gaps,
    "sums": sums,
    "three_way": three_way,
    "rare_yes": rare_yes,
}
"""Name → table."""
