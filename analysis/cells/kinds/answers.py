"""Boolean columns: 1 for yes, 0 for no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.cells.kinds.reading import FINE, MISFIT, Reading, different, gap, looked_up, says_nothing
from analysis.cells.spellings import plain
from analysis.configuration.column import Column
from analysis.language import gettext_noop

if TYPE_CHECKING:
    import narwhals as nw

YES = {
    "yes", "y", "true", "t", "1", "on", "x", "✓", "✔", "☑", "ja", "j", "wahr", "oui", "vrai", "sí", "si", "s", "sì",
    "vero", "verdadero", "sim", "verdadeiro", "tak", "ano", "evet", "да", "kyllä",
}  # fmt: skip
NO = {
    "no", "n", "false", "f", "0", "off", "✗", "✘", "☐", "nein", "falsch", "non", "faux", "falso", "não", "nao", "nie",
    "hayır", "нет", "nej", "nee", "ne", "ei",
}  # fmt: skip
"""English, German, French, Spanish, Italian, Portuguese, Slavic and northern languages and Turkish."""


def answers(name: str, column: Column, place: int, cells: nw.LazyFrame[Any]) -> Reading:
    """What each text means by the column's own words or else by the usual ones."""
    own = {plain(word): 1.0 for word in column.yes} | {plain(word): 0.0 for word in column.no}
    usual = dict.fromkeys(YES, 1.0) | dict.fromkeys(NO, 0.0)
    numbers: dict[str, float | None] = {}
    faults = {}
    for text in different(cells, place):
        stated = own.get(plain(text))
        lacking = stated is None and says_nothing(text)
        numbers[text] = stated if stated is not None or lacking else usual.get(plain(text))
        faults[text] = gap(column) if lacking else MISFIT if numbers[text] is None else FINE
    value, fault = looked_up(place, numbers, faults, column)
    return Reading(name, column, value, fault, misfit=gettext_noop("neither yes nor no"), expected="yes or no")
