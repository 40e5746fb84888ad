"""View models: what each page says, in words and written figures. They see the published contract and nothing else.

In: the published contract and captions.
Out: what each page says.
May import: the rooms up to `captions`, in the order of `pyproject.toml`.
"""
