"""What a column's label counts or measures, so that the words beside it suit: many visits, but high charges."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from analysis.configuration.derived import DERIVED
from analysis.configuration.yaml_text import read_yaml
from analysis.contract import Feature
from analysis.language import gettext, ngettext, pgettext
from analysis.language.messages import ENGLISH, spoken
from analysis.language.words import in_sentence

HEAD = re.compile(r"\s+(?:in|on|a|an|per|of|for|with|at|to|since|from|last|as|by|within|during)\s+|\s*[(,]")
NUMBER_OF = re.compile(r"^(?:the )?(?:number|count|no\.?) of ", re.IGNORECASE)


@cache
def _lists() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(Path(__file__).with_name("nouns.yml").read_text(encoding="utf-8"))
    return found


def thing(label: str) -> str:
    """What is counted: `number of policies` → `policies`."""
    return NUMBER_OF.sub("", label)


def counted(written: str, label: str) -> str:
    """A written figure and what it counts: `2.4 open complaints`, `1 policy`.

    Only English forms the singular of any label. Elsewhere all but the derived one stand before their figure:
    `Beschwerden 1`.
    """
    if _is_purchases(label):
        return ngettext("{figure} purchase", "{figure} purchases", 1 if written == "1" else 2, figure=written)
    if spoken() != ENGLISH:
        return gettext("{label} {figure}", label=label, figure=written)
    things = thing(label)
    if written != "1" or not things.endswith("s") or things.endswith("ss"):
        return f"{written} {things}"
    return f"{written} {things[:-3]}y" if things.endswith("ies") else f"{written} {things[:-1]}"


def counts_things(feature: Feature) -> bool:
    """Whether a column counts, by its whole numbers and its label's noun: `store purchases`, not `payments`.

    Plurals are known in English alone, and in other languages that of the derived column.
    """
    if feature.measure != "numeric" or feature.unit or feature.format in {"money", "percent"} or not is_whole(feature):
        return False
    if spoken() != ENGLISH:
        return _is_purchases(feature.label)
    if NUMBER_OF.match(feature.label):
        return True
    words = HEAD.split(thing(feature.label).casefold())[0].split()
    if not words or words[0] in _lists()["figures"]:
        return False
    noun = words[-1]
    return _is_plural(noun) and noun not in _lists()["money"]


def _is_purchases(label: str) -> bool:
    """Whether this is the label of the derived column of purchases, which has a message with singular and plural."""
    return in_sentence(label) == in_sentence(gettext(str(DERIVED["frequency"]["label"])))


def is_whole(feature: Feature) -> bool:
    """Whether a column holds whole numbers, as its format says or its quantiles tell."""
    if feature.format == "integer" and feature.scale == 1:
        return True  # quantiles between two whole numbers need not be whole
    ends = [feature.p05, feature.q1, feature.median, feature.q3, feature.p95]
    return feature.scale == 1 and all(end is not None and end == int(end) for end in ends)


def _is_plural(noun: str) -> bool:
    if noun in _lists()["plural"]:
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and noun not in _lists()["singular"]


def is_standing(feature: Feature) -> bool:
    """Whether a column says how long somebody has been a customer: `Tenure`."""
    label = feature.label.casefold()
    return feature.measure in {"numeric", "date"} and any(
        re.search(rf"\b{word}\b", label) for word in _lists()["standing"]
    )


def event(label: str) -> str | None:
    """What customers of a yes have done: `Churn` → `churn`, `Accepted campaign 3`; None where the label is a thing."""
    words = label.casefold().split()
    if len(words) == 1 and (told := _events().get(words[0])):
        return told
    return label if words and words[0].endswith("ed") and len(words[0]) > 4 else None


def _events() -> dict[str, str]:
    """What customers of a yes have done, as the label says it → as a name says it, behind `mostly` or `seldom`."""
    return {
        "attrition": pgettext("customers who", "leave"),
        "churn": pgettext("customers who", "churn"),
        "churned": pgettext("customers who", "churned"),
        "complain": pgettext("customers who", "complain"),
        "complaint": pgettext("customers who", "complain"),
        "default": pgettext("customers who", "default"),
        "left": pgettext("customers who", "left"),
        "renewal": pgettext("customers who", "renew"),
        "response": pgettext("customers who", "respond"),
    }
