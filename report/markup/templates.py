"""The two Jinja2 environments: HTML components, autoescaped, and Pandoc pages, escaped for Pandoc.

Compiled templates are kept, as Python keeps its modules: to compile them all takes longer than to write all pages.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from report.markup.escape import pandoc_escape, raw_block
from report.system.cache import cache_folder, keep, kept, private

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from jinja2.bccache import Bucket

RULES = (Path(__file__), Path(__file__).with_name("escape.py"))
"""What a template becomes hangs on these, beside its own text, which Jinja2 compares."""


class Compiled(BytecodeCache):
    """The compiled templates in the user's cache folder."""

    def __init__(self) -> None:
        rules = hashlib.sha256(b"".join(file.read_bytes() for file in RULES)).hexdigest()[:16]
        self._folder = cache_folder() / f"templates-{version('jinja2')}-{rules}"
        self._private = private(self._folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        """From the folder, if it is there and nobody else's."""
        found = kept(self._folder / bucket.key) if self._private else None
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Into the folder."""
        if self._private:
            keep(self._folder / bucket.key, bucket.bytecode_to_string())


@cache
def components() -> Environment:
    """Environment of components. Autoescape is set by hand: Jinja2's own rule is off for `.html.j2`."""
    return Environment(
        loader=PackageLoader("report", "templates/components"),
        autoescape=True,
        bytecode_cache=Compiled(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _pages() -> Environment:
    environment = Environment(
        loader=PackageLoader("report", "templates/pages"),
        autoescape=False,  # noqa: S701 (Pandoc's Markdown, not HTML: `finalize` escapes every value for Pandoc)
        bytecode_cache=Compiled(),
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
    """Load every template, so that none has to be when the pages are written."""
    for environment in (components(), _pages()):
        for name in environment.list_templates():
            environment.get_template(name)


def component(name: str, **values: object) -> Markup:
    """The component `templates/components/<name>.html.j2` as a raw block."""
    html = components().get_template(f"{name}.html.j2").render(values)
    return raw_block(Markup(html))  # noqa: S704 (rendered with autoescape)


def page(name: str, values: DataclassInstance, root: str) -> str:
    """The page `templates/pages/<name>.qmd.j2`; its values reach HTML only through components.

    `root` leads from the page to the site's first folder.
    """
    named = {field.name: getattr(values, field.name) for field in fields(values)}
    return _pages().get_template(f"{name}.qmd.j2").render(named, root=root)
