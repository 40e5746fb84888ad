"""Which column is what, from what a table looks like: an identifier, a category, a measure with a role, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from analysis.cells.dates import days
from analysis.cells.kinds.answers import NO, YES
from analysis.cells.scales import ordered
from analysis.cells.serials import NUMBERED
from analysis.cells.spellings import plain
from analysis.columns.appearance import Look
from analysis.columns.codes import (
    MOST_NUMBERED,
    is_a_grade,
    is_code_of_goods,
    is_design,
    is_grouping,
    is_invoice,
    is_name_by_number,
    is_numbered_level,
    is_place,
    is_zone,
    levels_in_order,
    may_be_code,
)
from analysis.columns.header_roles import is_firms_own, plain_roles
from analysis.columns.identifier import NEARLY_ALL_DIFFERENT, is_bare_key
from analysis.columns.long_numbers import LONG, name_somebody
from analysis.columns.redundant import RUNNING
from analysis.columns.run_together import is_no_span, run_together
from analysis.columns.topics import topic_of
from analysis.configuration.column import CATEGORY_ROLES, Role
from analysis.headers.labels import Unit, unit_in
from analysis.headers.moments import MEASURED, YEAR, calendar_part
from analysis.headers.vocabulary import (
    are_genders,
    groups,
    identifies,
    is_birth,
    is_code,
    is_tenure,
    roles_of,
    words_of,
)
from analysis.reading.text.metadata import ColumnSaid

MEASURES: tuple[Role, ...] = ("age", "income", "spending", "recency", "frequency", "monetary")
MANY_CATEGORIES = 30
OLDEST = 120
NOMINAL = "because the file calls it nominal"
SHORT_LABEL = 5
"""Words of a label that names what was measured, rather than asking for it."""
# Clustering sets a row aside for each missing figure, so a column must be nearly full to be worth it.
MOSTLY_EMPTY = 1 / 3
MOST_OF_A_DAY = 24
"""Numbers of a part of the calendar that can make groups; the days of a month and the weeks of a year are too many."""
MOST_GENDERS = 6
STEPS = 5
"""Rows from which one step between all of them is no accident."""
COUNTERS = frozenset(
    {"row", "rows", "rownum", "rowid", "line", "seq", "sequence", "lfd", "position", "pos", "sort", "record", "counter",
     "zeile", "ligne", "fila", "riga", "rij", "wiersz", "laufnummer", "lp", "unnamed"}
)  # fmt: skip
"""Words of a number that rows are counted by."""
TINY = 1e-6
HALF = 0.5
RECENT = (days(date(2000, 1, 1)), days(date(2039, 12, 31)))
"""Days between which numbers could be dates although their name does not say so."""
RUN_TOGETHER = "its numbers are days without marks between their parts, as "
ANSWER = "give it `use: cluster` if they measure something"


@dataclass(frozen=True)
class Part:
    """The part that a column is given, and why; no role: it is left out."""

    look: Look
    role: Role | None
    because: str
    settings: Mapping[str, object] = field(default_factory=dict)
    """What else the column's description says: `kind`, `order`, `date_format`."""
    aside: str | None = None
    """Why the column should only describe although it has numbers, with what to write if that is wrong."""
    question: str = ""
    """What its numbers could be instead, and what to write then."""

    @property
    def kind(self) -> str:
        """What the column's cells are."""
        by_role = "nominal" if self.role in CATEGORY_ROLES else "date" if self.role == "date" else "numeric"
        return str(self.settings.get("kind") or by_role)

    @property
    def measures(self) -> bool:
        """Whether the column holds something of which customers have more or less."""
        return self.role is not None and self.kind != "nominal"


def find_parts(looks: Sequence[Look], wanted: Collection[str]) -> list[Part]:
    """The part of each column; `wanted` ones are measures whatever they look like, if they hold numbers."""
    headers = [look.header for look in looks]
    parts = [_of_a_customer(_part(look, wanted=look.header in wanted), headers) for look in looks]
    for role in (*MEASURES, "gender"):
        parts = _one_only(parts, role, wanted)
    return parts


