"""What to do about each segment.

In: profiles, traits and the playbook.
Out: actions and the split of the budget.
May import: the rooms below it, in the order of `pyproject.toml`.
"""
