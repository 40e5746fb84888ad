"""All that is wrong is told at once: every file, every column, by row numbers and without values."""

from __future__ import annotations

from pathlib import Path

import pytest

SITE = """data: {path: table.csv}
columns:
  id: {role: id}
  age: {role: age, minimum: 0, maximum: 120}
  income: {role: income}
  visits: {role: frequency}
  score: {role: feature}
personas: personas.yml
playbook: playbook.yml
"""
PERSONAS = "personas:\n  - {name: Young, levels: {age: low}}\n"
ACTION = (
    "{id: a, kind: ads, title: t, when: {}, channel: c, message: m, offer: o, timing: t, "
    "kpi: {measure: m, target: t}, effort: low, effect: small, because: b}"
)
PLAYBOOK = f"actions:\n  - {ACTION}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "site.yml").write_text(SITE)
    (tmp_path / "personas.yml").write_text(PERSONAS)
    (tmp_path / "playbook.yml").write_text(PLAYBOOK)
    rows = [f"C{n},{20 + n % 40},{1000 + n},{n % 9},{n % 5}" for n in range(40)]
    (tmp_path / "table.csv").write_text("\n".join(["id,age,income,visits,score", *rows]))
    return tmp_path


@pytest.fixture
def told(folder, run):
    return lambda: run("validate", "--config", folder)


def test_a_sound_table_ends_well(told):
    code, out, err = told()
    assert (code, err) == (0, "")
    assert out.startswith("table.csv: 40 rows read, 40 used, 0 set aside.\n")


def test_all_three_files_are_judged(folder, told):
    (folder / "site.yml").write_text(SITE.replace("maximum", "maximun") + "titel: x\ntheme: {accent: red}\nprivcy: 1\n")
    (folder / "personas.yml").write_text(PERSONAS.replace("low}", "lowest}"))
    (folder / "playbook.yml").write_text(PLAYBOOK.replace("kind: ads", "kind: advert"))
    code, out, err = told()
    assert code == 2
    assert out.startswith("Without the settings that are wrong, table.csv: 40 rows read, 40 used, 0 set aside.\n")
    lines = err.splitlines()
    for file, key in (
        ("site.yml", "columns.age.maximun"),
        ("site.yml", "titel"),
        ("site.yml", "theme.accent"),
        ("site.yml", "privcy"),
        ("personas.yml", "levels.age"),
        ("playbook.yml", "kind"),
    ):
        assert any(file in line and key in line for line in lines), (file, key)
    assert lines[-1] == "6 problems found."


def test_a_slip_in_a_persona_does_not_hide_the_tables_faults(folder, told):
    (folder / "personas.yml").write_text(PERSONAS.replace("age: low", "agee: low"))
    (folder / "table.csv").write_text("id,age,income\n1,2,3\n2,3,4\n")
    code, _, err = told()
    assert code == 2
    assert "“agee” is neither" in err
    assert "there is no column “visits”" in err
    assert "there is no column “score”" in err


def test_wrong_settings_do_not_hide_the_tables_faults(folder, told):
    settings = SITE.replace("{role: income}", "{role: incom}").replace("maximum", "maximun") + "theme: {accent: red}\n"
    (folder / "site.yml").write_text(settings)
    rows = [f"C{n},{20 + n % 40},x,secret{n},{n}" for n in range(40)]
    rows[7] = "C7,x,1,1,1"
    (folder / "table.csv").write_text("\n".join(["id,age,income,visits,scores", *rows]))
    code, out, err = told()
    assert code == 2
    for words in ("columns.income.role", "columns.age.maximun", "theme.accent", "no column “score”", "column “visits”"):
        assert words in err
    assert err.endswith("5 problems found.\n")
    assert out.startswith("Without the settings that are wrong, table.csv: 40 rows read, ")
    assert "1 × age: not a number (row 9)" in out
    assert "income" not in out
    assert "secret" not in out + err
    assert "valid" not in out


