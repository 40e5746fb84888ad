"""The notebook runs top to bottom on the table it was written for, finds the site's segments, and tells no customer."""

from __future__ import annotations

import ast
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from analysis.configuration import Configuration, Site, load_configuration, without_files
from analysis.pipeline import Analysis, analyse
from analysis.wording.figures import Figures
from report.disclosure import published
from report.site.notebook import PLAN, code_cells, notebook
from report.site.notebook.settings import VARIABLE, literal
from report.site.notebook.words import clustering

HOSTILE = "\"\"\"'''\\\n{{< env HOME >}}</script>`$x$ __import__('os').abort() #"


@dataclass(frozen=True, eq=False)
class Told:
    """A table, its analysis, and the notebook that the build writes for it."""

    configuration: Configuration
    analysis: Analysis
    text: str


def told(configuration: Configuration) -> Told:
    analysis = analyse(configuration)
    return Told(configuration, analysis, notebook(published(analysis.contract), configuration))


def cells(text: str, kind: str) -> dict[str, str]:
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == kind}


def run(made: Told, monkeypatch: pytest.MonkeyPatch, *names: str) -> dict[str, Any]:
    """The namespace after the named code cells (all of them if none is named), run in this process."""
    monkeypatch.setenv(VARIABLE, str(made.configuration.origin.places[0]))
    space: dict[str, Any] = {"display": lambda _: None}
    for name, source in cells(made.text, "code").items():
        if not names or name in ("settings", *names):
            exec(compile(source, name, "exec"), space)  # noqa: S102 (the notebook is what is tested)
    return space


TO_SEGMENTS = (
    "read", "headers", "numbers", "rows", "logarithms", "outliers", "standardise", "candidates", "fit", "sizes",
)  # fmt: skip


@pytest.fixture(scope="module")
def mall_notebook(mall) -> Told:
    return told(mall)


@pytest.fixture(scope="module")
def executed(mall_notebook: Told, tmp_path_factory) -> nbformat.NotebookNode:
    """The notebook after a real kernel ran it, in a folder with the table's folder beside it."""
    folder = tmp_path_factory.mktemp("notebook")
    book = nbformat.reads(mall_notebook.text, as_version=4)
    environment = {**os.environ, VARIABLE: str(mall_notebook.configuration.origin.places[0])}
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    client = NotebookClient(book, timeout=300, resources={"metadata": {"path": str(folder)}})
    client.execute(env=environment)
    return book


def test_a_kernel_runs_it_top_to_bottom(executed):
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    shown = "".join(output.get("text", "") for cell in code for output in cell.outputs)
    assert "The same segments as on the site." in shown
    assert "Mean silhouette 0.4274." in shown


def test_even_its_outputs_carry_no_customer(executed, mall):
    """Charts and tables are drawn from aggregates: no picture has a mark a customer, no text an identifier."""
    customers = len(pd.read_csv(mall.origin.places[0]))
    shown = [output.get("data", {}) for cell in executed.cells for output in cell.get("outputs", [])]
    pictures = [data["image/svg+xml"] for data in shown if "image/svg+xml" in data]
    assert len(pictures) == 7
    assert max(picture.count("aria-roledescription") for picture in pictures) < customers
    assert all("CustomerID" not in text for data in shown for text in data.values())
    assert all("<script" not in text for data in shown for text in data.values())


def test_it_ships_without_outputs(mall_notebook):
    book = nbformat.reads(mall_notebook.text, as_version=4)
    assert all(not cell.outputs and cell.execution_count is None for cell in book.cells if cell.cell_type == "code")


def test_it_is_a_valid_notebook_and_the_same_bytes_each_time(mall_notebook):
    nbformat.validate(nbformat.reads(mall_notebook.text, as_version=4), relax_add_props=False)
    analysis, configuration = mall_notebook.analysis, mall_notebook.configuration
    assert notebook(published(analysis.contract), configuration) == mall_notebook.text


def test_it_tells_the_five_steps_with_their_findings(mall_notebook):
    text = cells(mall_notebook.text, "markdown")
    headings = [source.partition("\n")[0] for source in text.values()][1:]
    assert headings == [
        "## 1. Data preparation", "## 2. Exploration", "## 3. K-Means", "## 4. Profiling", "## 5. Recommendations",
    ]  # fmt: skip
    assert all("**Found:**" in source for name, source in text.items() if name != "title")
    for segment in mall_notebook.analysis.contract.segments:
        assert segment.name in text["profiling"]
        assert segment.name in text["recommending"]


