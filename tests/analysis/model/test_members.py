"""Lists of a segment's customers: the right rows of the analyst's own table, or a refusal."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from analysis.configuration.origin import Origin
from analysis.configuration.table import TableSettings
from analysis.errors import ConfigurationError, DataError
from analysis.pipeline import analyse
from analysis.reading import table
from analysis.reading.sources.door import open_table
from analysis.scoring.members import Assigned, members

TWO = {"selection": {"k": 2}, "largest_k": 3}
COLUMNS = {"id": {"role": "id"}, "x": {"role": "feature"}, "y": {"role": "feature"}}
HEAD = "id,E-Mail,x,y,Phone\n"


def shop() -> str:
    """Two groups; a row without a figure, and an identifier that comes twice."""
    lines = [f"C{place},a{place}@b.org,{place % 2 * 90 + place % 7},{place % 5},+{place}" for place in range(40)]
    lines[4] = "C4,a4@b.org,,1,+4"
    lines[6] = "C3,twice@b.org,0,0,+6"
    lines[8] = "=C8,a8@b.org,1,1,+8"
    return HEAD + "\n".join(lines) + "\n"


@pytest.fixture
def made(described):
    configuration = described(shop(), COLUMNS, model=TWO)
    return configuration, analyse(configuration)


def assigned(analysis) -> Assigned:
    """As the build's file has it."""
    rows = analysis.assignments
    customers = tuple(f"'{each}" if str(each).startswith("=") else str(each) for each in rows.iloc[:, 0])
    return Assigned(customers, tuple(map(str, rows["segment"])), tuple(rows["slug"]))


def listed(made, names, *, slugs=None, given=None):
    configuration, analysis = made
    wanted = slugs or [analysis.model.segments[0].slug]
    return members(configuration.origin, analysis.model, given or assigned(analysis), wanted, names)


def test_each_customer_of_the_segment_comes_with_their_own_cells(made):
    rows = listed(made, ["id", "E-Mail", "slug", "row"])
    expected = made[1].assignments
    own = expected[expected["slug"] == made[1].model.segments[0].slug]
    assert rows["id"].tolist() == own["id"].tolist()
    assert rows["E-Mail"].tolist() == [f"a{each.lstrip('=C')}@b.org" for each in own["id"]]
    assert rows["row"].tolist() == [int(each.lstrip("=C")) + 2 for each in own["id"]]
    assert set(rows["slug"]) == set(own["slug"])


def test_all_segments_together_are_all_customers_once(made):
    slugs = [segment.slug for segment in made[1].model.segments]
    rows = listed(made, ["id", "Phone", "segment"], slugs=slugs)
    assert len(rows) == 38
    assert rows["id"].is_unique
    assert {"C4", "twice@b.org"}.isdisjoint(rows.to_numpy().ravel())


def test_columns_are_found_however_they_are_written(made):
    assert list(listed(made, ["e_mail", "PHONE"]).columns) == ["e_mail", "PHONE"]


@pytest.mark.parametrize(("name", "near"), [("Mails", "“E-Mail”"), ("Fone", "“Phone”"), ("slugs", "“slug”")])
def test_an_unknown_column_names_the_nearest(made, name, near):
    with pytest.raises(ConfigurationError, match=f"has no column “{name}”. Did you mean .*{near}"):
        listed(made, [name])


def test_of_a_database_the_columns_come_from_the_one_answer_that_was_checked(described, tmp_path, monkeypatch):
    connection = sqlite3.connect(tmp_path / "shop.db")
    connection.execute('CREATE TABLE shop (id TEXT, "E-Mail" TEXT, x REAL, y REAL, Phone TEXT)')
    rows = [line.split(",") for line in shop().splitlines()[1:]]
    connection.executemany("INSERT INTO shop VALUES (?, ?, nullif(?, ''), ?, ?)", rows)
    connection.commit()
    connection.close()
    settings = TableSettings(database="sqlite:///shop.db", query="SELECT * FROM shop")
    configuration = replace(described(shop(), COLUMNS, model=TWO), origin=Origin(settings, tmp_path))
    analysis = analyse(configuration)
    asked = []
    monkeypatch.setattr(table, "open_table", lambda *args: asked.append(args) or open_table(*args))
    listing = listed((configuration, analysis), ["id", "E-Mail"])
    assert listing["E-Mail"].tolist() == [f"a{each.lstrip('=C')}@b.org" for each in listing["id"]]
    assert len(asked) == 1


def test_a_table_that_changed_is_refused(made):
    file = made[0].origin.places[0]
    file.write_text(file.read_text().replace("a0@b.org", "new@b.org"), encoding="utf-8")
    with pytest.raises(DataError, match="has changed since; build the site again"):
        listed(made, ["id"])


def test_assignments_of_another_order_or_number_are_refused(made):
    whole = assigned(made[1])
    turned = Assigned(whole.customers[::-1], whole.segments[::-1], whole.slugs[::-1])
    with pytest.raises(DataError, match="lists other customers"):
        listed(made, ["id"], given=turned)
    fewer = Assigned(whole.customers[1:], whole.segments[1:], whole.slugs[1:])
    with pytest.raises(DataError, match=r"38 customers were expected .* which has 37"):
        listed(made, ["id"], given=fewer)


def test_two_columns_of_one_name_are_not_guessed_between(described):
    text = shop().replace("Phone", "e mail")
    configuration = described(text, COLUMNS, model=TWO)
    with pytest.raises(ConfigurationError, match="could each be “email”"):
        listed((configuration, analyse(configuration)), ["email"])


def test_without_identifiers_rows_stand_for_customers(described):
    columns = {name: each for name, each in COLUMNS.items() if name != "id"}
    text = "\n".join(line.partition(",")[2] for line in shop().splitlines()) + "\n"
    configuration = described(text, columns, model=TWO)
    rows = listed((configuration, analyse(configuration)), ["id", "E-Mail"])
    assert list(rows.columns) == ["row", "E-Mail"]
    lines = configuration.origin.places[0].read_text().splitlines()
    assert rows["E-Mail"].iloc[0] in lines[rows["row"].iloc[0] - 1]


def test_of_transactions_it_lists_what_is_derived_of_customers(described):
    lines = ["who,when,paid"]
    for customer in range(60):
        lines += [
            f"W{customer},2025-01-{1 + day:02},{10 + customer % 2 * 300 + day}" for day in range(1 + customer % 9)
        ]
    transactions = {"customer": "who", "date": "when", "amount": "paid"}
    configuration = described("\n".join(lines) + "\n", transactions=transactions, model=TWO)
    analysis = analyse(configuration)
    rows = listed((configuration, analysis), ["who", "frequency", "slug"])
    assert [int(each[1:]) % 9 + 1 for each in rows["who"]] == rows["frequency"].tolist()
    with pytest.raises(ConfigurationError, match="no column “when”"):
        listed((configuration, analysis), ["when"])
