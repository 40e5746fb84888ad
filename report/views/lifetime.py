"""Expected value on the method page: how it is estimated, what is assumed, and the parameters."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.contract import Interval, Lifetime
from analysis.language import gettext, gettext_noop, ngettext
from analysis.language.words import in_sentence
from report.captions.strength import to
from report.views.story import Story

LIMIT = gettext_noop(
    "Expected value is a forecast from past purchases alone. It counts revenue, not margin, and does not know future "
    "campaigns, seasons, prices or competitors."
)
SOURCES = gettext_noop(
    "Fader, Hardie & Lee (2005), Marketing Science 24:275 (BG/NBD); Fader, Hardie & Lee (2005), Journal of Marketing "
    "Research 42:415, and Fader & Hardie (2013) (Gamma-Gamma)."
)
UNRELATED = 0.3
"""Correlation up to which number and amount of purchases may be treated as unrelated."""
NAMES = {"alpha": "α", "gamma": "γ"}


@dataclass(frozen=True)
class ParameterRow:
    """One parameter."""

    model: str
    name: str
    value: str
    range: str


@dataclass(frozen=True)
class LifetimeWords:
    """The section of the method page."""

    lead: str
    assumptions: list[str] = field(default_factory=list)
    parameters: list[ParameterRow] = field(default_factory=list)
    sources: str = ""


def lifetime_words(story: Story) -> LifetimeWords | None:
    """The section; None where value does not come from transactions."""
    found = story.contract.lifetime
    if found is None:
        return None
    if not found.used:
        return LifetimeWords(
            gettext(
                "Expected value could not be estimated: {reason}. Customer value is therefore taken from the table: "
                "{label}.",
                reason=found.reason, label=in_sentence(story.site.value.called),
            )
        )  # fmt: skip
    return LifetimeWords(
        " ".join(_lead(story, found)), _assumptions(story, found), _parameters(story, found), gettext(SOURCES)
    )


def _lead(story: Story, found: Lifetime) -> list[str]:
    rate = story.formats.percent(found.discount_rate, 1 if round(found.discount_rate * 1000) % 10 else 0)
    told = [
        ngettext(
            "A customer’s value is the money expected from them in the next month.",
            "A customer’s value is the money expected from them in the next {months} months.",
            found.months, months=found.months,
        ),
        gettext(
            "It is the expected number of purchases (BG/NBD model) times the expected mean amount of each (Gamma-Gamma "
            "model), month by month. Later months count for less ({rate} a year).",
            rate=rate,
        ),
        gettext("Several purchases on one day count as one."),
    ]  # fmt: skip
    if found.repeaters is not None:
        told.append(
            ngettext(
                "{count} customer bought on more than one day; the models learn from these repeat purchases.",
                "{count} customers bought on more than one day; the models learn from their repeat purchases.",
                found.repeaters, count=story.formats.number(found.repeaters),
            )
        )  # fmt: skip
    return told


AT_RANDOM = gettext_noop(
    "While customers are active, they buy at random, each at their own constant rate: there are no seasons and no "
    "trend."
)
LEAVING = gettext_noop(
    "After any repeat purchase a customer may leave for good, without notice, each with their own probability. The "
    "more often customers used to buy, the more a long silence suggests that they have left."
)
ONCE = gettext_noop(
    "In the model no customer leaves before a second purchase, so it cannot say whether customers who bought once are "
    "still active. Their share is therefore not given; the share expected to buy again says more."
)


def _assumptions(story: Story, found: Lifetime) -> list[str]:
    unrelated = gettext("How much customers spend per purchase is unrelated to how often they buy.")
    return [
        gettext(AT_RANDOM),
        gettext(LEAVING),
        gettext(ONCE),
        f"{unrelated} {_correlation(story, found)}".rstrip(),
        gettext("Returns are deducted from purchases; costs are not."),
        *_untested(found),
    ]


def _correlation(story: Story, found: Lifetime) -> str:
    if found.correlation is None:
        return ""
    written = story.formats.signed(found.correlation, 2)
    if abs(found.correlation) <= UNRELATED:
        return gettext("Here the correlation is {correlation}, which is small enough.", correlation=written)
    if found.correlation > 0:
        return gettext(
            "Here the correlation is {correlation}, which is not small: frequent buyers may be undervalued.",
            correlation=written,
        )
    return gettext(
        "Here the correlation is {correlation}, which is not small: frequent buyers may be overvalued.",
        correlation=written,
    )


def _untested(found: Lifetime) -> list[str]:
    if found.held_out is not None:
        return []
    return [
        gettext(
            "The first half of the period alone has too few repeat purchases to predict the second half, so the "
            "forecast could not be tested."
        )
    ]


def _parameters(story: Story, found: Lifetime) -> list[ParameterRow]:
    parts = (("BG/NBD", found.purchases), ("Gamma-Gamma", found.spending))
    return [
        ParameterRow(model, NAMES.get(name, name), _short(story, one.value), _range(story, one.interval))
        for model, part in parts
        for name, one in part.items()
    ]


def _short(story: Story, value: float) -> str:
    return story.formats.number(value, 3 if abs(value) < 10 else 1)


def _range(story: Story, ends: Interval | None) -> str:
    return "–" if ends is None else to(_short(story, ends.lower), _short(story, ends.upper))
