"""Paths of the command line: whoever reads or writes one says in a sentence what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

HEADER = "Customer,Age,Income\n"
NO_ROWS = "secret.csv: there is a header and no row below it; add one row a customer."
SETTINGS = """data: {path: table.csv}
columns:
  Customer: {role: id}
  Age: {role: age}
  Income: {role: income}
model: {selection: {k: 2}, resamples: 100}
privacy: {mode: open}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.csv").write_text(HEADER)
    return tmp_path


@pytest.mark.parametrize(
    ("verb", "code", "sentence"),
    [
        (("validate", "--data", "secret.csv"), 3, NO_ROWS),
        (("analyse", "--data", "secret.csv"), 3, NO_ROWS),
        (("init", "secret.csv", "--out", "."), 3, NO_ROWS),
        (("validate", "--config", "."), 2, "site.yml: no such file; name another with --config, or name a table with"),
        (
            ("score", "secret.csv", "--model", "secret.csv"),
            2,
            "secret.csv: this is not a model of Segment Atlas; name the",
        ),
        (("check", "."), 5, "index.html: is missing; this folder holds no site."),
        (("build", "--data", "secret.csv", "--out", "."), 3, NO_ROWS),
    ],
)
def test_what_may_not_be_read_is_told_by_whoever_reads_it(run, monkeypatch, verb, code, sentence):
    """Not as wrong usage, in four lines: `access` says no here, as it does to whoever may not read the file."""
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    found, out, err = run(*verb)
    assert "Usage" not in out + err
    assert (found, sentence in out + err) == (code, True), out + err


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (("init", "table.csv", "--yes", "--out", "/dev/null/mine"), "--out: /dev/null/mine/site.yml"),
        (("schema", "--out", "/dev/null/mine"), "--out: /dev/null/mine/site.schema.json"),
        (("analyse", "--config", ".", "--quiet", "--json", "/dev/null/x.json"), "--json: /dev/null/x.json"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_exit_2(run, folder, verb, said):
    (folder / "table.csv").write_text(HEADER + "".join(f"{n},{20 + n % 37},{15 + n * 7 % 89}\n" for n in range(60)))
    (folder / "site.yml").write_text(SETTINGS)
    code, _, err = run(*verb)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"{said} cannot be written (")
