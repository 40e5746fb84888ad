"""What personas and playbook point to: a role, or a column of the table. Anything else is a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from analysis.configuration import Configuration
from analysis.configuration.column import CATEGORY_ROLES, Role
from analysis.errors import ConfigurationError, nearest


def check_references(configuration: Configuration) -> None:
    """Raises ConfigurationError where a persona or an action names neither a role with levels nor a numeric column.

    A role that this table lacks is no error: a playbook may serve many tables.
    """
    columns = [name for name, column in configuration.site.columns.items() if column.numeric]
    known = [role for role in get_args(Role) if role != "id" and role not in CATEGORY_ROLES] + columns
    problems = [
        f"{where}: “{key}” is neither a role that has levels nor a numeric column.{nearest(key, known)}"
        for where, keys in _keys(configuration)
        for key in keys
        if key not in known
    ]
    if problems:
        raise ConfigurationError(*problems)


def _keys(configuration: Configuration) -> Iterable[tuple[str, Iterable[str]]]:
    for persona in configuration.personas.personas:
        yield f"personas: {persona.name}: levels", persona.levels
    for action in configuration.playbook.actions:
        yield f"playbook: {action.id}: when", action.when
