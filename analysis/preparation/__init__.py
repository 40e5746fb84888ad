"""From usable customers to the matrix that is clustered.

In: customers.
Out: features: columns as the contract describes them, transformed, imputed, on one scale.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
