"""Whether figures can be written as a site's settings say."""

from __future__ import annotations

NO_CURRENCY = "XXX"
"""ISO 4217's own code for none: amounts are then written without a sign."""


def check_locale(locale: str) -> None:
    """Raises ValueError where Babel does not know the locale."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (most configurations are read to build nothing anew)

    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"“{locale}” is not a known locale; use one such as en_US, de_DE or fr_FR") from None


def check_currency(currency: str) -> None:
    """Raises ValueError where there is no such currency."""
    from babel.numbers import is_currency  # noqa: PLC0415 (as above)

    if not is_currency(currency):
        raise ValueError(f"“{currency}” is not a known currency; use an ISO 4217 code such as USD or EUR")