def test_every_code_cell_of_the_steps_is_used():
    assert [name for _, names in PLAN for name in names] == list(code_cells())


def test_it_names_no_folder_of_the_machine_that_built_it(mall_notebook):
    assert str(mall_notebook.configuration.origin.places[0].parent) not in mall_notebook.text


def assigned(made: Told, space: dict[str, Any]) -> None:
    """The notebook puts every customer into the site's segment."""
    name = next(name for name, column in made.configuration.site.columns.items() if column.role == "id")
    own = dict(zip(space["customers"][name].astype(str), space["customers"]["segment"].astype(int), strict=True))
    frame = made.analysis.assignments
    key = next(column for column in frame.columns if not column.startswith("segment"))
    site = dict(zip(frame[key].astype(str), frame[segment_column(frame)].astype(int), strict=True))
    assert own == site


def segment_column(frame: pd.DataFrame) -> str:
    return next(
        name for name in frame.columns if name.startswith("segment") and pd.api.types.is_integer_dtype(frame[name])
    )


def test_every_customer_is_in_the_sites_segment(mall_notebook, monkeypatch):
    assigned(mall_notebook, run(mall_notebook, monkeypatch, *TO_SEGMENTS))


MEASURED = {
    "Agreement": (lambda one: one.agreement.mean, 0.1),
    "Without groups": (lambda one: max(one.agreement_normal.mean, one.agreement_box.mean), 0.1),
    "Weakest": (lambda one: one.weakest, 0.1),
    "Gap": (lambda one: one.gap, 0.05),
    "Error of the gap": (lambda one: one.gap_error, 0.02),
    "Prediction strength": (lambda one: one.prediction_strength, 0.1),
}
"""Measure → the site's figure, and how far the notebook's may lie from it."""
SURE = 7
"""Number of segments beyond which ten starts of scikit-learn often miss the best division, which the site finds."""


def test_of_every_number_of_segments_it_measures_what_the_site_tells(mall_notebook, monkeypatch, capsys):
    """Its draws are its own, and fewer; what they say must be the same."""
    space = run(mall_notebook, monkeypatch, *TO_SEGMENTS, "redrawn", "redrawn-chart")
    selection = mall_notebook.analysis.contract.selection
    assert list(space["resampled"].index) == [one.k for one in selection.candidates]
    for measure, (told_by, near) in MEASURED.items():
        told_of = [told_by(one) for one in selection.candidates]
        measured = list(space["resampled"][measure])
        few = [one.k <= SURE for one in selection.candidates].count(True)
        assert measured[:few] == pytest.approx(told_of[:few], abs=near), measure
        assert measured[few:] == pytest.approx(told_of[few:], abs=2 * near), measure
    preferred = {index.replace("_", " "): k for index, k in selection.preferred.items()}
    assert {"stability", "agreement", "gap"} <= set(space["best"])
    undecided = {index.replace("_", " "): open_ for index, open_ in selection.undecided.items()}
    assert all(k == preferred.get(index) or k in undecided.get(index, ()) for index, k in space["best"].items())
    said = capsys.readouterr().out
    assert ", ".join(f"{index} {k}" for index, k in space["best"].items()) in said
    # It splits less often than the site, so that more may be open.
    assert ("prediction strength" in space["best"]) != ("Prediction strength is undecided between:" in said)
    assert min(space["gaps"]) == 1
    assert space["gaps"][1] == pytest.approx(selection.undivided.gap, abs=0.05)


@pytest.mark.parametrize("customers", [12, 41])
def test_few_customers_are_drawn_anew_as_far_as_they_go(tmp_path, monkeypatch, customers: int):
    headers = ("Kunde", "Gender", "Alter (Jahre)", "Umsatz (€)", "Punkte")
    table_of(tmp_path, delimiter=",", encoding="utf-8", columns=headers, decimal=".", odd=[])
    path = tmp_path / "table.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[: customers + 1]))
    space = run(told(configured(tmp_path)), monkeypatch)
    assert list(space["resampled"].index) == [k for k in (2, 3, 4) if 10 * k <= customers]
    assert (space["chart"] is None) is (customers < 20)