def _of_a_customer(part: Part, headers: Sequence[str]) -> Part:
    """The part, without the role of money where that is a firm's own and not what it brings."""
    if part.role not in {"monetary", "income"} or not is_firms_own(part.look.header, headers):
        return part
    return replace(part, role="feature", because="because it may be what the firm takes in, not what it brings")


def _part(look: Look, *, wanted: bool) -> Part:
    if wanted and (look.numeric or look.dates):
        return _date(look) or _measure(look)
    if stated := _stated(look):
        return stated
    if left_out := _worthless(look):
        return Part(look, None, left_out)
    return _date(look) or _gender(look) or _coded(look) or _scale(look) or _category(look) or _doubted(_measure(look))


def _stated(look: Look) -> Part | None:
    """The part of a column whose codes the file itself explains; None where it does not, or they tell nothing."""
    said = look.said
    if said is None or not look.present or look.constant:
        return None
    if said.weight:
        return Part(look, None, "it says how much each row counts, and weights are not used")
    if said.kind == "ordinal" and look.present < look.rows * (1 - MOSTLY_EMPTY):
        return Part(look, None, "more than a third of it is empty")
    if said.kind == "ordinal":
        because = "because the file calls it ordinal" if said.measure == "ordinal" else "because its labels are levels"
        return replace(_measure(look), because=because, settings={"kind": "ordinal", "order": said.levels})
    return _named(look, said) if said.kind == "nominal" or said.measure == "nominal" else None


def _named(look: Look, said: ColumnSaid) -> Part | None:
    """The part of a column whose codes are names, as the file says; None where its cells are something else."""
    if said.unit or look.dates or not (said.kind or look.numeric):
        return None
    if look.distinct > MANY_CATEGORIES:
        return Part(look, None, "the file calls it nominal, and it has too many values to make groups")
    found = (_gender(look) or _scale(look) or _category(look)) if said.kind else None
    if found and (found.role in {"gender", "channel"} or found.kind == "boolean"):
        return found
    return Part(look, "category", "because the file has labels for its codes" if said.kind else NOMINAL)


def _worthless(look: Look) -> str | None:
    """Why a column says nothing about customers; None where it may."""
    named = 0 if roles_of(look.header) else 2 if is_bare_key(look) else identifies(look.header)
    verdicts = {
        "it is empty": not look.present,
        "it holds the same value in every row": look.constant,
        "more than a third of it is empty": look.numeric and look.present < look.rows * (1 - MOSTLY_EMPTY),
        "its name is an identifier's": not look.dates
        and (named >= 2 or (named and look.numeric and look.unique >= NEARLY_ALL_DIFFERENT)),
        RUNNING: look.running and not look.dates,
        "its name is that of a code, which measures nothing": is_code(look.header)
        and not roles_of(look.header)
        and look.distinct > 2,  # whether there is a telephone is another thing
        "it is a number that orders or cards go by, which measures nothing": not look.dates and is_invoice(look),
        "it is a place on the map, which measures nothing": is_place(look),
        "it says how a survey drew its rows, which measures nothing": is_design(look),
        "each of its digits is a mark of its own, so that the number measures nothing": is_a_grade(look),
        "it is counted up from row to row by one step": _counts_by_steps(look),
        f"{RUN_TOGETHER}{run_together(look)}; write them as 2024-01-31": run_together(look) is not None,
        "its numbers are too large for a time since something": "recency" in plain_roles(look.header)
        and not look.dates
        and is_no_span(look),
    }
    return next((reason for reason, holds in verdicts.items() if holds), None)


def _counts_by_steps(look: Look) -> bool:
    """Whether whole numbers go up or down by one step from each row to the next, as in 10, 20, 30."""
    if not look.whole or look.present < look.rows or look.unique < 1 or look.rows < STEPS:
        return False
    if COUNTERS.isdisjoint(words_of(look.header)):
        return False
    steps = np.diff(look.figures[np.isfinite(look.figures)])
    return bool(len(steps)) and bool((steps == steps[0]).all())


