"""Whatever bytes a file holds, and whatever its columns are said to be: a clear sentence, or rows that add up."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis.configuration import Site
from analysis.errors import AtlasError, ConfigurationError, DataError
from analysis.preparation.validate import validate
from analysis.proposal.guess import guess_site
from analysis.reading.table import read_table
from tests.exports.mutated import CANARY, DEGREES, ENDINGS, FIGURE, HEADER, mutations, whole
from tests.notes import exact

patient = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])


def examined(ending: str, content: bytes, columns: dict[str, dict[str, object]] | None = None) -> str:
    """What is said of the file: guesses, notes and reasons, or the one error; its rows have been counted."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"table.{ending}"
        file.write_bytes(content)
        try:
            site, said = _described(file, columns)
            table = read_table(file, site)
            customers = validate(table, site)
        except (ConfigurationError, DataError) as error:
            return _one_message(error)
    assert customers.rows_read == customers.rows_used + customers.rows_rejected == table.rows_read
    assert sum(each.rows for each in customers.rejections) == customers.rows_rejected
    if site.transactions is None:  # else several rows make one customer
        assert len({*customers.row_numbers, *customers.rejected["row"]}) == customers.rows_read
    return "\n".join([*said, *exact(customers.notes), *(each.reason for each in customers.rejections)])


def _described(file: Path, columns: dict[str, dict[str, object]] | None) -> tuple[Site, tuple[str, ...]]:
    if columns is None:
        return guess_site(file, features=None, k="auto", id_column=None)
    return Site.model_validate({"data": {"path": str(file)}, "columns": columns}), ()


def _one_message(error: AtlasError) -> str:
    message = str(error)
    assert message
    assert "Traceback" not in message
    assert len(message.splitlines()) <= 4
    return message


def tells(said: str) -> bool:
    """Whether a cell shows through."""
    return any(part in said for part in (CANARY, CANARY[:8], str(FIGURE)))


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_undamaged_file_is_read_whatever_holds_it(ending):
    said = examined(ending, whole(ending))
    assert "“amount”" in said
    assert "“customer_id” is taken as the identifier of the customers" in said


@patient
@given(st.sampled_from(ENDINGS), st.binary(max_size=300))
@example("xlsx", b"PK\x03\x04")
@example("csv", b'"')
@example("csv", b"PAR1" + bytes(8) + b"PAR1")
@example("csv.gz", b"\x1f\x8b\x08\x00")
@example("jsonl", b"[1, 2]\n{}\n")
def test_any_bytes_are_one_clear_sentence_or_rows_that_add_up(ending, content):
    examined(ending, content)


@patient
@given(mutations())
def test_damaged_files_are_one_clear_sentence_or_rows_that_add_up(mutated):
    examined(*mutated)


ROLES = ("id", "category", "channel", "gender", "date", "feature", "age", "income", "monetary", "recency")
KINDS = (None, "numeric", "ordinal", "nominal", "boolean", "date")
MISSING = (None, "reject", "median", "most_frequent", "category", "refuse")


@st.composite
def descriptions(draw: st.DrawFn) -> dict[str, dict[str, object]]:
    """Some of the columns, each said to be anything at all."""
    columns = {}
    for name in draw(st.lists(st.sampled_from(HEADER), min_size=1, unique=True)):
        settings_of = {
            "role": draw(st.sampled_from(ROLES)),
            "kind": draw(st.sampled_from(KINDS)),
            "missing": draw(st.sampled_from(MISSING)),
            "use": draw(st.sampled_from((None, "cluster", "describe"))),
            "order": draw(st.sampled_from((None, None, [f"{degree} {CANARY}" for degree in DEGREES], ["a", "b"]))),
            "date_format": draw(st.sampled_from((None, None, "dd-mm-yyyy", "yyyymmdd"))),
            "minimum": draw(st.sampled_from((None, None, 30.0))),
        }
        columns[name] = {key: value for key, value in settings_of.items() if value is not None}
    return columns


@patient
@given(descriptions(), mutations() | st.sampled_from([(ending, whole(ending)) for ending in ENDINGS]))
@example({"amount": {"role": "feature"}, "customer_id": {"role": "age"}}, ("csv", whole("csv")))
def test_whatever_the_columns_are_said_to_be_no_cell_shows_through(columns, file):
    try:
        said = examined(*file, columns)
    except ValidationError:
        return  # refused before any table is looked at; tests/analysis/test_configuration.py
    if file[1] == whole(file[0]) and "order" not in str(columns):
        assert not tells(said)


@patient
@given(mutations().filter(lambda mutated: mutated[1].find(b"customer_id") >= 0))
def test_no_message_on_a_damaged_file_shows_a_cell(mutated):
    ending, content = mutated
    if content.startswith(b"customer_id,since,member,degree,age,amount\n"):  # damage may turn cells into a header
        assert not tells(examined(ending, content))


@patient
@given(st.lists(st.text(max_size=30), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_any_header_at_all(names, sign):
    lines = [sign.join(names), *(sign.join(f"{CANARY}{row}{place}" for place in range(len(names))) for row in range(9))]
    examined("csv", "\n".join(lines).encode("utf-8", "surrogatepass"))
