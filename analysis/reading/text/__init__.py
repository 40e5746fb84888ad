"""Delimited text: its encoding, delimiter, header and records, and the lines that are no records.

In: bytes.
Out: rows of text cells.
May import: the rooms below `reading`, in the order of `pyproject.toml`.
"""