def _date(look: Look) -> Part | None:
    """The part of a column of dates, or of years of birth."""
    born = is_birth(look.header)
    if look.dates:
        settings: dict[str, object] = {"kind": "date", "date_format": look.dates.pattern}
        if born:
            return Part(look, "age", "because of its name and its dates", settings)
        if "recency" in plain_roles(look.header):
            return Part(look, "recency", "because of its name and its dates", settings)
        return Part(look, "date", "because it holds dates", {"date_format": look.dates.pattern})
    if born and look.whole and 1850 <= look.p05 <= look.p95 <= 2100:
        return Part(look, "age", "because of its name and its years", {"kind": "date", "date_format": "yyyy"})
    return None


def _gender(look: Look) -> Part | None:
    """The part of a column of genders, whatever they are written as: 0 and 1 are no yes and no here."""
    if are_genders(look.values):
        return Part(look, "gender", "because of its values")
    if "gender" in roles_of(look.header) and look.distinct <= MOST_GENDERS:
        return Part(look, "gender", "because of its name")
    return None


def _coded(look: Look) -> Part | None:
    """The part of numbers that name something: a part of the calendar, a time zone, a level, a category."""
    if not look.numeric:
        return None
    if part := _calendar(look):
        return part
    if is_zone(look) or is_name_by_number(look):
        return _grouped(look, "category", "it is a time zone" if is_zone(look) else "it names what customers belong to")
    if is_numbered_level(look) and (order := levels_in_order(look.levels)):
        aside = "its numbers may be codes and its steps unequal; give it `use: cluster` if they are not"
        because = "because of its name and its few whole numbers"
        return Part(look, "feature", because, {"kind": "ordinal", "order": order}, aside)
    named = groups(look.header)
    if look.whole and named and (look.distinct == 2 or look.distinct > MOST_NUMBERED) and is_grouping(look.header):
        return _grouped(look, named, "its name is that of a category")
    return None


def _calendar(look: Look) -> Part | None:
    part = calendar_part(look.header)
    if part is None or not look.whole:
        return None
    known = look.figures[np.isfinite(look.figures)]
    if not part.low <= known.min() <= known.max() <= part.high:
        return None
    if part == YEAR:
        return Part(look, "date", "because of its name and its years", {"date_format": "yyyy"})
    if part.high > MOST_OF_A_DAY:
        return Part(look, None, f"it is the {part.what}, which measures nothing")
    return Part(look, "category", f"because it is the {part.what}, which measures nothing")


def _grouped(look: Look, role: Role, what: str) -> Part:
    """Numbers as categories, unless they are too many."""
    if look.distinct > MANY_CATEGORIES:
        return Part(look, None, f"{what}, with too many different numbers to make groups")
    return Part(look, role, f"because {what}, and its numbers measure nothing")


def _doubted(part: Part) -> Part:
    """A measure of which neither name nor unit says so, and whose numbers may be codes or dates."""
    look = part.look
    named = part.role != "feature" or MEASURED.intersection(words_of(look.header))
    if named or not look.numeric or look.currency or look.percent or unit_in(look.header) != Unit():
        return part
    if name_somebody(look.figures, nought=look.noughts > 0.5):
        return Part(look, None, LONG)
    if counted := _may_be_dates(look):
        written = f"if they are dates, give it `role: date` and `date_format: {counted}`"
        if NUMBERED[counted].a_day == 1:
            return replace(part, question=f" Its numbers could be Excel’s days: {written}.")
        return replace(part, aside=f"its numbers could be times counted from 1970; {written}, or {ANSWER}")
    if may_be_code(look):
        return replace(part, aside=f"its numbers are as those of invoices, telephones or the like; {ANSWER}")
    return part


def _may_be_dates(look: Look) -> str | None:
    """The format of dates that all the numbers could be, where they are days or times of some years."""
    known = look.figures[np.isfinite(look.figures)]
    if not look.whole or look.distinct <= MOST_NUMBERED:
        return None
    for name, serial in NUMBERED.items():
        first, last = serial.days(float(known.min())), serial.days(float(known.max()))
        if RECENT[0] <= first and last <= RECENT[1]:
            return name
    return None


