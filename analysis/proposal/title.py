"""A site's title from the name of its file: `WA_Fn-UseC_-Telco-Customer-Churn.csv` → “Telco customer churn”."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from analysis.basics.letters import capital
from analysis.cells.spellings import tidied
from analysis.configuration.yaml_text import read_yaml
from analysis.headers.labels import CAPITAL_NOUNS

LONGEST_TITLE = 80
NO_TITLE = "Customer segments"
MACHINE_PREFIX = re.compile(r"^[\w-]*?(?:_-|-_)(?=[A-Za-z])")
"""What programs put before a name, ended by two different signs: `WA_Fn-UseC_-`."""
STAMP = re.compile(
    r"\(\d+\)|(?<!\d)(?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[T _-]?\d\d[:._-]?\d\d(?:[:._-]?\d\d)?)?(?!\d)|\b[0-9a-f]{12,}\b"
)
"""A day, a moment, the number of a download or a checksum: the table will be another one some day."""
SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])-(?=[a-zA-Z])|[_.+~]|\s")
SHORTEST, ACRONYM = 3, 4
"""Letters of a title that stands alone, and of the capitals that are taken for an acronym."""


def title_of(table: Path) -> str:
    """A title in words; “Customer segments” where the file's name tells nothing."""
    named = re.sub(r"[<>{}`]", " ", tidied(table.name.partition(".")[0]))
    words = [word for word in SPLIT.split(STAMP.sub(" ", MACHINE_PREFIX.sub("", named))) if word and word != "-"]
    shouting = all(word.isupper() for word in words if word.isalpha())
    words = _telling(words)
    if not words:
        return NO_TITLE
    title = " ".join(_cased(words, shouting=shouting))[:LONGEST_TITLE].strip()
    title = re.sub(r"^e (?=[a-z])", "e-", title, flags=re.IGNORECASE)
    return capital(title) if len(title) >= SHORTEST else f"{title.upper()}: customer segments"


def _telling(words: list[str]) -> list[str]:
    if {word.casefold() for word in words} <= _lists()["alone"]:
        return []
    while len(words) > 1 and words[-1].casefold() in _lists()["ends"]:
        words = words[:-1]
    return words


def _cased(words: list[str], *, shouting: bool) -> list[str]:
    """Like a sentence: acronyms keep their capitals, and so do the nouns of languages that write them so.

    Where not all is in capitals, a word that is stands out on purpose.
    """
    if any(not word.isascii() or CAPITAL_NOUNS.search(word) for word in words):
        return words
    return [word if word.isupper() and (len(word) < ACRONYM or not shouting) else word.lower() for word in words]


@cache
def _lists() -> dict[str, frozenset[str]]:
    content = read_yaml(Path(__file__).with_name("title.yml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in content.items()}
