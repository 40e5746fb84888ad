"""One column of a statistics program's file: its numbers and labels as text cells, and what the file says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from analysis.cells.scales import ordered
from analysis.cells.spellings import plain, tidied
from analysis.language import gettext_noop, ngettext_noop
from analysis.language.notes import Names, Note, Number, note
from analysis.reading.sources.unanswered import says_unanswered
from analysis.reading.sources.variable import NAMED, Value, Variable, below, in_order
from analysis.reading.text.metadata import NO_REASON, ColumnSaid, by_rows

NEARLY_ALL = 0.9
"""Share of the answers whose codes have a label, from which a code without one is a slip."""
END_OF_SCALE = 0.1
"""Of the spread of the figures: a labelled code so close to them is the end of their scale."""
SHORT = 100
"""Span of codes up to which two labels may be the ends of a scale, however far the answers keep from them."""
UNORDERED = "its codes have labels in no order that is known, so write kind: nominal if they are names"
MAYBE_CODES = "some of its figures have a label far from the others and may be codes"
ORDERED = gettext_noop(
    "The labels of “{column}” are in an order, but the file calls the column nominal. If the order counts, write "
    "kind: ordinal and order: [{levels}]."
)
SOME_LABELLED = gettext_noop("“{column}” has labels for some of its figures only ({codes}) and is read as figures.")
FAR_LABELLED = gettext_noop(
    "“{column}” holds figures, and far from them labelled codes ({codes}) that may not be figures. If they are not, "
    "declare them as missing in the file. Otherwise keep `use: describe` under the column."
)
NOT_CHOSEN = gettext_noop("A blank in “{column}” is read as not chosen, because the file marks only what was chosen.")
SAME_LABEL = gettext_noop("Several codes of “{column}” have the same label. They are kept apart: {labels}.")
WEIGHTS = "it looks like the weights of the answers, which are not used"


@dataclass(frozen=True)
class _Written:
    """How the valid values of a column are written."""

    text: Callable[[Value], str]
    kind: Literal["ordinal", "nominal"] | None = None
    levels: tuple[str, ...] = ()
    unit: str | None = None
    blank: str = ""
    """What a blank stands for."""
    unanswered: frozenset[Value] = frozenset()
    """Codes with a label of no answer that are not declared as such."""
    remarks: tuple[Note, ...] = ()
    aside: str = ""


def read_column(variable: Variable, values: Sequence[Value | None]) -> tuple[list[str], ColumnSaid]:
    """The cells, an empty one for what was not answered, and what the file says of them."""
    rows = Counter(values)
    labels = {code: words for code, label in variable.labels.items() if (words := tidied(label))}
    reasons = {each: why for each in rows if (why := _reason(variable, labels, each))}
    valid = {each: count for each, count in rows.items() if each is not None and each not in reasons}
    proper = {code: label for code, label in labels.items() if not variable.declares_missing(code)}
    written = _written(variable, proper, valid)
    reasons |= {each: labels[each] for each in valid if each in written.unanswered}
    if written.blank:
        reasons.pop(None, None)
    texts = {each: _text(written, each) if each not in reasons else "" for each in rows}
    counted: Counter[str] = Counter()
    for each, why in reasons.items():
        counted[why] += rows[each]
    said = ColumnSaid(
        label=tidied(variable.label),
        measure=variable.measure,
        kind=written.kind,
        levels=written.levels,
        unit=written.unit,
        missing=by_rows(counted),
        weight=variable.weight,
        remarks=(*written.remarks, *_undeclared(variable, labels, written.unanswered & rows.keys())),
        aside=written.aside,
    )
    return list(map(texts.__getitem__, values)), said


def _text(written: _Written, each: Value | None) -> str:
    return written.blank if each is None else written.text(each)


def _reason(variable: Variable, labels: Mapping[Value, str], each: Value | None) -> str | None:
    """Why this is no value; None where it is one."""
    if each is None or each != each or (variable.text and not str(each).strip()):  # noqa: PLR0124 (not a number)
        return NO_REASON
    if not variable.declares_missing(each):
        return None
    if isinstance(each, str) and not variable.text:  # Stata's and SAS's missing values: .a to .z
        return labels.get(each) or f".{each}"
    return labels.get(each) or "a code without a label"


def _written(variable: Variable, labels: Mapping[Value, str], valid: Mapping[Value, int]) -> _Written:
    if moments := None if variable.text else variable.writer(variable.shown):
        return _Written(moments[0], unit=moments[1])  # type: ignore[arg-type]
    if variable.counted is not None and not variable.text:
        return _chosen(variable, variable.counted, valid)
    if not labels:
        return _Written(variable.plain, aside=WEIGHTS if variable.weighs(valid) else "")
    if variable.text or variable.measure == "nominal":
        return _nominal(variable, labels, valid)
    return _numbered(variable, labels, valid)


def _numbered(variable: Variable, labels: Mapping[Value, str], valid: Mapping[Value, int]) -> _Written:
    """A column of numbers with labels, of which nobody said that they are names."""
    proper = {code: label for code, label in labels.items() if not says_unanswered(label)}
    unanswered = frozenset(labels.keys() - proper.keys())
    stated = variable.measure == "scale" and len(proper) > 2
    if stated or not _all_labelled(proper, valid.keys() - unanswered, valid):
        return _figures(variable, proper, valid, unanswered)
    steps = {code: label for code, label in labels.items() if code in proper or _between(proper, code)}
    if variable.measure == "ordinal" or _in_order(steps):
        return _ordinal(variable, steps, frozenset(labels.keys() - steps.keys()))
    return _nominal(variable, labels, valid)


def _all_labelled(proper: Mapping[Value, str], codes: AbstractSet[Value], valid: Mapping[Value, int]) -> bool:
    """Whether the codes with labels are all that was answered, but for a slip beyond their ends."""
    without = codes - proper.keys()
    if len(proper) < 2 or not without:
        return len(proper) >= 2
    within = any(_between(proper, code) for code in without)
    share = sum(valid[code] for code in codes & proper.keys()) / sum(valid[code] for code in codes)
    return len(proper) > 2 and not within and share >= NEARLY_ALL


def _between(codes: Iterable[Value], code: Value) -> bool:
    """Whether a code lies between the ends of others."""
    ends = in_order(codes)
    return below(ends[0], code) and below(code, ends[-1])


def _in_order(labels: Mapping[Value, str]) -> bool:
    """Whether a scale that is known has the labels in the order of their codes, upwards or downwards."""
    texts = [labels[code] for code in in_order(labels)]
    found = ordered(texts)
    return found is not None and list(found) in (texts, texts[::-1])


def _apart(variable: Variable, labels: Mapping[Value, str]) -> dict[Value, str]:
    """The labels; where several codes have the same one, each with its code."""
    words = Counter(map(plain, labels.values()))
    return {
        code: f"{label} ({variable.plain(code)})" if words[plain(label)] > 1 else label
        for code, label in labels.items()
    }


def _ordinal(variable: Variable, labels: Mapping[Value, str], unanswered: frozenset[Value]) -> _Written:
    apart = _apart(variable, labels)
    levels = tuple(apart[code] for code in in_order(apart))
    remarks = _alike(variable, labels, apart)
    return _Written(partial(_labelled, variable, apart), "ordinal", levels, unanswered=unanswered, remarks=remarks)


def _nominal(variable: Variable, labels: Mapping[Value, str], valid: Mapping[Value, int]) -> _Written:
    apart = _apart(variable, labels)
    levels = tuple(apart[code] for code in in_order(apart))
    remarks = list(_alike(variable, labels, apart))
    without = len(valid.keys() - labels.keys())
    if without:
        remarks.append(
            note(
                ngettext_noop(
                    "In “{column}” {codes} code has no label and is kept as in the file.",
                    "In “{column}” {codes} codes have no label and are kept as in the file.",
                ),
                column=variable.name,
                codes=Number(without),
            )
        )
    if len(levels) > 2 and _in_order(labels):
        remarks.append(note(ORDERED, column=variable.name, levels=", ".join(levels)))
    return _Written(partial(_labelled, variable, apart), "nominal", levels, remarks=tuple(remarks))


def _figures(
    variable: Variable, labels: Mapping[Value, str], valid: Mapping[Value, int], unanswered: frozenset[Value]
) -> _Written:
    """A column of figures, of which some have labels: the ends of a scale, or special codes."""
    written = _Written(variable.plain, unanswered=unanswered)
    figures = [float(each) for each in valid.keys() - unanswered - labels.keys()]
    if not labels:
        return written
    if not figures:
        return written if _in_order(labels) else replace(written, aside=UNORDERED)
    low, high, ends = min(figures), max(figures), [float(code) for code in labels]
    near = max(1.0, END_OF_SCALE * (high - low))
    scale = max(ends) - min(ends) <= SHORT and min(ends) <= low <= high <= max(ends)
    for end in sorted(ends):
        high = end if high < end <= high + near else high
    for end in sorted(ends, reverse=True):
        low = end if low - near <= end < low else low
    far = {code: label for code, label in labels.items() if not low <= float(code) <= high}
    if scale or not far:
        remark = note(SOME_LABELLED, column=variable.name, codes=variable.named(labels))
        return replace(written, remarks=(remark,))
    remark = note(FAR_LABELLED, column=variable.name, codes=variable.named(far))
    return replace(written, remarks=(remark,), aside=MAYBE_CODES)


def _chosen(variable: Variable, counted: float, valid: Mapping[Value, int]) -> _Written:
    """One of several answers that could be chosen together: yes or no."""
    only = not valid.keys() - {counted}
    return _Written(
        lambda each: "Yes" if each == counted else "No",
        "nominal",
        ("No", "Yes"),
        blank="No" if only else "",
        remarks=(note(NOT_CHOSEN, column=variable.name),) if only else (),
    )


def _labelled(variable: Variable, labels: Mapping[Value, str], each: Value) -> str:
    return labels.get(each) or variable.plain(each)


def _alike(variable: Variable, labels: Mapping[Value, str], apart: Mapping[Value, str]) -> tuple[Note, ...]:
    doubled = {code: label for code, label in apart.items() if label != labels[code]}
    if not doubled:
        return ()
    kept = Names(tuple(doubled[code] for code in in_order(doubled)[:NAMED]))
    return (note(SAME_LABEL, column=variable.name, labels=kept),)


def _undeclared(variable: Variable, labels: Mapping[Value, str], codes: AbstractSet[Value]) -> tuple[Note, ...]:
    if not codes:
        return ()
    told = note(
        ngettext_noop(
            "In “{column}” {codes} is read as a missing value because of its label. The file does not declare it as "
            "missing.",
            "In “{column}” {codes} are read as missing values because of their labels. The file does not declare them "
            "as missing.",
        ),
        number=Number(len(codes)),
        column=variable.name,
        codes=variable.named({code: labels[code] for code in codes}),
    )
    return (told,)
