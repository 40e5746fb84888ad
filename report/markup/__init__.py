"""How values become text that cannot be taken for code.

In: values and templates.
Out: HTML and Pandoc’s Markdown, of text and of whole pages.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
