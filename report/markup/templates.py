"""The two Jinja2 environments: components, which are HTML, and pages, which say of what blocks a page is made.

Compiled templates are kept, as Python keeps its modules: to compile them all takes longer than to write all pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from report.markup.blocks import Block, Component, Heading, Pane, Panes
from report.markup.sentences import IN_PAGES, IN_TEMPLATES
from report.system.cache import keep, kept, private

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from jinja2.bccache import Bucket

B = TypeVar("B", Component, Pane)
RULES = Path(__file__)
"""What a template becomes hangs on this file, beside its own text, which Jinja2 compares."""


class Compiled(BytecodeCache):
    """The compiled templates in a folder of the user's cache."""

    def __init__(self, cache: Path) -> None:
        rules = hashlib.sha256(RULES.read_bytes()).hexdigest()[:16]
        self._folder = cache / f"templates-{version('jinja2')}-{rules}"
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
    """Environment of components."""
    return _environment("components", IN_TEMPLATES)


@cache
def _pages() -> Environment:
    return _environment("pages", IN_PAGES)


def _environment(folder: str, sentences: Mapping[str, Callable[..., str]]) -> Environment:
    """Autoescape is set by hand: Jinja2's own rule is off for `.html.j2`."""
    environment = Environment(
        loader=PackageLoader("report", f"templates/{folder}"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(sentences)
    return environment


def compiled(cache: Path) -> None:
    """Load every template, compiled before or now, so that none has to be when the pages are written.

    Until this is called nothing is kept: who fills in a template touches no folder.
    """
    for environment in (components(), _pages()):
        environment.bytecode_cache = Compiled(cache)
        for name in environment.list_templates():
            environment.get_template(name)


def component(name: str, **values: object) -> Component:
    """The component `templates/components/<name>.html.j2`."""
    html = components().get_template(f"{name}.html.j2").render(values)
    return Component(Markup(html))  # noqa: S704 (rendered with autoescape)


@dataclass
class PageBlocks:
    """What a page's template calls: each call adds a block to the page, and writes nothing where it stands."""

    blocks: list[Block] = field(default_factory=list)

    def section(self, text: str, id: str) -> str:  # noqa: A002 (as HTML has it)
        """What comes next stands under this heading."""
        self.blocks.append(Heading(id, text))
        return ""

    def component(self, name: str, **values: object) -> str:
        """A component, filled in."""
        self.blocks.append(component(name, **values))
        return ""

    def panes(self, caller: Callable[[], str], *, stacked: bool = False) -> str:
        """Panes side by side, one for each that is called within; nothing where there is none."""
        within = self._within(caller, Pane)
        self.blocks.extend([Panes(within, stacked)] if within else [])
        return ""

    def pane(self, text: str, id: str, caller: Callable[[], str]) -> str:  # noqa: A002 (as above)
        """One of several panes, with a heading of its own."""
        self.blocks.append(Pane(Heading(id, text), self._within(caller, Component)))
        return ""

    def _within(self, caller: Callable[[], str], kind: type[B]) -> tuple[B, ...]:
        outside, self.blocks = self.blocks, []
        stray = caller()
        inside, self.blocks = _without_stray(self.blocks, stray), outside
        for block in inside:
            if not isinstance(block, kind):
                raise ValueError(f"A {type(block).__name__} stands where only a {kind.__name__} can.")  # noqa: TRY004
        return tuple(block for block in inside if isinstance(block, kind))


def page(name: str, values: DataclassInstance, root: str) -> tuple[Block, ...]:
    """The blocks of the page `templates/pages/<name>.j2`; its values reach HTML only through components.

    `root` leads from the page to the site's first folder. Raises ValueError where the template writes text outside of
    every block, or a block where none of its kind can be.
    """
    named = {field.name: getattr(values, field.name) for field in fields(values)}
    making = PageBlocks()
    calls = {one.__name__: one for one in (making.section, making.component, making.panes, making.pane)}
    stray = _pages().get_template(f"{name}.j2").render(named, root=root, **calls)
    return _without_stray(making.blocks, stray)


def _without_stray(blocks: list[Block], text: str) -> tuple[Block, ...]:
    if text.strip():
        raise ValueError(f"Text stands outside of every block of the page: {' '.join(text.split())}")
    return tuple(blocks)
