"""Pipes, devices and sockets are refused in one sentence wherever a file is read: they may never come to an end."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.basics.as_read import special, text_of
from analysis.configuration import Site, load_configuration
from analysis.configuration.problems import problems_of
from analysis.errors import ConfigurationError, DataError
from analysis.proposal.guess import propose
from analysis.reading.sources.content import content_of
from analysis.reading.sources.formats import ON_DISK
from analysis.reading.table import read_table
from analysis.scoring.load import load_model

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has neither pipes nor devices with a path")


@pytest.fixture(params=["a pipe", "a socket", "a device", "a link to a device"])
def there(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch) -> Iterator[tuple[Path, str]]:
    """Something that is no file, and what it is called."""
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    path, kind = tmp_path / "table.csv", request.param
    if kind == "a socket":
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("table.csv")
            yield path, kind
        return
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link to a device":
        path.symlink_to("/dev/zero")
    else:
        path = Path("/dev/zero")
    yield path, kind.removeprefix("a link to ")


def test_as_a_table_it_is_refused_in_one_sentence(there):
    path, kind = there
    site = Site.model_validate({"data": {"path": str(path)}, "columns": {"age": {"role": "age"}}})
    for read in (lambda: content_of(path), lambda: read_table(path, site), lambda: propose(path)):
        with pytest.raises(DataError) as told:
            read()
        assert str(told.value).endswith(
            f": this is {kind}, but a table is read from a file; save it to a file, and name it."
        )


def test_as_settings_it_is_refused_in_one_sentence(there):
    path, kind = there
    with pytest.raises(ConfigurationError) as told:
        load_configuration(path)
    sentence = f"{path}: this is {kind}, and settings are read from a file; save them to a file, and name it."
    assert str(told.value) == sentence
    assert problems_of(path) == (sentence,)


@pytest.mark.parametrize("key", ["personas", "playbook"])
def test_as_a_file_that_the_settings_name_it_is_refused(there, tmp_path, key):
    path, kind = there
    config = tmp_path / "config"
    config.mkdir()
    (config / "site.yml").write_text(
        f"data: {{path: x.csv}}\ncolumns: {{age: {{role: age}}}}\n{key}: {os.path.relpath(path, config)}\n"
    )
    with pytest.raises(ConfigurationError, match=f"this is {kind}"):
        load_configuration(config)


def test_as_a_model_it_is_refused(there):
    path, kind = there
    with pytest.raises(ConfigurationError, match=f"this is {kind}; name the model.json of a build"):
        load_model(path)


def test_files_folders_and_nothing_at_all_are_nothing_special(tmp_path):
    (tmp_path / "file").write_text("")
    assert [special(tmp_path / name) for name in ("file", "", "none", "a\0b")] == [None] * 4


def test_text_is_read_as_text_files_are():
    assert text_of(b"\xef\xbb\xbfa\r\nb\rc\n") == "a\nb\nc\n"


def test_a_parquet_file_that_changes_before_its_rows_are_read_is_not_known(tmp_path):
    import duckdb  # noqa: PLC0415 (only here)

    file = tmp_path / "t.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS age) TO '{file}' (FORMAT parquet)")
    content = content_of(file, ON_DISK)
    assert content.read() == ((str(file), content.sha256),)
    os.utime(file, (1, 1))
    assert content.read() == ((str(file), ""),)
