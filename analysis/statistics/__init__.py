"""Effect sizes, intervals and corrections, which know nothing of segments’ names.

In: values and labels.
Out: effects, intervals, adjusted p-values.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
