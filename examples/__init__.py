"""Tables of fictional customers whose true groups are known: the example sites are built from them.

Each module draws one table from a seed with NumPy alone, and tells the group that every customer came from, which no
exported file holds. `python -m examples` writes the tables to `build/examples/`; `make examples` builds the sites, too.
"""
