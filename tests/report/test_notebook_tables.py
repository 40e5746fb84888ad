"""Of every kind of table the notebook takes what the site takes, and finds its segments."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.configuration import load_configuration
from analysis.preparation.cleaned import Cleaned
from report.disclosure import published
from tests.report.notebooks import (
    AGREED,
    PLAIN,
    READ,
    TO_SEGMENTS,
    Told,
    agrees,
    assigned,
    configured,
    of,
    run,
    table_of,
    told,
)


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
    monkeypatch.setattr(Cleaned.features, "__defaults__", (100, None))
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
