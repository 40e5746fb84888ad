"""The table as it stands in its source.

In: a file, several files, a query or a database.
Out: text cells under the configuration’s names, with row numbers, encoding and digest.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
