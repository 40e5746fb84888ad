"""The document: exact, checked, and silent about customers wherever that is possible."""

from __future__ import annotations

import json
import math

import pytest

from analysis.errors import ConfigurationError
from analysis.pipeline import analyse
from analysis.schemas import schema_of
from analysis.scoring.document import MODEL_VERSION, Model
from analysis.scoring.load import load_model
from tests.analysis.model.rescored import NUMBERS, crowded


@pytest.fixture(scope="session")
def written(mall):
    return analyse(mall).model


def numbers(value):
    """Every figure of a document."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from numbers(part)
    elif isinstance(value, float):
        yield value


def test_what_is_written_is_read_to_the_last_digit(written, tmp_path):
    file = tmp_path / "model.json"
    file.write_text(written.model_dump_json(indent=2), encoding="utf-8")
    assert load_model(file) == written
    assert load_model(file).model_dump_json(indent=2) == file.read_text(encoding="utf-8")
    assert all(math.isfinite(number) for number in numbers(json.loads(file.read_text())))


def test_no_customer_stands_in_it_where_centres_tell_all(written, mall_features):
    text = written.model_dump_json()
    assert written.rule.kind == "nearest"
    assert written.remembered.places == ()
    assert str(mall_features.standard[17, 0]) not in text
    assert [segment.size for segment in written.segments] == [39, 45, 38, 33, 24, 21]


def test_it_does_not_say_where_the_table_lies(described):
    settings = {"data": {"decimal": ".", "encoding": "utf-8"}}
    configuration = described(crowded(90, 1).to_csv(index=False), NUMBERS, **settings)
    model = analyse(configuration).model
    assert str(configuration.origin.places[0].parent) not in model.model_dump_json()
    assert (model.written.decimal, model.written.encoding, model.written.sheet) == (".", "utf-8", None)


def test_the_schema_names_every_part():
    schema = schema_of("model")
    assert set(schema["properties"]) == set(Model.model_fields)
    assert schema["properties"]["model_version"]["const"] == MODEL_VERSION


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no model yet; build the site first"),
        ("{", "this is not a model of Segment Atlas"),
        ("[1]", "this is not a model of Segment Atlas"),
        ("é".encode("latin-1"), "this is not a model of Segment Atlas"),
        ('{"schema_version": "1.1"}', "this is not a model of Segment Atlas"),
        ('{"model_version": "0.9"}', f"has version 0.9, and this Segment Atlas reads version {MODEL_VERSION}; build"),
        ('{"model_version": "1.0"}', "has version 1.0, and this Segment Atlas reads version 1.1; build"),
        (f'{{"model_version": "{MODEL_VERSION}"}}', "the model is damaged (at provenance); build the site again"),
    ],
)
def test_what_is_no_model_is_told_in_one_sentence(tmp_path, content, words):
    file = tmp_path / "model.json"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ConfigurationError) as told:
        load_model(file)
    assert words in str(told.value)
    assert len(told.value.problems) == 1


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"axes": []}, "axes"),
        ({"segments": []}, "segments"),
        ({"remembered": {"places": [[0.5]], "segments": [0]}}, "remembered"),
        ({"remembered": {"places": [], "segments": [0]}}, "remembered"),
        ({"columns": {}}, "axes"),
    ],
)
def test_a_model_that_is_nonsense_is_damaged(written, tmp_path, change, key):
    file = tmp_path / "model.json"
    file.write_text(json.dumps({**json.loads(written.model_dump_json()), **change}), encoding="utf-8")
    with pytest.raises(ConfigurationError) as told:
        load_model(file)
    assert str(told.value) == f"{file}: the model is damaged (at {key}); build the site again."


def test_a_folder_is_no_model(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_model(tmp_path)
