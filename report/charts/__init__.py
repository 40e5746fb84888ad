"""Charts: one Altair function a chart, drawn by the drawing process into pictures and interactive specifications.

In: the published contract and captions.
Out: pictures and interactive specifications.
May import: the rooms up to `captions`, in the order of `pyproject.toml`.
"""
