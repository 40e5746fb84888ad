from pathlib import Path

import pytest
from jinja2 import Environment

from report.markup import templates
from report.markup.templates import Compiled, compiled


@pytest.fixture
def folder(tmp_path):
    """An empty cache folder, and environments that have loaded nothing."""
    for environment in (templates.components, templates._pages):
        environment.cache_clear()
    yield tmp_path
    for environment in (templates.components, templates._pages):
        environment.cache_clear()


@pytest.fixture
def compilations(monkeypatch):
    names = []
    compiling = Environment._parse
    monkeypatch.setattr(
        Environment, "_parse", lambda *parts: (names.append(parts[2]), compiling(*parts))[1]
    )  # [self, source, name, filename]
    return names


def again(folder: Path) -> None:
    for environment in (templates.components, templates._pages):
        environment.cache_clear()
    compiled(folder)


def test_templates_are_compiled_once(folder, compilations):
    compiled(folder)
    assert len(compilations) == len(set(compilations)) > 40
    assert len(list(folder.rglob("*"))) == len(compilations) + 1
    again(folder)
    assert len(compilations) == len(set(compilations))


def test_a_damaged_one_is_compiled_anew(folder, compilations):
    compiled(folder)
    before = len(compilations)
    damaged = next(path for path in sorted(folder.rglob("*")) if path.is_file())
    damaged.write_bytes(damaged.read_bytes()[:-20])
    again(folder)
    assert len(compilations) == before + 1


def test_nothing_is_read_where_others_can_write(folder, compilations):
    compiled(folder)
    before = len(compilations)
    next(folder.iterdir()).chmod(0o777)
    again(folder)
    assert len(compilations) == 2 * before


def test_other_rules_of_escaping_never_meet_templates_compiled_by_former_ones(folder, compilations, monkeypatch):
    compiled(folder)
    before = len(compilations)
    monkeypatch.setattr(templates, "RULES", templates.RULES.with_name("escape.py"))
    again(folder)
    assert len(compilations) == 2 * before
    assert len(list(folder.iterdir())) == 2


def test_another_text_of_a_template_is_compiled_anew(folder):
    environment = Environment(autoescape=True, bytecode_cache=Compiled(folder))
    for text in ("one {{ value }}", "two {{ value }}"):
        bucket = Compiled(folder).get_bucket(environment, "page", None, text)
        assert bucket.code is None
        bucket.code = environment.compile(text, "page")
        Compiled(folder).set_bucket(bucket)
        assert Compiled(folder).get_bucket(environment, "page", None, text).code == bucket.code


def test_what_was_kept_escapes_as_what_was_compiled(folder):
    first = templates.component("note", text="<b>")
    again(folder)
    assert templates.component("note", text="<b>") == first
    assert "&lt;b&gt;" in first.html


def test_who_only_fills_in_a_template_keeps_nothing(folder, compilations, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    templates.component("note", text="<b>")
    assert compilations
    assert list(folder.iterdir()) == []