SITE = """
site: {{currency: EUR}}
data: {{path: table.csv}}
columns:
  Kunde: {{role: id}}
  {gender}: {{role: gender, aliases: [Genre]}}
  Alter (Jahre): {{role: age, minimum: 0, maximum: 120, unit: Jahre}}
  Umsatz (€): {{role: income, format: money}}
  {spending}: {{role: spending, minimum: 1, maximum: 100, label: {label}}}
model: {{selection: {{k: 3}}, largest_k: 4, resamples: 100}}
privacy: {{mode: {mode}, min_cell: 5}}
"""


def table_of(
    folder: Path, *, delimiter: str, encoding: str, columns: tuple[str, ...], decimal: str, odd: list[str]
) -> None:
    """Ninety customers in three plain groups, and odd rows after them."""
    lines = [delimiter.join(f'"{column.replace(chr(34), chr(34) * 2)}"' for column in columns)]
    for place in range(90):
        group, step = place % 3, place // 3
        money = f"{(1 + group) * 12_345 + step * 77.5:,.2f}".translate(
            str.maketrans(",.", ".,") if decimal == "," else {}
        )
        figures = [f"{20 + group * 20 + step % 7}", f'"{money} €"', f"{30 + 25 * ((group + 1) % 3) + step % 5}"]
        lines.append(delimiter.join([f"K{place}", "wéiblich\u00a0" if place % 2 else "männlich", *figures]))
    (folder / "table.csv").write_bytes("\r\n".join(lines + odd + [""]).encode(encoding))


def configured(folder: Path, **names: str) -> Configuration:
    given = {"gender": "Gender", "spending": "Punkte", "label": "Punkte", "mode": "open"} | names
    (folder / "site.yml").write_text(SITE.format(**given), encoding="utf-8")
    return load_configuration(folder)


@pytest.mark.parametrize(
    ("delimiter", "encoding", "decimal"), [(";", "latin-1", ","), ("\t", "utf-8-sig", "."), (",", "utf-16", ".")]
)
def test_it_reads_what_the_site_reads(tmp_path, monkeypatch, delimiter, encoding, decimal):
    headers = ("Kunde", "Genre", "ALTER", "Umsatz", "punkte")
    encodable = "utf-8" if encoding == "latin-1" else encoding
    encoding = "cp1252" if encoding == "latin-1" else encodable
    odd = [
        delimiter.join(row)
        for row in (
            ("K1", "männlich", "30", "5", "50"),  # a repeated identifier
            ("K900", "männlich", "130", "5", "50"),  # too old
            ("K901", "männlich", "", "5", "50"),  # no age
            ("K902", "männlich", "30", "5", "abc"),  # no number
            ("K903", "männlich", "30", "1e400", "50"),  # none that there is
            ("K904", "männlich", "30", "EUR (7)", "50"),  # an accountant's figures
            ("K905", "weiblich", "31", "8-", "51"),
            ("K906", "weiblich", "31", "€ -", "51"),
            ("", "", "", "", ""),
        )
    ]
    table_of(tmp_path, delimiter=delimiter, encoding=encoding, columns=headers, decimal=decimal, odd=odd)
    made = told(configured(tmp_path))
    assert made.analysis.contract.data.rows_rejected == 5
    space = run(made, monkeypatch, *TO_SEGMENTS)
    assert len(space["customers"]) == 93
    assigned(made, space)


@pytest.mark.parametrize(
    ("line", "encoding"), [("sep=;", "utf-8"), ("sep=;", "utf-8-sig"), ('"sep=;"', "utf-8"), ("SEP=;", "utf-16")]
)
def test_it_passes_over_the_line_that_a_spreadsheet_puts_first(tmp_path, monkeypatch, line, encoding):
    headers = ("Kunde", "Genre", "ALTER", "Umsatz", "punkte")
    table_of(tmp_path, delimiter=";", encoding="utf-8", columns=headers, decimal=",", odd=[])
    text = (tmp_path / "table.csv").read_bytes().decode()
    (tmp_path / "table.csv").write_bytes(f"{line}\r\n{text}".encode(encoding))
    made = told(configured(tmp_path))
    assigned(made, run(made, monkeypatch, *TO_SEGMENTS))


