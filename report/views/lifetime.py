"""How value is expected on the method page: what was done, what it rests on, and how it stood the test."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.contract import Interval, Lifetime
from report.captions.strength import to
from report.views.prospects import months
from report.views.story import Story
from report.views.words import lower_first

LIMIT = (
    "Expected value is a forecast from past purchases alone. It counts turnover, not margin, and knows nothing of "
    "campaigns, seasons, prices or competitors to come."
)
SOURCES = (
    "Fader, Hardie & Lee (2005), Marketing Science 24:275 (BG/NBD); Fader, Hardie & Lee (2005), Journal of Marketing "
    "Research 42:415, and Fader & Hardie (2013) (Gamma-Gamma)."
)
UNRELATED = 0.3
"""Correlation up to which number and amount of purchases may be taken as unrelated."""
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
    sources: str = SOURCES


def lifetime_words(story: Story) -> LifetimeWords | None:
    """None where value has nothing to do with transactions."""
    found = story.contract.lifetime
    if found is None:
        return None
    if not found.used:
        return LifetimeWords(
            f"What customers will bring could not be estimated: {found.reason}. So their value is "
            f"{lower_first(story.site.value.label)}, as the table holds it."
        )
    return LifetimeWords(_lead(story, found), _assumptions(story, found), _parameters(story, found))


def _lead(story: Story, found: Lifetime) -> str:
    again = "" if found.repeaters is None else f", learnt from {story.formats.number(found.repeaters)} who came back"
    rate = story.formats.percent(found.discount_rate, 1 if round(found.discount_rate * 1000) % 10 else 0)
    return (
        f"A customer’s value is the money expected from them in {months(story)}: the number of purchases expected "
        f"(BG/NBD){again}, times the mean amount expected of each (Gamma-Gamma), month by month, what comes later "
        f"counting for less ({rate} a year). Several purchases on one day count as one."
    )


AT_RANDOM = (
    "As long as customers are active they buy at random, each at a pace of their own that does not change: no seasons "
    "and no trend."
)
LEAVING = (
    "After any purchase a customer may leave for good, unannounced; each has a readiness of their own to do so. A long "
    "silence speaks of leaving the more, the more often somebody used to buy."
)
ONCE = (
    "The model knows no leaving before a second purchase, so it cannot tell whether customers who bought once are "
    "still active. No such share is given for them; the share that will come back says more."
)


def _assumptions(story: Story, found: Lifetime) -> list[str]:
    unrelated = f"How much somebody spends has nothing to do with how often they buy.{_correlation(story, found)}"
    return [AT_RANDOM, LEAVING, ONCE, unrelated, "Returns count against purchases; costs do not.", *_untested(found)]


def _correlation(story: Story, found: Lifetime) -> str:
    if found.correlation is None:
        return ""
    written = story.formats.signed(found.correlation, 2)
    if abs(found.correlation) <= UNRELATED:
        return f" Here the two correlate by {written}, little enough."
    more = "undervalued" if found.correlation > 0 else "overvalued"
    return f" Here they correlate by {written}, which is not little: frequent buyers may be {more}."


def _untested(found: Lifetime) -> list[str]:
    if found.held_out is not None:
        return []
    return ["The first half of the time alone holds too few repeat purchases to predict the second from it."]


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
