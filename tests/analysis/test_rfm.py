"""The ten personas of RFM and their playbook: every one is told apart, and gets something to do."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from analysis.configuration import Personas, Playbook, Site, load_configuration, without_files
from analysis.configuration.load import RFM_PERSONAS, RFM_PLAYBOOK, read_settings
from analysis.wording.level import TYPICAL

PERSONAS = read_settings(RFM_PERSONAS, Personas).personas
ACTIONS = read_settings(RFM_PLAYBOOK, Playbook).actions


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one.name)
def test_each_persona_gets_actions_of_its_own(persona):
    own = [
        action
        for action in ACTIONS
        if not action.fallback
        and all(role in persona.levels and persona.levels[role] in levels for role, levels in action.when.items())
    ]
    assert len({action.kind for action in own}) >= 2
    assert set(persona.levels) >= {"recency", "frequency"}
    assert persona.story
    assert persona.responsiveness is not None


def test_no_two_personas_are_the_same_customers():
    for one, other in combinations(PERSONAS, 2):
        roles = set(one.levels) & set(other.levels)
        levels_differ = any(TYPICAL[one.levels[role]] != TYPICAL[other.levels[role]] for role in roles)
        assert levels_differ or _once(one) != _once(other) or one.levels.keys() != other.levels.keys()
    assert len({(one.icon, one.colour) for one in PERSONAS}) == len(PERSONAS)


def _once(persona) -> bool:
    """Whether it is of customers who bought once."""
    return any(str(each) == "frequency.median <= 1" for each in persona.requires)


def test_recently_means_few_days():
    recent = {one.name for one in PERSONAS if one.levels["recency"] in {"very low", "low"}}
    assert recent == {"Champions", "Loyal Customers", "Potential Loyalists", "New Customers", "Promising"}


def test_every_kind_of_action_has_one_for_whoever_is_left():
    kinds = {action.kind for action in ACTIONS}
    assert kinds == {"ads", "discounts", "loyalty", "service", "retention"}
    assert {action.kind for action in ACTIONS if action.fallback} >= kinds - {"retention"}


def _written(folder: Path, more: str) -> Path:
    (folder / "sales.csv").write_text("who,day,money\n1,2026-01-01,3\n", encoding="utf-8")
    file = folder / "site.yml"
    file.write_text(f"data: {{path: sales.csv}}\n{more}\n", encoding="utf-8")
    return file


TRANSACTIONS = "transactions: {customer: who, date: day, amount: money}"


def test_transactions_take_them_by_default(tmp_path):
    made = load_configuration(_written(tmp_path, TRANSACTIONS))
    assert (made.personas.personas, made.playbook.actions) == (PERSONAS, ACTIONS)


def test_a_table_of_rfm_figures_may_name_them(tmp_path):
    columns = "columns: {money: {role: monetary}}\npersonas: rfm"
    made = load_configuration(_written(tmp_path, columns))
    assert (made.personas.personas, made.playbook.actions) == (PERSONAS, ACTIONS)


def test_own_personas_and_playbook_go_before_those_that_ship(tmp_path):
    (tmp_path / "people.yml").write_text("personas: []\n", encoding="utf-8")
    made = load_configuration(_written(tmp_path, f"{TRANSACTIONS}\npersonas: people.yml"))
    assert made.personas.personas == ()
    assert made.playbook.actions != ACTIONS


def test_a_bare_table_of_transactions_takes_them_too(tmp_path):
    site = Site.model_validate(
        {"data": {"path": "sales.csv"}, "transactions": {"customer": "who", "date": "day", "amount": "money"}}
    )
    assert without_files(site, tmp_path / "sales.csv").personas.personas == PERSONAS
