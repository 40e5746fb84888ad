"""What a text cell says: numbers, dates, currencies, ordered words and spellings.

In: text cells.
Out: expressions over the rows that give typed values and what is wrong with them.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
