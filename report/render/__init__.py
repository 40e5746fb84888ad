"""From one Quarto project to a site: by Quarto itself, or by the built-in renderer, in one layout.

In: a Quarto project.
Out: the pages of a site.
May import: the rooms up to `views`, in the order of `pyproject.toml`.
"""
