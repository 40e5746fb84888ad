"""The words and numbers that stand round each chart; imports nothing that draws.

In: the published contract.
Out: the words and numbers round each chart.
May import: the rooms up to `disclosure`, in the order of `pyproject.toml`.
"""

from report.captions.caption import Caption, Control, Option

__all__ = ["Caption", "Control", "Option"]
