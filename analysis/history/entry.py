"""One file of the history: a build as it was published, without what no later build needs.

It is as confidential as the published site: `slim` keeps aggregates alone, of the copy that passed disclosure control.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from analysis.contract import Contract, Edition
from analysis.contract.base import Immutable
from analysis.history.slim import slim

HISTORY_VERSION: Literal["1.0"] = "1.0"


class HistoryEntry(Immutable):
    """The whole document, `history/0001.json`."""

    history_version: Literal["1.0"] = HISTORY_VERSION
    inputs: str | None = Field(
        None,
        description="Keyed digest of table, essential configuration and code version, by which a rebuild of the same "
        "is known; null where it is not known what the build read",
    )
    contract: Contract = Field(description="As it was published, made slim")
    model: dict[str, JsonValue] | None = Field(
        None, description="As `build/model.json`, where a later build may keep its division and it tells no customer"
    )

    @property
    def number(self) -> int:
        """Of the build."""
        return numbered(self.contract).number

    @property
    def text(self) -> str:
        """As it is written."""
        return self.model_dump_json() + "\n"


def entry(published: Contract, inputs: str | None = None, model: dict[str, JsonValue] | None = None) -> HistoryEntry:
    """What is kept of a build, by its published contract."""
    contract = slim(published.model_copy(update={"edition": numbered(published)}))
    return HistoryEntry(inputs=inputs, contract=contract, model=model)


def numbered(contract: Contract) -> Edition:
    """Which build a contract is of; one that remembers none is the first."""
    return contract.edition or Edition(number=1)
