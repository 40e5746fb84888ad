from __future__ import annotations

import json
import os
import stat
import sys
import time
from pathlib import Path

import pytest

from analysis.errors import ConfigurationError
from report.errors import RenderError
from report.render import quarto
from report.system.effects import Disk
from tests.report.render.conftest import Recorder

FAKE = """#!{python}
import json, os, pathlib, subprocess, sys, time
with open({record!r}, "a") as record:
    record.write(json.dumps(sys.argv[1:]) + "\\n")
if sys.argv[1:] == ["--version"]:
    {version}
    sys.exit(0)
{behaviour}
"""

WELL = """
source, out = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[2]) / sys.argv[4]
out.mkdir()
page = '<html><head></head><body id="3f2504e0-4f89-11d3-9a0c-0305e82c3301">'
(out / "index.html").write_text(page)
(out / "sitemap.xml").write_text("<lastmod>2026-01-01</lastmod>")
print("[1/2] index.qmd", flush=True)
print("WARN: Unable to resolve link target: nowhere.qmd", file=sys.stderr, flush=True)
print("Output created: _rendered/index.html", flush=True)
"""
FAILS = """
print("[1/2] index.qmd", flush=True)
print("ERROR: In file index.qmd", file=sys.stderr)
print("(line 3) Field \\"toc\\" has value maybe, which must be `true` or `false`", file=sys.stderr)
print("", file=sys.stderr)
print("Stack trace:", file=sys.stderr)
print("    at file:///opt/quarto/bin/quarto.js:41086:19", file=sys.stderr)
sys.exit(1)
"""
HANGS = """
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path({child!r}).write_text(str(child.pid))
time.sleep(60)
"""


@pytest.fixture
def fake(tmp_path, effects):
    """Makes a fake Quarto, and gives back the file in which it records how it was called."""
    record = tmp_path / "calls"

    def make(behaviour: str, version: str = "print('1.6.40')", name: str = "quarto") -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / name
        text = FAKE.format(python=sys.executable, record=str(record), version=version, behaviour=behaviour)
        program.write_text(text)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        effects.environment["QUARTO_PATH"] = str(program)
        return program

    return make


def calls(tmp_path: Path) -> list[list[str]]:
    return [json.loads(line) for line in (tmp_path / "calls").read_text().splitlines()]


def test_quarto_is_called_with_these_arguments_and_its_log_is_streamed(fake, project, effects, reporter, tmp_path):
    fake(WELL)
    out = tmp_path / "out"
    quarto.render(project, out, effects)
    assert calls(tmp_path) == [["--version"], ["render", str(project), "--output-dir", "_rendered", "--no-execute"]]
    assert reporter.logs[:1] == ["[1/2] index.qmd"]
    assert reporter.logs[-1] == "Output created: _rendered/index.html"
    assert reporter.warnings == ["Quarto: index.qmd: Unable to resolve link target: nowhere.qmd"]
    assert (out / "index.html").is_file()
    assert not (project / "_rendered").exists()


def test_random_identifiers_and_file_times_are_taken_out(fake, project, effects, tmp_path):
    fake(WELL)
    (project / "_quarto.yml").write_text("website: {title: T, site-url: 'https://example.org/'}\n")
    out = tmp_path / "out"
    quarto.render(project, out, effects)
    assert 'id="id-1"' in (out / "index.html").read_text()
    assert "lastmod" not in (out / "sitemap.xml").read_text()
    assert (out / ".nojekyll").is_file()


def test_a_failing_quarto_is_one_message_without_its_stack(fake, project, effects, tmp_path):
    fake(FAILS)
    with pytest.raises(RenderError) as caught:
        quarto.render(project, tmp_path / "out", effects)
    assert str(caught.value).startswith("Quarto failed (exit 1): In file index.qmd\n(line 3) Field")
    assert "quarto.js" not in str(caught.value)
    assert caught.value.exit_code == 4
    assert not (tmp_path / "out").exists()


