"""How a difference reads, by verb: each a whole message with slots, so that a translator is free in word order.

A phrase completes “This segment …”. Slots: `amount` (“43%”, “3 years”), `times` (“twice”, “3.4 times”), `label` (of the
column, as it reads inside a sentence) and, where a phrase tells it, `figure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.language import gettext_noop


@dataclass(frozen=True)
class Compared:
    """A difference from one figure of all customers, as messages in English."""

    more: str
    less: str
    times: str


@dataclass(frozen=True)
class Verb:
    """A difference from the average, and from the median, which is that of the typical customer."""

    average: Compared
    median: Compared


VERBS: Mapping[str, Verb] = {
    "age": Verb(
        Compared(
            gettext_noop("is {amount} older than average"),
            gettext_noop("is {amount} younger than average"),
            gettext_noop("is {times} as old as average"),
        ),
        Compared(
            gettext_noop("is {amount} older than the typical customer"),
            gettext_noop("is {amount} younger than the typical customer"),
            gettext_noop("is {times} as old as the typical customer"),
        ),
    ),
    "income": Verb(
        Compared(
            gettext_noop("earns {amount} more than average"),
            gettext_noop("earns {amount} less than average"),
            gettext_noop("earns {times} as much as average"),
        ),
        Compared(
            gettext_noop("earns {amount} more than the typical customer"),
            gettext_noop("earns {amount} less than the typical customer"),
            gettext_noop("earns {times} as much as the typical customer"),
        ),
    ),
    "spending": Verb(
        Compared(
            gettext_noop("scores {amount} higher on spending than average"),
            gettext_noop("scores {amount} lower on spending than average"),
            gettext_noop("scores {times} as high on spending as average"),
        ),
        Compared(
            gettext_noop("scores {amount} higher on spending than the typical customer"),
            gettext_noop("scores {amount} lower on spending than the typical customer"),
            gettext_noop("scores {times} as high on spending as the typical customer"),
        ),
    ),
    "monetary": Verb(
        Compared(
            gettext_noop("spends {amount} more than average"),
            gettext_noop("spends {amount} less than average"),
            gettext_noop("spends {times} as much as average"),
        ),
        Compared(
            gettext_noop("spends {amount} more than the typical customer"),
            gettext_noop("spends {amount} less than the typical customer"),
            gettext_noop("spends {times} as much as the typical customer"),
        ),
    ),
    "recency": Verb(
        Compared(
            gettext_noop("last bought {amount} longer ago than average"),
            gettext_noop("last bought {amount} more recently than average"),
            gettext_noop("last bought {times} as long ago as average"),
        ),
        Compared(
            gettext_noop("last bought {amount} longer ago than the typical customer"),
            gettext_noop("last bought {amount} more recently than the typical customer"),
            gettext_noop("last bought {times} as long ago as the typical customer"),
        ),
    ),
    "frequency": Verb(
        Compared(
            gettext_noop("buys {amount} more often than average"),
            gettext_noop("buys {amount} less often than average"),
            gettext_noop("buys {times} as often as average"),
        ),
        Compared(
            gettext_noop("buys {amount} more often than the typical customer"),
            gettext_noop("buys {amount} less often than the typical customer"),
            gettext_noop("buys {times} as often as the typical customer"),
        ),
    ),
    "standing": Verb(
        Compared(
            gettext_noop("has been a customer {amount} longer than average"),
            gettext_noop("has been a customer {amount} less than average"),
            gettext_noop("has been a customer {times} as long as average"),
        ),
        Compared(
            gettext_noop("has been a customer {amount} longer than the typical customer"),
            gettext_noop("has been a customer {amount} less than the typical customer"),
            gettext_noop("has been a customer {times} as long as the typical customer"),
        ),
    ),
    "visited": Verb(
        Compared(
            gettext_noop("last visited {amount} longer ago than average"),
            gettext_noop("last visited {amount} more recently than average"),
            gettext_noop("last visited {times} as long ago as average"),
        ),
        Compared(
            gettext_noop("last visited {amount} longer ago than the typical customer"),
            gettext_noop("last visited {amount} more recently than the typical customer"),
            gettext_noop("last visited {times} as long ago as the typical customer"),
        ),
    ),
    "visits": Verb(
        Compared(
            gettext_noop("visits {amount} more often than average"),
            gettext_noop("visits {amount} less often than average"),
            gettext_noop("visits {times} as often as average"),
        ),
        Compared(
            gettext_noop("visits {amount} more often than the typical customer"),
            gettext_noop("visits {amount} less often than the typical customer"),
            gettext_noop("visits {times} as often as the typical customer"),
        ),
    ),
    "tenure": Verb(
        Compared(
            gettext_noop("first bought {amount} earlier than average"),
            gettext_noop("first bought {amount} later than average"),
            gettext_noop("first bought {times} as long ago as average"),
        ),
        Compared(
            gettext_noop("first bought {amount} earlier than the typical customer"),
            gettext_noop("first bought {amount} later than the typical customer"),
            gettext_noop("first bought {times} as long ago as the typical customer"),
        ),
    ),
    "basket": Verb(
        Compared(
            gettext_noop("spends {amount} more per purchase than average"),
            gettext_noop("spends {amount} less per purchase than average"),
            gettext_noop("spends {times} as much per purchase as average"),
        ),
        Compared(
            gettext_noop("spends {amount} more per purchase than the typical customer"),
            gettext_noop("spends {amount} less per purchase than the typical customer"),
            gettext_noop("spends {times} as much per purchase as the typical customer"),
        ),
    ),
    "products": Verb(
        Compared(
            gettext_noop("has bought {amount} more different products than average"),
            gettext_noop("has bought {amount} fewer different products than average"),
            gettext_noop("has bought {times} as many different products as average"),
        ),
        Compared(
            gettext_noop("has bought {amount} more different products than the typical customer"),
            gettext_noop("has bought {amount} fewer different products than the typical customer"),
            gettext_noop("has bought {times} as many different products as the typical customer"),
        ),
    ),
}
OTHERWISE = Verb(
    Compared(
        gettext_noop("is {amount} above average in {label}"),
        gettext_noop("is {amount} below average in {label}"),
        gettext_noop("is at {times} the average in {label}"),
    ),
    Compared(
        gettext_noop("is {amount} above the median in {label}"),
        gettext_noop("is {amount} below the median in {label}"),
        gettext_noop("is at {times} the median in {label}"),
    ),
)
"""Of a column that no verb suits."""
DATE = Verb(
    Compared(
        gettext_noop("is {amount} longer ago than average in {label}"),
        gettext_noop("is {amount} more recent than average in {label}"),
        gettext_noop("is {times} as long ago as average in {label}"),
    ),
    Compared(
        gettext_noop("is {amount} longer ago than the median in {label}"),
        gettext_noop("is {amount} more recent than the median in {label}"),
        gettext_noop("is {times} as long ago as the median in {label}"),
    ),
)
"""Of a date, in years before the reference date."""
PLACED = Verb(
    Compared(
        gettext_noop("{amount} above average"),
        gettext_noop("{amount} below average"),
        gettext_noop("{times} the average"),
    ),
    Compared(
        gettext_noop("{amount} above the median"),
        gettext_noop("{amount} below the median"),
        gettext_noop("{times} the median"),
    ),
)
"""Where a figure is that stands beside it."""
LAST_BOUGHT = Verb(
    Compared(
        gettext_noop("last bought {figure} ago, {amount} longer ago than average"),
        gettext_noop("last bought {figure} ago, {amount} more recently than average"),
        gettext_noop("last bought {figure} ago, {times} as long ago as average"),
    ),
    Compared(
        gettext_noop("last bought {figure} ago, {amount} longer ago than the typical customer"),
        gettext_noop("last bought {figure} ago, {amount} more recently than the typical customer"),
        gettext_noop("last bought {figure} ago, {times} as long ago as the typical customer"),
    ),
)
"""How long ago a segment last bought, and where that is."""
