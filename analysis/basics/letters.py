"""The first letter of labels and sentences."""

from __future__ import annotations


def capital(sentence: str) -> str:
    """The sentence with a capital at its head."""
    return sentence[:1].upper() + sentence[1:]


def in_sentence(label: str) -> str:
    """A label as it reads inside a sentence: `Annual income` → `annual income`; `VIP score` and `€ spent` stay."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
