"""Words that the filters of Pandoc write on an analyst's own pages, in the language of the site."""

from __future__ import annotations

from analysis.language import gettext, gettext_noop

WORDS = {
    "note": gettext_noop("Note"),
    "tip": gettext_noop("Tip"),
    "important": gettext_noop("Important"),
    "caution": gettext_noop("Caution"),
    "warning": gettext_noop("Warning"),
    "fig": gettext_noop("Figure"),
    "tbl": gettext_noop("Table"),
    "eq": gettext_noop("Equation"),
    "sec": gettext_noop("Section"),
    "table-here": gettext_noop("Table {number} of this page"),
    "diagram-here": gettext_noop("Diagram {number} of this page"),
}
"""Key → word. The filters fill in the number."""


def own_words() -> dict[str, str]:
    """The words as the filters find them in a page's metadata."""
    return {f"sa-{key}": gettext(word) for key, word in WORDS.items()}
