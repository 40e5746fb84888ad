"""How many segments, by which algorithm, and how far they can be trusted.

In: the matrix of features.
Out: every number of segments tried, the choice and the verdict.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
