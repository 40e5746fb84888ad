"""Data is never code: the two ways by which a value reaches a page, and no third.

A `.qmd` is a program: Pandoc's Markdown, raw HTML, executable cells and Quarto's shortcodes all run from its text.
So a value from data or configuration enters either through an autoescaped HTML component, set as a raw block that
no backtick inside it can close (`without_backticks`), or, in running Markdown, through `pandoc_escape`. Autoescaping
also disarms Quarto's shortcodes, which run even inside raw blocks: their opening `{{<` needs a literal `<`.
"""

from __future__ import annotations

import re

import yaml
from markupsafe import Markup

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$~^@'\"=:/&])")
_REFERENCES = {"<": "&lt;", "{": "&#123;", "&": "&amp;"}
_KEY = re.compile(r"[a-z]{2,}(-[a-z]+)*\Z")
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def without_backticks(html: Markup) -> Markup:
    """Escaped HTML as it can stand in a raw block.

    Backticks become character references, so that no text inside can end the block or open an executable cell; tabs,
    which Pandoc would expand, become blanks.
    """
    # str() first: a substitution on Markup would join, and so escape, the pieces once more.
    clean = _CONTROL.sub("", str(html).replace("\t", " ").replace("`", "&#96;")).strip()
    return Markup(clean)  # noqa: S704 (the argument is Markup: escaped already)


def on_one_line(text: str) -> str:
    """Text without line ends and control characters."""
    return _BREAKS.sub(" ", text).strip()


def pandoc_escape(value: object) -> str:
    """Text that Pandoc reads as these very characters, on one line.

    `<` and `{` become character references rather than backslash escapes, for Quarto looks for shortcodes before
    Pandoc sees the text.
    """
    return _MARKDOWN.sub(lambda found: _REFERENCES.get(found[0], f"\\{found[0]}"), on_one_line(str(value)))


_LOOKALIKES = str.maketrans("<>{}`*$[]\\@^~|_", "‹›()’∗＄()/＠＾∼¦ ")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK_START = re.compile(r"^(?:[#>:=%+\-–—.…\s]|\(?\w{1,4}[.)]\s)+")


def metadata_text(value: str) -> str:
    """Text for a page's title or description, on one line, in characters that mean nothing to Pandoc.

    Pandoc reads metadata as Markdown and the built-in renderer as text; only lookalikes of Markdown's signs read
    the same in both. Nothing but a tab's title and a search engine's summary shows them.
    """
    line = _ENTITY.sub("＆", _BREAKS.sub(" ", value).strip().translate(_LOOKALIKES))
    return " ".join(_BLOCK_START.sub("", line).split())


class _HeaderDumper(yaml.SafeDumper):
    """Writes text in double quotes, where a brace may be written as an escape; plain words, such as keys, stay bare."""


def _text(dumper: _HeaderDumper, text: str) -> yaml.ScalarNode:
    # Readers differ on what a bare word such as N or 1e3 is; in quotes every one of them sees text.
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if _KEY.match(text) else '"')


_HeaderDumper.add_representer(str, _text)


def yaml_document(content: object) -> str:
    """Content as YAML that says the same to a YAML reader but holds no `{{<`, which Quarto would run as a shortcode."""
    dumped = yaml.dump(content, Dumper=_HeaderDumper, allow_unicode=True, sort_keys=False, width=10_000)
    return dumped.replace("{{<", "\\u007b{<")


def front_matter(fields: dict[str, object]) -> str:
    """A page's YAML header, dumped by the YAML library."""
    return f"---\n{yaml_document(fields)}---\n"