def test_hostile_names_stay_text(tmp_path, monkeypatch):
    column = " ".join(HOSTILE.split())
    headers = ("Kunde", "Gender", "Alter (Jahre)", "Umsatz (€)", column)
    table_of(tmp_path, delimiter=",", encoding="utf-8", columns=headers, decimal=".", odd=[])
    quoted = json.dumps(column)
    made = told(configured(tmp_path, spending=quoted, label=json.dumps(HOSTILE), mode="public"))
    space = run(made, monkeypatch)
    assert space["label"](column) == HOSTILE
    assigned(made, space)
    for source in cells(made.text, "markdown").values():
        assert "{{<" not in source
        assert "</script>" not in source


def test_a_table_that_is_not_there_is_named(mall_notebook, monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.csv"))
    with pytest.raises(FileNotFoundError, match=rf"none\.csv; set {VARIABLE}"):
        exec(cells(mall_notebook.text, "code")["settings"], {})  # noqa: S102


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=6),
    max_leaves=12,
)


@given(values)
def test_a_literal_is_its_value_again(value):
    assert ast.literal_eval(literal(value)) == value


SKEWED = """
data: {{path: table.csv}}
columns:
  Kunde: {{role: id}}
  Umsatz: {{role: monetary, format: money{asked}}}
  Besuche: {{role: frequency}}
model: {{selection: {{k: 2}}, largest_k: 3, resamples: 100}}
privacy: {{mode: {mode}, min_cell: 5}}
"""


@pytest.mark.parametrize(("asked", "mode"), [("", "public"), (", transform: log", "open"), ("", "open")])
def test_logarithms_and_outliers_are_those_of_the_site(tmp_path, monkeypatch, asked: str, mode: str):
    random = np.random.default_rng(5)
    money = np.exp(np.concatenate([random.normal(5, 0.6, 90), random.normal(8, 0.6, 70)])).round(2)
    visits = np.concatenate([random.normal(30, 3, 90), random.normal(12, 3, 70)]).round(1)
    money[:3], visits[:3] = [900_000.0, 950_000.0, 990_000.0], [90.0, 2.0, 60.0]
    frame = pd.DataFrame({"Kunde": [f"K{one}" for one in range(160)], "Umsatz": money, "Besuche": visits})
    frame.to_csv(tmp_path / "table.csv", index=False)
    (tmp_path / "site.yml").write_text(SKEWED.format(asked=asked, mode=mode), encoding="utf-8")
    made = told(load_configuration(tmp_path))
    data = made.analysis.contract.data
    assert [one.transform for one in data.features] == ["log, standardised", "standardised"]
    assert data.set_apart
    space = run(made, monkeypatch, *TO_SEGMENTS, "profiles")
    assert int((~space["kept"]).sum()) == data.set_apart
    assigned(made, space)
    for segment in made.analysis.contract.proper:
        for figure in segment.profile:
            near = {"abs": figure.rounded_to} if figure.rounded_to else {}
            assert space["means"].loc[segment.id, figure.feature] == pytest.approx(figure.mean, **near)


@pytest.mark.parametrize(
    ("wanted", "figures"),
    [
        ("is a figure as any other", {0: "€ 12,345"}),
        ("multiplies", {0: "12.3k", 1: "13.9k"}),
        ("is a ledger's side", {0: "300.00 CR", 1: "20.00 DR"}),
        ("is another currency", {row: f"{'$' if row % 2 else '€'} {10_000 + 400 * row}" for row in range(60)}),
    ],
)
def test_none_is_written_where_what_stands_beside_a_figure_changes_it(tmp_path, wanted, figures):
    rows = [f"C{row},{20 + row % 40},{figures.get(row, f'{10_000 + 400 * row}')}" for row in range(60)]
    lines = [row if row.count(",") == 2 else '{},{},"{}"'.format(*row.split(",", 2)) for row in rows]
    (tmp_path / "t.csv").write_text("\n".join(["customer,age,spend", *lines, ""]))
    site = Site.model_validate(
        {
            "site": {"currency": "EUR"},
            "data": {"path": "t.csv", "rates": {"USD": 0.9}},
            "columns": {"customer": {"role": "id"}, "age": {"role": "age"}, "spend": {"role": "income"}},
            "model": {"selection": {"k": 2}},
            "privacy": {"mode": "open"},
        }
    )  # fmt: skip
    contract = analyse(without_files(site, tmp_path / "t.csv")).contract
    assert contract.repeatable is (wanted == "is a figure as any other")


