"""The whole analysis of a second build says what changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from analysis.configuration import Configuration
from analysis.contract import Changes
from analysis.history.remembered import Remembered
from analysis.identity.identity import Identity
from analysis.pipeline import analyse

if TYPE_CHECKING:
    import pytest


def test_the_same_table_again_has_not_changed(mall: Configuration, monkeypatch: pytest.MonkeyPatch):
    first = analyse(mall, remembered=Remembered(1, "2026-01-31"))
    assert first.contract.changes is None
    assert first.contract.edition is not None
    assert first.contract.edition.settings["model.selection"] == "{k: 6}"
    identifier = first.assignments.columns[0]
    assigned = {
        str(one): int(number)
        for one, number in zip(first.assignments[identifier], first.assignments["segment"], strict=True)
    }
    same = Identity(tuple(range(1, 7)), first.contract.segments, changes=Changes(since=1, basis="both", segments=()))
    monkeypatch.setattr(sys.modules["analysis.results.segments"], "recognised", lambda *_: same)
    again = analyse(mall, remembered=Remembered(2, "2026-02-28", last=first.contract, assigned=assigned))
    found = again.contract.changes
    assert found is not None
    assert (found.shared, found.moved, found.notices) == (200, 0.0, ())
    assert [(one.source, one.target) for one in found.flows] == [(number, number) for number in range(1, 7)]
    assert {(one.index, one.drift) for one in found.drift} == {(0.0, "stable")}
