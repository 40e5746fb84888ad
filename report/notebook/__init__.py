"""The analysis as a notebook: five steps with code, charts and findings, for whoever wants to follow or repeat it.

It is written without outputs and so carries no customer's values; the findings stand in its text, from the published
contract. Its code is the same for every table (`steps.ipy`) and uses pandas, scikit-learn and Altair directly.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analysis.configuration import Configuration
from analysis.contract import Contract
from analysis.figures import Figures
from report.notebook import words
from report.notebook.settings import settings_code

STEPS = Path(__file__).with_name("steps.ipy")
MARK = "# %% "
PLAN: tuple[tuple[words.Writer, tuple[str, ...]], ...] = (
    (words.preparation, ("read", "headers", "numbers", "rows")),
    (words.exploration, ("describe", "distributions", "correlations", "comparisons")),
    (
        words.clustering,
        ("logarithms", "outliers", "standardise", "candidates", "candidates-chart", "fit", "sizes", "stability"),
    ),
    (words.profiling, ("profiles", "differences", "map", "categories")),
    (words.recommending, ("levels", "recommend", "budget")),
)


def notebook(contract: Contract, configuration: Configuration) -> str:
    """The notebook as JSON (nbformat 4.5), for a contract that is fit to publish (`disclosure.published`)."""
    from nbformat import v4, writes  # noqa: PLC0415 (loads a schema validator; only this step needs it)

    site = configuration.site.site
    figures = Figures(site.locale, site.currency)
    code = code_cells()
    cells = [
        v4.new_markdown_cell(words.title(contract, configuration), id="title"),
        v4.new_code_cell(settings_code(contract, configuration), id="settings"),
    ]
    for write, names in PLAN:
        cells.append(v4.new_markdown_cell(write(contract, figures), id=write.__name__))
        cells += [v4.new_code_cell(code[name], id=name) for name in names]
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    text: str = writes(v4.new_notebook(cells=cells, metadata=metadata))
    return text.rstrip("\n") + "\n"


@cache
def code_cells() -> dict[str, str]:
    """The constant code cells by name."""
    _, *cells = STEPS.read_text(encoding="utf-8").split(MARK)
    return {name: body.strip() for name, _, body in (cell.partition("\n") for cell in cells)}
