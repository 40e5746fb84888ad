#!/usr/bin/env python
"""Brings the catalogues of sentences up to the code: extract, merge into each language, compile what is complete.

    python scripts/catalogues.py            write the template and every catalogue, and compile the complete ones
    python scripts/catalogues.py --new fr   begin a language

Sentences are found where `gettext`, `ngettext`, `pgettext`, `gettext_noop` and `ngettext_noop` (in templates `_`) are
called with a literal, and in the texts of the personas, playbooks and glossary that ship. How to translate:
docs/translating.md.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel import localedata
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from analysis.configuration.yaml_text import read_yaml

PROJECT = Path(__file__).parents[1]
CATALOGUES = PROJECT / "analysis/language/catalogues"
DOMAIN = "segment_atlas"
TEMPLATE = CATALOGUES / f"{DOMAIN}.pot"
SLOT = re.compile(r"\{(\w*)\}")
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_noop": None, "ngettext_noop": (1, 2)}
TEXTS = frozenset({
    "because", "channel", "kpi.measure", "kpi.target", "meaning", "message", "name", "offer", "owner", "story", "term",
    "timing", "title",
})  # fmt: skip
"""What people read of the files that ship with the product, by its key and, where it stands below one, that one's."""
SHIPPED = (
    "analysis/configuration/general_playbook.yml",
    "analysis/configuration/rfm_personas.yml",
    "analysis/configuration/rfm_playbook.yml",
    "report/views/glossary.yml",
    "site_config/personas.yml",
    "site_config/playbook.yml",
)
HEADER = "# Sentences of Segment Atlas. How to translate them: docs/translating.md"
SHOWN = 3
"""Faulty translations that are told at once."""
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
Found = tuple[str | tuple[str, ...], str | None]
"""A message, one or singular and plural, and its context."""


def files() -> Iterator[tuple[Path, str]]:
    """Every file that may hold sentences, with how they are found in it, in a fixed order."""
    for part in ("analysis", "report"):
        for suffix, way in ((".py", "python"), (".j2", "jinja2")):
            yield from ((file, way) for file in sorted((PROJECT / part).rglob(f"*{suffix}")))
    yield from ((PROJECT / name, "yaml") for name in SHIPPED)


def found_in(file: Path, way: str) -> Iterator[Found]:
    """The messages of one file, in its order."""
    if way == "yaml":
        yield from ((text, None) for text in texts(read_yaml(file.read_text(encoding="utf-8"))))
        return
    method = "jinja2.ext:babel_extract" if way == "jinja2" else way
    for _, message, _, context in extract_from_file(method, str(file), KEYWORDS, options={"encoding": "utf-8"}):
        yield message, context


def texts(content: Any, key: str = "") -> Iterator[str]:  # noqa: ANN401 (whatever YAML holds)
    """The texts that people read, of a file that ships."""
    if isinstance(content, dict):
        for name, inner in content.items():
            yield from texts(inner, f"{key}.{name}" if key == "kpi" else str(name))
    elif isinstance(content, list):
        for inner in content:
            yield from texts(inner, key)
    elif isinstance(content, str) and key in TEXTS:
        yield content


def extracted() -> Catalog:
    """The template: every message, each once, with the files it stands in."""
    template = Catalog(project="Segment Atlas", fuzzy=False, header_comment=HEADER)
    for file, way in files():
        for message, context in found_in(file, way):
            template.add(message, locations=[(file.relative_to(PROJECT).as_posix(), 0)], context=context)
    return template


def written(catalogue: Catalog) -> bytes:
    """A catalogue as text: without dates and line numbers, which change where no sentence does."""
    into = BytesIO()
    write_po(
        into, catalogue, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True, omit_header=False
    )
    unsteady = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Report-Msgid')
    return b"".join(line for line in into.getvalue().splitlines(keepends=True) if not line.startswith(unsteady))


def compiled_bytes(catalogue: Catalog) -> bytes:
    """A catalogue as programs read it, without the time at which it was compiled."""
    into, steady = BytesIO(), read_po(BytesIO(written(catalogue)))
    steady.creation_date = steady.revision_date = NO_DATE
    write_mo(into, steady)
    return into.getvalue()


def merged(po: BinaryIO, template: Catalog) -> Catalog:
    """A language's catalogue with the template's messages: translations kept, new ones empty, none guessed."""
    catalogue = read_po(po)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=True)
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    """The messages without a whole translation, by their English text; so is one with other slots than its message."""
    return [text for one in catalogue for text in _lacking(one)]


def wrong(catalogue: Catalog) -> list[str]:
    """Those of them that have a translation, which the translator takes for done."""
    return [text for one in catalogue if any(_forms(one.string)) for text in _lacking(one)]


def _lacking(message: Message) -> list[str]:
    return [str(message.id)] if message.id and (message.fuzzy or not _translated(message)) else []


def _translated(message: Message) -> bool:
    """Whether there is every form, each with the slots of the message; a singular may leave out some."""
    asked, given = _forms(message.id), _forms(message.string)
    slots = [set(SLOT.findall(form)) for form in asked]
    told = [set(SLOT.findall(form or "")) for form in given]
    same = all(one == slots[-1] or (len(asked) > 1 and one <= slots[-1]) for one in told)
    return all(given) and same


def _forms(text: Any) -> tuple[str, ...]:  # noqa: ANN401 (one string, or one a plural form)
    return text if isinstance(text, tuple) else (text,)


def language(code: str) -> str:
    """A language by its code; a site in `fr-CA` speaks the language of the catalogue `fr`."""
    if "_" in code or "-" in code or not localedata.exists(code):
        raise argparse.ArgumentTypeError(f"“{code}” is not the code of a language; write one such as fr, no country")
    return code


def main() -> int:
    """Write all of them; tells what is missing where."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--new", metavar="LANGUAGE", type=language, help="begin a catalogue for this language")
    asked = parser.parse_args()
    template = extracted()
    TEMPLATE.write_bytes(written(template))
    if asked.new:
        place = CATALOGUES / asked.new / "LC_MESSAGES" / f"{DOMAIN}.po"
        if place.exists():
            sys.stderr.write(f"{place} is there already; translate what is empty in it.\n")
            return 2
        place.parent.mkdir(parents=True)
        place.write_bytes(written(Catalog(locale=asked.new, project="Segment Atlas", fuzzy=False)))
    for place in sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        with place.open("rb") as po:
            catalogue = merged(po, template)
        place.write_bytes(written(catalogue))
        wanting, compiled = missing(catalogue), place.with_suffix(".mo")
        if wanting:
            compiled.unlink(missing_ok=True)
        else:
            compiled.write_bytes(compiled_bytes(catalogue))
        state = f"{len(wanting)} without a whole translation" if wanting else "complete"
        print(f"{place.parents[1].name}: {len(catalogue)} messages, {state}")  # noqa: T201 (what the command says)
        for message in wrong(catalogue)[:SHOWN]:
            print(f"  Not whole, or with other slots: {message}")  # noqa: T201 (as above)
    return 0


if __name__ == "__main__":
    sys.exit(main())
