from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Never

import pytest

from analysis.configuration import Configuration
from analysis.errors import ConfigurationError, DataError
from report.command import preview
from report.command.preview import Preview, concerns, folders, watched
from report.command.serving import server

pytestmark = pytest.mark.usefixtures("home", "parts")


def test_a_taken_port_is_one_sentence(home):
    with server(home, 0) as first, pytest.raises(ConfigurationError, match="--port"):
        server(home, first.server_address[1])


def test_the_server_listens_on_this_machine_alone(home):
    with server(home, 0) as serving:
        assert serving.server_address[0] == "127.0.0.1"


def test_configuration_table_and_pages_are_watched_through_their_folders(configuration, home):
    paths = watched(configuration)
    assert home / "customers.csv" in paths
    assert home in folders(paths)
    assert concerns(home / "customers.csv", paths)
    assert not concerns(home / "_site/index.html", paths)
    assert concerns(Path("/pages/deep/own.qmd"), (Path("/pages"),))


def test_a_file_that_a_pattern_comes_to_find_is_seen(home):
    paths = (home / "exports" / "2026-*.csv",)
    assert folders(paths) == (home,)
    (home / "exports").mkdir()
    assert folders(paths) == (home / "exports",)
    assert concerns(home / "exports" / "2026-02.csv", paths)
    assert not concerns(home / "exports" / "notes.txt", paths)


def changes(*batches: str):
    """Stands in for watchfiles.watch: each call yields the batches not yet told, then Ctrl-C is heard."""
    left = list(batches)

    def watch(*_: Path) -> Iterator[set[tuple[int, str]]]:
        while left:
            yield {(1, left.pop(0))}
        raise KeyboardInterrupt

    return watch


def test_a_change_builds_again_and_a_failure_keeps_the_old_site(configuration, home, reporter, monkeypatch, world):
    told: list[str] = []

    def configure() -> Configuration:
        told.append("configured")
        if len(told) == 2:
            raise DataError("customers.csv: no usable row.")
        return configuration

    table = str(home / "customers.csv")
    monkeypatch.setattr(preview, "watch", changes(str(home / "other.txt"), table, table))
    Preview(configure, Path("_site"), "builtin", reporter, world).run(0)
    assert len(told) == 3
    assert any("Preview at http://127.0.0.1:" in line for line in reporter.said)
    assert "customers.csv: no usable row.\nThe previous site is still served." in reporter.said
    assert reporter.said[-2:] == ["Built again.", "Preview ended."]
    assert (home / "_site/index.html").is_file()


@pytest.mark.parametrize("heard_at", ["Preview at", "Built again."])
def test_it_ends_well_wherever_ctrl_c_is_heard(configuration, home, reporter, monkeypatch, heard_at, world):
    """Even while it is still telling its address: whoever reads that may be quicker than the next line of code."""

    def hearing(text: str) -> None:
        said(text)
        if text.startswith(heard_at):
            raise KeyboardInterrupt

    said = reporter.log
    monkeypatch.setattr(reporter, "log", hearing)
    monkeypatch.setattr(preview, "watch", changes(str(home / "customers.csv")))
    try:
        Preview(lambda: configuration, Path("_site"), "builtin", reporter, world).run(0)
    except KeyboardInterrupt:  # pytest would take it for its own
        pytest.fail("the interruption was let through")
    assert reporter.said[-1] == "Preview ended."


def test_the_first_build_must_succeed(reporter, world):
    def configure() -> Never:
        raise DataError("customers.csv: no usable row.")

    with pytest.raises(DataError):
        Preview(configure, Path("_site"), "builtin", reporter, world).run(0)
    assert "failed" in reporter.said


def test_when_the_configuration_names_other_files_those_are_watched(configuration, home, reporter, monkeypatch, world):
    seen: list[tuple[Path, ...]] = []
    other = home / "elsewhere"
    other.mkdir()
    paths = iter([(home / "customers.csv",), (other / "customers.csv",), (other / "customers.csv",)])
    monkeypatch.setattr(preview, "watched", lambda _: next(paths))
    left = [str(home / "customers.csv")]

    def watch(*folders: Path) -> Iterator[set[tuple[int, str]]]:
        seen.append(folders)
        while left:
            yield {(1, left.pop())}
        raise KeyboardInterrupt

    monkeypatch.setattr(preview, "watch", watch)
    Preview(lambda: configuration, Path("_site"), "builtin", reporter, world).run(0)
    assert seen == [(home,), (other,)]


def test_a_preview_compares_and_records_nothing(configuration, home, reporter, monkeypatch, parts, world):
    (home / "history").mkdir()
    monkeypatch.setattr(preview, "watch", changes(str(home / "customers.csv")))
    Preview(lambda: replace(configuration, history=home / "history"), Path("_site"), "builtin", reporter, world).run(0)
    # The second build takes the analysis from the first, since it was told the same.
    assert [one.number for one in parts.remembered if one] == [1]
    assert list((home / "history").iterdir()) == []
