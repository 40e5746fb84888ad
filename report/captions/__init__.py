"""The words and numbers that stand round each chart; imports nothing that draws."""

from report.captions.caption import Caption, Control, Option
from report.captions.every import captions
from report.captions.names import names

__all__ = ["Caption", "Control", "Option", "captions", "names"]
