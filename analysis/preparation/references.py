"""What personas and playbook point to: a role, a topic or a column of the table. Anything else is a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from analysis.configuration import Configuration
from analysis.configuration.column import CATEGORY_ROLES, Column, Role
from analysis.configuration.requirement import Requirement
from analysis.configuration.topic import Topic
from analysis.errors import ConfigurationError, nearest

COMMON = (
    *(role for role in get_args(Role) if role != "id" and role not in CATEGORY_ROLES),
    *get_args(Topic),
)
"""Roles that have levels, and topics: a table may lack them, since a playbook may serve many tables."""


def check_references(configuration: Configuration) -> None:
    """Raises ConfigurationError where a persona or an action names something that no table and not this one has."""
    columns = configuration.site.columns
    known = [*COMMON, *(name for name, column in columns.items() if column.numeric)]
    problems = [
        f"{where}: “{key}” is neither a role or topic that has levels nor a numeric column.{nearest(key, known)}"
        for where, keys in _keys(configuration)
        for key in keys
        if key not in known
    ]
    problems += [
        f"{where}: “{each.key}” is no column of categories.{nearest(each.key, _categories(columns))}"
        for where, requires in _requirements(configuration)
        for each in requires
        if each.category is not None and each.key not in _categories(columns)
    ]
    if problems:
        raise ConfigurationError(*problems)


def _categories(columns: Mapping[str, Column]) -> list[str]:
    return [name for name, column in columns.items() if not column.numeric and column.role != "id"]


def _keys(configuration: Configuration) -> Iterable[tuple[str, Iterable[str]]]:
    for persona in configuration.personas.personas:
        yield f"personas: {persona.name}: levels", persona.levels
    for action in configuration.playbook.actions:
        yield f"playbook: {action.id}: when", action.when
    for where, requires in _requirements(configuration):
        yield where, [each.key for each in requires if each.category is None]


def _requirements(configuration: Configuration) -> Iterable[tuple[str, tuple[Requirement, ...]]]:
    for persona in configuration.personas.personas:
        yield f"personas: {persona.name}: requires", persona.requires
    for action in configuration.playbook.actions:
        yield f"playbook: {action.id}: requires", action.requires
