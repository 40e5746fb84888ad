"""Notes: told in full, in the language of the site, and as a public site may tell them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from analysis.language import messages, speaking
from analysis.language.notes import Day, Figure, Names, Note, Number, RowNumbers, Rows, Several, Sum, note
from analysis.language.slots import on_site
from analysis.wording.number_format import NumberFormat
from tests.notes import PUBLIC, published

SKIPPED = ("{rows} blank row was skipped.", "{rows} blank rows were skipped.")
FEW = "A few blank rows were skipped."


@pytest.fixture(autouse=True)
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add(SKIPPED, ("{rows} leere Zeile wurde übersprungen.", "{rows} leere Zeilen wurden übersprungen."))
    catalogue.add(FEW, "Einige leere Zeilen wurden übersprungen.")
    catalogue.add("“{name}”", "„{name}“")
    catalogue.add("{words} or {last}", "{words} oder {last}")
    catalogue.add("{file} after row {row}", "{file} nach Zeile {row}")
    place = tmp_path / "de/LC_MESSAGES/segment_atlas.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as mo:
        write_mo(mo, catalogue)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path)
    messages._catalogue.cache_clear()


def skipped(rows: int) -> Note:
    return note(SKIPPED, few=FEW, rows=Rows(rows))


def in_german(told: Note, *, public: bool) -> str:
    figure = NumberFormat("de_DE", "EUR").number
    with speaking("de"):
        return told.told(on_site(figure, PUBLIC.count, PUBLIC.least) if public else on_site(figure))


@pytest.mark.parametrize(
    ("rows", "exact", "public"),
    [
        (1, "1 leere Zeile wurde übersprungen.", "Einige leere Zeilen wurden übersprungen."),
        (9, "9 leere Zeilen wurden übersprungen.", "Einige leere Zeilen wurden übersprungen."),
        (1_240, "1.240 leere Zeilen wurden übersprungen.", "1.240 leere Zeilen wurden übersprungen."),
    ],
)
def test_a_note_is_told_in_the_language_of_the_site(rows: int, exact: str, public: str):
    assert in_german(skipped(rows), public=False) == exact
    assert in_german(skipped(rows), public=True) == public


def test_the_terminal_is_told_in_english_whatever_the_site_speaks():
    with speaking("de"):
        assert skipped(1_234).exactly() == "1,234 blank rows were skipped."


def test_names_are_quoted_and_joined_as_the_language_has_it():
    names = note("{names}", names=Names(("a", "b"), joined="or"))
    assert (names.exactly(), in_german(names, public=True)) == ("“a” or “b”", "„a“ oder „b“")
    assert note("{names}", names=Names(("a", "b", "c"), most=2)).exactly() == "“a”, “b”, …"
    assert note("{codes}", codes=Names(("EUR",), joined="and", quoted=False)).exactly() == "EUR"


def test_a_public_site_has_a_message_of_its_own_for_single_rows_and_exact_sums():
    part = note("{file} after row {row}", public="{file}", file="b.csv", row=RowNumbers((1_207,)))
    whole = note("Files: {parts}.", parts=Several((part, part)))
    assert whole.exactly() == "Files: b.csv after row 1207, b.csv after row 1207."
    assert in_german(part, public=False) == "b.csv nach Zeile 1207"
    assert published([whole]) == ("Files: b.csv, b.csv.",)
    with pytest.raises(ValueError, match="needs a message for public sites"):
        note("Row {row}", row=RowNumbers((3,)))
    with pytest.raises(ValueError, match="needs a message for public sites"):
        note("{amount} in all", amount=Sum(1.5))


def test_rows_that_decide_the_form_need_a_message_for_few():
    with pytest.raises(ValueError, match="needs a message for public sites"):
        note(SKIPPED, rows=Rows(3))
    codes = note(("{codes} code has no label.", "{codes} codes have no label."), codes=Number(1))
    assert published([codes]) == ("1 code has no label.",)


def test_a_small_number_anywhere_in_a_note_takes_the_message_for_few():
    parts = Several((note("{rows} a", rows=Rows(40)), note("{rows} b", rows=Rows(3))))
    assert published([note("With {parts}.", few="Some are few.", parts=parts)]) == ("Some are few.",)
    assert published([note("With {parts}.", parts=parts)]) == ("With 40 a, a few b.",)


def test_a_public_site_tells_the_month_of_a_day_that_nobody_stated():
    days = note("{own} {stated}", own=Day(date(2023, 6, 16)), stated=Day(date(2023, 6, 30), stated=True))
    assert (days.exactly(), published([days])) == ("2023-06-16 2023-06-30", ("2023-06 2023-06-30",))


@pytest.mark.parametrize(
    ("figure", "english", "german"),
    [
        (Figure(18.0), "18", "18"),
        (Figure(1.5), "1.5", "1,5"),
        (Figure(-2_000.25), "-2,000.25", "−2.000,25"),
        (Figure(0.0), "0", "0"),
        (Figure(1e6), "1,000,000", "1.000.000"),
        (Figure(0.9949, 2), "0.99", "0,99"),
    ],
)
def test_a_figure_is_written_as_the_locale_does_and_never_rounded_as_rows_are(
    figure: Figure, english: str, german: str
):
    told = note("{figure}", figure=figure)
    assert told.exactly() == english
    assert in_german(told, public=False) == german
    assert in_german(told, public=True) == german
