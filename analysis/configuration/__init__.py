"""All that an analyst may set: read once from YAML, validated, frozen.

In: `site.yml`, personas and playbook.
Out: one frozen configuration; each fault in one sentence.
May import: the rooms up to `contract`, in the order of `pyproject.toml`.
"""

from analysis.configuration.column import Column
from analysis.configuration.load import Configuration, load_configuration, without_files
from analysis.configuration.personas import Persona, Personas
from analysis.configuration.playbook import Action, Playbook
from analysis.configuration.site import Site

__all__ = [
    "Action",
    "Column",
    "Configuration",
    "Persona",
    "Personas",
    "Playbook",
    "Site",
    "load_configuration",
    "without_files",
]
