"""Which segment is which from build to build.

In: the segments found, and what is remembered of the last build.
Out: the id of each, and what became of those of the last build.
May import: the rooms up to `clustering`, in the order of `pyproject.toml`.
"""
