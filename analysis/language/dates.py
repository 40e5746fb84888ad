"""Days and months in the language of the site, by the patterns of the CLDR."""

from __future__ import annotations

from datetime import date

from analysis.language.messages import ENGLISH, spoken


def day(found: date) -> str:
    """`31 January 2026`, `31. Januar 2026`."""
    from babel.dates import format_date  # noqa: PLC0415 (few sites tell of days)

    return str(format_date(found, "long", locale=_locale()))


def month(found: date) -> str:
    """`January 2026`, `Januar 2026`."""
    return _by_pattern("yMMMM", found)


def brief_month(found: date) -> str:
    """`Jan 2026`, `Jan. 2026`."""
    return _by_pattern("yMMM", found)


def brief_day(found: date) -> str:
    """`31 Jan`, `31. Jan.`."""
    return _by_pattern("MMMd", found)


def _by_pattern(skeleton: str, found: date) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415 (as above)

    return str(format_skeleton(skeleton, found, locale=_locale()))


def _locale() -> str:
    """English has the day first, which can be read one way only by everybody."""
    return "en_GB" if spoken() == ENGLISH else spoken()
