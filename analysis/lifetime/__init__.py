"""What customers will bring: how often they buy again (BG/NBD) and for how much (Gamma-Gamma), discounted.

In: histories of purchases.
Out: expected purchases and value of each customer, with intervals.
May import: the rooms up to `statistics`, in the order of `pyproject.toml`.

Closed forms on NumPy and SciPy: the one light library for them is no longer maintained, and the maintained one brings a
probabilistic language along.
"""
