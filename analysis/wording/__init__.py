"""How figures and differences are written for people: numbers, money, verbs, nouns.

In: figures of the contract.
Out: words and phrases.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
