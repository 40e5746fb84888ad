"""Which verb a column's differences take: `earns`, `spends`, `buys`; only where the column's label bears it out.

A role says what a column is for, not what it holds: a lifetime value is monetary and nobody spends it.
"""

from __future__ import annotations

from analysis.configuration.derived import DERIVED
from analysis.contract import Feature
from analysis.headers.vocabulary import roles_of, words_of
from analysis.language import gettext
from analysis.wording.nouns import is_standing
from analysis.wording.phrases import VERBS, Verb

NOT_SPENT = frozenset(
    {
        "advance", "arr", "average", "avg", "balance", "cashback", "category", "change", "claim", "claims", "clv",
        "commission", "contribution", "credit", "debt", "deposit", "discount", "expected", "fee", "fees", "growth",
        "hike", "increase", "interest", "lifetime", "limit", "loan", "ltv", "margin", "max", "maximum", "mean",
        "median", "min", "minimum", "order", "orders", "per", "percent", "percentage", "predicted", "premium", "profit",
        "rank", "rate", "ratio", "refund", "refunds", "saving", "savings", "share", "value",
    }
)  # fmt: skip
"""Words of money that is not what somebody spends, or not in all."""
NOT_A_PERSON = frozenset({"account", "car", "company", "contract", "house", "policy", "property", "vehicle"})
VISITS = ("visit", "besuch", "session", "login")
BUYING = (
    "achat", "acquist", "bestell", "bought", "buy", "command", "compra", "einkauf", "frequen", "haufigkeit", "invoice",
    "kauf", "order", "ordin", "pedido", "purchas", "recen", "rezenz", "transaction",
)  # fmt: skip


def verb(feature: Feature) -> Verb | None:
    """How a difference reads; None where the label does not say that a verb would be true."""
    key = _derived(feature) or _verb(feature)
    return VERBS[key] if key else None


def bought(feature: Feature) -> bool:
    """Whether a column says how long ago somebody last bought."""
    return verb(feature) is VERBS["recency"]


def _derived(feature: Feature) -> str | None:
    """The derived column of purchases that this is, by its label and role."""
    labels = ((name, str(one["label"])) for name, one in DERIVED.items() if feature.role == one["role"])
    return next((name for name, label in labels if feature.label in {label, gettext(label)}), None)


def _verb(feature: Feature) -> str | None:
    role, words = feature.role, words_of(feature.label)
    if role in {"feature", "date"} and is_standing(feature):
        return "standing"
    if role == "age":
        return None if NOT_A_PERSON.intersection(words) else role
    if role == "spending" and feature.format == "money":
        role = "monetary"
        return role if {"spending", "monetary"} & roles_of(feature.label).keys() and not _other(words) else None
    if role in {"frequency", "recency"}:
        return _happening(role, words)
    if role in {"income", "spending", "monetary"} and role in roles_of(feature.label):
        return None if role == "monetary" and _other(words) else role
    return None


def _other(words: list[str]) -> bool:
    return bool(NOT_SPENT.intersection(words)) and not {"spent", "spend", "spending"}.intersection(words)


def _happening(role: str, words: list[str]) -> str | None:
    if any(word.startswith(VISITS) for word in words):
        return "visits" if role == "frequency" else "visited"
    stems = [word for word in words if word.startswith(BUYING)]
    # “Balance frequency” is how often something else happens.
    bare = all(word.startswith(("frequen", "recen", "rezenz", "haufigkeit")) for word in stems)
    return role if stems and (not bare or len(words) == 1) else None
