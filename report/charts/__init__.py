"""Charts: a file a chart, with its name, when it is shown, its words and numbers, its drawing and its page.

In: the published contract.
Out: captions, pictures and interactive specifications.
May import: the rooms up to `captions`, in the order of `pyproject.toml`.

A new chart is a module that ends with its `KIND`, and its line in `registry.py`. Where no page template places it, it
stands at the end of the page that its caption names.
"""
