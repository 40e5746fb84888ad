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
    code, out, _ = run("validate", "--config", str(folder))
    assert code == 0
    assert out.startswith("table.csv: 5 rows read, 2 used, 3 set aside.\n")
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
