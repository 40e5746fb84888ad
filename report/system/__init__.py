"""Everything outside the program: files, locks, processes, memory, the user’s cache.

In: what is to be done.
Out: what came of it.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
