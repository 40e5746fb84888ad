"""The order of the steps of a build, and how a site takes its place.

In: a configuration.
Out: a site and the private files that belong to it.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
