"""From an SPSS or Stata file to a site.yml that builds, with the labels and levels that the file has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from analysis.configuration.load import load_configuration
from analysis.preparation.survey import survey
from analysis.proposal.guess import propose
from report.command.cli import app
from tests.analysis.sources.survey_files import weighted, with_set, written

ROWS = 200
AGREE = ("Totally disagree", "Disagree", "Neither", "Agree", "Totally agree")
LABELS = {
    "q1": dict(zip((1.0, 2.0, 3.0, 4.0, 5.0), AGREE, strict=True)) | {99.0: "Refused"},
    "q2": {0.0: "Not at all likely", 10.0: "Extremely likely"},
    "q3": {1.0: "North", 2.0: "South", 3.0: "Islands"},
    "v4": {1.0: "Male", 2.0: "Female"},
    "v5": {99.0: "No answer"},
    "town": {1.0: "Rome", 2.0: "Oslo", 3.0: "Bern"},
}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Two groups of 100: the first disagrees and would not recommend, the second agrees and would."""
    generator = np.random.default_rng(4)
    group = np.repeat([0, 1], ROWS // 2)
    q1 = np.clip(np.round(generator.normal(2 + 2 * group, 0.6)), 1, 5)
    q1[[0, 1, 2]] = 99
    q1[3] = np.nan
    age = np.round(generator.normal(30 + 20 * group, 5))
    age[5] = 99
    made = written(
        tmp_path / "answers.sav",
        {
            "respid": np.arange(1.0, ROWS + 1),
            "q1": q1,
            "q2": np.clip(np.round(generator.normal(3 + 4 * group, 1.5)), 0, 10),
            "q3": generator.integers(1, 4, ROWS).astype(float),
            "v4": generator.integers(1, 3, ROWS).astype(float),
            "v5": age,
            "town": generator.integers(1, 4, ROWS).astype(float),
            "b1": generator.integers(0, 2, ROWS).astype(float),
            "b2": generator.integers(0, 2, ROWS).astype(float),
            "factor": np.round(generator.uniform(0.5, 1.5, ROWS), 3),
        },
        column_labels={
            "q1": "I like to try new brands before others do",
            "q2": "How likely is it that you will recommend us to a friend or to a colleague?",
            "q3": "Region",
            "v4": "Gender",
            "v5": "Age in years",
        },
        variable_value_labels=LABELS,
        missing_ranges={"q1": [99]},
        variable_measure={"q1": "ordinal", "q2": "scale", "q3": "nominal", "v4": "nominal", "town": "scale"},
    )
    weighted(made, 10)
    with_set(made, "$brands=D1 1 12 Brands known b1 b2\n")
    return made


@pytest.mark.parametrize("kind", ["sav", "csv"])
def test_init_writes_labels_and_levels_and_the_build_takes_them(tmp_path: Path, answers: Path, kind: str):
    table = answers.rename(answers.with_suffix(f".{kind}"))
    out = tmp_path / "config"
    done = CliRunner().invoke(app, ["init", str(table), "--yes", "--out", str(out)])
    assert done.exit_code == 0, done.output
    columns = yaml.safe_load((out / "site.yml").read_text())["columns"]
    assert columns["q1"] == {
        "role": "feature",
        "kind": "ordinal",
        "order": list(AGREE),
        "label": "I like to try new brands before others do",
        "missing": "most_frequent",
    }
    assert columns["q2"]["label"] == "How likely is it that you will recommend us to a friend or…"
    assert "kind" not in columns["q2"]
    assert columns["q3"] == {"role": "category", "label": "Region"}
    assert columns["v4"] == {"role": "gender", "label": "Gender"}
    assert (columns["v5"]["role"], columns["v5"]["label"]) == ("age", "Age in years")
    assert (columns["town"]["role"], columns["town"]["use"]) == ("feature", "describe")
    assert [columns[name]["kind"] for name in ("b1", "b2")] == ["boolean", "boolean"]
    assert "factor" not in columns
    found = survey(load_configuration(out / "site.yml"))
    assert found.errors == ()
    customers = found.customers
    assert customers is not None
    assert (customers.rows_read, len(customers.frame)) == (ROWS, ROWS - 1)  # one has no age
    levels = customers.frame["q1"]
    assert (levels.min(), levels.max()) == (1, 5)
    assert customers.imputed["q1"] == 4
    assert sorted(customers.frame["q3"].unique()) == ["Islands", "North", "South"]


def test_what_the_file_says_is_told_with_each_column(answers: Path):
    proposal = propose(answers)
    said = "\n".join(proposal.said)
    assert "The file weights its rows by “factor”. The weight is not used: every row counts once." in said
    assert "“Brands known” is one question with several answers, in the columns “b1”, “b2”" in said
    assert "Reasons in the file, with the number of rows: “Refused” 3, no reason given 1." in proposal.about["q1"]
    assert "has labels for some of its figures only (0 “Not at all likely”" in proposal.about["q2"]
    assert (
        "99 “No answer” is read as a missing value because of its label. The file does not declare it as missing."
        in proposal.about["v5"]
    )
    assert "write kind: nominal if they are names" in proposal.about["town"]
    assert proposal.about["factor"] == (
        "“factor” is left out: it says how much each row counts, and weights are not used."
    )


def test_a_question_of_levels_can_be_asked_for(answers: Path):
    site = propose(answers, features=["q1", "q2"]).site
    assert {name for name, each in site.columns.items() if each.clusters} == {"q1", "q2"}
    assert site.columns["q1"].order == AGREE


def test_levels_of_which_most_are_missing_are_left_out_as_figures_would_be(tmp_path: Path):
    generator = np.random.default_rng(1)
    asked = np.where(np.arange(ROWS) % 2 == 0, generator.integers(1, 4, ROWS).astype(float), np.nan)
    made = written(
        tmp_path / "t.sav",
        {"q": asked, "x": generator.normal(size=ROWS), "y": generator.normal(size=ROWS)},
        variable_value_labels={"q": {1.0: "low", 2.0: "medium", 3.0: "high"}},
        variable_measure={"q": "ordinal"},
    )
    proposal = propose(made)
    assert "q" not in proposal.site.columns
    assert proposal.about["q"] == "“q” is left out: more than a third of it is empty."


def test_numbers_that_the_file_calls_nominal_are_no_measure(tmp_path: Path):
    generator = np.random.default_rng(1)
    made = written(
        tmp_path / "t.sav",
        {"zone": generator.integers(1, 9, ROWS).astype(float), "x": generator.normal(size=ROWS)},
        variable_measure={"zone": "nominal", "x": "scale"},
    )
    proposal = propose(made)
    assert proposal.site.columns["zone"].role == "category"
    assert proposal.about["zone"] == "“zone” is taken as a category, because the file calls it nominal."


def test_money_and_currency_come_from_a_label(tmp_path: Path):
    generator = np.random.default_rng(1)
    made = written(
        tmp_path / "t.dta",
        {"v1": np.round(generator.gamma(2, 50, ROWS), 2), "x": generator.normal(size=ROWS)},
        column_labels={"v1": "Monthly spending (EUR)", "x": "A score (select one)"},
    )
    site = propose(made).site
    assert (site.site.currency, site.columns["v1"].format, site.columns["v1"].role) == ("EUR", "money", "spending")
    assert site.columns["x"].unit is None
