"""The files of a new configuration: settings, starting points for personas and playbook, and schemas for editors."""

from __future__ import annotations

from analysis.configuration.column import CATEGORY_ROLES
from analysis.configuration.load import GENERAL_PLAYBOOK
from analysis.proposal.answers import PERSONAS, PLAYBOOK
from analysis.proposal.emit import block, comment
from analysis.proposal.proposal import Proposal
from analysis.proposal.text import site_text
from analysis.schemas import CONFIGURATION, file_name, text_of

ABOUT_PERSONAS = (
    "The customers that the team has in mind. Each persona is described by levels (very low, low, medium, high, "
    "very high) on roles "
    "or columns; segments and personas are matched one to one. A segment that resembles no persona is named by its "
    "traits, so this file may stay as it is. To describe a persona, "
    "write:"
)
ABOUT_PLAYBOOK = (
    "What marketing can do, and for which segments: a general playbook to start with; adapt it. An action is "
    "offered to a segment if all levels under `when` hold; roles that the table lacks never "
    "hold."
)


def files(proposal: Proposal) -> dict[str, str]:
    """Name in the configuration's folder → text."""
    schemas = {f"schema/{file_name(each)}": text_of(each) for each in CONFIGURATION}
    named = {"site.yml": site_text(proposal)}
    if proposal.site.personas == PERSONAS:
        named[PERSONAS] = _personas(proposal)
    if proposal.site.playbook == PLAYBOOK:
        named[PLAYBOOK] = _playbook()
    return named | schemas


def modeline(document: str) -> str:
    """What tells an editor which schema a file follows."""
    return f"# yaml-language-server: $schema=schema/{document}.schema.json\n"


def _personas(proposal: Proposal) -> str:
    columns = proposal.site.columns.items()
    telling = [
        name if column.role in {"feature", "date"} else column.role
        for name, column in columns
        if column.clusters and column.role not in CATEGORY_ROLES
    ]
    example = {
        "name": "Our best customers",
        "levels": dict.fromkeys(telling[:2], "high"),
        "icon": "gem",
        "story": "One line on who they are.",
        "responsiveness": 0.5,
    }
    first, *others = block(example).splitlines()
    shown = "".join(f"# {line}\n" for line in ("personas:", f"  - {first}", *(f"    {line}" for line in others)))
    return modeline("personas") + comment(ABOUT_PERSONAS) + "#\n" + shown + "\npersonas: []\n"


def _playbook() -> str:
    """The general playbook with a heading of its own."""
    shipped = GENERAL_PLAYBOOK.read_text(encoding="utf-8")
    return modeline("playbook") + comment(ABOUT_PLAYBOOK) + "\n" + shipped[shipped.index("actions:") :]
