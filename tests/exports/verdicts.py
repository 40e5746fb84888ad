"""The product's figures held against the truth of each case, customer by customer."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from tests.exports.published import Published, published

CASES = Path(__file__).with_name("cases")
RIGHT, ASKED, REFUSED, WRONG = "right", "asked", "refused", "WRONG"
CENT = Decimal("0.01")
HALF_A_CENT = 0.005


@dataclass(frozen=True)
class Verdict:
    """A line of the table, and why it is wrong if it is."""

    layout: str
    rows: int
    customers: str
    orders: str
    revenue: str
    verdict: str
    why: str = ""


def cases() -> list[Path]:
    """The folders, in the order of their names."""
    return sorted(each.parent for each in CASES.glob("*/expected.json"))


def expected(folder: Path) -> dict[str, Any]:
    """What the case says is right."""
    found: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return found


def truth(folder: Path) -> pd.DataFrame | dict[str, Any]:
    """What the case's own computation finds: figures a customer, or the facts that a question rests on."""
    spec = importlib.util.spec_from_file_location(f"truth_of_{folder.name}", folder / "truth.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: pd.DataFrame | dict[str, Any] = module.truth(folder)
    return found


def cents(amount: Decimal | float) -> str:
    """An amount with two decimals."""
    return str(Decimal(str(amount)).quantize(CENT, ROUND_HALF_UP))


def judged(folder: Path) -> Verdict:
    """What the product makes of the case."""
    wanted = expected(folder)
    file = folder / wanted["table"]
    rows = sum(bool(line.strip()) for line in file.read_text(encoding="utf-8").splitlines()) - 1
    try:
        found = published(file)
    except Exception as crash:  # noqa: BLE001 (whatever it is, no user may see it)
        return Verdict(wanted["layout"], rows, "–", "–", "–", WRONG, f"crashed: {crash!r:.200}")
    if isinstance(found, Published):
        why = compared(found, truth(folder), wanted)
        return Verdict(wanted["layout"], rows, *_shown(found.figures), WRONG if why else RIGHT, why)
    verdict, why = answered(found, wanted)
    return Verdict(wanted["layout"], rows, "–", "–", "–", verdict, why)


def answered(sentences: Iterable[str], wanted: Mapping[str, Any]) -> tuple[str, str]:
    """The verdict on a question or a refusal, and why it is wrong if it is."""
    sentences = tuple(sentences)
    told = " / ".join(sentences)
    for key, verdict in (("asks", ASKED), ("or_asks", ASKED), ("refuses", REFUSED)):
        if key in wanted:
            if any(_holds(sentence, wanted[key]) for sentence in sentences):
                return verdict, ""
            return WRONG, f"no one sentence speaks of {', '.join(wanted[key])}: {told}"
    return WRONG, f"the table tells, but it is refused: {told}"


def _holds(sentence: str, words: Iterable[str]) -> bool:
    return "\n" not in sentence and all(re.search(word, sentence, re.IGNORECASE) for word in words)


def compared(found: Published, right: pd.DataFrame | dict[str, Any], wanted: Mapping[str, Any]) -> str:
    """What is wrong with published figures; empty where they are right."""
    if isinstance(right, dict):
        return f"figures are published without a word on {', '.join(wanted.get('asks') or wanted['refuses'])}"
    if wanted.get("kind") == "customers" and found.site.transactions:
        return "a table of customers is taken for one of transactions"
    place = _matched(found.figures.index, right)
    if isinstance(place, str):
        return place
    own = found.figures.set_axis(place).reindex(right.index)
    stated = wanted.get("currency")
    problems = [
        *_columns(found, wanted),
        *_orders(own, right),
        *_money(own, right, found, wanted),
        *_days(own, right),
        *([f"in {found.site.site.currency}, not in {stated}"] if stated and found.site.site.currency != stated else ()),
    ]
    return "; ".join(problems)


def _matched(names: Iterable[str], right: pd.DataFrame) -> list[str] | str:
    """The true name of each published customer; or a sentence that they are others."""
    known = {_name(customer): customer for customer in right.index}
    for customer, others in right["also"].items() if "also" in right else ():
        known |= {_name(other): customer for other in others}
    names = list(names)
    place = [known.get(_name(name), "") for name in names]
    if len(names) == len(right) and set(place) == set(right.index):
        return place
    strangers = sum(not each for each in place)
    return f"{len(names)} customers, of whom {strangers} are none, instead of {len(right)}"


def _name(text: object) -> str:
    """As identifiers compare: without the apostrophe of a spreadsheet, and 12346.0 is 12346."""
    return re.sub(r"(?<=[0-9])\.0$", "", str(text).strip().lstrip("'").casefold())


def _orders(own: pd.DataFrame, right: pd.DataFrame) -> list[str]:
    if "orders" not in right:
        return ["orders are counted, where none are told"] if "orders" in own else []
    counts = own["orders"] if "orders" in own else pd.Series(1, index=own.index)
    return _told("orders", counts.sum(), right["orders"].sum(), (counts != right["orders"]).sum(), "{:.0f}".format)


def _money(own: pd.DataFrame, right: pd.DataFrame, found: Published, wanted: Mapping[str, Any]) -> list[str]:
    if "revenue" not in right:
        return ["money is counted, where none is told"] if "revenue" in own else []
    if "revenue" not in own:
        return ["no money is counted"]
    for other in wanted.get("or", ()):
        stated = [line for line in found.said if all(amount in line for amount in found.amounts)]
        if any(re.search(other["says"], line, re.IGNORECASE) for line in stated) and not _off(
            own["revenue"], right[other["column"]]
        ):
            return []
    off = _off(own["revenue"], right["revenue"])
    return _told("revenue", own["revenue"].sum(), float(right["revenue"].sum()), off, cents)


def _off(own: pd.Series, right: pd.Series) -> int:
    """How many customers' money differs by half a cent or more."""
    return int(((own - right.astype(float)).abs() >= HALF_A_CENT).sum())


def _days(own: pd.DataFrame, right: pd.DataFrame) -> list[str]:
    if "last" not in own or "last" not in right:
        return []
    off = (own["last"] != right["last"]).sum()
    return [f"last purchase wrong of {off} customers"] if off else []


def _told(what: str, own: Any, right: Any, off: int, show: Any) -> list[str]:  # noqa: ANN401 (figures of any kind)
    return [f"{what} {show(own)} instead of {show(right)}, wrong of {off} customers"] if off else []


def _columns(found: Published, wanted: Mapping[str, Any]) -> list[str]:
    columns = found.site.columns
    measured = [name for name in wanted.get("not_measures", ()) if name in columns and columns[name].clusters]
    recent = [name for name in wanted.get("not_recency", ()) if name in columns and columns[name].role == "recency"]
    return [
        *(f"“{name}” is taken for a measure" for name in measured),
        *(f"“{name}” is taken for the last purchase" for name in recent),
    ]


def _shown(figures: pd.DataFrame) -> tuple[str, str, str]:
    orders = f"{figures['orders'].sum():.0f}" if "orders" in figures else "–"
    return str(len(figures)), orders, cents(figures["revenue"].sum()) if "revenue" in figures else "–"
