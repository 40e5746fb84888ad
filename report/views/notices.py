"""What else is not as it was in the last build: data quality, settings, the product, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.contract import Contract, Notice
from analysis.contract.algorithms import described
from analysis.language import gettext, gettext_noop
from analysis.language.words import in_sentence
from analysis.wording.number_format import NumberFormat
from report.captions.evidence import Unlike, why_unmatched
from report.views.certainty import VERDICTS
from report.views.preparation import KINDS

NAMES: Mapping[str, str] = {
    "verdict": gettext_noop("the verdict"),
    "algorithm": gettext_noop("the algorithm"),
    "k": gettext_noop("the number of segments"),
    "columns": gettext_noop("the columns"),
    "type": gettext_noop("the type of a column"),
    "missing": gettext_noop("missing values"),
    "categories": gettext_noop("categories"),
    "rejected": gettext_noop("rows set aside"),
    "setting": gettext_noop("settings"),
    "version": gettext_noop("the version of Segment Atlas"),
    "language": gettext_noop("the language of the site"),
    "privacy": gettext_noop("the privacy mode"),
    "identifiers": gettext_noop("identifiers"),
    "refit": gettext_noop("how segments are assigned"),
}
"""What a notice is about, inside a sentence; in English, for `gettext`."""
HEADS: Mapping[str, str] = {
    "verdict": gettext_noop("Verdict"),
    "algorithm": gettext_noop("Algorithm"),
    "k": gettext_noop("Number of segments"),
    "columns": gettext_noop("Columns"),
    "type": gettext_noop("Type of the column {what}"),
    "missing": gettext_noop("Missing values of {what}"),
    "categories": gettext_noop("Categories of {what}"),
    "rejected": gettext_noop("Rows set aside"),
    "setting": gettext_noop("Setting {what}"),
    "version": gettext_noop("Version of Segment Atlas"),
    "language": gettext_noop("Language of the site"),
    "privacy": gettext_noop("Privacy mode"),
    "identifiers": gettext_noop("Identifiers"),
    "refit": gettext_noop("Segments"),
}
"""The same as the head of a line."""
IDENTIFIERS: Mapping[Unlike, str] = {
    "few": gettext_noop("too few are those of the last build to recognise customers by them"),
    "unrelated": gettext_noop(
        "many are those of the last build, but their segments have hardly anything to do with those of then"
    ),
    "either": gettext_noop("do not tell which customers are in both tables"),
    None: gettext_noop("different from the last build"),
}
SHARES = ("missing", "rejected")
"""Of these a share is told before and after; a new reason has no before."""
DATA = ("columns", "type", "missing", "categories", "rejected", "identifiers")


@dataclass(frozen=True)
class NoticeLine:
    """One thing that is different: what it is, and what it was and is."""

    head: str
    text: str


def notice_lines(contract: Contract, formats: NumberFormat) -> list[NoticeLine]:
    """A line for each notice, those about the data first."""
    found = contract.changes.notices if contract.changes else ()
    ordered = sorted(found, key=lambda one: one.about not in DATA)
    return [NoticeLine(_head(contract, one), _text(contract, one, formats)) for one in ordered]


def things(notices: Sequence[Notice]) -> list[str]:
    """What these notices are about, each once, as they stand inside a sentence."""
    return [gettext(NAMES[about]) for about in dict.fromkeys(one.about for one in notices)]


def _head(contract: Contract, one: Notice) -> str:
    labels = {feature.name: feature.label for feature in contract.data.features}
    # Of a column that is new or gone, what it is called stands behind the head.
    what = "" if one.about == "columns" and (one.before or one.after) else labels.get(one.what, one.what)
    if not what:
        return gettext(HEADS[one.about]) if "{" not in HEADS[one.about] else gettext(NAMES[one.about])
    head = gettext(HEADS[one.about], what=what if one.about == "setting" else in_sentence(what))
    # A head without a place for it still says which one is meant.
    return head if "{what}" in HEADS[one.about] else gettext("{head}: {what}", head=head, what=what)


def _text(contract: Contract, one: Notice, formats: NumberFormat) -> str:
    before, now = _value(one, one.before, formats), _value(one, one.after, formats)
    if before and now:
        return gettext("{now}; it was {before}", now=now, before=before)
    if now:
        return gettext("new: {now}", now=now)
    if before:
        return gettext("no longer: {before}", before=before)
    if one.about == "identifiers" and contract.changes:
        return gettext(IDENTIFIERS[why_unmatched(contract.changes)])
    return gettext("different from the last build")


def _value(one: Notice, text: str, formats: NumberFormat) -> str:
    if one.about in SHARES and one.before and one.after:
        return formats.percent(float(text), 1)
    if one.about == "type" and text in KINDS:
        return gettext(KINDS[text])
    if one.about == "verdict" and text in VERDICTS:
        return gettext(VERDICTS[text][0])
    if one.about == "algorithm":
        return gettext(described(text).label) if text else ""
    return text
