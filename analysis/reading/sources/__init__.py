"""Everything that opens a file or asks a database; what comes out is text cells with their row numbers.

In: an address.
Out: text cells with their row numbers.
May import: the rooms up to `reading.text`, in the order of `pyproject.toml`.

    origin → opened → records

`door.open_table` is the only way in. A format of files is one module with the name that `data.format` gives it
(`format.Format`); `formats` tells which one a file is.
"""
