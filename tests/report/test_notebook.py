"""The notebook runs top to bottom on the table it was written for, finds the site's segments, and tells no customer."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from analysis.contract import CategoryShare, Contract, WithheldShare
from analysis.errors import ConfigurationError, DataError
from analysis.language import messages, speaking
from analysis.wording.number_format import NumberFormat
from report.disclosure import published
from report.site.notebook import PLAN, code_cells, notebook
from report.site.notebook.settings import literal, settings
from report.site.notebook.words import clustering
from tests.pseudo import WORD, write_pseudo
from tests.report.notebooks import (
    PLAIN,
    TO_SEGMENTS,
    VARIABLE,
    Told,
    assigned,
    cells,
    configured,
    of,
    run,
    table_of,
    told,
)

HOSTILE = "\"\"\"'''\\\n{{< env HOME >}}</script>`$x$ __import__('os').abort() #"


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
    assert all("**Findings:**" in source for name, source in text.items() if name != "title")
    for segment in mall_notebook.analysis.contract.segments:
        assert segment.name in text["profiling"]
        assert segment.name in text["recommending"]
    assert r"- **Premium Shoppers:** \$19,356, or \$496 per customer\. " in text["recommending"]


def test_its_text_is_in_the_language_of_the_site(mall_notebook, tmp_path, monkeypatch):
    """In a language whose letters bear marks: headings and explanations wholly, findings but for names and figures."""
    write_pseudo(tmp_path)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path)
    with speaking("eo"):
        text = cells(notebook(published(mall_notebook.analysis.contract), mall_notebook.configuration), "markdown")
    opening = re.sub("`[^`]*`", "", text.pop("title")).replace("Mall customers", "")
    assert not WORD.search(opening)
    for source in text.values():
        told, findings = source.split("\n\n- ", maxsplit=1)
        assert not WORD.search(told)
        assert findings
    assert re.search(r"^- 200 \w+ \w+ \w+: 200 \w+, 0 \w+ \w+\.$", text["preparation"], re.MULTILINE)


def test_every_code_cell_of_the_steps_is_used():
    assert [name for _, names in PLAN for name in names] == list(code_cells())


def test_it_names_no_folder_of_the_machine_that_built_it(mall_notebook):
    assert str(mall_notebook.configuration.origin.places[0].parent) not in mall_notebook.text


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
    assert "The site used the same number of rows.\n" in said
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
    assert "This table differs from the one that the site was built from." in said
    assert "This configuration differs from the one that the site was built with; its figures may differ." in said
    assert (
        "These are not the site's segments: about 25 customers are in other segments, because the table or the "
        "configuration has changed, or K-Means ended in another optimum."
    ) in said


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=6),
    max_leaves=12,
)


@given(values)
def test_a_literal_is_its_value_again(value):
    assert ast.literal_eval(literal(value)) == value


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


def test_the_text_says_why_rows_were_set_aside_and_the_choice_once(tmp_path, mall_contract: Contract):
    rows = [f"C{row},{20 + row % 40},{10_000 + 400 * row}" for row in range(60)]
    made = of(tmp_path, ["customer,age,spend", *rows, "C60,,5", "C61,many,5"], PLAIN)
    read = cells(made.text, "markdown")["preparation"].splitlines()
    assert "- 62 rows were read: 60 used, 2 set aside." in read
    assert "- 1 row: age, not a number." in read
    assert "- 1 row: age, missing value." in read
    selection = mall_contract.selection
    twice = selection.model_copy(update={"reason": f"Why. {selection.auto_reason}"})
    text = clustering(mall_contract.model_copy(update={"selection": twice}), NumberFormat("en_US", "USD"))
    assert (
        text.count("have the best mean silhouette") == selection.auto_reason.count("have the best mean silhouette") == 1
    )


@pytest.mark.parametrize(("algorithm", "said"), [("kmeans", False), ("gaussian_mixture", True)])
def test_segments_of_another_algorithm_are_not_said_to_be_the_notebooks(mall_contract, algorithm, said):
    selection = mall_contract.selection.model_copy(update={"algorithm": algorithm})
    contract = mall_contract.model_copy(update={"selection": selection})
    text = " ".join(clustering(contract, NumberFormat("en_US", "USD")).split())
    told = (
        "The site’s segments, and their number, were found with another algorithm: Gaussian mixture. The segments of "
        "this notebook are the K-Means segments that are nearest to them."
    )
    assert (told in text.replace("\\", "")) is said
