"""The catalogues: up to the code, whole where a language may be used, with the slots of each sentence."""

from __future__ import annotations

import ast
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog, Message

from analysis.language.messages import languages
from scripts import catalogues

PROJECT = Path(__file__).parents[2]
SHIPPED = sorted(catalogues.CATALOGUES.glob(f"*/LC_MESSAGES/{catalogues.DOMAIN}.po"))
CODE = sorted(file for part in ("analysis", "report") for file in (PROJECT / part).rglob("*.py"))
LOOKUPS = {"gettext": (0,), "gettext_noop": (0,), "ngettext": (0, 1), "ngettext_noop": (0, 1), "pgettext": (1,)}
"""Where the literals stand that a catalogue is looked up by."""


def test_the_template_is_what_the_code_says() -> None:
    assert catalogues.TEMPLATE.read_bytes() == catalogues.written(catalogues.extracted()), "run make catalogues"


@pytest.mark.parametrize("po", SHIPPED, ids=lambda po: po.parents[1].name)
def test_a_catalogue_has_every_sentence_and_is_compiled_once_it_is_whole(po: Path) -> None:
    merged = catalogues.merged(BytesIO(po.read_bytes()), catalogues.extracted())
    assert po.read_bytes() == catalogues.written(merged), "run make catalogues"
    mo = po.with_suffix(".mo")
    assert mo.is_file() == (not catalogues.missing(merged))
    if mo.is_file():
        with mo.open("rb") as compiled:
            told = GNUTranslations(compiled)
        assert [one.id for one in merged if one.id and _looked_up(one, told) != one.string] == []


def test_the_languages_that_are_promised_are_whole() -> None:
    assert {"en", "de"} <= set(languages())


def _looked_up(message: Message, told: GNUTranslations) -> str | tuple[str, ...]:
    if isinstance(message.id, tuple):
        return tuple(told.ngettext(*message.id, number) for number in (1, 2))
    return told.pgettext(message.context, message.id) if message.context else told.gettext(message.id)


def test_every_literal_that_is_looked_up_is_found_and_no_other() -> None:
    """A call inside the braces of an f-string is not, before Python 3.12; of `gettext(NAMES["key"])` the key is."""
    template = [one for one in catalogues.extracted() if one.id]
    found = {form for one in template for form in _forms(one)}
    asked = [
        (f"{file.relative_to(PROJECT)}:{call.lineno}", place.value)
        for file in CODE
        for call in _lookups(file)
        for place in (call.args[at] for at in LOOKUPS[getattr(call.func, "id", "")] if at < len(call.args))
        if isinstance(place, ast.Constant)
    ]
    assert len(asked) > 1000
    assert [each for each in asked if each[1] not in found] == []
    literals = {text for _, text in asked}
    only_code = [one for one in template if all(file.endswith(".py") for file, _ in one.locations)]
    assert [form for one in only_code for form in _forms(one) if form not in literals] == []


def _forms(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def test_every_lookup_is_by_a_literal_or_by_a_name() -> None:
    """An f-string or a sum is found by no catalogue; `sentences` and `slots` hand on what they are asked."""
    assert [told for file in CODE for told in _unfound(file)] == []


def _unfound(file: Path) -> Iterator[str]:
    hands_on = file.name in {"sentences.py", "slots.py"}
    for call in _lookups(file):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        asked = [call.args[place] for place in LOOKUPS[name] if place < len(call.args)]
        unknown = name != "gettext" and not hands_on and not all(isinstance(one, ast.Constant) for one in asked)
        if unknown or any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in asked):
            yield f"{file.relative_to(PROJECT)}:{call.lineno}"


def _lookups(file: Path) -> list[ast.Call]:
    calls = [one for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(one, ast.Call)]
    return [one for one in calls if isinstance(one.func, ast.Name) and one.func.id in LOOKUPS]


def test_no_sentence_is_looked_up_while_a_module_is_imported() -> None:
    """It would be told in the language of that moment."""
    assert [told for file in CODE for told in _at_import(file)] == []


def _at_import(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.Lambda)]
    bodies = [each for one in functions for each in (one.body if isinstance(one.body, list) else [one.body])]
    later = {inner.lineno for body in bodies for inner in ast.walk(body) if isinstance(inner, ast.Call)}
    for call in _lookups(file):
        told = isinstance(call.func, ast.Name) and not call.func.id.endswith("_noop")
        if told and call.lineno not in later:
            yield f"{file.relative_to(PROJECT)}:{call.lineno}"


def test_an_unfinished_catalogue_is_told_what_it_lacks() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("whole", "ganz")
    catalogue.add("nothing", "")
    catalogue.add(("one", "many"), ("eins", ""))
    catalogue.add("guessed", "geraten", flags=["fuzzy"])
    catalogue.add("{share} of customers", "{anteil} der Kunden")
    catalogue.add(("one segment", "{count} segments"), ("ein Segment", "{count} Segmente"))
    catalogue.add(("one row", "{count} rows"), ("eine Zeile", "einige Zeilen"))
    assert catalogues.missing(catalogue) == [
        "nothing", "('one', 'many')", "guessed", "{share} of customers",
    ]  # fmt: skip
    assert catalogues.wrong(catalogue) == ["('one', 'many')", "guessed", "{share} of customers"]


def test_what_is_compiled_is_the_same_at_any_time() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("whole", "ganz")
    first = catalogues.compiled_bytes(catalogue)
    catalogue.creation_date = catalogue.revision_date = datetime(2031, 5, 1, tzinfo=UTC)
    assert catalogues.compiled_bytes(catalogue) == first
    assert b"2031" not in first


@pytest.mark.parametrize("code", ["fr_CA", "fr-CA", "xx", "french", ""])
def test_a_catalogue_is_begun_for_a_language_alone(code: str) -> None:
    assert catalogues.language("fr") == "fr"
    with pytest.raises(ArgumentTypeError, match=f"“{code}” is not the code of a language"):
        catalogues.language(code)


def test_a_text_that_ships_is_found_by_its_key() -> None:
    content = {
        "actions": [{"id": "a", "title": "Do it", "kpi": {"measure": "Visits", "target": "10% more"}, "when": "x"}]
    }
    assert list(catalogues.texts(content)) == ["Do it", "Visits", "10% more"]
