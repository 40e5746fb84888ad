"""The settings that a build tells the next one."""

from __future__ import annotations

from dataclasses import replace

from analysis.configuration import Configuration
from analysis.configuration.table import TableSettings
from analysis.history.decisive import decisive


def test_settings_by_dotted_key_and_digests(mall: Configuration):
    told = decisive(mall)
    assert (told["model.selection"], told["model.seed"], told["privacy.min_cell"]) == ("{k: 6}", "20240601", "10")
    assert told["value.sum_of"] == "[]"
    assert told["data.reference_date"] == "null"
    assert {len(told[name]) for name in ("columns", "transactions", "rates", "personas", "playbook")} == {12}


def test_a_digest_changes_with_its_part_alone(mall: Configuration):
    before = decisive(mall)
    columns = {name: one.model_copy(update={"unit": "x"}) for name, one in mall.site.columns.items()}
    after = decisive(replace(mall, site=mall.site.model_copy(update={"columns": columns})))
    assert [name for name in before if before[name] != after[name]] == ["columns"]


def test_nothing_is_told_of_where_the_table_is(mall: Configuration):
    table = TableSettings(database="postgresql://reader@db.example/shop", query="SELECT secret FROM customers")
    told = decisive(replace(mall, site=mall.site.model_copy(update={"data": table})))
    text = "\n".join(f"{name} {value}" for name, value in told.items())
    assert not any(word in text for word in ("postgresql", "SELECT", "secret", "db.example"))
    assert told == decisive(replace(mall, site=mall.site.model_copy(update={"data": TableSettings(path="a.csv")})))
