"""What the finished site promises, checked before it is published.

In: a finished site.
Out: problems, none of which may remain.
May import: the rooms up to `render`, in the order of `pyproject.toml`.
"""

from report.checks.finished import FinishedPage, FinishedSite, Problem
from report.checks.site import check_site, problems_of

__all__ = ["FinishedPage", "FinishedSite", "Problem", "check_site", "problems_of"]
