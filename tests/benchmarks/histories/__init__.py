"""Histories of customer tables, month by month, whose groups are known."""

from .judged import EVIDENCE, Judged, history

__all__ = ["EVIDENCE", "Judged", "history"]
