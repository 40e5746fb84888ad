"""A chart is one file and its line in the registry: everything else is derived from the two."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import altair as alt
import pytest

import report.charts
from analysis.wording.number_format import NumberFormat
from report.captions import Caption
from report.charts import registry
from report.charts.context import ChartContext
from report.charts.kind import ChartKind, one_chart
from report.charts.registry import KINDS, captions, chart, crowded, names
from report.site.site_source import every_page, site_source
from report.views.story import Story

FIGURES = NumberFormat("en_US", "USD")
ORDER = (
    "segment-map", "segment-sizes", "segment-heatmap", "segment-profiles", "segment-ranges", "profile",
    "history", "segment-evaluation", "moves", "trend", "distribution", "correlations", "comparison", "brush",
    "candidates", "gap", "stability", "persistence", "silhouettes", "rfm-grid", "lifetime",
)  # fmt: skip
PAGES = {
    "segment-map": "index", "segment-sizes": "segments", "segment-heatmap": "segments", "segment-profiles": "segments",
    "segment-ranges": "segments", "segment-evaluation": "segments", "profile-budget-buyers": "segments/budget-buyers",
    "distribution-age": "explore", "correlations": "explore", "brush": "explore", "candidates": "method",
    "gap": "method", "stability": "method", "persistence": "method", "silhouettes": "method", "rfm-grid": "method",
    "lifetime": "method", "moves": "changes", "trend-of-share": "changes",
    "history-budget-buyers": "segments/budget-buyers",
}  # fmt: skip


class Stub:
    wide, narrow, spec = None, "<svg></svg>", "{}"


def pie(page: str) -> ChartKind[None]:
    """A kind of chart that no page has heard of."""

    def caption(words) -> Caption:
        count = str(len(words.contract.segments))
        return Caption("pie", page, f"{count} pieces.", "Pieces", "A pie.", ("Segments",), ((count,),))

    def draw(context) -> alt.LayerChart:
        return alt.layer(alt.Chart({"values": [{"n": len(context.segments)}]}).mark_arc().encode(theta="n:Q"))

    return one_chart("pie", lambda contract: len(contract.segments) > 1, caption, draw)


def begins(kind: ChartKind, contract) -> str:
    """What stands in `ORDER` for a kind: the name of its chart, or what those of its several charts begin with."""
    name = next(name for name, _ in kind.charts(contract))
    return next(
        (one for one in ("profile", "distribution", "comparison", "history", "trend") if name.startswith(one)), name
    )


def test_every_chart_module_has_its_line_in_the_registry():
    modules = [import_module(f"report.charts.{one.name}") for one in iter_modules(report.charts.__path__)]
    found = [module.KIND for module in modules if hasattr(module, "KIND")]
    assert len(found) == len(KINDS) >= len(ORDER)
    assert {id(kind) for kind in found} == {id(kind) for kind in KINDS}


def test_every_kind_is_called_for_drawn_and_put_in_words(complete):
    """So that nothing that a module forgot to import is left for a build to find."""
    words, found = captions(complete, FIGURES), []
    for place, kind in enumerate(KINDS):
        charts = [name for name, _ in kind.charts(complete)]
        assert charts, f"kind {place} of the registry"
        for name in charts:
            assert words[name].name == name
            for narrow in (False, True):
                made = chart(ChartContext(complete, FIGURES, narrow=narrow), name)
                assert isinstance(made, alt.LayerChart | alt.HConcatChart | alt.VConcatChart), name
        found += charts
    assert found == list(words) == list(names(complete))
    assert len(found) == len(set(found))


def test_charts_stand_in_the_order_of_the_pages(complete):
    """Of a kind with several charts the first says where it stands; kinds to come stand where they like."""
    assert [name for name in (begins(kind, complete) for kind in KINDS) if name in ORDER] == list(ORDER)


def test_every_chart_says_on_which_page_it_stands(complete, mall):
    words = captions(complete, FIGURES)
    assert {name: words[name].page for name in PAGES} == PAGES
    story = Story(complete, mall.site, FIGURES, words, {})
    assert {caption.page for caption in words.values()} <= {page.path for page in every_page(story, {})}


def test_charts_of_one_row_are_crowded_from_three_on(complete):
    spreads = {name for name in names(complete) if name.startswith("distribution-")}
    assert len(spreads) == 3
    assert spreads <= crowded(complete)
    exploration = complete.exploration
    two = exploration.model_copy(update={"distributions": exploration.distributions[:2]})
    assert not spreads & crowded(complete.model_copy(update={"exploration": two}))


def sources(contract, configuration) -> dict[str, str]:
    """The pages of a site whose pictures say nothing."""
    pictures = dict.fromkeys(names(contract), Stub())
    files = site_source(contract, configuration, pictures, {})
    return {path: text for path, text in files.items() if path.endswith(".qmd") and isinstance(text, str)}


@pytest.mark.parametrize(
    "page", ["index", "segments", "segments/budget-buyers", "explore", "method", "data", "glossary"]
)
def test_a_chart_that_no_page_places_stands_at_the_end_of_its_own(complete, mall, monkeypatch, page):
    known = tuple(kind for kind in KINDS if begins(kind, complete) in ORDER)
    assert len(known) == len(ORDER)
    monkeypatch.setattr(registry, "KINDS", known)
    before = sources(complete, mall)
    assert not any("more-charts" in text for text in before.values())
    monkeypatch.setattr(registry, "KINDS", (*known, pie(page)))
    after = sources(complete, mall)
    assert names(complete)[-1] == "pie"
    assert {path for path in before if before[path] != after[path]} == {f"{page}.qmd"}
    whole, own, end = after[f"{page}.qmd"].partition("\n\n## More charts {#more-charts}\n")
    assert (whole, own != "") == (before[f"{page}.qmd"], True)
    root = "../" * page.count("/")
    assert f'id="figure-pie" data-chart="{root}charts/pie.json"' in end
    assert "6 pieces." in end
    assert end.count("<figure") == 1


def test_every_chart_stands_on_its_page_once(complete, mall):
    pages = sources(complete, mall)
    for name, caption in captions(complete, FIGURES).items():
        standing = {path: text.count(f'id="figure-{name}"') for path, text in pages.items()}
        assert {path: times for path, times in standing.items() if times} == {f"{caption.page}.qmd": 1}, name


def test_the_words_of_charts_and_all_pages_are_made_without_what_draws_them():
    program = (
        "import sys, report.charts.registry, report.site.site_source, report.disclosure, report.checks\n"
        "import report.render.builtin, report.site.notebook, report.site.downloads\n"
        "print({'altair', 'vl_convert', 'numpy', 'pandas', 'nbformat'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "set()\n"
