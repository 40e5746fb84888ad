"""What the columns of a table of customers are taken for: dates as numbers, codes, units, value, repeat rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from analysis.configuration.site import Site
from analysis.customers.customers import Customers
from analysis.preparation.validate import validate
from analysis.proposal.guess import propose
from analysis.proposal.proposal import Proposal
from analysis.reading.table import read_table
from tests.notes import exact, published

ROWS = 300
Propose = Callable[..., Proposal]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "t.csv"


@pytest.fixture
def proposed(file: Path) -> Propose:
    def made(columns: dict[str, object]) -> Proposal:
        cells = [[f'"{each}"' if "," in str(each) else str(each) for each in column] for column in columns.values()]
        lines = [",".join(columns), *(",".join(row) for row in zip(*cells, strict=True))]
        file.write_text("\n".join(lines) + "\n")
        return propose(file)

    return made


def numbers(seed: int, spread: float = 12) -> np.ndarray:
    return np.round(np.random.default_rng(seed).normal(50, spread, ROWS), 2)


def whole(low: int, high: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(low, high, ROWS)


def validated(file: Path, site: Site) -> Customers:
    return validate(read_table(file, site), site)


def clustering(proposal: Proposal) -> set[str]:
    return {name for name, column in proposal.site.columns.items() if column.clusters}


def orders() -> list[date]:
    return [date(2023, 1, 1) + timedelta(days=int(each)) for each in whole(0, 700)]


ENCODED: dict[str, Callable[[date], str]] = {
    "yyyymmdd": lambda when: when.strftime("%Y%m%d"),
    "excel-1900": lambda when: str((when - date(1899, 12, 30)).days),
    "epoch-seconds": lambda when: str((when - date(1970, 1, 1)).days * 86_400),
    "epoch-milliseconds": lambda when: str((when - date(1970, 1, 1)).days * 86_400_000),
    "epoch-microseconds": lambda when: str((when - date(1970, 1, 1)).days * 86_400_000_000),
}


@pytest.mark.parametrize("pattern", ENCODED)
def test_a_last_order_is_as_long_ago_whatever_number_it_is_written_as(proposed: Propose, file: Path, pattern: str):
    plain = proposed({"x": numbers(1), "Last order": [each.isoformat() for each in orders()]}).site
    expected = validated(file, plain).frame["Last order"].to_numpy()
    site = proposed({"x": numbers(1), "Last order": [ENCODED[pattern](each) for each in orders()]}).site
    column = site.columns["Last order"]
    assert (column.role, column.holds, column.date_format) == ("recency", "date", pattern)
    assert validated(file, site).frame["Last order"].to_numpy() == pytest.approx(expected)


def test_who_never_ordered_has_no_last_order(proposed: Propose, file: Path):
    cells = ["0" if n % 20 == 0 else ENCODED["epoch-seconds"](each) for n, each in enumerate(orders())]
    proposal = proposed({"x": numbers(1), "Last order": cells})
    assert "15 rows have no value; they are set aside" in proposal.about["Last order"]
    found = validated(file, proposal.site)
    assert [(each.reason, each.rows) for each in found.rejections] == [("missing value", 15)]


def test_infinity_is_no_date(proposed: Propose, file: Path):
    cells = ["infinity" if n % 20 == 0 else "-infinity" if n % 20 == 1 else each for n, each in enumerate(orders())]
    proposal = proposed({"x": numbers(1), "Last order": cells})
    found = validated(file, proposal.site)
    assert [(each.reason, each.rows) for each in found.rejections] == [("missing value", 30)]


def test_an_income_is_no_date_and_unnamed_numbers_are_asked_about(proposed: Propose):
    proposal = proposed(
        {"income": whole(40_000, 46_000), "x7": whole(44_000, 46_000, 3), "t": whole(1_600_000, 1_700_000, 2) * 1000}
    )
    assert proposal.site.columns["income"].holds == "numeric"
    assert "date_format" not in proposal.about["income"]
    assert proposal.site.columns["x7"].clusters
    assert "give it `role: date` and `date_format: excel-1900`" in proposal.about["x7"]
    assert not proposal.site.columns["t"].clusters
    assert "`date_format: epoch-seconds`" in proposal.about["t"]


@pytest.mark.parametrize(
    ("header", "role", "unit"),
    [
        ("days_since_enrolment", "feature", "days"),
        ("months since signup", "feature", "months"),
        ("Tage seit Anmeldung", "feature", "days"),
        ("days since last purchase", "recency", "days"),
        ("weeks_since_last_order", "recency", "weeks"),
        ("Tage seit letztem Kauf", "recency", "days"),
        ("days since", "recency", "days"),
    ],
)
def test_only_the_time_since_a_purchase_is_recency(proposed: Propose, header: str, role: str, unit: str):
    column = proposed({header: whole(1, 900), "x": numbers(1)}).site.columns[header]
    assert (column.role, column.unit) == (role, unit)


CODES = {
    "day": (1, 32), "month": (1, 13), "weekday": (0, 7), "gmt_offset": (-8, 3), "sex": (0, 2), "education": (0, 4),
    "settlement_size": (0, 3), "Latitude": (30, 60), "lng": (-120, 20), "Store IDs": (1, 60), "marital_status": (0, 2),
    "Region_Code": (1, 53), "hour": (0, 24), "week": (1, 54), "income_bracket": (1, 9), "age_group": (1, 7),
    "Year": (2012, 2025), "utc_offset": (-480, 600), "zip": (10_000, 99_999), "phone": (10**9, 10**10 - 1),
}  # fmt: skip


@pytest.mark.parametrize("header", CODES)
def test_a_code_is_no_measure(proposed: Propose, header: str):
    proposal = proposed({header: whole(*CODES[header]), "income": numbers(1), "balance": numbers(2)})
    assert clustering(proposal) == {"income", "balance"}


@pytest.mark.parametrize("header", ["Beleg", "last_invoice", "Order", "Ref", "qqq"])
def test_numbers_that_are_given_out_form_no_segments_whatever_their_name(proposed: Propose, header: str):
    given = np.random.default_rng(4).choice(np.arange(100_000, 990_000), ROWS, replace=False)
    proposal = proposed({"income": numbers(1), header: given, "balance": numbers(2)})
    assert clustering(proposal) == {"income", "balance"}


@pytest.mark.parametrize(
    "header", ["score", "months", "visits per week", "household size", "years of education", "ID count"]
)
def test_figures_that_only_sound_like_codes_are_measures(proposed: Propose, header: str):
    proposal = proposed({header: whole(0, 9), "income": numbers(1), "balance": numbers(2)})
    assert clustering(proposal) == {header, "income", "balance"}


def test_whole_measures_that_differ_everywhere_stay_measures(proposed: Propose):
    normal = np.random.default_rng(2).normal(500_000, 90_000, ROWS).astype(int)
    assert "x" in clustering(proposed({"x": normal, "income": numbers(1)}))


def test_answers_form_the_segments_of_a_survey(proposed: Propose):
    draw = np.random.default_rng(6)
    answers = {f"q{n}": draw.choice(["Yes", "No"], ROWS) for n in range(11)}
    rare = {"q11": np.where(np.arange(ROWS) % 8 == 0, "Yes", "No")}
    proposal = proposed(
        {**answers, **rare, "Like": draw.choice(["never", "sometimes", "often"], ROWS), "Age": whole(18, 70)}
    )
    assert clustering(proposal) == {*answers, *rare}
    assert "the answers of the survey form the segments" in proposal.about["Age"]


def test_marks_are_answers_too_and_flags_beside_figures_are_none(proposed: Propose):
    draw = np.random.default_rng(6)
    marks = {f"q{n}": draw.integers(1, 6, ROWS) for n in range(10)}
    assert clustering(proposed({**marks, "Age": whole(18, 70), "income": numbers(3)})) == set(marks)
    flags = {f"has_{n}x": draw.choice(["Yes", "No"], ROWS) for n in range(6)}
    assert clustering(proposed({**flags, "charges": numbers(1), "usage": numbers(2)})) == {"charges", "usage"}


def test_brackets_that_are_no_units_stay_in_the_name(proposed: Propose):
    columns = proposed(
        {"Spend (30 days)": numbers(1), "Sessions [web]": numbers(2), "orders[0].total": numbers(3)}
    ).site.columns
    assert [(column.label, column.unit) for column in columns.values()] == [
        ("Spend (30 days)", None),
        ("Sessions [web]", None),
        ("orders[0].total", None),
    ]


@pytest.mark.parametrize(
    ("columns", "product", "added"),
    [
        ({"income": (20, 90), "Spending Score (1-100)": (1, 100)}, ("income", "Spending Score (1-100)"), ()),
        ({"income": (20, 90), "spending rating": (1, 10)}, ("income", "spending rating"), ()),
        ({"income": (20, 90), "spending": (100, 90_000)}, ("spending",), ()),
        ({"income": (20, 90), "spending score": (100, 90_000)}, ("spending score",), ()),
        ({"x": (20, 90), "spending score": (1, 100)}, (), ()),
        ({"amt_wine": (0, 900), "amt_meat": (0, 700), "amt_fish": (0, 300)}, (), ("amt_wine", "amt_meat", "amt_fish")),
        ({"spend_wine": (0, 900), "spend_meat": (0, 700), "spend_total": (0, 1600)}, ("spend_total",), ()),
        ({"average spend": (0, 900), "income": (20, 90)}, (), ()),
        ({"balance": (0, 900), "credit limit": (20, 90)}, (), ()),
    ],
)  # fmt: skip
def test_value_is_what_customers_spend_or_nothing(
    proposed: Propose, columns: dict[str, tuple[int, int]], product: tuple[str, ...], added: tuple[str, ...]
):
    value = proposed({name: whole(*ends, seed) for seed, (name, ends) in enumerate(columns.items())}).site.value
    assert (value.product_of, value.sum_of) == (product, added)


def test_a_column_that_is_the_sum_of_the_others_is_not_added_to_them(proposed: Propose):
    wine, meat = whole(0, 900, 1), whole(0, 700, 2)
    value = proposed({"spend_wine": wine, "spend_meat": meat, "spend_all": wine + meat, "x": numbers(3)}).site.value
    assert (value.product_of, value.sum_of) == (("spend_all",), ())


def test_copies_are_told_and_dropped_if_wanted(proposed: Propose, file: Path):
    columns = {name: np.tile(numbers(seed)[:100], 3) for seed, name in enumerate(["income", "spend", "visits"])}
    proposal = proposed({"customer_id": [f"C{n:04}" for n in range(ROWS)], **columns})
    said = "200 of 300 rows repeat an earlier row in every described column except the identifier"
    assert any(said in sentence for sentence in proposal.first)
    kept = validated(file, proposal.site)
    assert kept.rows_used == ROWS
    assert any(said in note for note in exact(kept.notes))
    data = proposal.site.data.model_copy(update={"repeated": "drop"})
    dropped = validated(file, proposal.site.model_copy(update={"data": data}))
    assert (dropped.rows_used, dropped.rows_rejected) == (100, 200)
    assert [(each.reason, each.column, each.rows) for each in dropped.rejections] == [
        ("repeats an earlier row in every described column", None, 200)
    ]
    assert not any("repeat" in note for note in exact(dropped.notes))


def test_a_few_copies_are_told_without_their_number_on_a_public_site(proposed: Propose, file: Path):
    columns = {
        name: [*numbers(seed)[:-2], *numbers(seed)[:2]] for seed, name in enumerate(["income", "spend", "visits"])
    }
    site = proposed({"customer_id": [f"C{n:04}" for n in range(ROWS)], **columns}).site
    notes = validated(file, site).notes
    assert any(note.startswith("A few rows repeat an earlier row") for note in published(notes))
    assert any(note.startswith("2 of 300 rows repeat an earlier row") for note in exact(notes))


def test_people_who_answer_alike_are_no_copies(proposed: Propose, file: Path):
    draw = np.random.default_rng(9)
    mood = draw.normal(0, 1, ROWS)
    answers = {f"q{n}": np.clip(np.round(3 + mood + draw.normal(0, 0.4, ROWS)), 1, 5).astype(int) for n in range(8)}
    site = proposed({"id": [f"C{n:04}" for n in range(ROWS)], **answers}).site
    assert not any("repeat" in note for note in exact(validated(file, site).notes))


def test_all_columns_are_looked_at_in_one_go(proposed: Propose, monkeypatch: pytest.MonkeyPatch):
    """Of many columns the correlations are one product of matrices, never a loop over all pairs."""
    from analysis.columns import images  # noqa: PLC0415 (to be counted)

    calls = []
    monkeypatch.setattr(images, "correlation", lambda *_: calls.append(1) or 0.0)
    draw = np.random.default_rng(3)
    columns = {f"x{n}": np.where(draw.random(ROWS) < 0.02, "", numbers(n).astype(str)) for n in range(60)}
    assert len(proposed(columns).site.columns) == 60
    assert not calls


def test_cells_read_together_are_read_as_each_column_by_itself(file: Path):
    """What `init` sees of a column is what a build will: decimal signs, gaps, brackets and words."""
    import narwhals as nw  # noqa: PLC0415 (only here)

    from analysis.cells.kinds.readings import cell, readings, value  # noqa: PLC0415 (as above)
    from analysis.columns.appearance import _judged, every_column  # noqa: PLC0415
    from analysis.configuration.origin import Origin  # noqa: PLC0415
    from analysis.configuration.table import TableSettings  # noqa: PLC0415
    from analysis.reading.sources.door import open_table  # noqa: PLC0415

    columns = {
        "comma": ["1,5", "2,25", "", "-"],
        "point": ["1.5", "2.25", "n/a", "x"],
        "whole": ["1", "22", "-3", "4"],
        "money": ["$1,200.50", "$ (300)", "$ -", "12-"],
        "words": ["Yes", "No", "maybe", "infinity"],
        "share": ["45 %", "4%", "∞", "1e3"],
    }
    rows = [";".join(row) for row in zip(*columns.values(), strict=True)]
    file.write_text("\n".join([";".join(columns), *rows]) + "\n")
    data = TableSettings(path=str(file))
    opened = open_table(Origin.of(file, data))
    table, site = every_column(opened, data, list(columns))
    frame = table.frame.set_axis([cell(place) for place in range(len(columns))], axis="columns")
    read = readings(nw.from_native(frame).lazy(), site, table.delimiter)
    alone = nw.from_native(frame).with_columns(*(each.value.alias(value(place)) for place, each in enumerate(read)))
    alone = alone.with_columns(*(each.fault.alias(f"fault{place}") for place, each in enumerate(read)))
    together = _judged(frame, read)
    for place in range(len(columns)):
        assert together[value(place)] == pytest.approx(alone[value(place)].to_numpy(), nan_ok=True)
        assert together[f"fault{place}"].tolist() == alone[f"fault{place}"].to_list()
