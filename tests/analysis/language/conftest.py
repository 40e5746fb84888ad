"""A folder of catalogues of its own: a small German one, beside a French one that is not finished."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from analysis.language import messages

SHARE = "{segment} is {share} of customers."


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sentences in German, as far as the tests of this folder have them."""
    catalogue = Catalog(locale="de")
    catalogue.add(SHARE, "{share} der Kunden sind in {segment}.")
    catalogue.add(("{count} segment", "{count} segments"), ("{count} Segment", "{count} Segmente"))
    catalogue.add(("year", "years"), ("Jahr", "Jahre"))
    catalogue.add("of {highest}", "von {highest}")
    catalogue.add("high", "hohes", context="income")
    catalogue.add("{words} and {last}", "{words} und {last}")
    for language in ("de", "fr"):
        (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "de/LC_MESSAGES/segment_atlas.mo").open("wb") as mo:
        write_mo(mo, catalogue)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path)
    messages._catalogue.cache_clear()
    yield
    messages._catalogue.cache_clear()
