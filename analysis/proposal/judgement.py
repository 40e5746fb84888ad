"""What a column says of the rows that count, with reasons and questions."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Judgement:
    """The part of `transactions` that says which rows count, with reasons, and what is left to ask."""

    settings: dict[str, object]
    """An entry of `status`; empty where the column tells refunds only, or only a question."""
    said: tuple[str, ...] = ()
    asked: tuple[str, ...] = field(default=())
    """Words that neither list has: they stop the build by themselves until one has."""
    undecided: tuple[str, ...] = ()
    """Other questions."""
    refunds: dict[str, object] | None = None
    """As `transactions.refunds` has it."""
    column: str = ""
    """The column that a question alone is about."""

    @property
    def about(self) -> str:
        """The column that it is about."""
        return self.column or str(self.settings.get("column", ""))
