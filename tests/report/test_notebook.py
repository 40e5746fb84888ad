"""The notebook runs top to bottom on the table it was written for, finds the site's segments, and tells no customer."""

from __future__ import annotations

import ast
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from analysis.configuration import Configuration, load_configuration
from analysis.contract import CategoryShare, Contract, WithheldShare
from analysis.errors import ConfigurationError, DataError
from analysis.pipeline import Analysis, analyse
from analysis.preparation.cleaned import Cleaned
from analysis.wording.figures import Figures
from report.disclosure import published
from report.site.notebook import PLAN, code_cells, notebook
from report.site.notebook.settings import literal, settings
from report.site.notebook.words import clustering

VARIABLE = "SITE_CONFIG"
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
    monkeypatch.setenv(VARIABLE, str(made.configuration.files[0].parent))
    space: dict[str, Any] = {"display": lambda _: None}
    for name, source in cells(made.text, "code").items():
        if not names or name in ("settings", *names):
            exec(compile(source, name, "exec"), space)  # noqa: S102 (the notebook is what is tested)
    return space


READ = ("package", "read", "rows", "columns")
AGREED = ("profiles", "effects", "levels", "figures", "conditions", "recommend", "budget")
"""Cells that come to what the site tells of each segment."""
TO_SEGMENTS = (*READ, "transforms", "fitted", "standardise", "candidates", "centres", "fit", "assign")


@pytest.fixture(scope="module")
def mall_notebook(mall) -> Told:
    return told(mall)


@pytest.fixture(scope="module")
def executed(mall_notebook: Told, tmp_path_factory) -> nbformat.NotebookNode:
    """The notebook after a real kernel ran it, in a folder of its own."""
    folder = tmp_path_factory.mktemp("notebook")
    book = nbformat.reads(mall_notebook.text, as_version=4)
    folder_of_settings = str(mall_notebook.configuration.files[0].parent)
    # One thread: of 200 rows several are no faster, and on a busy machine seven times as slow.
    environment = {**os.environ, VARIABLE: folder_of_settings, "OMP_NUM_THREADS": "1"}
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
    name = made.configuration.site.identifier
    identifiers = space["ready"].customers.frame[name].iloc[space["features"].order].astype(str)
    own = dict(zip(identifiers, space["customers"]["segment"].astype(int), strict=True))
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


REDRAWN = ("redrawn-tables", "redrawn-likeness", "without-groups", "redrawn", "redrawn-best", "redrawn-chart")
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
    space = run(mall_notebook, monkeypatch, *TO_SEGMENTS, *REDRAWN)
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


@pytest.fixture
def small(tmp_path: Path) -> Told:
    headers = ("Kunde", "Gender", "Alter (Jahre)", "Umsatz (€)", "Punkte")
    table_of(tmp_path, delimiter=",", encoding="utf-8", columns=headers, decimal=".", odd=[])
    return told(configured(tmp_path))


def test_a_configuration_that_is_not_there_is_named(small, monkeypatch, tmp_path):
    space = run(small, monkeypatch, "package")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError, match=rf"No configuration at .*none; set {VARIABLE} to its folder\.$"):
        exec(cells(small.text, "code")["read"], space)  # noqa: S102
    monkeypatch.delenv(VARIABLE)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=rf"at site_config or \.\.[/\\]site_config; set {VARIABLE}"):
        exec(cells(small.text, "code")["read"], space)  # noqa: S102


