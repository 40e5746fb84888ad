"""From the looks of a table to a configuration for it: what an analyst would write, each choice with its reason.

In: a bare table.
Out: a configuration with the reason for each choice, or a question.
May import: the rooms up to `scoring`, in the order of `pyproject.toml`.

looks → parts → shortlist → columns → site → text
"""
