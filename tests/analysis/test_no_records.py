"""Rows that are no customers: set aside with their reason and number; and customers who only look like them: kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import Column, Site, without_files
from analysis.pipeline import analyse
from analysis.preparation.validate import validate
from analysis.proposal.guess import propose
from analysis.reading.table import Table, opened_table, read_table, table_of
from analysis.reading.text import no_records
from analysis.reading.text.batches import TOO_FEW
from analysis.reading.text.footers import COMMENT, FOOTER, HEADING, REPEATED, RULED, TOTAL
from analysis.reading.text.no_records import NumberedRows, apart
from analysis.reading.text.rows import Records
from tests.notes import exact

ID, TEXT, FIGURE = Column(role="id"), Column(role="category"), Column(role="feature")
COLUMNS = {"id": ID, "region": TEXT, "spend": FIGURE, "visits": FIGURE}
CUSTOMERS = [
    (f"C{n:03}", ("North", "South")[n % 2], round(10.25 + n * 7.31 % 50, 2), 1 + n * 5 % 11) for n in range(30)
]
SPEND, VISITS = round(sum(row[2] for row in CUSTOMERS), 2), sum(row[3] for row in CUSTOMERS)
HEADER = "id,region,spend,visits\n"
ROWS = HEADER + "".join(f"{','.join(map(str, row))}\n" for row in CUSTOMERS)

Read = Callable[..., Table]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def _read(
        content: str | bytes, columns: dict[str, Column] | None = None, name: str = "t.csv", **data: object
    ) -> Table:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        site = Site.model_validate({"data": {"path": name, **data}, "columns": columns or COLUMNS})
        return read_table(file, site)

    return _read


@pytest.mark.parametrize(
    "label",
    [
        "Total", "TOTAL:", "Grand Total", "Grand Totals (30 records)", "Subtotal", "Sum", "Summe", "Gesamt",
        "Gesamtsumme", "Insgesamt", "Total général", "Totale", "Totaal", "Suma", "Razem", "Celkem", "Summa", "Toplam",
        "Итого", "合計", "All: total", "Σύνολο",
    ],
)  # fmt: skip
def test_a_total_in_many_languages_is_no_customer(read: Read, label: str):
    table = read(f"{ROWS}{label},,{SPEND},{VISITS}\n")
    assert table.set_aside == ((32, TOTAL),)
    assert len(table.frame) == 30
    assert table.rows_read == 31
    assert "1 × total row (row 32)" in exact(table.notes)[-1]


@pytest.mark.parametrize(
    "figures",
    [
        "“$1.012,34”",
        f'"{SPEND:,.2f}",{VISITS}',
        f'"${SPEND:,.2f}",{VISITS}',
        f"{SPEND * 3},",
        f",{VISITS}",
        ",",
        f"{SPEND},{VISITS},,",
    ],
)
def test_a_total_however_its_figures_are_written(read: Read, figures: str):
    figures = figures.replace("“$1.012,34”", f"{SPEND},{VISITS + 3}")  # one of them is not the sum
    assert read(f"{ROWS}Total,,{figures}\n").set_aside == ((32, TOTAL),)


def test_a_total_of_decimal_commas_and_euros(read: Read):
    def euros(amount: float) -> str:
        return f"{amount:,.2f} €".translate(str.maketrans(",.", ".,"))

    rows = "".join(f"{row[0]};{row[1]};{euros(row[2] * 100)};{row[3]}\n" for row in CUSTOMERS)
    table = read(f"{HEADER.replace(',', ';')}{rows}Gesamt;;{euros(SPEND * 100)};{VISITS}\n")
    assert table.set_aside == ((32, TOTAL),)


def test_a_total_at_the_top(read: Read):
    table = read(ROWS.replace(HEADER, f"{HEADER}Total,,{SPEND},{VISITS}\n"))
    assert table.set_aside == ((2, TOTAL),)
    assert list(table.row_numbers) == list(range(3, 33))


def grouped(subtotal: str, heading: str = "") -> tuple[str, list[int], list[int]]:
    """Two regions, each with its total below; the rows of the totals, and those of headings."""
    text, row, totals, headings = HEADER, 2, [], []
    for region in ("North", "South"):
        if heading:
            text += heading.format(region) + ",,,\n"
            headings.append(row)
            row += 1
        own = [each for each in CUSTOMERS if each[1] == region]
        text += "".join(f"{','.join(map(str, each))}\n" for each in own)
        row += len(own)
        spend, visits = round(sum(each[2] for each in own), 2), sum(each[3] for each in own)
        text += f"{subtotal.format(region)},,{spend},{visits}\n"
        totals.append(row)
        row += 1
    return f"{text}Grand total,,{SPEND},{VISITS}\n", [*totals, row], headings


@pytest.mark.parametrize("label", ["Subtotal {}", "Total {}", "{} total", "Zwischensumme {}", "Total", "Sous-total {}"])
def test_subtotals_between_the_rows_and_their_total(read: Read, label: str):
    text, totals, _ = grouped(label)
    table = read(text)
    assert table.set_aside == tuple((row, TOTAL) for row in totals)
    assert sorted(table.frame["id"]) == [row[0] for row in CUSTOMERS]


def test_a_heading_over_a_group_whose_total_names_it(read: Read):
    text, totals, headings = grouped("Total {}", heading="{}")
    table = read(text)
    assert sorted(table.set_aside) == sorted([*((row, TOTAL) for row in totals), *((row, HEADING) for row in headings)])
    assert len(table.frame) == 30


@pytest.mark.parametrize("place", [0, 15, 29, 30])
@pytest.mark.parametrize(
    "name", ["Total", "TOTAL SE", "Total Wine & More", "Summe", "Media Markt", "Gesamt GmbH", "Mean"]
)
def test_a_customer_who_is_called_so_is_kept(read: Read, name: str, place: int):
    lines = ROWS.splitlines()
    lines.insert(place + 1, f"{name},North,31.4,5")
    table = read("\n".join(lines))
    assert table.set_aside == ()
    assert name in set(table.frame["id"])


def test_what_stays_undecided_is_told_by_its_row(read: Read):
    lines = ROWS.splitlines()
    lines.insert(10, "Total,North,31.4,5")
    note = exact(read("\n".join(lines)).notes)[-1]
    assert note.startswith("Row 11 is named like a total")
    assert "31.4" not in note


def test_a_company_called_total_and_a_real_total(read: Read):
    lines = ROWS.splitlines()
    lines.insert(10, "Total,North,31.4,5")
    table = read("\n".join([*lines, f"Total,,{round(SPEND + 31.4, 2)},{VISITS + 5}"]))
    assert table.set_aside == ((33, TOTAL),)
    assert "Total" in set(table.frame["id"])


def test_a_category_called_total_is_a_category(read: Read):
    text = ROWS.replace("North", "Total")
    table = read(text)
    assert table.set_aside == ()
    assert table.apart == ()


def test_sums_without_a_label_in_the_last_row(read: Read):
    assert read(f"{ROWS},,{SPEND},{VISITS}\n").set_aside == ((32, TOTAL),)
    assert read(f"{ROWS}∑,,{SPEND},{VISITS}\n").set_aside == ((32, TOTAL),)
    assert read(f"{ROWS},,{SPEND},\n").set_aside == ((32, TOTAL),)
    assert read(f"{ROWS},,{SPEND + 1},{VISITS}\n").set_aside == ()
    assert read(f"{ROWS}C999,North,{SPEND},3\n").set_aside == ()


def test_the_last_of_few_customers_is_not_the_sum_of_the_others_by_chance(read: Read):
    for rows in ("A,x,1,1\nB,x,2,2\nC,x,3,3\n", "A,x,0,0\nB,x,0,0\nC,x,0,0\nD,x,0,0\nE,x,5,2\nF,x,5,2\n"):
        assert read(HEADER + rows).set_aside == ()


def test_means_below_the_rows(read: Read):
    table = read(f"{ROWS}Average,,{SPEND / 30:.2f},{VISITS / 30:.1f}\nTotal,,{SPEND},{VISITS}\n")
    assert table.set_aside == ((32, TOTAL), (33, TOTAL))


def test_a_total_in_a_column_that_nobody_described(read: Read):
    text = "region,id,spend,visits\n" + "".join(f"{r[1]},{r[0]},{r[2]},{r[3]}\n" for r in CUSTOMERS)
    table = read(f"{text}Total,,{SPEND},{VISITS}\n", {"spend": FIGURE, "visits": FIGURE})
    assert table.set_aside == ((32, TOTAL),)


def test_a_cell_that_nobody_described_makes_a_customer_of_a_name(read: Read):
    """Nothing of what is read stands beside “Total”, but the row has a town and a street."""
    text = "id,a,b,spend,town,street\n" + "".join(f"{r[0]},,,{r[2]},Ulm,Way {n}\n" for n, r in enumerate(CUSTOMERS))
    assert read(f"{text}Total,,,,Bonn,Way 9\n", {"id": ID, "spend": FIGURE}).set_aside == ()
    assert read(f"{text}Total,,,,,\n", {"id": ID, "spend": FIGURE}).set_aside == ((32, TOTAL),)


@pytest.mark.parametrize("again", [HEADER, "ID,Region,SPEND,Visits\n", "id, region ,spend,visits\n"])
def test_a_header_that_stands_again_further_down(read: Read, again: str):
    lines = ROWS.splitlines(keepends=True)
    table = read("".join([*lines[:16], again, *lines[16:]]))
    assert table.set_aside == ((17, REPEATED),)
    assert len(table.frame) == 30


def test_files_that_were_pasted_together_with_their_marks(read: Read):
    half = ROWS.splitlines(keepends=True)
    first, second = "".join(half[:16]), HEADER + "".join(half[16:])
    for text in (f"\ufeff{first}\ufeff{second}", f"\ufeff{first.rstrip()}\ufeff{second}"):
        table = read(text)
        assert table.set_aside == ((17, REPEATED),)
        assert sorted(table.frame["id"]) == [row[0] for row in CUSTOMERS]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Confidential Information - Do Not Distribute", FOOTER),
        ('"Confidential, do not distribute",,,', FOOTER),
        ("Total records: 30", FOOTER),
        ("(30 rows)", FOOTER),
        ("30 rows selected.", FOOTER),
        ("30 rows in set (0.00 sec)", FOOTER),
        ("-- End of report --", FOOTER),
        ("-- End of report --,,,", FOOTER),
        ("Page 1 of 1,,,", FOOTER),
        ("Rows:,30,,", FOOTER),
        ("© 2026 Example Inc.", FOOTER),
        ("Generated on 2026-01-31 by J,,,", FOOTER),
        ("Questo rapporto è riservato", FOOTER),
        ("Questo rapporto è riservato,,,", FOOTER),
        ("# made by hand", COMMENT),
        ("----------", RULED),
        ("----,----,----,----", RULED),
        (f'"Grand Totals (30 records)","",{SPEND}', TOTAL),
    ],
)
def test_what_stands_below_the_rows(read: Read, line: str, reason: str):
    table = read(f"{ROWS}\n{line}\n")
    assert table.set_aside == ((33, reason),)
    assert len(table.frame) == 30


def test_a_file_that_breaks_off_is_not_said_to_have_a_footer(read: Read):
    assert read(f"{ROWS}C999,No").set_aside == ((32, TOO_FEW),)
    assert read(f"{ROWS}C999\n").set_aside == ((32, TOO_FEW),)
    assert read(f"{ROWS}C999,,,\n").set_aside == ()


def test_an_order_called_like_a_comment_is_none(read: Read):
    rows = ROWS.replace("\nC0", "\n#1")
    assert read(f"{rows}#999,,,\n").set_aside == ()


@pytest.mark.parametrize("tail", [b"\x00", b"\x00" * 500, b"\x1a", b"\x1a\r\n", b"\r\n\x1a\x00\x00"])
def test_what_old_tools_fill_a_file_with(read: Read, tail: bytes):
    table = read(ROWS.encode() + tail)
    assert (len(table.frame), table.set_aside, exact(table.notes)) == (30, (), ())


def test_psql_and_its_rule(read: Read):
    body = "".join(f" {row[0]} | {row[1]} | {row[2]} | {row[3]}\n" for row in CUSTOMERS)
    table = read(f"  id  | region | spend | visits \n------+--------+-------+--------\n{body}(30 rows)\n\n")
    assert table.delimiter == "|"
    assert table.set_aside == ((2, RULED), (33, FOOTER))
    assert len(table.frame) == 30


def test_each_of_several_files_has_a_total_of_its_own(tmp_path: Path):
    for name, own in (("a", CUSTOMERS[:12]), ("b", CUSTOMERS[12:])):
        rows = "".join(f"{','.join(map(str, row))}\n" for row in own)
        spend, visits = round(sum(row[2] for row in own), 2), sum(row[3] for row in own)
        (tmp_path / f"{name}.csv").write_text(f"{HEADER}{rows},,{spend},{visits}\n")
    site = Site.model_validate({"data": {"path": "*.csv"}, "columns": COLUMNS})
    table = read_table(tmp_path / "*.csv", site)
    assert table.set_aside == ((14, TOTAL), (34, TOTAL))
    assert len(table.frame) == 30


def test_further_columns_of_several_files_are_read_once(tmp_path: Path):
    """Each file has a total, so that all of its columns are looked at."""
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text(f"{ROWS}Total,,{SPEND},{VISITS}\n")
    site = Site.model_validate({"data": {"path": "*.csv"}, "columns": {"id": ID, "region": TEXT}})
    opened, read = opened_table(tmp_path / "*.csv", site), []

    def rows(positions: Sequence[int]) -> Records:
        read.append(list(positions))
        return opened.rows(positions)

    table = table_of(replace(opened, rows=rows), site)
    assert [why for _, why in table.set_aside] == [TOTAL] * 3
    assert read == [[0, 1, 2], [3]]


def test_what_is_set_aside_is_counted_with_the_other_rows(read: Read):
    table = read(f"{ROWS}C999,North,many,3\nTotal,,{SPEND},{VISITS}\n")
    site = Site.model_validate({"data": {"path": "t.csv"}, "columns": COLUMNS})
    customers = validate(table, site)
    assert (customers.rows_read, customers.rows_used, customers.rows_rejected) == (32, 30, 2)
    assert {each.reason: each.examples for each in customers.rejections}[TOTAL] == (33,)
    assert not customers.regular
    assert validate(read(ROWS), site).regular


def test_a_table_with_a_total_below_it_is_not_plain(tmp_path: Path):
    (tmp_path / "t.csv").write_text(f"{ROWS}Total,,{SPEND},{VISITS}\n")
    site = Site.model_validate(
        {"data": {"path": "t.csv"}, "columns": COLUMNS, "model": {"selection": {"k": 2}}, "privacy": {"mode": "open"}}
    )
    contract = analyse(without_files(site, tmp_path / "t.csv")).contract
    assert not contract.provenance.plain
    assert (contract.data.rows_read, contract.data.rows_rejected) == (31, 1)


def test_a_new_configuration_says_so(tmp_path: Path):
    (tmp_path / "t.csv").write_text(f"Customers\n\n{ROWS}Total,,{SPEND},{VISITS}\n")
    said = propose(tmp_path / "t.csv").said
    assert "Rows that are not customer records were set aside: 1 × total row (row 32)." in said
    assert any(each.startswith("1 line above the header was skipped") for each in said)


def purchases(names: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
    """Ten purchases of each of some customers, in turn."""
    return [
        (names[n % len(names)], f"2026-01-{1 + n % 28:02}", "1", f"{5 + n * 7.13 % 30:.2f}")
        for n in range(10 * len(names))
    ]


def test_the_purchases_of_a_customer_called_total_are_kept_without_a_word():
    lines = purchases(("Total", "Anna", "Bert", "TOTAL SE"))
    lines.insert(3, ("Total", *lines[2][1:]))  # the very figures of the row before
    assert _apart(lines) == no_records.Apart((), ())


def test_subtotals_by_customer_as_a_spreadsheet_makes_them():
    lines, totals = list[tuple[str, str, str, str]](), list[int]()
    for place, name in enumerate(("Anna", "Bert", "Cid", "Dora", "Ed")):
        own = purchases((name,))[: 1 + place % 3]
        spend = f"{sum(float(row[3]) for row in own):.2f}"
        lines += [*own, (f"{name} Total", "", str(len(own)), spend)]
        totals.append(len(lines) + 1)
    for ordered in (True, False):
        assert _apart(lines, ordered=ordered).rows == tuple((row, TOTAL) for row in totals)


@pytest.mark.parametrize("label", ["Total", "Subtotal", "Summe"])
def test_the_lines_of_an_order_and_their_total(label: str):
    """Customer and day stand in every line, and only the item says that it is none."""
    lines, totals = list[tuple[str, str, str, str]](), list[int]()
    for order in range(20):
        own = [
            (f"C{order % 7}", "2026-01-05", f"Item {n}", f"{1 + order * 3.7 % 11 + n:.2f}")
            for n in range(1 + order % 3)
        ]
        lines += [*own, (f"C{order % 7}", "2026-01-05", label, f"{sum(float(row[3]) for row in own):.2f}")]
        totals.append(len(lines) + 1)
    assert _apart(lines).rows == tuple((row, TOTAL) for row in totals)


def test_a_blank_row_after_each_is_no_end_of_anything():
    lines = purchases(("Anna", "Bert"))
    cells = {place: [line[place] for line in lines] for place in range(4)}
    numbers = np.arange(2, 2 * len(lines) + 2, 2)
    assert (
        apart(NumberedRows(("id", "a", "b", "c"), cells, numbers, frozenset(), ordered=True, further=dict)).rows == ()
    )


NAMES = st.sampled_from(["Total", "Total SE", "Summe", "North total", "Mean", "Anna", "Bert", "Razem", "Overall"])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(NAMES, st.sampled_from(["Ulm", "Bonn"]), st.integers(1, 60), st.integers(100, 9999)),
        min_size=1,
        max_size=25,
    )
)
def test_no_row_with_a_town_is_ever_lost_but_for_sums(rows: list[tuple[str, str, int, int]]):
    """A total row has the sums; whatever else has a town of its own is a customer, whatever its name."""
    found = set(dict(_apart([(*row[:2], str(row[2]), str(row[3] / 100)) for row in rows]).rows))
    figures = np.array([row[2:] for row in rows])
    for row in found:
        at = row - 2
        spans = [figures[low:high].sum(axis=0) for low in range(len(rows)) for high in range(low + 1, len(rows) + 1)]
        whole = figures.sum(axis=0) - figures[at]
        assert any(np.all(np.abs(span - figures[at]) <= 12) for span in [*spans, whole])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(100, 9999)), min_size=5, max_size=40),
    st.sampled_from(["Total", "Gesamt:", "Grand total", "Somme", ""]),
)
def test_a_total_below_any_rows_is_found(rows: list[tuple[int, int]], label: str):
    lines = [(f"C{number}", "Ulm", str(visits), f"{cents / 100:.2f}") for number, (visits, cents) in enumerate(rows)]
    total = (label, "", str(sum(row[0] for row in rows)), f"{sum(row[1] for row in rows) / 100:.2f}")
    assert _apart([*lines, total]).rows == ((len(rows) + 2, TOTAL),)


def _apart(lines: list[tuple[str, str, str, str]], *, ordered: bool = True) -> no_records.Apart:
    cells = {place: [line[place] for line in lines] for place in range(4)}
    numbers = np.arange(2, len(lines) + 2)
    return apart(
        NumberedRows(("id", "town", "visits", "spend"), cells, numbers, frozenset(), ordered=ordered, further=dict)
    )


@pytest.mark.parametrize(
    "label",
    ["All customers", "All other customers", "Opening balance", "Balance carried forward", "Carried forward",
     "Alle Kunden", "Saldovortrag", "Übertrag", "Tous les clients", "Saldo inicial"],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 30])
def test_everybody_and_what_is_carried_forward_are_no_customers(read: Read, label: str, place: int):
    lines = ROWS.splitlines()
    lines.insert(place + 1, f"{label},,912.5,7")
    assert read("\n".join(lines)).set_aside == ((place + 2, TOTAL),)


def test_statistics_below_a_total_are_no_customers(read: Read):
    below = f"Total,,{SPEND},{VISITS}\nMedian,,30.1,6\nMin,,10.25,1\nMax,,59.9,11\nCount,,30,30\n"
    assert read(ROWS + below).set_aside == tuple((row, TOTAL) for row in range(32, 37))


@pytest.mark.parametrize("name", ["Max", "Min"])
@pytest.mark.parametrize("place", [0, 15, 30])
def test_people_called_like_statistics_are_kept_without_a_word(read: Read, name: str, place: int):
    lines = ROWS.splitlines()
    lines.insert(place + 1, f"{name},North,31.4,5")
    table = read("\n".join(lines))
    assert table.set_aside == ()
    assert not any("named like a total" in note for note in exact(table.notes))


def test_a_subtotal_on_its_day_is_no_purchase(read: Read):
    columns = {"id": ID, "day": TEXT, "spend": FIGURE, "visits": FIGURE}
    rows = "".join(f"{each[0]},2024-03-{n + 1:02},{each[2]},{each[3]}\n" for n, each in enumerate(CUSTOMERS))
    table = read(f"id,day,spend,visits\n{rows}Subtotal March,2024-03-31,901.2,17\n", columns)
    assert table.set_aside == ((32, TOTAL),)
