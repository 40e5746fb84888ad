"""The two Jinja2 environments: HTML components, autoescaped, and Pandoc pages, escaped for Pandoc."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from report.escape import pandoc_escape, raw_block


@cache
def components() -> Environment:
    """Environment of `components/*.html.j2`. Autoescape is set by hand: Jinja2's own rule is off for `.html.j2`."""
    return Environment(
        loader=PackageLoader("report", "components"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _pages() -> Environment:
    environment = Environment(
        loader=PackageLoader("report", "pages"),
        autoescape=False,  # noqa: S701 (Pandoc's Markdown, not HTML: `finalize` escapes every value for Pandoc)
        finalize=pandoc_escape,
        comment_start_string="<#",  # `{#` begins a heading's identifier in Pandoc
        comment_end_string="#>",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["component"] = component
    return environment


def compiled() -> None:
    """Compile every template, so that none has to be when the pages are written."""
    for environment in (components(), _pages()):
        for name in environment.list_templates():
            environment.get_template(name)


def component(name: str, **values: object) -> Markup:
    """The component `components/<name>.html.j2` as a raw block."""
    html = components().get_template(f"{name}.html.j2").render(values)
    return raw_block(Markup(html))  # noqa: S704 (rendered with autoescape)


def page(name: str, values: dict[str, object]) -> str:
    """The page `pages/<name>.qmd.j2`; its values reach HTML only through components."""
    return _pages().get_template(f"{name}.qmd.j2").render(values)