def _scale(look: Look) -> Part | None:
    """The part of a column of answers: yes and no, or levels in an order."""
    answers = {plain(level) for level in look.levels}
    if len(answers) == 2 and len(answers & YES) == 1 and len(answers & NO) == 1:
        return Part(look, "feature", "because it holds yes and no only", {"kind": "boolean"})
    levels = None if _all_numbers(look) or is_code_of_goods(look.header) else ordered(look.levels)
    if not levels:
        return None
    return replace(
        _measure(look), because="because its texts are levels", settings={"kind": "ordinal", "order": levels}
    )


def _all_numbers(look: Look) -> bool:
    """Whether no cell holds a text, as `I love it!+5` at the end of a scale: its rows would be lost."""
    return look.numeric and int(np.isfinite(look.figures).sum()) >= look.present


def _category(look: Look) -> Part | None:
    """The part of a column that makes groups, or of text that does not; None for a measure."""
    said = roles_of(look.header)
    if look.numeric:
        return _numbered_category(look)
    if look.distinct > MANY_CATEGORIES or look.distinct * 3 > look.present:
        return Part(look, None, "its text is different in too many rows to make groups")
    return Part(look, "channel" if "channel" in said else "category", "because it holds a few different texts")


def _numbered_category(look: Look) -> Part | None:
    """Categories that go by numbers: `Region` 1, 2 or 3."""
    asks = topic_of(look.header, "", two=look.distinct == 2) is not None  # “I like this brand”: an answer, no brand
    if look.whole and look.distinct <= MOST_NUMBERED and not asks and (grouping := groups(look.header)):
        return Part(look, grouping, "because its name is that of a category and its numbers are few")
    return Part(look, "category", "because it holds two values only") if look.distinct == 2 else None


def _measure(look: Look) -> Part:
    said: dict[Role, int] = {role: value for role, value in _roles(look).items() if role in MEASURES}
    if "age" in said and look.numeric and not 0 <= look.p05 <= look.p95 <= OLDEST:
        del said["age"]
    if "frequency" in said and _is_in_cents(look):
        del said["frequency"]
    if not said:
        tenure = "because it counts the time since something that is no purchase"
        return Part(look, "feature", tenure if is_tenure(look.header) else "because it holds numbers")
    # A tie goes to the role named first in MEASURES.
    likeliest = max(said.items(), key=lambda entry: (entry[1], -MEASURES.index(entry[0])))[0]
    return Part(look, likeliest, "because of its name")


def _is_in_cents(look: Look) -> bool:
    """Whether figures have cents, as money has: a count has none, and a mean of counts more digits."""
    known = look.figures[np.isfinite(look.figures)] if look.numeric else np.array([])
    cents = np.abs(known * 100 - np.round(known * 100)) < TINY
    tenths = np.abs(known * 10 - np.round(known * 10)) < TINY
    return bool(len(known)) and bool(cents.all()) and not bool(tenths.mean() > HALF)


def _roles(look: Look) -> dict[Role, int]:
    """The roles that the header speaks of, or else a short label of the file; a question speaks of many things."""
    label = look.said.label if look.said and not look.said.levels else ""
    if roles_of(look.header):
        return plain_roles(look.header)
    return plain_roles(label) if len(label.split()) <= SHORT_LABEL else {}


def _one_only(parts: list[Part], role: Role, wanted: Collection[str]) -> list[Part]:
    """A role belongs to one column: the one whose name says it most plainly; among equals, to none."""
    holders = [part for part in parts if part.role == role]
    if len(holders) < 2:
        return parts
    plain = {part.look.header: _plainness(part, role, wanted) for part in holders}
    best = max(plain.values())
    chosen = [header for header, plainness in plain.items() if plainness == best]
    kept = chosen[0] if len(chosen) == 1 else None
    instead: Role = "category" if role in CATEGORY_ROLES else "feature"
    why = f"because “{kept}” is the {role} more plainly" if kept else f"because several columns could be the {role}"
    return [
        replace(part, role=instead, because=why) if part.role == role and part.look.header != kept else part
        for part in parts
    ]


def _plainness(part: Part, role: Role, wanted: Collection[str]) -> tuple[bool, int]:
    return part.look.header in wanted, _roles(part.look).get(role, 0)
