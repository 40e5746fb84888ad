"""The segments written up, as the contract publishes them.

In: everything known of each segment.
Out: the contract’s segments, selection and quintile scoring.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
