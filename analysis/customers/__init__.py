"""Rows judged by their cells, and customers as the analysis takes them up.

In: a table.
Out: usable rows, typed, and those set aside with the reason.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
