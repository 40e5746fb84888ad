"""Every sentence that the code looks up is one that `scripts/catalogues.py` finds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.catalogues import extracted

PLACE = {"gettext": 0, "gettext_noop": 0, "ngettext": 0, "pgettext": 1}
"""Which argument of each function is the message."""


def looked_up(file: Path) -> Iterator[ast.expr]:
    """The messages of each call in a module, literals or not."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACE:
            yield node.args[PLACE[node.func.id]]


def test_every_literal_that_is_looked_up_is_found(project):
    """A call inside the braces of an f-string is not."""
    template = extracted()
    found = {one.id[0] if isinstance(one.id, tuple) else one.id for one in template}
    asked = [
        (file.relative_to(project).as_posix(), message.value)
        for part in ("analysis", "report")
        for file in sorted((project / part).rglob("*.py"))
        for message in looked_up(file)
        if isinstance(message, ast.Constant)
    ]
    assert len(asked) > 20
    assert [each for each in asked if each[1] not in found] == []


def test_no_sentence_is_built_while_it_is_looked_up(project):
    built = [
        f"{file.relative_to(project).as_posix()}:{message.lineno}"
        for part in ("analysis", "report")
        for file in sorted((project / part).rglob("*.py"))
        for message in looked_up(file)
        if isinstance(message, ast.JoinedStr | ast.BinOp)
    ]
    assert built == []
