"""The first letter of sentences."""

from __future__ import annotations


def capital(sentence: str) -> str:
    """The sentence with a capital at its head."""
    return sentence[:1].upper() + sentence[1:]
