"""`site.language`: refused where no catalogue is complete, and the numbers that go with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.configuration import load_configuration
from analysis.errors import ConfigurationError

SITE = "data: {{path: t.csv}}\ncolumns: {{a: {{role: feature}}, b: {{role: feature}}}}\nsite: {{{}}}\n"


def locale(folder: Path, site: str) -> str:
    (folder / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "site.yml").write_text(SITE.format(site), encoding="utf-8")
    return load_configuration(folder).site.site.locale


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("", "en_US"),
        ("language: en", "en_US"),
        ("language: en-GB", "en_US"),
        ("language: de", "de"),
        ("language: de-AT", "de_AT"),
        ("language: de, locale: fr_FR", "fr_FR"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(tmp_path: Path, site: str, expected: str) -> None:
    assert locale(tmp_path, site) == expected


@pytest.mark.usefixtures("german")
def test_an_unfinished_language_is_refused_by_name_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"site\.language.*there are no pages in “fr” yet; use one of: en, de"):
        locale(tmp_path, "language: fr")


def test_a_tag_that_is_no_language_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"site\.language"):
        locale(tmp_path, "language: Deutsch")
