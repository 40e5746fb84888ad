"""Hostile text in every field of the configuration that takes text: the finished pages show its characters, as text.

The fields are listed by the configuration's own models, so that a new one fails here until it is filled in.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import numpy as np
import pandas as pd
import pytest
import yaml
from lxml import html

from analysis.configuration.column import Column, Phrases
from analysis.configuration.personas import Persona
from analysis.configuration.playbook import Action
from analysis.configuration.site import BudgetSettings, SiteSettings
from analysis.configuration.value import Value
from analysis.contract import Kpi
from tests.in_process import command

if TYPE_CHECKING:
    from pydantic import BaseModel

PROJECT = Path(__file__).parents[2]
TAG = "<b class=sa-hostile>"
ATTACK = "</script><img src=x onerror=alert(1)>" + TAG + "{{< env HOME >}} `c` $x^2$ *it* [a](javascript:alert(1)) & "
SHORT = "</p>" + TAG + "*i* "


def hostile(name: str) -> str:
    """The attack with the name of the field it stands in."""
    return f"{ATTACK}“{name}”"


# Every text field: what stands in it. None: it takes no free text, for the reason beside it.
ACTION: dict[str, str | None] = {
    "id": None,  # small letters, figures and hyphens
    "title": hostile("action title"),
    "channel": hostile("action channel"),
    "message": hostile("action message"),
    "offer": hostile("action offer"),
    "timing": hostile("action timing"),
    "owner": hostile("action owner"),
    "because": hostile("action because"),
}
KPI: dict[str, str | None] = {"measure": hostile("kpi measure"), "target": hostile("kpi target")}
PERSONA: dict[str, str | None] = {
    "name": f"{SHORT}“persona one”",  # 60 characters at most
    "emoji": "<b>💎</b>",  # 8 characters at most; on no page
    "story": hostile("persona story"),
}
PHRASES: dict[str, str | None] = {"more": f"{ATTACK}“more” {{}}", "less": f"{ATTACK}“less” {{}}"}
COLUMN: dict[str, str | None] = {
    "label": hostile("column label"),
    "unit": hostile("column unit"),
    "date_format": None,  # a pattern of days, months and years
    "aliases": hostile("column alias"),  # on no page
    "order": hostile("level"),
    "yes": hostile("yes"),  # on no page
    "no": hostile("no"),  # on no page
}
SITE: dict[str, str | None] = {
    "title": "T*i*tle [x](javascript:alert(1)) $x^2$ & “title”",  # refuses < > { } and `
    "description": hostile("site description"),
    "language": None,  # a tag of a language
    "locale": None,  # a known locale
    "currency": None,  # three letters
    "fictional_note": hostile("fictional note"),
}
BUDGET: dict[str, str | None] = {"period": hostile("budget period")}
VALUE: dict[str, str | None] = {
    "label": hostile("value label"),
    "product_of": None,  # names of columns; those of this table are hostile themselves
    "sum_of": None,  # as above
}
NAME = hostile("column name")
CITY = (hostile("city north"), hostile("city south"))


def takes_text(annotation: Any) -> bool:  # noqa: ANN401 (any annotation)
    if annotation is str:
        return True
    return get_origin(annotation) is not Literal and any(takes_text(part) for part in get_args(annotation))


@pytest.mark.parametrize(
    ("model", "filled"),
    [
        (Action, {*ACTION, "when"}),  # its keys are roles, topics and names of columns
        (Kpi, set(KPI)),
        (Persona, {*PERSONA, "levels"}),  # as above
        (Phrases, set(PHRASES)),
        (Column, set(COLUMN)),
        (SiteSettings, set(SITE)),
        (BudgetSettings, set(BUDGET)),
        (Value, set(VALUE)),
    ],
)
def test_every_field_that_takes_text_is_attacked(model: type[BaseModel], filled: set[str]):
    found = {name for name, field in model.model_fields.items() if takes_text(field.annotation)}
    assert found - {"url", "requires"} == filled


def given(fields: dict[str, str | None]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text is not None}


def configuration(folder: Path) -> None:
    plain = {"role": "feature"}
    site = {
        "site": given(SITE) | {"url": "https://example.org/atlas/"},
        "data": {"path": "../customers.csv"},
        "columns": {
            "id": {"role": "id"},
            "income": {"role": "income", "label": COLUMN["label"], "unit": COLUMN["unit"], "phrases": given(PHRASES),
                       "aliases": [COLUMN["aliases"]]},
            NAME: {"role": "spending"},
            "age": {"role": "age"},
            "city": {"role": "category", "label": hostile("category label")},
            "grade": {**plain, "kind": "ordinal", "use": "describe", "order": [COLUMN["order"], "middle", "high"]},
            "member": {**plain, "kind": "boolean", "use": "describe", "yes": [COLUMN["yes"]], "no": [COLUMN["no"]]},
        },
        "model": {"selection": {"k": 3}, "largest_k": 4},
        "value": {"product_of": ["income", NAME], "label": VALUE["label"]},
        "budget": {"total": 60000, **given(BUDGET)},
        "privacy": {"mode": "open"},
        "personas": "personas.yml",
        "playbook": "playbook.yml",
    }  # fmt: skip
    persona = given(PERSONA) | {"icon": "gem", "levels": {"income": "very high", "spending": "very low"}}
    other = given(PERSONA) | {"name": f"{SHORT}“persona two”", "levels": {"income": "very low"}}
    action = given(ACTION) | {"kpi": given(KPI), "effort": "low", "effect": "large"}
    actions = [
        action
        | {"id": "by-column", "kind": "service", "when": {NAME: ["very low", "low", "medium", "high", "very high"]}},
        action | {"id": "by-income", "kind": "ads", "when": {"income": ["very high", "high"]}},
        action | {"id": "always", "kind": "loyalty", "when": {}, "fallback": True},
    ]
    for name, content in (
        ("site", site),
        ("personas", {"personas": [persona, other]}),
        ("playbook", {"actions": actions}),
    ):
        (folder / "site_config" / f"{name}.yml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def customers() -> pd.DataFrame:
    noise = np.random.default_rng(3)
    centres = np.repeat([[25.0, 80.0, 30.0], [90.0, 15.0, 45.0], [55.0, 50.0, 62.0]], 30, axis=0)
    income, spending, age = (centres + noise.normal(size=(90, 3)) * 3).round(1).T
    return pd.DataFrame({
        "id": [f"CUST-{place:04d}" for place in range(90)], "income": income, NAME: spending, "age": age.round(),
        "city": [*[CITY[0]] * 35, *[CITY[1]] * 55],
        "grade": [COLUMN["order"], "middle", "high"] * 30,
        "member": [COLUMN["yes"], COLUMN["no"]] * 45,
    })  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    """Every page of the finished site, parsed."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "site_config").mkdir()
    customers().to_csv(folder / "customers.csv", index=False)
    configuration(folder)
    ended = command("build", "--renderer", "builtin", "--config", "site_config", folder=folder)
    assert ended.code == 0, ended.err[-3000:]
    parser = html.HTMLParser(encoding="utf-8")
    return {
        file.relative_to(folder / "_site").as_posix(): html.document_fromstring(file.read_bytes(), parser=parser)
        for file in sorted((folder / "_site").rglob("*.html"))
    }


