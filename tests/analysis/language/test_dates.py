"""Days and months in the language of the site."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.language import messages
from analysis.language.dates import day, month


@pytest.mark.parametrize(
    ("language", "a_day", "a_month"),
    [("en", "3 March 2026", "March 2026"), ("de", "3. März 2026", "März 2026"), ("fr", "3 mars 2026", "mars 2026")],
)
def test_days_and_months(monkeypatch: pytest.MonkeyPatch, language: str, a_day: str, a_month: str) -> None:
    monkeypatch.setattr(messages._Spoken, "language", language)
    assert (day(date(2026, 3, 3)), month(date(2026, 3, 3))) == (a_day, a_month)
