"""Few columns with a meaning of their own form the segments; the others describe, each with the reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.proposal.shortlist import MOST_COLUMNS

GENERATOR = np.random.default_rng(5)


@pytest.fixture
def proposed(tmp_path: Path):
    def made(columns: dict[str, object]) -> Proposal:
        rows = zip(*columns.values(), strict=True)
        text = "\n".join(",".join(map(str, row)) for row in [tuple(columns), *rows])
        (tmp_path / "t.csv").write_text(text + "\n")
        return propose(tmp_path / "t.csv")

    return made


def noise(rows: int = 300) -> np.ndarray:
    return np.round(GENERATOR.normal(50, 12, rows), 2)


def clustering(proposal) -> set[str]:
    return {name for name, column in proposal.site.columns.items() if column.clusters}


def test_a_family_of_columns_sends_one(proposed):
    base = noise()
    family = {f"Bought{n}": np.round(base + GENERATOR.normal(0, 6, 300), 2) for n in range(6)}
    others = {f"other{n}": noise() for n in range(6)}
    proposal = proposed({"age": np.round(noise()), "income": noise(), **family, **others})
    found = clustering(proposal)
    assert len(found) == MOST_COLUMNS
    assert {"age", "income"} <= found
    assert len(found & set(family)) == 1
    head = next(iter(found & set(family)))
    assert sum(f"“{head}” stands for it" in told for told in proposal.about.values()) == 5


def test_as_few_columns_as_there_are_stay(proposed):
    columns = {f"x{n}": noise() for n in range(MOST_COLUMNS)}
    assert clustering(proposed(columns)) == set(columns)


def test_a_near_duplicate_describes_and_the_one_with_a_role_stays(proposed):
    spend = noise()
    proposal = proposed({"cents": spend * 100, "spending": spend, "x": noise()})
    assert clustering(proposal) == {"spending", "x"}
    assert "it says nearly the same as “spending”" in proposal.about["cents"]


def test_a_lopsided_column_describes(proposed):
    proposal = proposed({"x": noise(), "y": noise(), "refunds": [0] * 270 + list(range(1, 31))})
    assert clustering(proposal) == {"x", "y"}
    assert "90% of its rows hold the same value" in proposal.about["refunds"]


def test_answers_form_segments_where_there_is_little_else(proposed):
    answers = {f"q{n}": GENERATOR.choice(["Yes", "No"], 300) for n in range(4)}
    assert clustering(proposed({**answers, "x": noise()})) == {*answers, "x"}
    assert clustering(proposed({**answers, "x": noise(), "y": noise()})) == {"x", "y"}


def test_columns_that_are_named_are_taken_all(tmp_path, proposed):
    spend = noise()
    proposed({"cents": spend * 100, "spending": spend, "x": noise()})
    site = propose(tmp_path / "t.csv", features=["cents", "spending"]).site
    assert {name for name, column in site.columns.items() if column.clusters} == {"cents", "spending"}


def test_a_handful_of_wild_values_is_told_and_left_to_the_analysis(proposed):
    income = [*noise()[:-1], 666_666]
    proposal = proposed({"income": income, "x": noise()})
    assert {column.transform for column in proposal.site.columns.values()} == {"auto"}
    assert "A handful of its values lie very far out" in proposal.about["income"]
    assert "very far out" not in proposal.about["x"]


def test_a_long_tail_with_a_few_values_far_out_is_for_the_logarithm(proposed):
    spend = np.exp(np.random.default_rng(1).normal(8, 0.9, 440)).round()
    spend[:3] = 120_000
    proposal = proposed({"spend": spend, "x": np.random.default_rng(2).normal(50, 9, 440).round(1)})
    assert proposal.site.columns["spend"].transform == "auto"
    assert "very far out" not in proposal.about["spend"]


def test_a_long_tail_is_left_to_the_logarithm(proposed):
    proposal = proposed({"spend": np.round(np.exp(GENERATOR.normal(4, 1.2, 300)), 2), "x": noise()})
    assert proposal.site.columns["spend"].transform == "auto"


def test_years_of_birth_are_ages_up_to_the_latest_other_date(proposed):
    years = [1893, *GENERATOR.integers(1950, 2000, 299)]
    joined = [f"2014-{1 + n % 12:02}-03" for n in range(300)]
    proposal = proposed({"Year_Birth": years, "x": noise(), "Joined": joined})
    column = proposal.site.columns["Year_Birth"]
    assert (column.role, column.kind, column.date_format, column.maximum) == ("age", "date", "yyyy", 105)
    assert proposal.site.data.reference_date is None
    alone = proposed({"Year_Birth": years, "x": noise()})
    assert str(alone.site.data.reference_date) == "2018-01-01"
    assert any("ages are counted up to 2018-01-01" in told for told in alone.first)


def test_gaps_of_figures_are_not_filled_and_said(proposed):
    gaps = ["" if n % 10 == 0 else value for n, value in enumerate(noise())]
    levels = ["" if n % 20 == 0 else ("low", "medium", "high")[n % 3] for n in range(300)]
    proposal = proposed({"x": gaps, "level": levels, "y": noise()})
    assert (proposal.site.columns["x"].clusters, proposal.site.columns["x"].missing) == (True, None)
    assert proposal.site.columns["level"].missing == "most_frequent"
    assert "30 rows have no value; they are set aside, as segments are found by it" in proposal.about["x"]
    assert "`missing: median` keeps them, in the segment that their other columns say" in proposal.about["x"]
    assert "15 rows have no value; no figure counts them, and their customers stay" in proposal.about["level"]


def test_a_column_with_many_gaps_describes_and_keeps_its_rows(proposed):
    gaps = ["" if n % 4 == 0 else value for n, value in enumerate(noise())]
    proposal = proposed({"x": gaps, "y": noise(), "z": noise()})
    assert clustering(proposal) == {"y", "z"}
    assert proposal.site.columns["x"].missing == "unknown"
    assert "75 rows have no value; they count without it" in proposal.about["x"]


def test_rows_lost_to_several_columns_add_up(proposed):
    columns = {
        f"x{n}": ["" if (row + 9 * n) % 10 == 0 else value for row, value in enumerate(noise())] for n in range(4)
    }
    assert clustering(proposed(columns)) == {"x0", "x1"}


def test_a_long_question_has_a_short_label(proposed):
    question = (
        "How satisfied are you with the service of our shops when you think of the last twelve months as a whole?"
    )
    column = proposed({question: noise(), "x": noise()}).site.columns[question]
    assert len(column.label) <= 60
    assert column.label == "How satisfied are you with the service of our shops when…"


def test_numbers_that_are_names_make_categories(proposed):
    proposal = proposed(
        {"Channel": GENERATOR.integers(1, 3, 300), "Region": GENERATOR.integers(1, 4, 300), "x": noise()}
    )
    assert [column.role for column in proposal.site.columns.values()] == ["channel", "category", "feature"]


def test_texts_of_their_own_in_front_identify(proposed):
    proposal = proposed({"Who": [f"person {n}" for n in range(300)], "x": noise()})
    assert proposal.site.columns["Who"].role == "id"
