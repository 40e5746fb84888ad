"""Building a table's site by the command, as its owner would, and the truth beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import yaml

from tests.in_process import command
from tests.privacy.figures import Confirmed
from tests.privacy.published import Published
from tests.privacy.tables import Table
from tests.privacy.truth import Truth


class RefusedError(Exception):
    """The command's message."""


@dataclass(frozen=True, eq=False)
class Built:
    """A table's published site, the contract that stays private, and what is true."""

    table: Table
    published: Published
    private: Published
    """As if it were published without disclosure control."""
    truth: Truth
    confirmed: Confirmed


def built(table: Table, folder: Path) -> Built:
    """Build the site in a folder of its own, where none stands there yet. Raises RefusedError as the command does."""
    if not (folder / "_site").is_dir():
        build(table, folder)
    return read(table, folder)


def build(table: Table, folder: Path) -> None:
    """By the command. Raises RefusedError with its message."""
    folder.mkdir(parents=True, exist_ok=True)
    table.rows.to_csv(folder / "customers.csv", index=False)
    (folder / "site.yml").write_text(yaml.safe_dump(table.site, sort_keys=False), encoding="utf-8")
    ended = command("build", "--renderer", "builtin", "--config", "site.yml", folder=folder)
    if ended.code:
        raise RefusedError(ended.err.strip()[-2000:])


def read(table: Table, folder: Path) -> Built:
    """What stands in a folder that was built."""
    digest = hashlib.sha256((folder / "customers.csv").read_bytes()).hexdigest()
    last = str(table.rows["date"].max()) if "date" in table.rows else None
    private = json.loads((folder / "build" / "analysis.json").read_text(encoding="utf-8"))
    return Built(
        table,
        Published.read(folder / "_site"),
        Published(private, {}),
        truth_of(table, folder),
        Confirmed(digest, last),
    )


def truth_of(table: Table, folder: Path) -> Truth:
    assigned = pd.read_csv(folder / "build" / "assignments.csv", dtype={"id": str, "customer": str})
    key = assigned.columns[0]
    segment = dict(zip(assigned[key], assigned["segment"], strict=True))
    rows = _customers(table) if "transactions" in table.more else _coded(table)
    rows = rows[rows["id"].isin(segment)].reset_index(drop=True)
    rows["segment"] = rows["id"].map(segment)
    apart = rows["id"].isin(table.rows.iloc[list(table.apart), 0]).to_numpy()
    return Truth(rows, apart, table.known.valued)


def _coded(table: Table) -> pd.DataFrame:
    """Levels as 1, 2, …, yes and no as 1 and 0."""
    rows = table.rows.copy()
    for name, column in table.columns.items():
        if column.get("kind") == "boolean":
            rows[name] = rows[name].map({"yes": 1.0, "no": 0.0})
        elif "order" in column:
            rows[name] = rows[name].map({level: place + 1.0 for place, level in enumerate(column["order"])})
    return rows


def _customers(table: Table) -> pd.DataFrame:
    """Recency, frequency and monetary by customer, as the documentation defines them."""
    rows = table.rows.assign(date=pd.to_datetime(table.rows["date"]))
    day = rows["date"].max() + pd.Timedelta(days=1)
    made = rows.groupby("customer").agg(last=("date", "max"), frequency=("date", "nunique"), monetary=("amount", "sum"))
    made["recency"] = (day - made.pop("last")).dt.days
    return made.reset_index(names="id")