def test_a_hanging_quarto_is_ended_with_all_it_started(fake, project, effects, tmp_path):
    child = tmp_path / "child"
    fake(HANGS.format(child=str(child)))
    effects.environment[quarto.LIMIT_VARIABLE] = "3"
    with pytest.raises(RenderError, match="did not end within 3 seconds"):
        quarto.render(project, tmp_path / "out", effects)
    assert ended(int(child.read_text()))


def ended(pid: int) -> bool:
    """Whether a process is gone, or a zombie that nobody has fetched yet."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.1)
    return False


def test_a_quarto_that_makes_nothing_is_found_out(fake, project, effects, tmp_path):
    fake("sys.exit(0)")
    with pytest.raises(RenderError, match="made no site"):
        quarto.render(project, tmp_path / "out", effects)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("print('1.4.549')", (1, 4)),
        ("print('Downloading Quarto 1.10.19 …\\n45%\\rdone\\n1.10.19')", (1, 10)),
        ("print('99.9.9')", (99, 9)),
    ],
)
def test_the_version_is_read_past_what_a_download_prints(fake, effects, said, found):
    assert quarto.version(str(fake("", said)), effects) == found


@pytest.mark.parametrize(
    ("said", "message"), [("print('1.3.450')", "1.4 or newer"), ("print('hm')", "reports no version")]
)
def test_an_old_or_silent_quarto_is_refused(fake, project, effects, tmp_path, said, message):
    fake(WELL, said)
    with pytest.raises(RenderError, match=message):
        quarto.render(project, tmp_path / "out", effects)
    with pytest.raises(RenderError, match=message):
        quarto.Quarto(effects).able(None)


def test_auto_passes_over_an_old_quarto_and_says_so(fake, effects, reporter):
    fake(WELL, "print('1.3.450')")
    assert quarto.usable(effects) is None
    assert "1.4 or newer" in reporter.warnings[0]


def test_quarto_is_sought_in_order(fake, effects, tmp_path, monkeypatch):
    program = fake(WELL)
    assert quarto.find(effects) == str(program)
    del effects.environment["QUARTO_PATH"]
    effects.environment["PATH"] = str(program.parent)
    assert quarto.find(effects) == str(program)
    effects.environment["PATH"] = ""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert quarto.find(effects) == str(program)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "empty"))
    assert quarto.find(effects) is None


def test_a_named_quarto_that_is_none_is_an_error_not_a_fallback(effects, tmp_path):
    effects.environment["QUARTO_PATH"] = str(tmp_path / "nothing")
    with pytest.raises(ConfigurationError, match="QUARTO_PATH"):
        quarto.find(effects)


@pytest.mark.parametrize("limit", ["soon", "0", "-1", "inf", "nan"])
def test_a_time_limit_that_is_no_time_is_refused(fake, project, effects, tmp_path, limit):
    fake(WELL)
    effects.environment[quarto.LIMIT_VARIABLE] = limit
    with pytest.raises(ConfigurationError, match=quarto.LIMIT_VARIABLE):
        quarto.render(project, tmp_path / "out", effects)


def test_warnings_are_read_in_each_of_quartos_hands():
    log = "\x1b[33mWARN: one\x1b[39m\n[WARNING] two\n(W) three\nWARNING (main.lua:1) four\nfine\nWARN: one"
    assert quarto.warnings(log) == ["one", "two", "three", "four"]
    assert quarto.warnings("[ 1/14] own.qmd\nWARN: one\n[2/14] a/b.qmd\nWARN: one") == ["own.qmd: one", "a/b.qmd: one"]


def real_quarto() -> str | None:
    return quarto.find(Disk(Recorder()))


@pytest.mark.quarto
@pytest.mark.skipif(real_quarto() is None, reason="no Quarto on this machine")
def test_a_real_quarto_draws_the_project(project, effects, tmp_path):
    out = tmp_path / "out"
    quarto.render(project, out, effects)
    assert "Six kinds of customer" in (out / "index.html").read_text()
    assert "lastmod" not in "".join(path.read_text() for path in out.glob("sitemap.xml"))