def bought(folder: Path, figures: dict[int, str], currency: str, mode: str = "open", **spend: str) -> Configuration:
    """Sixty customers without groups, some of whom spent the given figures."""
    lines = [f'C{row},{20 + row * 37 % 41},"{figures.get(row, 10_000 + row * 7_919 % 4_001)}"' for row in range(60)]
    (folder / "t.csv").write_text("\n".join(["customer,age,spend", *lines, ""]), encoding="utf-8")
    columns = {"customer": {"role": "id"}, "age": {"role": "age"}, "spend": {"role": "income", **spend}}
    given = {"site": {"currency": currency}, "data": {"path": "t.csv"}, "columns": columns}
    site = Site.model_validate({**given, "model": {"selection": {"k": 2}}, "privacy": {"mode": mode}})
    return without_files(site, folder / "t.csv")


@pytest.mark.parametrize(
    ("currency", "written", "expected"),
    [
        ("EUR", ("12,345.-", "5.- €", "-7.--"), (12_345, 5, -7)),
        ("EUR", ("EUR12,345", "12345EUR", "€500 EUR"), (12_345, 12_345, 500)),
        ("EUR", ("ABC 500", "500 XYZ", "1e16"), ()),
        ("INR", ("Rs.1,200/-", "₨ 500", "500/="), (1_200, 500, 500)),
        ("USD", ("5 $ US", "U.S.$ 50", "US $500"), (5, 50, 500)),
        ("JPY", ("500円", "￥600", "JP¥700"), (500, 600, 700)),
    ],
)
def test_it_reads_every_figure_as_the_site_does(tmp_path, monkeypatch, currency, written, expected):
    made = told(bought(tmp_path, dict(enumerate(written)), currency))
    assert made.analysis.contract.repeatable
    customers = run(made, monkeypatch, "read", "headers", "numbers", "rows")["customers"]
    assert made.analysis.contract.data.rows_used == len(customers) == 57 + len(expected)
    assert list(customers["spend"][: len(expected)]) == list(expected)


@pytest.mark.parametrize("mode", ["open", "public"])
def test_none_is_written_where_a_gap_stays_open(tmp_path, mode):
    configuration = bought(tmp_path, {0: ""}, "USD", mode, use="describe", missing="unknown")
    contract = published(analyse(configuration).contract)
    assert contract.data.rows_used == 60
    assert not contract.repeatable


def test_none_is_written_where_repeat_rows_are_dropped(tmp_path):
    rows = [f"C{row},{20 + row % 40},{10_000 + 400 * row}" for row in range(60)]
    (tmp_path / "t.csv").write_text("\n".join(["customer,age,spend", *rows, "C60,20,10000", ""]))
    told = {
        repeated: analyse(
            without_files(
                Site.model_validate(
                    {
                        "data": {"path": "t.csv", "repeated": repeated},
                        "columns": {"customer": {"role": "id"}, "age": {"role": "age"}, "spend": {"role": "feature"}},
                        "model": {"selection": {"k": 2}},
                        "privacy": {"mode": "open"},
                    }
                ),
                tmp_path / "t.csv",
            )
        ).contract.repeatable
        for repeated in ("keep", "drop")
    }
    assert told == {"keep": True, "drop": False}


@pytest.mark.parametrize(("algorithm", "said"), [("kmeans", False), ("gaussian_mixture", True)])
def test_segments_of_another_algorithm_are_not_said_to_be_the_notebooks(mall_contract, algorithm, said):
    selection = mall_contract.selection.model_copy(update={"algorithm": algorithm})
    contract = mall_contract.model_copy(update={"selection": selection})
    text = " ".join(clustering(contract, Figures("en_US", "USD")).split())
    told = (
        "The site’s segments were found by another algorithm (gaussian mixture), and their number by its rule; the "
        "segments of this notebook are K-Means’ nearest to them."
    )
    assert (told in text.replace("\\", "")) is said
