"""From one Quarto project to a site: by Quarto itself, or by Pandoc inside the site's own layout.

In: a Quarto project.
Out: the pages of a site.
May import: the rooms up to `views`, in the order of `pyproject.toml`.
"""
