"""Scoring the training table gives the training's segments, row for row, whatever the algorithm and the table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.analysis.model.rescored import NUMBERS, assert_round_trip, crowded, scored

FEW = {"smallest_k": 3, "largest_k": 4}
MIXED = {
    "Kunde": {"role": "id"},
    "Umsatz": {"role": "monetary"},
    "Alter": {"role": "age", "missing": "median"},
    "Stadt": {"role": "category", "use": "cluster"},
    "Laune": {"role": "feature", "kind": "ordinal", "order": ["mies", "gut", "super"], "missing": "most_frequent"},
    "Brief": {"role": "feature", "kind": "boolean"},
    "Seit": {"role": "date"},
    "Notiz": {"role": "category"},
    "Rabatt": {"role": "feature", "use": "describe", "maximum": 50},
}


def mixed(rows: int = 160) -> str:
    """A German export: decimal commas, days before months, gaps, spellings that differ, a category that is rare."""
    generator = np.random.default_rng(5)
    group = generator.integers(0, 3, rows)
    towns = np.array(["Berlin", "berlin", "Ulm", "Köln", "Celle"])
    lines = ["Kunde;Umsatz;Alter;Stadt;Laune;Brief;Seit;Notiz;Rabatt"]
    for place in range(rows):
        amount = f"{1000 * (1 + group[place]) + generator.normal(0, 90):,.2f}".translate(str.maketrans(",.", ".,"))
        age = "" if place % 13 == 0 else str(20 + 15 * group[place] + int(generator.integers(0, 9)))
        town = "Aalen" if place == 7 else "" if place == 9 else str(generator.choice(towns))
        mood = "" if place % 17 == 0 else ("mies", "gut", "super")[(group[place] + place) % 3]
        since = f"{1 + place % 28:02}.{1 + place % 12:02}.{2015 + group[place]}"
        discount = "99" if place == 11 else "" if place == 12 else str(place % 40)
        name = "K3" if place == 20 else f"K{place}"
        lines.append(f"{name};{amount};{age};{town};{mood};{('ja', 'nein')[place % 2]};{since};;{discount}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("algorithm", ["kmeans", "gaussian_mixture", "ward", "bisecting", "hdbscan", "compare"])
def test_every_algorithm_comes_back(described, algorithm):
    frame = crowded(150, 3).astype(object)
    frame.loc[5, "y"] = ""
    text = pd.concat([frame, frame.tail(20)]).to_csv(index=False)
    analysis, again = assert_round_trip(described(text, NUMBERS, model={"algorithm": algorithm, **FEW}))
    assert analysis.contract.data.set_apart == 2
    assert analysis.model.algorithm == ("kmeans" if algorithm == "compare" else algorithm)
    assert len(again.rejected) == 1
    assert again.rows["unlike"].tolist().count("yes") <= 2 + 0.01 * len(again.rows) * len(analysis.model.segments)
    if algorithm == "ward":
        assert analysis.model.remembered.places


def test_those_set_apart_are_unlike_anyone(described):
    _, again = assert_round_trip(described(crowded(150, 3).to_csv(index=False), NUMBERS))
    assert again.rows["unlike"].iloc[:2].tolist() == ["yes", "yes"]


def test_few_who_are_left_over_come_back_where_a_public_site_put_them(described):
    blobs = np.random.default_rng(2).normal([[0, 0]] * 60 + [[20, 0]] * 60 + [[0, 20]] * 60, 1).round(2)
    frame = pd.DataFrame([*blobs.tolist(), [10, 10], [11, 9]], columns=["x", "y"])
    settings = {"model": {"algorithm": "hdbscan", "outliers": "keep"}, "privacy": {"mode": "public"}}
    analysis, again = assert_round_trip(described(frame.to_csv(index=False), NUMBERS, **settings))
    assert not analysis.model.leaves_over
    assert set(again.rows["segment"]) == {1, 2, 3}


@pytest.mark.parametrize("algorithm", ["kmeans", "ward"])
def test_a_table_fitted_on_a_sample_comes_back(described, monkeypatch, algorithm):
    monkeypatch.setattr("analysis.pipeline.LARGEST_FITTED", 300)
    frame = crowded(2_000, 4, decimals=0)
    configuration = described(frame.to_csv(index=False), NUMBERS, model={"algorithm": algorithm, **FEW})
    _, again = assert_round_trip(configuration)
    # Whoever is like somebody fitted goes with them, whether drawn or not.
    assert again.rows.groupby([frame["x"], frame["y"]])["segment"].nunique().max() == 1


def test_a_mixed_table_with_gaps_and_german_figures_comes_back(described, tmp_path):
    configuration = described(mixed(), MIXED)
    analysis, again = assert_round_trip(configuration)
    known = analysis.model.known
    assert known.decimals["Umsatz"] == ","
    assert known.dates["Seit"].startswith("dd")
    assert set(known.imputed) == {"Alter", "Laune"}
    assert again.rejected["reason"].tolist() == [
        "above the maximum, 50", "missing value", "identifier of an earlier row",
    ]  # fmt: skip
    # A single row, of which the figures alone could be read both ways.
    head, *rows = mixed().splitlines()
    alone = tmp_path / "alone.csv"
    for place in (0, 13, 30, 41):
        alone.write_text(f"{head}\n{rows[place]}\n", encoding="utf-8")
        one = scored(analysis, alone).rows.iloc[0]
        whole = again.rows.set_index("Kunde").loc[one["Kunde"]]
        assert one[["segment", "slug", "second", "unlike"]].equals(whole[["segment", "slug", "second", "unlike"]])
        assert one["distance"] == pytest.approx(whole["distance"], abs=1e-12)


def test_transactions_come_back(described):
    generator = np.random.default_rng(8)
    lines = ["who,when,amount"]
    for customer in range(140):
        often, much = ((1, 20), (6, 30), (12, 90))[customer % 3]
        for _ in range(1 + generator.poisson(often)):
            day = np.datetime64("2025-01-01") + generator.integers(0, 300) // often
            lines.append(f"C{customer},{day.item():%d/%m/%Y},{generator.gamma(4, much / 4):.2f}")
    lines += ["C3,,5.00", "C4,01/02/2025,-9000.00"]
    transactions = {"customer": "who", "date": "when", "amount": "amount"}
    configuration = described("\n".join(lines) + "\n", transactions=transactions)
    analysis, again = assert_round_trip(configuration)
    assert analysis.model.known.reference_date.isoformat() == analysis.contract.data.transactions.reference_date
    assert len(again.rejected) == 1
    assert "C4" not in set(again.rows["who"])
