"""Words, limits and choices of columns that charts share with pages; draws nothing.

In: the published contract.
Out: sentences, tables, and what a caption holds.
May import: the rooms up to `disclosure`, in the order of `pyproject.toml`.
"""

from report.captions.caption import Caption, Control, Option

__all__ = ["Caption", "Control", "Option"]
