"""Notes on what was done with the table's rows: exact where the reader has the table, else as a public site tells them.

A note is written where the thing is done, as a message with typed slots, and told where somebody reads it:

    note(
        ngettext_noop("{rows} blank row was skipped.", "{rows} blank rows were skipped."),
        few=gettext_noop("A few blank rows were skipped."),
        rows=Rows(blank),
    )

`Note.exactly` is for the terminal. `Note.told` is for a site, in its language; on a public one numbers of rows are
rounded, and a small number has a message of its own, as has what must not name single rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.language.slots import IN_FULL, Day, Figure, Manner, Message, Names, Number, RowNumbers, Rows, Sum

__all__ = ["Day", "Figure", "Names", "Note", "Number", "RowNumbers", "Rows", "Several", "Sum", "note"]


@dataclass(frozen=True)
class Note:
    """A message with what stands in its slots, made by `note`."""

    message: Message
    few: str
    public: Message
    slots: tuple[tuple[str, Slot], ...]

    def exactly(self) -> str:
        """In English with all numbers, for whoever has the table."""
        return self.told(IN_FULL)

    def told(self, manner: Manner) -> str:
        """As a site tells it."""
        slots = {name: slot if isinstance(slot, str) else slot.told(manner) for name, slot in self.slots}
        number = next((slot.count(manner) for _, slot in self.slots if isinstance(slot, Rows | Number)), 0)
        text = manner.sentence(self._chosen(manner), number)
        return text.format_map(slots) if slots else text

    def _chosen(self, manner: Manner) -> Message:
        if not manner.public:
            return self.message
        if self.few and any(each.few(manner) for each in self.counts()):
            return self.few
        return self.public or self.message

    def counts(self) -> Iterator[Rows]:
        """The numbers of rows in its slots, and in those of the notes in them."""
        for _, slot in self.slots:
            if isinstance(slot, Rows):
                yield slot
            elif isinstance(slot, Note | Several):
                yield from slot.counts()


@dataclass(frozen=True)
class Several:
    """Parts of a sentence with commas between."""

    parts: tuple[Note, ...]

    def told(self, manner: Manner) -> str:
        """One after the other."""
        return ", ".join(part.told(manner) for part in self.parts)

    def counts(self) -> Iterator[Rows]:
        """The numbers of rows in all parts."""
        for part in self.parts:
            yield from part.counts()


Slot = str | Rows | Number | Figure | RowNumbers | Sum | Day | Names | Several | Note


def note(message: Message, /, *, few: str = "", public: Message = "", **slots: Slot) -> Note:
    """A note: with singular and plural it goes by its first number.

    `few` is told on a public site where some number of rows is too small to be told, `public` there otherwise. Raises
    ValueError where a public site would have no message for few rows, or for what must not name single ones.
    """
    counted = not isinstance(message, str) and any(isinstance(slot, Rows) for slot in slots.values())
    single = any(isinstance(slot, RowNumbers | Sum) for slot in slots.values())
    if (counted and not (few or public)) or (single and not public):
        raise ValueError(f"This note needs a message for public sites: {message!r}.")
    return Note(message, few, public, tuple(slots.items()))
