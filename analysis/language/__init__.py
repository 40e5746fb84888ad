"""The language of the site: its sentences, as catalogues translate them.

In: a sentence in English, and what stands in its slots.
Out: the sentence in the language of the site.
May import: the rooms below it, in the order of `pyproject.toml`.
"""

from analysis.language.messages import gettext, gettext_noop, language_of, ngettext, ngettext_noop, pgettext, speaking

__all__ = ["gettext", "gettext_noop", "language_of", "ngettext", "ngettext_noop", "pgettext", "speaking"]
