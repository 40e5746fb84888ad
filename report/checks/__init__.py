"""What the finished site promises, checked before it is published."""

from report.checks.finished import Finished, Page, Problem
from report.checks.site import check_site, problems_of

__all__ = ["Finished", "Page", "Problem", "check_site", "problems_of"]
