"""What names say of a column, by key: `high {things}`, `younger`; each a whole message in the language of the site.

A message with `things` serves any label, and several labels in a row. Income and spending have messages of their own
(`of_role`), so that a translator can decline them: “hohes Einkommen” beside “hohe Ausgaben”.
"""

from __future__ import annotations

from analysis.contract import Feature
from analysis.language import pgettext
from analysis.language.words import in_sentence


def lead(key: str, things: str) -> str:
    """What the key says of these things; of nothing where one word says it all."""
    return _leads()[key].format(things=things)


def of_role(key: str, role: str) -> str | None:
    """What the key says of income, spending or age, in one message; None for any other role."""
    return _of_roles().get((key, role))


def with_level(level: str, feature: Feature) -> str:
    """A level with its column: `high income`, `medium visits`."""
    return of_role(level, feature.role) or lead(level, in_sentence(feature.label))


def _leads() -> dict[str, str]:
    return {
        "": "{things}",
        "very low": pgettext("name of a segment", "very low {things}"),
        "low": pgettext("name of a segment", "low {things}"),
        "medium": pgettext("name of a segment", "medium {things}"),
        "high": pgettext("name of a segment", "high {things}"),
        "very high": pgettext("name of a segment", "very high {things}"),
        "lower": pgettext("name of a segment", "lower {things}"),
        "higher": pgettext("name of a segment", "higher {things}"),
        "very few": pgettext("name of a segment", "very few {things}"),
        "few": pgettext("name of a segment", "few {things}"),
        "many": pgettext("name of a segment", "many {things}"),
        "very many": pgettext("name of a segment", "very many {things}"),
        "fewer": pgettext("name of a segment", "fewer {things}"),
        "more": pgettext("name of a segment", "more {things}"),
        "mostly": pgettext("name of a segment", "mostly {things}"),
        "more often": pgettext("name of a segment", "more often {things}"),
        "less often": pgettext("name of a segment", "less often {things}"),
        "seldom": pgettext("name of a segment", "seldom {things}"),
        "yes to": pgettext("name of a segment", "yes to {things}"),
        "mostly yes to": pgettext("name of a segment", "mostly yes to {things}"),
        "more often yes to": pgettext("name of a segment", "more often yes to {things}"),
        "less often yes to": pgettext("name of a segment", "less often yes to {things}"),
        "mostly no to": pgettext("name of a segment", "mostly no to {things}"),
        "no to": pgettext("name of a segment", "no to {things}"),
        "very recent": pgettext("name of a segment", "very recent {things}"),
        "recent": pgettext("name of a segment", "recent {things}"),
        "early": pgettext("name of a segment", "early {things}"),
        "very early": pgettext("name of a segment", "very early {things}"),
        **_alone(),
    }


def _alone() -> dict[str, str]:
    """Of age, purchases and standing, whose column no name need tell."""
    return {
        "much younger": pgettext("name of a segment", "much younger"),
        "younger": pgettext("name of a segment", "younger"),
        "older": pgettext("name of a segment", "older"),
        "much older": pgettext("name of a segment", "much older"),
        "bought very recently": pgettext("name of a segment", "very recent"),
        "bought recently": pgettext("name of a segment", "recent"),
        "bought more recently": pgettext("name of a segment", "more recent"),
        "longer silent": pgettext("name of a segment", "longer silent"),
        "long silent": pgettext("name of a segment", "long silent"),
        "very long silent": pgettext("name of a segment", "very long silent"),
        "very infrequent": pgettext("name of a segment", "very infrequent"),
        "infrequent": pgettext("name of a segment", "infrequent"),
        "less frequent": pgettext("name of a segment", "less frequent"),
        "more frequent": pgettext("name of a segment", "more frequent"),
        "frequent": pgettext("name of a segment", "frequent"),
        "very frequent": pgettext("name of a segment", "very frequent"),
        "very new": pgettext("name of a segment", "very new"),
        "new": pgettext("name of a segment", "new"),
        "newer": pgettext("name of a segment", "newer"),
        "longer-standing": pgettext("name of a segment", "longer-standing"),
        "long-standing": pgettext("name of a segment", "long-standing"),
        "very long-standing": pgettext("name of a segment", "very long-standing"),
    }


def _of_roles() -> dict[tuple[str, str], str]:
    return {
        ("very low", "income"): pgettext("name of a segment", "very low income"),
        ("low", "income"): pgettext("name of a segment", "low income"),
        ("medium", "income"): pgettext("name of a segment", "medium income"),
        ("high", "income"): pgettext("name of a segment", "high income"),
        ("very high", "income"): pgettext("name of a segment", "very high income"),
        ("lower", "income"): pgettext("name of a segment", "lower income"),
        ("higher", "income"): pgettext("name of a segment", "higher income"),
        ("very low", "spending"): pgettext("name of a segment", "very low spending"),
        ("low", "spending"): pgettext("name of a segment", "low spending"),
        ("medium", "spending"): pgettext("name of a segment", "medium spending"),
        ("high", "spending"): pgettext("name of a segment", "high spending"),
        ("very high", "spending"): pgettext("name of a segment", "very high spending"),
        ("lower", "spending"): pgettext("name of a segment", "lower spending"),
        ("higher", "spending"): pgettext("name of a segment", "higher spending"),
        ("very low", "age"): pgettext("name of a segment", "very low age"),
        ("low", "age"): pgettext("name of a segment", "low age"),
        ("medium", "age"): pgettext("name of a segment", "medium age"),
        ("high", "age"): pgettext("name of a segment", "high age"),
        ("very high", "age"): pgettext("name of a segment", "very high age"),
    }
