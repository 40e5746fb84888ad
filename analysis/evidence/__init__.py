"""What stands behind each segment: intervals, contrasts with everybody else, criteria, and its place on the market.

In: profiles, names and resamples.
Out: rated differences, criteria, evaluations.
May import: the rooms up to `naming`, in the order of `pyproject.toml`.
"""
