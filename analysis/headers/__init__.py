"""What the header of a column says: its words, its label, and which configured column it is.

In: headers as they stand in a file.
Out: roles, labels and units that the words speak of.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
