"""What columns are about, beyond their role: whether customers left, for how long they have stayed, what they answer.

A playbook can speak of a topic as it speaks of a role. The words stand in `topics.yml`, a topic each: `headers` that
speak of it, and for columns of categories the `categories` that are meant and the `columns` in which they count. A
column's own `topic` in `site.yml` goes before its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.cells.spellings import plain
from analysis.configuration.yaml_text import read_yaml
from analysis.contract import Feature
from analysis.headers.vocabulary import words_of

WORDS = Path(__file__).with_name("topics.yml")
LONGEST = 12
"""Words of a header or label beyond which it speaks of too many things."""


@dataclass(frozen=True)
class TopicWords:
    """How a topic is recognised, as regular expressions over small words without accents."""

    headers: re.Pattern[str]
    never: re.Pattern[str] | None
    """Headers that hold a word of the topic and speak of something else."""
    columns: re.Pattern[str] | None
    categories: re.Pattern[str] | None
    """What a category says that belongs to the topic; None where columns of categories never do."""
    two: bool
    """Whether a column of numbers is about it only where it holds two values, such as yes and no."""


@cache
def topics() -> Mapping[str, TopicWords]:
    """Topic → its words, in the order in which a header is asked."""
    content = read_yaml(WORDS.read_text(encoding="utf-8"))
    return {name: _words(entry) for name, entry in content.items()}


def _words(entry: Mapping[str, object]) -> TopicWords:
    def pattern(key: str) -> re.Pattern[str] | None:
        parts = entry.get(key)
        return re.compile("|".join(rf"\b(?:{part})\b" for part in parts)) if isinstance(parts, list) else None

    headers = pattern("headers")
    if headers is None:
        raise ValueError("a topic needs headers")
    return TopicWords(headers, pattern("never"), pattern("columns"), pattern("categories"), bool(entry.get("two")))


def topic_of(name: str, label: str, *, two: bool) -> str | None:
    """What a column of numbers is about, by its name or else its label; `two`: it holds two values only."""
    for text in dict.fromkeys((spoken(name), spoken(label))):
        for topic, words in topics().items():
            if (two or not words.two) and _speaks(words.headers, words, text):
                return topic
    return None


def category_of(described: Iterable[Feature], key: str, named: str | None = None) -> tuple[Feature, str] | None:
    """Of the columns of categories the one called `key` and its category `named`; or those that are about a topic."""
    for feature in described:
        if feature.kind != "category":
            continue
        if named is not None:
            same = [each for each in feature.categories if plain(each) == plain(named)]
            if feature.name == key and same:
                return feature, same[0]
        elif key in topics() and feature.topic in {None, key}:
            stated = feature.topic == key
            found = meant(key, feature.name, feature.label, feature.categories, stated=stated)
            if found is not None:
                return feature, found
    return None


def meant(topic: str, name: str, label: str, categories: Mapping[str, int], *, stated: bool) -> str | None:
    """The one category of a column of categories that belongs to the topic; None where there is no such one.

    `stated`: the configuration says that the column is about it, whatever its name.
    """
    words = topics()[topic]
    if words.categories is None:
        return None
    inside = words.columns or words.headers
    if not stated and not any(_speaks(inside, words, spoken(text)) for text in (name, label)):
        return None
    found = [category for category in categories if words.categories.fullmatch(spoken(category))]
    return found[0] if len(found) == 1 else None


def spoken(text: str) -> str:
    """A header's words, small and without accents, a space between them; nothing where they are too many."""
    words = words_of(text)
    return " ".join(words) if len(words) <= LONGEST else ""


def _speaks(pattern: re.Pattern[str], words: TopicWords, text: str) -> bool:
    return bool(pattern.search(text)) and not (words.never and words.never.search(text))
