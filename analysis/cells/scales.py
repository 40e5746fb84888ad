"""Words that stand in an order: low, medium, high; never, sometimes, often; small, medium, large; 18–25, 26–35, 65+.

The words stand in `scales.yml`. A column's texts are ordered where one scale knows all of them, or where each begins
(or ends) with a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from analysis.configuration.yaml_text import read_yaml
from analysis.headers.vocabulary import words_of

FEWEST_MARKS, MOST_MARKS = 3, 12
"""Different texts that make a scale; two are a pair of categories."""

BELOW = re.compile(r"^(?:<|≤|under|below|less than|up to|unter|bis|weniger als|moins de|menos de|fino a|meno di)")
ABOVE = re.compile(
    r"^(?:>|≥|over|above|more than|uber|über|mehr als|plus de|mas de|más de|oltre|piu di)|\+$|and (?:more|over)$"
)
LEADING = re.compile(r"^(?:[<>≤≥~ ]*|[a-zäöüàáéíóú ]{2,12} )[$€£¥₹]?\s*([-−]?[0-9][0-9.,]*)\s*(k|tsd|m)?")
TRAILING = re.compile(r"(?:\+|(?<![a-zà-ÿ0-9])[−-])[0-9]{1,2}$")
"""A mark behind a text, as `I like it!+3`; what a hyphen joins to a word is its number, as `Item-3`."""


def ordered(texts: Iterable[str]) -> tuple[str, ...] | None:
    """The texts from the lowest to the highest.

    None where they are too few or too many, or no scale knows all of them.
    """
    known = sorted(set(texts))
    if not FEWEST_MARKS <= len(known) <= MOST_MARKS:
        return None
    for ranks in (*(_on(scale, known) for scale in scales()), _by_figure(known)):
        if ranks and len(set(ranks.values())) == len(known):
            return tuple(sorted(known, key=lambda text: ranks[text]))
    return None


@cache
def scales() -> tuple[Mapping[str, int], ...]:
    """Every scale: word → its step."""
    content: dict[str, list[str]] = read_yaml(Path(__file__).with_name("scales.yml").read_text(encoding="utf-8"))
    return tuple(
        {word.strip(): place for place, words in enumerate(steps) for word in words.split("|")}
        for steps in content.values()
    )


def _on(scale: Mapping[str, int], texts: list[str]) -> dict[str, float] | None:
    bare = {text: " ".join(words_of(text)) for text in texts}
    return {text: scale[words] for text, words in bare.items()} if scale.keys() >= set(bare.values()) else None


def _by_figure(texts: list[str]) -> dict[str, float] | None:
    """Bands and numbered levels: `18-25`, `<18`, `65+`, `1 - low`, `$20k-40k`, `I love it!+5`."""
    ranks: dict[str, float] = {}
    for text in texts:
        rank = _figure(text.strip().casefold())
        if rank is None:
            return None
        ranks[text] = rank
    return ranks


def _figure(text: str) -> float | None:
    last = TRAILING.search(text)
    if last and not text[: last.start()].rstrip()[-1:].isdigit():
        return float(last[0].replace("−", "-"))
    found = LEADING.match(text)
    if not found or (text[:1].isalpha() and not (BELOW.match(text) or ABOVE.match(text))):
        return None
    digits = found[1].replace("−", "-").rstrip(".,")
    grouped = re.sub(r"[.,](?=[0-9]{3}(?:[^0-9]|$))", "", digits).replace(",", ".")
    try:
        figure = float(grouped) * {"k": 1e3, "tsd": 1e3, "m": 1e6}.get(found[2] or "", 1.0)
    except ValueError:
        return None
    step = abs(figure) * 1e-6 + 1e-6
    return figure - step if BELOW.match(text) else figure + step if ABOVE.search(text) else figure
