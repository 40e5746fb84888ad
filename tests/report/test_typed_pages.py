"""Each page's template gets a dataclass of its own; a template that names a field that is not there is found here."""

from __future__ import annotations

from dataclasses import fields

import pytest
from jinja2 import DictLoader, Environment

from report.markup.templates import _pages, components
from report.views.about import AboutPage
from report.views.changes import ChangesPage
from report.views.data import DataPage
from report.views.explore import ExplorePage
from report.views.glossary import GlossaryPage
from report.views.gone import GonePage
from report.views.method import MethodPage
from report.views.overview import OverviewPage
from report.views.segment import SegmentPage
from report.views.segments import SegmentsPage
from report.views.story import MoreCharts
from tests.report.template_types import CALLS, Checker, called

PAGES = {
    "about": AboutPage,
    "changes": ChangesPage,
    "data": DataPage,
    "explore": ExplorePage,
    "glossary": GlossaryPage,
    "gone": GonePage,
    "method": MethodPage,
    "more_charts": MoreCharts,
    "overview": OverviewPage,
    "segment": SegmentPage,
    "segments": SegmentsPage,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_template_names_what_its_page_tells_and_all_of_it(name: str) -> None:
    assert Checker(_pages(), components()).page(name, PAGES[name]) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_value_hides_what_a_template_calls(name: str) -> None:
    assert not {*CALLS, "root"} & {one.name for one in fields(PAGES[name])}


def test_every_template_belongs_to_a_page() -> None:
    own = {template.removesuffix(".j2") for template in _pages().list_templates()}
    assert own == {*PAGES, "missing"}
    used = {one for template in _pages().list_templates() for one in called(_pages(), template)}
    shared = {"banner", "one_chart", "parts", "icons"}
    assert {template.removesuffix(".html.j2") for template in components().list_templates()} == used | shared


@pytest.mark.parametrize(
    ("page", "component", "fault"),
    [
        ("{{ headng }}{{ heading }}{{ lead }}{{ terms }}", "", "glossary.j2:1: nobody has told headng"),
        ("{{ heading }}{{ lead }}", "", "glossary.j2: terms is told and not used"),
        (
            "{{ heading }}{{ lead }}{% for one in terms %}\n{{ one.meening }}{% endfor %}",
            "",
            "glossary.j2:2: Term has no meening",
        ),
        (
            "{{ heading }}{{ lead }}{{ component('part', all=terms) }}",
            "{% for one in all %}{{ one.slugg }}{% endfor %}",
            "part.html.j2:1: Term has no slugg",
        ),
        (
            "{{ heading }}{{ lead }}{{ component('part', terms=terms) }}",
            "{{ root }}{% if words %}{% endif %}",
            "part.html.j2:1: nobody has told words",
        ),
        (
            "{{ heading }}{{ lead }}{{ component('part', terms=terms) }}",
            "{% macro told(one) %}{{ one.of.upper }}{{ one.term.x }}{{ one.terms }}{% endmacro %}{{ told(terms[0]) }}",
            "part.html.j2:1: Term has no terms",
        ),
    ],
)
def test_what_is_not_there_is_found_wherever_it_is_named(page: str, component: str, fault: str) -> None:
    pages = Environment(loader=DictLoader({"glossary.j2": page}), autoescape=True)
    parts = Environment(loader=DictLoader({"part.html.j2": component}), autoescape=True)
    assert Checker(pages, parts).page("glossary", GlossaryPage) == [fault]
