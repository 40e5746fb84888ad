"""Tables, the notebooks told of them, and whether such a notebook comes to what the site tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from analysis.configuration import Configuration, load_configuration
from analysis.pipeline import Analysis, analyse
from report.disclosure import published
from report.site.notebook import notebook

VARIABLE = "SITE_CONFIG"


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


def of(folder: Path, rows: list[str], columns: Mapping[str, object], **site: object) -> Told:
    """What is told of a table of these lines, its header among them, by a configuration in the same folder."""
    (folder / "t.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    data = {"path": "t.csv", **site.pop("data", {})}  # type: ignore[dict-item]
    given = {"data": data, "columns": columns, "model": {"selection": {"k": 2}}, "privacy": {"mode": "open"}} | site
    (folder / "site.yml").write_text(yaml.safe_dump(given, sort_keys=False), encoding="utf-8")
    return told(load_configuration(folder))


PLAIN = {"customer": {"role": "id"}, "age": {"role": "age"}, "spend": {"role": "income"}}
