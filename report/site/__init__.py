"""The complete Quarto project of a site, its downloads and its notebook.

In: the contract, views and charts.
Out: a mapping from path to content.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
