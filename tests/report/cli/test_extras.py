"""An extra that is not installed: one sentence where its format is first met, and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analysis.configuration.origin import Origin
from analysis.configuration.table import TableSettings
from analysis.errors import DataError
from analysis.reading.sources.door import open_table
from report.render import pandoc
from report.render.builtin import Builtin
from tests.project.test_extras import EXTRAS

SURVEY = (
    "{}: the extra “survey”, which reads files of SPSS, Stata and SAS, is not installed; run make extras "
    'EXTRAS=survey in the project\'s folder, or elsewhere python -m pip install "segment-atlas[survey]".\n'
)
PARQUET = (
    "{}: the extra “parquet”, which reads Parquet files, is not installed; run make extras EXTRAS=parquet in the "
    'project\'s folder, or elsewhere python -m pip install "segment-atlas[parquet]".\n'
)
DATABASES = (
    "the database query: the extra “databases”, which reads databases, is not installed; run make extras "
    'EXTRAS=databases in the project\'s folder, or elsewhere python -m pip install "segment-atlas[databases]".\n'
)
PREVIEW = (
    "segment-atlas preview: the extra “preview”, which sees when files change, is not installed; run make extras "
    'EXTRAS=preview in the project\'s folder, or elsewhere python -m pip install "segment-atlas[preview]".\n'
)
PAGES = (
    "{}: the extra “pages”, which brings Pandoc to read own pages with, is not installed; run make "
    'extras EXTRAS=pages in the project\'s folder, or elsewhere python -m pip install "segment-atlas[pages]".\n'
)
FILES = {
    "t.parquet": (b"PAR1" + bytes(60), PARQUET),
    "t.sav": (b"$FL2@(#) SPSS DATA FILE" + bytes(60), SURVEY),
    "t.dta": (b"<stata_dta><header><release>118", SURVEY),
    "t.xpt": (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!" + bytes(80), SURVEY),
    # By its first bytes, whatever its name says.
    "t.csv": (b"PAR1" + bytes(60), PARQUET),
}
FOUND = "1 problem found.\n"
"""What `validate` says below."""
each_file = pytest.mark.parametrize("name", FILES)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With no extra installed."""
    monkeypatch.chdir(tmp_path)
    for module in (module for extra in EXTRAS for module in extra.modules):
        monkeypatch.setitem(sys.modules, module, None)
    for name, (content, _) in FILES.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def configured(folder: Path, data: str) -> None:
    columns = "columns: {a: {role: feature}, b: {role: feature}}\n"
    (folder / "site.yml").write_text(f"data: {data}\n{columns}", encoding="utf-8")


@each_file
def test_init_and_a_bare_table_say_which_extra_reads_it(run, folder, name):
    assert run("init", name, "--yes") == (3, "", FILES[name][1].format(name))
    assert run("validate", "--data", name) == (3, "", FILES[name][1].format(name) + FOUND)
    assert run("analyse", "--quiet", "--data", name) == (3, "", FILES[name][1].format(name))
    assert not (folder / "site_config").exists()


@each_file
def test_validate_and_analyse_say_which_extra_reads_a_configured_table(run, folder, name):
    configured(folder, f"{{path: {name}}}")
    assert run("validate", "--config", ".") == (3, "", FILES[name][1].format(name) + FOUND)
    assert run("analyse", "--quiet", "--config", ".") == (3, "", FILES[name][1].format(name))


@pytest.mark.parametrize("address", ["sqlite:///shop.db", "postgresql://u@host/x", "${NOT_SET}"])
def test_a_database_needs_its_extra_before_its_address_is_read(run, folder, address):
    configured(folder, f"{{database: '{address}', query: SELECT 1}}")
    assert run("validate", "--config", ".") == (3, "", DATABASES + FOUND)
    assert run("analyse", "--quiet", "--config", ".") == (3, "", DATABASES)


@pytest.mark.parametrize("address", ["postgres://u@host/x", "postgresql://u@host/x", "postgresql+psycopg://u@host/x"])
def test_a_driver_that_is_missing_is_told_as_its_extra(tmp_path, monkeypatch, address):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    settings = TableSettings.model_validate({"database": address, "query": "SELECT 1"})
    with pytest.raises(DataError) as raised:
        open_table(Origin(settings, tmp_path))
    assert str(raised.value) + "\n" == DATABASES


def test_sqlite_needs_no_driver_of_postgresql(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    settings = TableSettings.model_validate({"database": "sqlite:///shop.db", "query": "SELECT 1"})
    with pytest.raises(DataError, match=r"there is no such database; check data\.database"):
        open_table(Origin(settings, tmp_path))


def test_the_preview_says_so_before_it_builds_or_serves(run, folder):
    assert run("preview", "--port", "0") == (2, "", PREVIEW)
    assert sorted(each.name for each in folder.iterdir()) == sorted(FILES)


def test_own_pages_are_refused_before_anything_is_read(run, folder):
    (folder / "pages").mkdir()
    for name in ("plans", "news"):
        (folder / f"pages/{name}.qmd").write_text("---\ntitle: News\n---\n", encoding="utf-8")
    (folder / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    configured(folder, "{path: table.csv}\npages: pages")
    assert run("build", "--config", ".", "--quiet", "--renderer", "builtin") == (4, "", PAGES.format("pages/news.qmd"))
    assert not (folder / "_site").exists()


@pytest.mark.usefixtures("folder")
def test_own_pages_need_no_extra_where_the_environment_names_a_pandoc(effects):
    effects.environment["PYPANDOC_PANDOC"] = "/opt/pandoc"
    assert pandoc.found("news.qmd", effects) == "/opt/pandoc"
    Builtin(effects).able(Path("news.qmd"))


@pytest.mark.usefixtures("folder")
def test_a_site_without_own_pages_needs_no_pandoc(effects):
    Builtin(effects).able(None)