@pytest.mark.parametrize("beside", [".", "opened"])
def test_the_configuration_is_found_beside_the_notebook_or_one_folder_up(small, monkeypatch, tmp_path, beside):
    (tmp_path / "site_config").mkdir()
    (tmp_path / "opened").mkdir()
    text = (tmp_path / "site.yml").read_text(encoding="utf-8").replace("path: table", "path: ../table")
    (tmp_path / "site_config" / "site.yml").write_text(text, encoding="utf-8")
    space = run(small, monkeypatch, "package")
    monkeypatch.delenv(VARIABLE)
    monkeypatch.chdir(tmp_path / beside)
    exec(cells(small.text, "code")["read"], space)  # noqa: S102
    assert len(space["ready"].customers.frame) == 90


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (lambda folder: (folder / "table.csv").unlink(), DataError, r"table\.csv: .*"),
        (
            lambda folder: (folder / "site.yml").write_text("data: {path: t.csv}\ndta: 1\n"),
            ConfigurationError,
            r"site\.yml: dta: unknown key\. Did you mean “data”\?",
        ),
    ],
)
def test_what_is_wrong_with_the_table_or_the_settings_is_one_sentence(small, monkeypatch, tmp_path, fault, error, said):
    space = run(small, monkeypatch, "package")
    fault(tmp_path)
    with pytest.raises(error, match=said) as caught:
        exec(cells(small.text, "code")["read"], space)  # noqa: S102
    assert len(str(caught.value).splitlines()) == 1
    assert len(caught.traceback) == 2, "nothing of the package's inside is shown: the test's own line, and the cell's"
    assert caught.value.__suppress_context__


def test_without_the_package_it_says_how_to_get_it(mall_notebook, monkeypatch):
    monkeypatch.setitem(sys.modules, "analysis.configuration", None)
    with pytest.raises(ModuleNotFoundError, match=r"needs the package segment-atlas .*: run `pip install \.` in"):
        exec(cells(mall_notebook.text, "code")["package"], {})  # noqa: S102


def test_another_table_and_other_settings_are_said_to_be_others(small, monkeypatch, tmp_path, capsys):
    run(small, monkeypatch, *TO_SEGMENTS)
    said = capsys.readouterr().out
    assert "90 rows read, 90 used, 0 set aside." in said
    assert "The site used as many.\n" in said
    assert "The same segments as on the site." in said
    assert "not" not in said.split()
    rows = (tmp_path / "table.csv").read_text().splitlines(keepends=True)
    (tmp_path / "table.csv").write_text("".join(rows[:61]))
    text = (tmp_path / "site.yml").read_text(encoding="utf-8")
    (tmp_path / "site.yml").write_text(text.replace("maximum: 120", "maximum: 55"), encoding="utf-8")
    space = run(small, monkeypatch, *TO_SEGMENTS)
    said = capsys.readouterr().out
    gone = len(space["ready"].customers.rejected)
    assert gone == 20
    assert f"60 rows read, {60 - gone} used, {gone} set aside." in said
    assert f"Set aside: {gone} × Alter (Jahre), above the maximum, 55" in said
    assert "The site used 90 rows." in said
    assert "This is not the file that the site was built from." in said
    assert "These are not quite the settings that the site was built with" in said
    assert "These are not the site's segments: about 25 customers are in others, because table or settings have" in said


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
    assert int((~space["fitted"]).sum()) == data.set_apart
    assigned(made, space)
    for segment in made.analysis.contract.proper:
        for figure in segment.profile:
            near = {"abs": figure.rounded_to} if figure.rounded_to else {}
            assert space["means"].loc[segment.id, figure.feature] == pytest.approx(figure.mean, **near)


