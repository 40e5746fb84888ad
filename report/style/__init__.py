"""How a site looks: colours, lettering, the ticks of axes.

In: figures and labels.
Out: colours, widths, formats.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
