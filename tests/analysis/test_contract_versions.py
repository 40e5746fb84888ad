"""The version that a document is written in, and those that are still read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from analysis.contract import Contract

MALL = Path(__file__).parents[1] / "golden/cases/mall/analysis.json"
"""A document of the first version."""


def test_a_document_is_written_in_the_newest_version(mall_contract: Contract):
    assert json.loads(mall_contract.model_dump_json())["schema_version"] == "1.6"
    version = Contract.model_json_schema()["properties"]["schema_version"]
    assert (version["default"], version["enum"]) == ("1.6", ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"])


def test_a_document_of_the_first_version_is_read_and_lacks_what_came_later():
    read = Contract.model_validate_json(MALL.read_text(encoding="utf-8"))
    assert read.schema_version == "1.1"
    assert {one.prediction_strength_error for one in read.selection.candidates} == {None}
    assert (read.selection.undivided, dict(read.selection.undecided)) == (None, {})
    assert {each.known for one in read.segments for each in one.profile} == {None}
    assert {one.beyond for each in read.exploration.distributions for one in each.bins} == {None}


@pytest.mark.parametrize("version", ["1.0", "1.7", "2.0"])
def test_a_document_of_an_unknown_version_is_refused(version: str):
    document = json.loads(MALL.read_text(encoding="utf-8")) | {"schema_version": version}
    with pytest.raises(ValidationError, match="schema_version"):
        Contract.model_validate(document)
