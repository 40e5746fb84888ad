"""Everything that opens a file or asks a database; what comes out is text cells with their row numbers.

    origin → opened → records

`door.open_table` is the only way in.
"""
