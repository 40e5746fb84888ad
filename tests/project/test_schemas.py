"""The schemas that ship are current, hold for every configuration that ships, and refuse what the program refuses."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from analysis.configuration import Personas, Playbook, Site
from analysis.schemas import CONFIGURATION, DOCUMENTS, file_name, schema_of, text_of
from report.command import cli

PROJECT = Path(__file__).parents[2]
MODELS: dict[str, type[BaseModel]] = {"site": Site, "personas": Personas, "playbook": Playbook}
SHIPPED = sorted(
    file
    for folder in ("site_config", "analysis/configuration")
    for file in (PROJECT / folder).rglob("*.yml")
    if file.stem.rpartition("_")[2] in MODELS
)


def validator(document: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(document))


def content_of(file: Path) -> object:
    return plain(yaml.safe_load(file.read_text(encoding="utf-8")))


def plain(content: object) -> object:
    """As an editor sees it: YAML's dates are text there."""
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items()}
    if isinstance(content, list):
        return [plain(value) for value in content]
    return content.isoformat() if isinstance(content, dt.date) else content


def accepted(model: type[BaseModel], content: object) -> bool:
    try:
        model.model_validate(content)
    except ValidationError:
        return False
    return True


COMMITTED = {**dict.fromkeys(CONFIGURATION, "site_config/schema"), "contract": "analysis/contract"}


@pytest.mark.parametrize(("document", "folder"), COMMITTED.items())
def test_the_committed_schemas_are_current(document, folder):
    committed = (PROJECT / folder / file_name(document)).read_text(encoding="utf-8")
    assert committed == text_of(document), f"run segment-atlas schema {document} --out {folder}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_schema_is_one(document):
    jsonschema.Draft202012Validator.check_schema(schema_of(document))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: str(file.relative_to(PROJECT)))
def test_every_configuration_that_ships_names_its_schema_and_follows_it(file):
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, file
    schema = file.parent / named[1]
    assert schema.name == file_name(file.stem.rpartition("_")[2])
    jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(content_of(file))


@pytest.mark.parametrize("document", CONFIGURATION)
def test_every_setting_is_described_for_the_editor(document):
    schema = schema_of(document)
    objects = [schema, *schema.get("$defs", {}).values()]
    missing = [
        f"{each['title']}.{key}"
        for each in objects
        for key, value in each.get("properties", {}).items()
        if "description" not in value
    ]
    assert not missing


KEYS = st.sampled_from(["role", "labl", "unit", "kind", "scale", "decimals", "use", "missing", "weight", "order"])
VALUES = st.sampled_from(
    ["age", "feature", "high", "cluster", "median", "boolean", "", 0, 1, -3, 2.5, None, [], ["a", 1], {}]
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_what_the_schema_refuses_of_a_column_the_program_refuses(column):
    site = {"data": {"path": "t.csv"}, "columns": {"x": column}}
    if accepted(Site, site):
        validator("site").validate(site)


WHEN = st.dictionaries(
    st.sampled_from(["age", "income"]),
    st.sampled_from(["high", "hi", "very low", ["high"], ["high", "low"], ["hi"], 3, None]),
)
EFFORT = st.sampled_from(["low", "medium", "lowest", None])


@given(WHEN, EFFORT, st.sampled_from(["a-b", "A", "a b"]))
def test_schema_and_program_agree_on_actions(when, effort, name):
    action = dict.fromkeys(("title", "channel", "message", "offer", "timing", "because"), "x")
    action |= {"id": name, "kind": "ads", "when": when, "effort": effort, "effect": "small"}
    content = {"actions": [{**action, "kpi": {"measure": "m", "target": "t"}}]}
    assert accepted(Playbook, content) == validator("playbook").is_valid(content)


@given(
    st.dictionaries(st.sampled_from(["age", "x"]), st.sampled_from(["low", "lo", 3]), max_size=2),
    st.sampled_from(["gem", "rocket"]),
    st.sampled_from([0, 0.5, 1, 1.5, None]),
    st.integers(0, 12),
)
def test_schema_and_program_agree_on_personas(levels, icon, responsiveness, colour):
    persona = {"name": "n", "levels": levels, "icon": icon, "responsiveness": responsiveness, "colour": colour}
    content = {"personas": [persona]}
    assert accepted(Personas, content) == validator("personas").is_valid(content)


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "x"},
        {"columns": {"x": {"role": "agee"}}},
        {"columns": {"x": {"role": "age", "minimun": 0}}},
        {"privacy": {"min_cell": 1}},
        {"theme": {"accent": "red"}},
        {"model": {"selection": 6}},
        {"model": {"selection": {"k": 1}}},
    ],
)
def test_a_slip_in_site_yml_is_seen_by_both(wrong):
    content = {"data": {"path": "t.csv"}, **wrong}
    assert not accepted(Site, content)
    assert not validator("site").is_valid(content)


def test_the_verb_writes_all_of_the_configuration_or_the_one_that_is_named(tmp_path, monkeypatch, capsys):
    def run(*args: str) -> str:
        monkeypatch.setattr(sys, "argv", ["segment-atlas", "schema", *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert not ended.value.code
        return capsys.readouterr().out

    run("--out", str(tmp_path))
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(file_name(each) for each in CONFIGURATION)
    assert json.loads(run("contract"))["title"] == "analysis.json of Segment Atlas"
    assert run() == text_of("site")
