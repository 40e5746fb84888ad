"""How the cells of each kind of column are read: amounts, categories, levels, answers, days.

In: a column as configured, and its text cells.
Out: expressions for its values and for what is wrong with them.
May import: the rooms up to `cells`, in the order of `pyproject.toml`.
"""
