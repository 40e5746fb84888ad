"""The fitted model as a document: what it takes to give anybody a segment, without the table it was fitted to.

In: the fitted model, and a table of new customers.
Out: a segment for each, or the reason why there is none.
May import: the rooms up to `results`, in the order of `pyproject.toml`.
"""
