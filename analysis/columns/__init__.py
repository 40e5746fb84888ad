"""What each column of a table is, from its header and its cells.

In: text cells.
Out: identifiers, categories, measures with roles; columns that tell nothing.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
