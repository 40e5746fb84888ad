from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from report.build.build import BuildReport, PageSize
from report.command.progress import Lively, Plain, Quiet, page_table, progress


def test_off_a_terminal_there_are_plain_lines_on_standard_error(capsys):
    reporter = progress(quiet=False)
    assert isinstance(reporter, Plain)
    reporter.step("Reading [bold]the table[/bold]")
    reporter.log("detail")
    reporter.log("  ")
    reporter.warn("odd")
    reporter.close(well=True)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "Reading [bold]the table[/bold] …\n  detail\nNote: odd\n"


def test_quiet_says_warnings_alone(capsys):
    reporter = progress(quiet=True)
    assert type(reporter) is Quiet
    reporter.step("Reading")
    reporter.log("detail")
    reporter.warn("odd")
    assert capsys.readouterr() == ("", "Note: odd\n")


@pytest.mark.parametrize("quiet", [True, False])
def test_what_was_asked_for_goes_to_standard_output_and_what_went_wrong_does_not(capsys, quiet):
    reporter = progress(quiet=quiet)
    reporter.say("six\x1b[31m segments")
    reporter.put('{"a": "\x7f"}\n')
    reporter.fail("no \x00such file")
    assert capsys.readouterr() == ('six segments\n{"a": "\x7f"}\n', "no such file\n")


@pytest.fixture
def terminal(monkeypatch) -> Console:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return Console(file=io.StringIO(), force_terminal=True, width=80)


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_on_a_terminal_steps_are_ticked_off_and_the_last_one_as_it_ended(terminal):
    reporter = Lively(terminal)
    reporter.step("Reading [red]")
    reporter.log("detail")
    reporter.step("Drawing")
    reporter.warn("odd")
    reporter.close(well=False)
    lines = [line for line in written(terminal).splitlines() if line]
    assert any("✓ Reading [red]" in line for line in lines)
    assert any("✗ Drawing" in line for line in lines)
    assert "\x1b[33m! odd" in written(terminal)


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    Lively(console).warn("odd")
    assert "\x1b[33m" not in written(console)


def test_the_table_lists_every_page_and_the_totals():
    pages = (PageSize("index.html", 12_345, 4_321), PageSize("segments/long-name.html", 1_000_000, 99_999))
    report = BuildReport(Path("/x/_site"), Path("/x/build"), "built-in", pages, 40, 2_500_000)
    assert page_table(report) == [
        "Page                           Size   Gzipped",
        "index.html                  12.3 kB    4.3 kB",
        "segments/long-name.html  1,000.0 kB  100.0 kB",
        "2 pages                  1,012.3 kB  104.3 kB",
        "The whole site: 40 files, 2,500.0 kB, in /x/_site",
    ]