def test_what_only_the_pages_need_is_judged_too(folder, told):
    (folder / "own").mkdir()
    (folder / "own" / "about.qmd").write_text("no title\n")
    (folder / "site.yml").write_text(SITE + "pages: own\n")
    code, _, err = told()
    assert code == 2
    assert err.endswith("about.qmd: the page has no title; begin it with ---, title: …, ---.\n1 problem found.\n")
    (folder / "own" / "about.qmd").rename(folder / "own" / "method.qmd")
    assert "method.qmd: the site already has a page “method”; give this one another name." in told()[2]
    (folder / "site.yml").write_text(SITE + "site: {locale: xx_YY, currency: ABC}\n")
    code, _, err = told()
    assert code == 2
    assert "site.locale: “xx_YY” is not a known locale" in err
    assert "site.currency: “ABC” is not a known currency" in err
    assert err.endswith("2 problems found.\n")


def test_personas_that_name_a_column_described_wrongly_are_not_blamed_for_it(folder, told):
    (folder / "site.yml").write_text(SITE.replace("score: {role: feature}", "score: {role: featur}"))
    (folder / "personas.yml").write_text(PERSONAS.replace("age: low", "score: low"))
    code, _, err = told()
    assert code == 2
    assert err.endswith("1 problem found.\n")


def test_a_table_by_which_nothing_can_be_found_is_no_valid_one(folder, told):
    settings = "data: {path: table.csv}\ncolumns:\n  id: {role: id}\n  age: {role: age, use: describe}\n"
    (folder / "site.yml").write_text(settings)
    code, out, err = told()
    assert (code, out) == (2, "")
    assert err.startswith("columns: no numeric column forms segments")


def test_every_column_that_is_missing_faulty_or_constant_is_told(folder, told):
    rows = [f"secret{n % 3},x{n},1000,7777,{n}" for n in range(40)]
    (folder / "table.csv").write_text("\n".join(["id,age,income,visitors,score", *rows]))
    code, out, err = told()
    assert code == 3
    assert "there is no column “visits” (expected: numbers, role frequency). Did you mean “visitors”?" in err
    assert "in the column “age” numbers were expected, but 40 of 40 rows hold something else (rows 2, 3, 4" in err
    assert "“id” was expected to identify customers, but 37 of 40 rows repeat" in err
    assert err.endswith("3 problems found.\n")
    assert "Left out: “income”, because it has the same value for every customer." in out
    assert (
        "40 × age: not a number (rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, …)" in out
    )
    assert not [value for value in ("secret", "7777", "x1") if value in out + err]


def test_a_column_that_tells_nothing_is_named_with_the_reason(folder, told):
    (folder / "site.yml").write_text(SITE.replace("score: {role: feature}", "score: {role: feature, use: describe}"))
    rows = [f"C{n},{20 + n * 7 % 40},{1000 + n * n},{n * 5 % 9},3" for n in range(60)]
    (folder / "table.csv").write_text("\n".join(["id,age,income,visits,score", *rows]))
    code, out, err = told()
    assert (code, err) == (0, "")
    assert "Left out: “score”, because it has the same value for every customer.\n" in out


def test_transactions_are_surveyed_too(folder, told):
    settings = "data: {path: table.csv}\ntransactions: {customer: who, date: when, amount: paid}\n"
    (folder / "site.yml").write_text(settings)
    rows = [f"C{n % 9},never{n},{n}" for n in range(40)]
    (folder / "table.csv").write_text("\n".join(["who,when,paid", *rows]))
    code, out, err = told()
    assert code == 3
    assert "“when”" in err
    assert "never1" not in out + err
    (folder / "table.csv").write_text("who,on,price\nC1,2024-01-01,3\n")
    code, _, err = told()
    assert code == 3
    assert "there is no column “when”" in err
    assert "there is no column “paid”" in err
    assert err.endswith("2 problems found.\n")


def test_a_build_shows_three_of_many(folder, run):
    (folder / "site.yml").write_text(SITE + "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\n")
    code, _, err = run("build", "--quiet", "--config", folder)
    assert code == 2
    assert err.splitlines()[3:] == ["… and 2 more like these."]
