"""Sentences in the language of the site, by the catalogues of GNU gettext.

A sentence is written in English where it is needed, whole and as a literal, so that `scripts/catalogues` finds it:

    gettext("{segment} is {share} of customers.", segment=name, share=formats.percent(share))

Slots are filled in after the translation, which may order them anew. Texts that the analyst has set are looked up as
well where they may be some that ship, such as those of a playbook; unknown ones stay as they are.
"""

from __future__ import annotations

import gettext as gnu
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

DOMAIN = "segment_atlas"
CATALOGUES = Path(__file__).parent / "catalogues"
ENGLISH = "en"
"""The language that the sentences are written in; it needs no catalogue."""


class _Spoken:
    """What this process speaks: one build has one language, in all its threads."""

    language = ENGLISH
    catalogue = gnu.NullTranslations()


def spoken() -> str:
    """The language that sentences are in now."""
    return _Spoken.language


def languages() -> tuple[str, ...]:
    """Every language that a site can be in: English, and those whose catalogue is complete."""
    found = {file.parents[1].name for file in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return (ENGLISH, *sorted(found))


def language_of(tag: str) -> str:
    """The language of a tag such as `en-GB`. Raises ValueError where no catalogue of it is complete."""
    language = tag.split("-", maxsplit=1)[0].lower()
    if language not in languages():
        known = ", ".join(languages())
        raise ValueError(f"there are no pages in “{tag}” yet; use one of: {known}")
    return language


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Sentences are in this language within. Raises ValueError where there is no catalogue of it."""
    language = language_of(tag)
    before = _Spoken.language, _Spoken.catalogue
    _Spoken.language, _Spoken.catalogue = language, _catalogue(language)
    try:
        yield
    finally:
        _Spoken.language, _Spoken.catalogue = before


def gettext(message: str, /, **slots: object) -> str:
    """The sentence in the language of the site, with its slots filled in."""
    # Of no text gettext has the head of the catalogue.
    return _filled(_Spoken.catalogue.gettext(message), slots) if message else ""


def ngettext(singular: str, plural: str, number: int, /, **slots: object) -> str:
    """The sentence for that number of things, which decides its form and fills no slot by itself."""
    return _filled(_Spoken.catalogue.ngettext(singular, plural, number), slots)


def pgettext(context: str, message: str, /, **slots: object) -> str:
    """A sentence or word that English has once and another language in several forms: `high` income, `high` visits."""
    return _filled(_Spoken.catalogue.pgettext(context, message), slots)


def gettext_noop(message: str) -> str:
    """A sentence that is kept in English, and given to `gettext` where it is told."""
    return message


def ngettext_noop(singular: str, plural: str) -> tuple[str, str]:
    """A sentence in both forms that is kept in English, and given to `ngettext` where it is told."""
    return singular, plural


def _filled(text: str, slots: dict[str, object]) -> str:
    return text.format_map(slots) if slots else text


@cache
def _catalogue(language: str) -> gnu.NullTranslations:
    return gnu.NullTranslations() if language == ENGLISH else gnu.translation(DOMAIN, CATALOGUES, [language])
