"""What every room needs: arrays, seeds, samples, quantiles, slugs, words in a row.

In: plain values.
Out: plain values.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
