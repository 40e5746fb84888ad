"""What has changed since the last build, in figures.

In: the contract of this build, its customers and their segments, and what is remembered of the last build.
Out: the flow of customers between the two, how far each column has drifted, and what else is not as it was.
May import: the rooms up to `results`, in the order of `pyproject.toml`.
"""
