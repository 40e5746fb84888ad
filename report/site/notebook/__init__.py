"""The analysis as a notebook: five steps with code, charts and findings, to follow or repeat it.

In: the published contract and the configuration.
Out: a notebook.
May import: the rooms up to `render`, in the order of `pyproject.toml`.

It is written without outputs, so it contains no customer's values; its text has the findings of the published contract,
in the language of the site. Its code is English and the same for every table (`steps.ipy`): the package reads and
cleans the table with the reader's own copy of the configuration; the rest is plain pandas, scikit-learn and Altair.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from analysis.configuration import Configuration
from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.site.notebook import words
from report.site.notebook.settings import settings_code

STEPS = Path(__file__).with_name("steps.ipy")
MARK = "# %% "
PLAN: tuple[tuple[words.Writer, tuple[str, ...]], ...] = (
    (words.preparation, ("package", "read", "rows", "columns")),
    (words.exploration, ("describe", "distributions", "correlations", "comparisons")),
    (
        words.clustering,
        (
            "transforms",
            "fitted",
            "standardise",
            "candidates",
            "candidates-chart",
            "redrawn-tables",
            "redrawn-likeness",
            "without-groups",
            "redrawn",
            "redrawn-best",
            "redrawn-chart",
            "centres",
            "fit",
            "assign",
            "stability",
        ),
    ),
    (words.profiling, ("profiles", "effects", "differences", "map", "categories")),
    (words.recommending, ("levels", "figures", "conditions", "recommend", "budget")),
)


def notebook(contract: Contract, configuration: Configuration) -> str:
    """The notebook as JSON (nbformat 4.5), for a contract that may be published (`disclosure.published`)."""
    from nbformat import from_dict, v4  # noqa: PLC0415 (only this step needs it)

    site = configuration.site.site
    formats = NumberFormat(site.locale, site.currency)
    code = code_cells()
    cells = [
        _cell("markdown", "title", words.title(contract, configuration)),
        _cell("code", "settings", settings_code(contract)),
    ]
    for write, names in PLAN:
        cells.append(_cell("markdown", write.__name__, write(contract, formats)))
        cells += [_cell("code", name, code[name]) for name in names]
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    # Not validated here: compiling the schema doubles the time and takes 12 MiB. Tests validate every notebook.
    node = from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells})
    text: str = v4.writes(node)
    return text.rstrip("\n") + "\n"


def _cell(kind: Literal["markdown", "code"], name: str, source: str) -> dict[str, object]:
    ran: dict[str, object] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source, **ran}


@cache
def code_cells() -> dict[str, str]:
    """The constant code cells by name."""
    _, *cells = STEPS.read_text(encoding="utf-8").split(MARK)
    return {name: body.strip() for name, _, body in (cell.partition("\n") for cell in cells)}
