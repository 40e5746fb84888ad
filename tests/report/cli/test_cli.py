from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from report.command import cli
from report.command import options as asked
from report.command.progress import clean

pytestmark = pytest.mark.usefixtures("home", "parts")


@pytest.mark.parametrize("verb", ["build", "analyse", "validate", "check", "preview"])
def test_every_verb_explains_itself_with_an_example(run, verb):
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert f"Example: segment-atlas {verb}" in out
    assert "--config" in out


def test_the_version_is_said(run):
    assert run("--version") == (0, "segment-atlas 0.1.0\n", "")


@pytest.mark.parametrize(
    "args",
    [
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "--renderer", "word"),
        ("preview", "--port", "99999"),
        ("build", "--k", "3"),
        ("build", "--id", "x"),
        ("build", "--features", "a"),
        ("build", "--config", "a.yml", "--data", "b.csv"),
        ("build", "--config", "nowhere.yml"),
        ("check", "nowhere"),
        *(("build", "--data", "x.csv", "--k", k) for k in ("1", "0", "-3", "21", "abc", "3.5", "", "²")),
        ("build", "--data", "x.csv", "--features", "a,,b"),
        ("build", "--data", "x.csv", "--features", ""),
    ],
)
def test_wrong_usage_is_exit_2_and_no_traceback(run, args):
    code, out, err = run(*args)
    assert code == 2
    assert err.strip()
    assert "Traceback" not in out + err


@pytest.mark.parametrize("k", ["1", "abc"])
def test_a_wrong_k_is_one_sentence(run, k):
    assert run("build", "--data", "x.csv", "--k", k)[2] == (
        f"--k “{k}”: give a number of segments from 2 to 20, or auto.\n"
    )


def test_columns_may_hold_commas_in_quotes():
    assert asked.columns('age, "income, yearly",score') == ["age", "income, yearly", "score"]


def test_a_bug_is_said_in_one_sentence_and_shown_on_request(run, monkeypatch):
    monkeypatch.setattr(cli, "configured", lambda *_, **__: 1 / 0)
    code, _, err = run("build", "--quiet")
    assert code == 1
    assert "bug in Segment Atlas (ZeroDivisionError)" in err
    assert "SEGMENT_ATLAS_DEBUG=1" in err
    assert "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        run("build", "--quiet", SEGMENT_ATLAS_DEBUG="1")


def built(run, configuration, monkeypatch, *args: str) -> tuple[int, str, str]:
    monkeypatch.setattr(cli, "configured", lambda *_, **__: configuration)
    return run("build", *args)


def test_a_build_says_its_steps_and_ends_with_the_pages(run, configuration, monkeypatch, home):
    code, out, err = built(run, configuration, monkeypatch)
    assert code == 0
    assert "Reading the table …" in err
    assert "Renderer: builtin" in err
    lines = out.splitlines()
    assert lines[0].split() == ["Page", "Size", "Gzipped"]
    assert lines[1].startswith("404.html")
    assert lines[3].startswith("2 pages")
    assert str(home / "_site") in lines[4]


def test_a_quiet_build_says_nothing(run, configuration, monkeypatch):
    assert built(run, configuration, monkeypatch, "--quiet") == (0, "", "")


def test_a_failed_check_is_exit_5(run, parts, configuration, monkeypatch):
    parts.files["index.qmd"] += "\n[x](nowhere.html)\n"
    code, out, err = built(run, configuration, monkeypatch)
    assert (code, out) == (5, "")
    assert "leads nowhere" in err


def test_a_failed_page_is_exit_4(run, parts, configuration, monkeypatch):
    parts.files["index.qmd"] = "---\na: [\n---\n"
    assert built(run, configuration, monkeypatch)[0] == 4


def test_the_contract_alone_goes_to_standard_output_or_a_file(run, mall_contract, home):
    config = Path(__file__).parents[3] / "site_config"
    code, out, err = run("analyse", "--config", config, "--json", "-")
    assert (code, out) == (0, mall_contract.model_dump_json(indent=2) + "\n")
    assert "Reading the table" in err
    assert run("analyse", "--config", config, "--json", "deep/contract.json", "--quiet") == (0, "", "")
    assert (home / "deep/contract.json").read_text(encoding="utf-8") == out
    assert not (home / "build").exists()


def test_a_finished_site_can_be_checked_alone(run, configuration, monkeypatch, home):
    built(run, configuration, monkeypatch)
    code, out, _ = run("check", "_site")
    assert (code, out) == (0, "_site: every check passed.\n")
    (home / "_site/index.html").write_text("<h1>x</h1>")
    code, out, err = run("check", "_site")
    assert code == 5
    assert "index.html: " in out
    assert "problem(s) found" in err


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['segment-atlas', '--help']\n"
        "from report.command.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'altair', 'sklearn', 'scipy', 'vl_convert', 'pydantic', 'lxml', 'jinja2'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.splitlines()[-1] == "heavy: []"


def test_what_is_said_cannot_write_on_the_terminal():
    assert clean("a\x1b[31mb\x1b]0;x\x07\rc\x00") == "ab]0;xc"


@pytest.mark.parametrize("verb", ["build", "analyse", "validate"])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--k", "3"), "--k can only be used with --data"),
        (("--sheet", "May"), "--sheet can only be used with --data"),
        (("--config", "a", "--data", "b.csv"), "--config and --data both name a table"),
    ],
)
@pytest.mark.usefixtures("home")
def test_options_that_do_not_go_together_are_told_before_a_file_is_missed(run, verb, options, says):
    code, out, err = run(verb, *options)
    assert (code, out) == (2, "")
    assert err.startswith(says)


def test_the_front_door_that_side_processes_import_again_is_all_but_empty():
    code = (
        "import sys; before = set(sys.modules); import report.__main__; "
        "print({name.split('.')[0] for name in set(sys.modules) - before} - {'report', '__future__'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "set()\n"
    named = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]["scripts"]
    assert named == {"segment-atlas": "report.__main__:main"}
