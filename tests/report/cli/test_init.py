"""`init` writes a configuration that builds, asks only at a terminal, and replaces nothing unasked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import openpyxl
import pytest

from analysis.configuration import load_configuration
from analysis.preparation.survey import survey
from tests.in_process import command

ROWS = [
    f"K{n},{1950 + n % 50},{('low', 'medium', 'high')[n % 3]},{('yes', 'no')[n % 2]},"
    f"{'' if n == 7 else 900 + n * 37 % 800},0{1 + n % 9}/0{1 + n % 8}/2023"
    for n in range(60)
]
HEADER = "Customer no,Year of birth,Interest,Newsletter,Spent {{< env X >}},Joined"


@pytest.fixture
def table(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_customers.csv").write_text("\n".join([HEADER, *ROWS]))
    return tmp_path / "my_customers.csv"


def test_a_configuration_is_written_and_sound(run, table):
    code, out, err = run("init", "my_customers.csv", "--yes")
    assert (code, err) == (0, "")
    assert out.endswith("Next: segment-atlas build\n")
    assert "“Customer no” is taken as the identifier of the customers" in out
    assert "900" not in out
    found = load_configuration(table.parent / "site_config")
    assert found.site.data.path == "../my_customers.csv"
    assert found.site.site.title == "My customers"
    columns = found.site.columns
    assert (columns["Year of birth"].role, columns["Year of birth"].date_format) == ("age", "yyyy")
    assert columns["Interest"].order == ("low", "medium", "high")
    assert columns["Newsletter"].kind == "boolean"
    assert columns["Spent {{< env X >}}"].missing is None  # money is never made up
    assert columns["Joined"].date_format == "dd/mm/yyyy"
    assert [str(error) for error in survey(found).errors] == [f"my_customers.csv: {found.site.undecided[0]}"]
    assert "Dates in “Joined” can be read as dd/mm/yyyy or mm/dd/yyyy" in found.site.undecided[0]
    assert run("validate")[0] != 0


def test_a_configuration_whose_question_is_answered_is_sound(run, table):
    run("init", "my_customers.csv", "--yes")
    site = table.parent / "site_config" / "site.yml"
    site.write_text(re.sub(r"undecided:\n  - .*\n", "", site.read_text()))
    assert survey(load_configuration(site.parent)).errors == ()
    assert run("validate")[0] == 0


def test_what_stands_there_is_replaced_by_force_alone(run, table):
    own = table.parent / "site_config" / "playbook.yml"
    own.parent.mkdir()
    own.write_text("mine")
    code, out, err = run("init", "my_customers.csv", "--yes")
    assert (code, out) == (2, "")
    assert "playbook.yml: this file already exists" in err
    assert own.read_text() == "mine"
    assert run("init", "my_customers.csv", "--yes", "--force")[0] == 0
    assert own.read_text() != "mine"


def test_elsewhere_the_next_command_names_the_folder(run, table):
    _, out, _ = run("init", "my_customers.csv", "--yes", "--out", "deep/own")
    assert out.endswith("Next: segment-atlas build --config deep/own\n")
    assert load_configuration(table.parent / "deep/own").site.data.path == "../../my_customers.csv"


def test_the_next_command_can_be_typed_as_it_stands(run, table):
    _, out, _ = run("init", table, "--yes", "--out", "my own")
    assert out.endswith("Next: segment-atlas build --config 'my own'\n")


@dataclass
class Person:
    """Answers in turn, and yes where a month may come first; one who is not there is asked nothing."""

    answers: list[str] = field(default_factory=list)
    there: bool = True
    asked: list[str] = field(default_factory=list)

    def heard(self) -> bool:
        return self.there

    def ask(self, question: str, default: str) -> str:
        assert default
        self.asked.append(question)
        return self.answers.pop(0)

    def confirm(self, question: str) -> bool:
        self.asked.append(question)
        return "month" in question


def test_a_terminal_is_asked_and_asked_again(world, table):
    person = Person(["<b>", "Our shop", "euros", "zzz", "eur", "30", "4"])
    ended = command("init", "my_customers.csv", folder=table.parent, world=replace(world, questions=person))
    assert (ended.code, ended.err) == (0, "")
    assert "A title may have up to 80 characters, without < > { } and `; write another one.\n" in ended.out
    site = load_configuration(table.parent / "site_config").site
    assert (site.site.title, site.site.currency, site.model.selection.k) == ("Our shop", "EUR", 4)
    assert (site.columns["Joined"].date_format, site.undecided) == ("mm/dd/yyyy", ())
    assert site.privacy.mode == "public"
    assert len(person.asked) == 9


@pytest.mark.parametrize(("there", "options"), [(False, ()), (True, ("--yes",))])
def test_without_a_terminal_or_with_yes_nothing_is_asked(world, table, there, options):
    person = Person(there=there)
    asked = ("init", "my_customers.csv", *options)
    assert command(*asked, folder=table.parent, world=replace(world, questions=person)).code == 0
    assert person.asked == []
    assert (table.parent / "site_config/site.yml").exists()


def test_a_table_that_is_not_there_is_one_sentence(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("init", "nowhere.csv", "--yes")
    assert (code, out) == (3, "")
    assert "there is no such file" in err
    assert not (tmp_path / "site_config").exists()


@pytest.fixture
def workbook(tmp_path, monkeypatch) -> str:
    """A workbook of two tables, of which only the second holds customers."""
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    shops = [["shop", "area"], *[[n, n * 7 % 90] for n in range(40)]]
    customers = [["age", "spent"], *[[20 + n, n * 37 % 800] for n in range(40)]]
    for name, rows in {"Shops": shops, "Customers": customers}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save("book.xlsx")
    return "book.xlsx"


def test_of_a_workbook_with_several_tables_one_is_named(run, workbook):
    code, _, err = run("init", workbook, "--yes")
    assert code == 3
    assert "several sheets hold a table (“Shops” and “Customers”); name the one to read" in err
    assert "--sheet" in err
    assert run("init", workbook, "--yes", "--sheet", "Customers")[0] == 0
    found = load_configuration(Path("site_config"))
    assert found.site.data.sheet == "Customers"
    assert set(found.site.columns) == {"age", "spent"}
    assert run("validate")[0] == 0


def test_without_a_configuration_the_sheet_is_named_as_well(run, workbook):
    assert run("validate", "--data", workbook, "--sheet", "Customers")[0] == 0
    code, _, err = run("validate", "--data", workbook, "--sheet", "Custmers")
    assert code == 3
    assert "there is no sheet “Custmers”. Did you mean “Customers”?" in err
    code, _, err = run("analyse", "--sheet", "Customers")
    assert (code, "--sheet can only be used with --data" in err) == (2, True)