def of(folder: Path, rows: list[str], columns: Mapping[str, object], **site: object) -> Told:
    """What is told of a table of these lines, its header among them, by a configuration in the same folder."""
    (folder / "t.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    data = {"path": "t.csv", **site.pop("data", {})}  # type: ignore[dict-item]
    given = {"data": data, "columns": columns, "model": {"selection": {"k": 2}}, "privacy": {"mode": "open"}} | site
    (folder / "site.yml").write_text(yaml.safe_dump(given, sort_keys=False), encoding="utf-8")
    return told(load_configuration(folder))


PLAIN = {"customer": {"role": "id"}, "age": {"role": "age"}, "spend": {"role": "income"}}


@pytest.mark.parametrize(
    "figures",
    [
        {0: "€ 12,345"},
        {0: "12.3k", 1: "13.9k"},
        {0: "300.00 CR", 1: "20.00 DR"},
        {row: f"{'$' if row % 2 else '€'} {10_000 + 400 * row}" for row in range(60)},
    ],
    ids=["a sign", "a multiple", "a ledger's side", "another currency"],
)
def test_whatever_stands_beside_a_figure_it_finds_the_same_segments(tmp_path, monkeypatch, figures):
    rows = [f'C{row},{20 + row % 40},"{figures.get(row, f"{10_000 + 400 * row}")}"' for row in range(60)]
    site = {"site": {"currency": "EUR"}, "data": {"rates": {"USD": 0.9}}}
    made = of(tmp_path, ["customer,age,spend", *rows], PLAIN, **site)
    assert made.analysis.contract.repeatable
    agrees(made, run(made, monkeypatch, *TO_SEGMENTS, *AGREED))


@pytest.mark.parametrize("mode", ["open", "public"])
def test_where_a_gap_stays_open_it_finds_the_same_segments(tmp_path, monkeypatch, mode):
    random = np.random.default_rng(3)
    rows = [
        f"C{row},{random.normal((25, 60)[row % 2], 4):.1f},{random.normal((5, 2)[row % 2], 1):.2f},"
        f"{'' if row % 30 < 2 else 10_000 + row * 7_919 % 4_001}"
        for row in range(120)
    ]
    columns = {
        **PLAIN,
        "visits": {"role": "feature"},
        "spend": {"role": "income", "use": "describe", "missing": "unknown"},
    }
    privacy = {"mode": mode, "min_cell": 5}
    made = of(tmp_path, ["customer,age,visits,spend", *rows], columns, privacy=privacy)
    assert made.analysis.contract.data.rows_used == 120
    space = run(made, monkeypatch, *TO_SEGMENTS, *AGREED)
    assert int(space["customers"]["spend"].isna().sum()) == 8
    agrees(made, space)


@pytest.mark.parametrize("repeated", ["keep", "drop"])
def test_repeated_rows_and_totals_are_read_as_the_site_reads_them(tmp_path, monkeypatch, repeated):
    rows = [f"C{row},{20 + row % 40},{10_000 + 400 * row}" for row in range(60)]
    last = ["C60,20,10000", f"Total,,{sum(10_000 + 400 * row for row in range(60)) + 10_000}"]
    made = of(tmp_path, ["customer,age,spend", *rows, *last], PLAIN, data={"repeated": repeated})
    used = {"keep": 61, "drop": 60}[repeated]
    assert (made.analysis.contract.data.rows_read, made.analysis.contract.data.rows_used) == (62, used)
    space = run(made, monkeypatch, *TO_SEGMENTS, *AGREED)
    assert len(space["customers"]) == used
    agrees(made, space)


MIXED = {
    "No.": {"role": "id"},
    "Age": {"role": "age", "missing": "median"},
    "Income": {"role": "income", "format": "money", "weight": 0.5},
    "Home": {"role": "category", "use": "cluster"},
    "Schooling": {"role": "feature", "kind": "ordinal", "order": ["none", "school", "college"]},
    "Card": {"role": "feature", "kind": "boolean", "use": "describe"},
}


@pytest.mark.parametrize("mode", ["open", "public"])
def test_of_categories_and_gaps_and_weights_it_finds_the_same_segments(tmp_path, monkeypatch, mode):
    random = np.random.default_rng(11)
    homes = [("flat", "house", "room"), ("house", "flat", "room"), ("room", "flat", "house")]
    rare = 0.08 if mode == "open" else 0.0  # two categories that have no axis of their own, but one together
    often = [0.64 - rare, 0.2, 0.16, rare / 2, rare / 2]
    rows = []
    for row in range(360):
        group = row % 3
        age = "" if row % 24 == 5 else f"{random.normal((30, 50, 70)[group], 6):.0f}"
        home = random.choice([*homes[group], "boat", "tent"], p=often)
        school = ("none", "school", "college")[(group + random.choice(3, p=[0.5, 0.25, 0.25])) % 3]
        card = "yes" if random.random() < 0.3 + 0.2 * group else "no"
        rows.append(f"N{row},{age},{random.normal((30, 60, 45)[group], 5) * 1_000:.0f},{home},{school},{card}")
    header = "No.,Age,Income,Home,Schooling,Card"
    model = {"selection": {"k": 3}, "largest_k": 4, "resamples": 100}
    made = of(tmp_path, [header, *rows], MIXED, model=model, privacy={"mode": mode, "min_cell": 5})
    contract = published(made.analysis.contract)
    assert contract.repeatable
    axes = ["Age", "Income", "flat", "house", "room", *(["Other"] if rare else []), "Schooling"]
    space = run(made, monkeypatch, *(() if mode == "open" else (*TO_SEGMENTS, *AGREED)))
    assert [axis.category or axis.feature for axis in space["axes"]] == axes
    assert int((~space["fitted"]).sum()) >= 15
    assert {axis.feature: axis.weight for axis in space["axes"]}["Income"] == 0.5
    agrees(made, space)


PURCHASES = {"customer": "who", "date": "day", "amount": "money"}


@pytest.mark.parametrize(("mode", "lifetime"), [("open", {"months": 12}), ("public", {"months": 12}), ("public", None)])
def test_of_purchases_it_finds_the_same_segments_of_customers(tmp_path, monkeypatch, mode, lifetime):
    random = np.random.default_rng(2)
    lines = []
    for who in range(240):
        often, last, spent = ((14, 40, 90.0), (5, 160, 40.0), (2, 420, 20.0))[who % 3]
        days = random.integers(last, 700, max(1, random.poisson(often)))
        for day in days:
            date = np.datetime64("2026-01-01") - np.timedelta64(int(day), "D")
            lines.append(f"C{who},{date},{spent * random.lognormal(0, 0.4):.2f}")
    lines += [",2025-05-05,12.00", "C3,2025-05-05,many"]
    made = of(
        tmp_path,
        ["who,day,money", *lines],
        {},
        transactions=PURCHASES,
        model={"selection": {"k": 3}, "largest_k": 4, "resamples": 100},
        value={"lifetime": lifetime, **({} if lifetime else {"product_of": ["monetary"]})},
        privacy={"mode": mode},
    )
    contract = published(made.analysis.contract)
    assert contract.repeatable
    assert made.analysis.contract.data.rows_rejected == 2
    space = run(made, monkeypatch, *(() if lifetime is None else (*TO_SEGMENTS, *AGREED)))
    assert len(space["customers"]) == made.analysis.contract.data.customers
    agrees(made, space)


def test_where_the_site_looked_at_a_sample_it_finds_the_segments_of_all(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.pipeline.LARGEST_FITTED", 100)
    monkeypatch.setattr("analysis.pipeline.LARGEST_SAMPLE", 200)
    monkeypatch.setattr(Cleaned.features, "__defaults__", (100,))
    random = np.random.default_rng(8)
    kinds = [((25, 60)[row % 2], (30, 50)[row % 2]) for row in range(400)]
    rows = [
        f"C{row},{random.normal(age, 5):.1f},{random.normal(spent, 6):.1f}" for row, (age, spent) in enumerate(kinds)
    ]
    made = of(tmp_path, ["customer,age,spend", *rows], PLAIN)
    space = run(made, monkeypatch, *TO_SEGMENTS, *AGREED)
    assert space["features"].sampled
    assert (int(space["features"].kept.sum()), int(space["fitted"].sum())) == (100, 400)
    agrees(made, space)


def agrees(made: Told, space: dict[str, Any]) -> None:
    """Segments, levels, means, actions and shares of value are the site's, before anything is withheld of them."""
    contract = made.analysis.contract
    assigned(made, space)
    for segment in contract.proper:
        for figure in segment.figures:
            assert space["level"].loc[segment.id, figure.feature] == figure.level
            near = {"abs": figure.rounded_to} if figure.rounded_to else {"rel": 1e-6}
            assert space["means"].loc[segment.id, figure.feature] == pytest.approx(figure.mean, **near)
        site = {action.id for action in segment.recommendations}
        # Whether a difference may be chance is asked on the site alone.
        assert site <= {action.id for action in space["recommended"](segment.id)}
        if segment.value_share is not None:
            share = space["by_segment"]["value"].iloc[segment.id - 1]
            assert share == pytest.approx(segment.value_share, abs=0.05 if contract.privacy.mode == "public" else 1e-6)


def bought(folder: Path, figures: dict[int, str], currency: str) -> Told:
    """Sixty customers without groups, some of whom spent the given figures."""
    lines = [f'C{row},{20 + row * 37 % 41},"{figures.get(row, 10_000 + row * 7_919 % 4_001)}"' for row in range(60)]
    return of(folder, ["customer,age,spend", *lines], PLAIN, site={"currency": currency})


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
    made = bought(tmp_path, dict(enumerate(written)), currency)
    assert made.analysis.contract.repeatable
    space = run(made, monkeypatch, *READ)
    assert made.analysis.contract.data.rows_used == len(space["customers"]) == 57 + len(expected)
    in_order = pd.Series(space["customers"]["spend"].to_numpy(), index=space["features"].order).sort_index()
    assert list(in_order[: len(expected)]) == list(expected)


def test_it_is_written_only_where_every_centre_is_told(mall_contract: Contract):
    assert mall_contract.repeatable
    first, *others = mall_contract.segments
    gone = first.model_copy(update={"centroid": {**first.centroid, "Age": None}})
    assert not mall_contract.model_copy(update={"segments": (gone, *others)}).repeatable


def test_it_is_written_only_where_every_share_of_a_column_that_forms_segments_is_told(mall_contract: Contract):
    formed = [
        one.model_copy(update={"used_for": "clustering"}) if one.name == "Gender" else one
        for one in mall_contract.data.features
    ]
    contract = mall_contract.model_copy(
        update={"data": mall_contract.data.model_copy(update={"features": tuple(formed)})}
    )
    assert contract.repeatable
    first, *others = contract.segments
    share = first.categories[0]
    assert isinstance(share, CategoryShare)
    secret = WithheldShare(feature=share.feature, category=share.category, share_overall=0.5, withheld="few")
    for told_of in ((secret, *first.categories[1:]), ()):
        without = first.model_copy(update={"categories": told_of})
        assert not contract.model_copy(update={"segments": (without, *others)}).repeatable
    assert mall_contract.model_copy(
        update={"segments": (first.model_copy(update={"categories": (secret,)}), *others)}
    ).repeatable


def test_it_tells_nothing_that_a_public_site_withholds(tmp_path):
    """Neither the file's digest, nor exact counts, nor a column that only the configuration speaks of."""
    random = np.random.default_rng(3)
    rows = [
        f"K{row},{random.normal((25, 60)[row % 2], 4):.1f},{random.normal((5, 2)[row % 2], 1):.2f},{few},"
        for row in range(123)
        for few in [7 + row if row < 9 else ""]
    ]
    columns = {
        "identity": {"role": "id", "aliases": ["an alias of it"]},
        "age": {"role": "age", "minimum": 3, "maximum": 117},
        "visits": {"role": "feature"},
        "secret column": {"role": "feature", "use": "describe", "missing": "unknown"},
        "empty words": {"role": "category", "missing": "category"},
    }
    rows[:2] = [f"{row}hidden word" for row in rows[:2]]
    made = of(tmp_path, [",".join(columns), *rows], columns, privacy={"mode": "public"})
    contract = published(made.analysis.contract)
    assert contract.repeatable
    for untold in (made.analysis.contract.provenance.data_sha256, "identity", "an alias", "hidden word", "117"):
        assert untold not in made.text, untold
    given = settings(contract)
    assert given["DATA_SHA256"] is None
    assert given["SIZES"] == {one.id: one.size for one in contract.segments}
    assert all(size % 5 == 0 for size in given["SIZES"].values())
    told_of = {one.name: {each.feature: each.effect for each in one.figures} for one in contract.segments}
    assert given["CENTRES"] == {name: {key: own[key] for key in ("age", "visits")} for name, own in told_of.items()}
    assert given["ROWS_USED"] == contract.data.rows_used != 123


def test_every_cell_is_short_and_begins_with_what_it_does():
    for name, source in code_cells().items():
        assert source.startswith("# "), name
        assert len(source.splitlines()) <= 36, name
        assert max(map(len, source.splitlines())) <= 120, name


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
