"""How precisely a figure may be told on a public site.

In: figures, and how far one customer can move each.
Out: figures as multiples of a step.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
