import pytest
from jinja2 import Environment

from report.markup import templates
from report.markup.templates import Compiled, compiled


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty cache folder, and environments that have loaded nothing."""
    monkeypatch.setattr(templates, "cache_folder", lambda: tmp_path)
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


def again() -> None:
    for environment in (templates.components, templates._pages):
        environment.cache_clear()
    compiled()


def test_templates_are_compiled_once(folder, compilations):
    compiled()
    assert len(compilations) == len(set(compilations)) > 40
    assert len(list(folder.rglob("*"))) == len(compilations) + 1
    again()
    assert len(compilations) == len(set(compilations))


def test_a_damaged_one_is_compiled_anew(folder, compilations):
    compiled()
    before = len(compilations)
    damaged = next(path for path in sorted(folder.rglob("*")) if path.is_file())
    damaged.write_bytes(damaged.read_bytes()[:-20])
    again()
    assert len(compilations) == before + 1


def test_nothing_is_read_where_others_can_write(folder, compilations):
    compiled()
    before = len(compilations)
    next(folder.iterdir()).chmod(0o777)
    again()
    assert len(compilations) == 2 * before


def test_other_rules_of_escaping_never_meet_templates_compiled_by_former_ones(folder, compilations, monkeypatch):
    compiled()
    before = len(compilations)
    monkeypatch.setattr(templates, "RULES", templates.RULES[:1])
    again()
    assert len(compilations) == 2 * before
    assert len(list(folder.iterdir())) == 2


def test_another_text_of_a_template_is_compiled_anew(folder):
    del folder
    environment = Environment(autoescape=True, bytecode_cache=Compiled())
    for text in ("one {{ value }}", "two {{ value }}"):
        bucket = Compiled().get_bucket(environment, "page", None, text)
        assert bucket.code is None
        bucket.code = environment.compile(text, "page")
        Compiled().set_bucket(bucket)
        assert Compiled().get_bucket(environment, "page", None, text).code == bucket.code


def test_what_was_kept_escapes_as_what_was_compiled(folder):
    del folder
    first = templates.component("note", text="<b>")
    again()
    assert templates.component("note", text="<b>") == first
    assert "&lt;b&gt;" in first.html
