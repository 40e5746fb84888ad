"""What each segment is like, in the data’s own units and against everybody.

In: features and labels.
Out: profiles, rules, the exploration of the table.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
