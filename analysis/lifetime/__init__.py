"""What customers will bring: how often they buy again (BG/NBD) and for how much (Gamma-Gamma), discounted.

Closed forms on NumPy and SciPy: the one light library for them is no longer maintained, and the maintained one brings a
probabilistic language along.
"""
