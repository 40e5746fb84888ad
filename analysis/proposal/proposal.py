"""A site proposed for a bare table, with the reason of every guess."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.basics.as_read import Read
from analysis.configuration.site import Site
from analysis.proposal.told import value_sentence


@dataclass(frozen=True)
class Proposal:
    """A site for a table, and a sentence for each thing that was guessed."""

    site: Site
    first: tuple[str, ...]
    """Of the table as a whole."""
    about: dict[str, str]
    """Header → what the column is taken for, or why it is left out; in the file's order."""
    currency_stated: bool = False
    """Whether the table itself says in which money it counts."""
    ambiguous: tuple[str, ...] = ()
    """Columns of dates whose day and month could be told either way round."""
    questions: tuple[str, ...] = ()
    """What the table does not answer, each with the line of the configuration that does; it stops the build."""
    read: Read = ()
    """The files of the table, as they were read."""

    @property
    def said(self) -> tuple[str, ...]:
        """All sentences."""
        return (*self.first, *self.about.values(), *((value_sentence(self.site),) if self.about else ()))

    @property
    def counts_money(self) -> bool:
        """Whether any column is money."""
        roles = {"income", "monetary", "spending"}
        return any(column.format == "money" or column.role in roles for column in self.site.columns.values())
