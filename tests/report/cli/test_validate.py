from __future__ import annotations

from pathlib import Path

import pytest

MALL = Path(__file__).parents[3] / "site_config"

TABLE = """Customer;Age;Income
C-0001;20;15
C-0002;secret;15
C-0003;;16
C-0004;300;16
C-0005;23;17
"""
MORE = "".join(f"D-{row:04};{20 + row};{15 + row % 7}\n" for row in range(18))
"""As many sound rows as make two segments of ten with the two of the table."""
OPEN = (
    "set privacy.mode in site.yml to open if the table itself is public (segment-atlas init writes a site.yml where "
    "there is none)."
)
SETTINGS = """data: {path: table.csv}
columns:
  Customer: {role: id}
  Age: {role: age, minimum: 0, maximum: 120}
  Income: {role: income}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "site.yml").write_text(SETTINGS)
    return tmp_path


def test_the_table_that_ships_is_sound(run):
    assert run("validate", "--config", str(MALL)) == (
        0,
        "Mall_Customers.csv: 200 rows read, 200 used, 0 set aside.\nThe configuration is valid.\n",
        "",
    )


def test_rows_set_aside_are_counted_with_reason_and_row_number_but_no_value(run, folder):
    (folder / "table.csv").write_text(TABLE + MORE)
    code, out, _ = run("validate", "--config", str(folder))
    assert code == 0
    assert out.startswith("table.csv: 23 rows read, 20 used, 3 set aside.\n")
    assert "1 × Age: not a number (row 3)" in out
    assert not [value for value in ("secret", "300", "C-0002") if value in out]


def test_a_wrong_setting_is_exit_2_with_the_nearest_key(run, folder):
    (folder / "site.yml").write_text(SETTINGS.replace("maximum", "maximun"))
    code, out, err = run("validate", "--config", str(folder))
    assert code == 2
    assert "maximum" in err
    assert out.startswith("Without the settings that are wrong, table.csv: 5 rows read, 3 used, 2 set aside.\n")


def test_a_wrong_table_is_exit_3(run, folder):
    (folder / "table.csv").write_text("")
    assert run("validate", "--config", str(folder))[0] == 3
    assert run("validate", "--data", str(folder / "nowhere.csv"))[0] == 3


def test_guesses_are_said(run):
    code, out, _ = run("validate", "--data", str(MALL.parent / "data" / "Mall_Customers.csv"), "--k", "5")
    assert code == 0
    assert "“Age” is taken as the age" in out


@pytest.mark.parametrize(
    ("rows", "settings", "code", "sentence"),
    [
        (18, "", 0, "The configuration is valid."),
        (
            17,
            "",
            2,
            (
                "model.smallest_k: 19 customers are too few for 2 segments of 10, the smallest size that "
                "privacy.min_cell lets a public site show; set privacy.min_cell in site.yml to 9 at most or "
                f"{OPEN}"
            ),
        ),
        (
            18,
            "model: {selection: {k: 3}}\n",
            2,
            (
                "model.selection.k: 20 customers are too few for 3 segments of 10, the smallest size that "
                "privacy.min_cell lets a public site show; set model.selection.k (or --k) to 2 at most, "
                f"set privacy.min_cell in site.yml to 6 at most or {OPEN}"
            ),
        ),
        (18, "model: {selection: {k: 3}}\nprivacy: {mode: open}\n", 0, "The configuration is valid."),
        (18, "model: {selection: {k: 3}}\nprivacy: {min_cell: 6}\n", 0, "The configuration is valid."),
        (17, "model: {algorithm: hdbscan}\n", 0, "The configuration is valid."),
        (
            8,
            "model: {selection: {k: 12}}\nprivacy: {mode: open}\n",
            3,
            (
                "table.csv: model.selection.k asks for 12 segments, but the table has 10 usable rows; set "
                "model.selection.k (or --k) to 9 at most, or bring more customers."
            ),
        ),
        (
            0,
            "model: {smallest_k: 3}\n",
            3,
            "table.csv: model.smallest_k asks for 3 segments, but the table has 2 usable rows; bring more customers.",
        ),
    ],
)
def test_too_few_customers_for_the_segments_asked_for_are_told(run, folder, rows, settings, code, sentence):
    """A build of them is sure to be refused: at least one of three segments of 20 customers has fewer than ten."""
    (folder / "table.csv").write_text(TABLE + "".join(MORE.splitlines(keepends=True)[:rows]))
    (folder / "site.yml").write_text(SETTINGS + settings)
    found, out, err = run("validate", "--config", str(folder))
    assert (found, (err or out).splitlines()[0 if err else -1]) == (code, sentence)
    assert ("The configuration is valid." in out) == (code == 0)


def test_nothing_is_said_of_their_number_where_settings_are_left_out(run, folder):
    (folder / "site.yml").write_text(SETTINGS + "privacy: {mode: opne}\n")
    code, _, err = run("validate", "--config", str(folder))
    assert code == 2
    assert "too few" not in err
