"""What a result says of the whole configuration, filled in once it was found by the essential one.

The analysis is handed a configuration without what is only shown (`analysis.configuration.essential`). So it cannot
read that, and what it found holds whatever it is (`report.build.incremental`). What the result says of it is filled in
here, whether the result is new or not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.changes.settings import with_settings
from analysis.contract import Contract
from analysis.history.edition import edition
from analysis.recommendation.texts import with_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.configuration import Configuration
    from analysis.history.remembered import Remembered
    from report.build.findings import Findings

DIGEST = '"configuration_sha256": "{}"'
"""As it stands in a contract and in a model; inside a text of theirs the quotation marks are escaped."""


def completed(found: Findings, configuration: Configuration, remembered: Remembered | None = None) -> Findings:
    """What was found by the essential configuration, as it is found by the whole of it.

    It is in the language that is spoken now.
    """
    contract = with_texts(Contract.model_validate_json(found.contract), configuration.playbook)
    if contract.edition and remembered:
        contract = _set_as(contract, remembered, edition(remembered, configuration).settings)
    return replace(
        found,
        contract=_of(configuration, contract.model_dump_json(indent=2) + "\n"),
        model=_of(configuration, found.model),
    )


def _set_as(contract: Contract, remembered: Remembered, settings: Mapping[str, str]) -> Contract:
    """With the digest of the whole playbook, and told whether that is the last build's."""
    own = contract.edition and contract.edition.model_copy(update={"settings": dict(settings)})
    contract = contract.model_copy(update={"edition": own})
    if contract.changes is None or remembered.last is None:
        return contract
    return contract.model_copy(update={"changes": with_settings(contract.changes, remembered.last, contract)})


def charted(contract: Contract) -> Contract:
    """A contract as far as charts may read it: neither texts of actions nor what else was set draws one anew."""
    segments = tuple(one.model_copy(update={"recommendations": (), "criteria": ()}) for one in contract.segments)
    provenance = contract.provenance.model_copy(update={"configuration_sha256": "", "essential_sha256": None})
    edition = contract.edition and contract.edition.model_copy(update={"settings": {}})
    changes = contract.changes and contract.changes.model_copy(update={"notices": ()})
    told = {"segments": segments, "provenance": provenance, "edition": edition, "changes": changes}
    return contract.model_copy(update=told)


def _of(configuration: Configuration, text: str) -> str:
    return text.replace(DIGEST.format(""), DIGEST.format(configuration.sha256), 1)
