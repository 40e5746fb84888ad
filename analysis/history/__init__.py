"""What a build remembers of the one before.

In: the contract as it was published last.
Out: what is kept of it, and what the next build is told of it.
May import: the rooms up to `configuration`, in the order of `pyproject.toml`.
"""