def words(text: str) -> str:
    return " ".join(text.split())


def test_no_page_holds_an_element_of_the_attack(pages):
    assert len(pages) > 8
    for name, page in pages.items():
        assert not page.xpath("//*[contains(@class, 'sa-hostile')] | //img[@src='x'] | //*[@onerror]"), name
        assert not page.xpath("//a[starts-with(@href, 'javascript:')]"), name
        assert not page.xpath("//em | //math | //*[@onclick or @onload]"), name
        scripts = [one for one in page.xpath("//script[not(@src)]") if one.get("type") != "application/json"]
        assert not scripts, name
        home = os.environ.get("HOME", "")
        assert f" {home} `c`" not in page.text_content(), name


def attributes(page: html.HtmlElement) -> Iterator[str]:
    yield from (str(value) for value in page.xpath("//@*"))


SHOWN = {
    **{f"action {name}": text for name, text in given(ACTION).items()},
    **{f"kpi {name}": text for name, text in given(KPI).items()},
    "persona name": PERSONA["name"], "persona story": PERSONA["story"], "column label": COLUMN["label"],
    "column name": NAME, "column unit": COLUMN["unit"], "level": COLUMN["order"], "category": CITY[0],
    "category label": hostile("category label"), "value label": VALUE["label"], "budget period": BUDGET["period"],
    "fictional note": SITE["fictional_note"], "more": hostile("more"), "less": hostile("less"),
}  # fmt: skip


@pytest.mark.parametrize("field", SHOWN)
def test_every_field_is_shown_with_its_very_characters(pages, field):
    text = words(SHOWN[field] or "")
    assert [name for name, page in pages.items() if text in words(page.text_content())]


def test_the_sites_title_is_shown_in_lookalikes_of_what_means_something_to_pandoc(pages):
    brand = pages["index.html"].xpath("//a[@class='sa-brand']")[0].text_content()
    assert words(brand) == "T∗i∗tle (x)(javascript:alert(1)) ＄x＾2＄ & “title”"


@cache
def template_sources() -> dict[str, str]:
    return {
        file.relative_to(PROJECT).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted((PROJECT / "report").rglob("*.j2"))
    }


def test_no_template_calls_a_value_safe_but_the_pictures_that_are_drawn_here():
    marked = [
        (name, line.strip())
        for name, text in template_sources().items()
        for line in text.splitlines()
        if re.search(r"\|\s*safe\b|autoescape", line)
    ]
    assert marked == [
        ("report/templates/components/one_chart.html.j2", '<div class="sa-wide">{{ picture.wide | safe }}</div>'),
        ("report/templates/components/one_chart.html.j2", '<div class="sa-narrow">{{ picture.narrow | safe }}</div>'),
    ]
