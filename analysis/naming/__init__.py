"""What sets a segment apart in words, and what it is called.

In: profiles.
Out: traits, personas, names.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
