"""The notebook's running text: what each step does, and what it found on this table.

Findings are the published contract's, escaped for Markdown; the text holds no figure that the site does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis.configuration import Configuration
from analysis.contract import Contract, Feature, Rejection, Segment
from analysis.contract.algorithms import described
from analysis.wording.number_format import NumberFormat
from report.markup.escape import pandoc_escape as plain

Writer = Callable[[Contract, NumberFormat], str]
ACTIONS_TOLD = 3


def title(contract: Contract, configuration: Configuration) -> str:
    """The opening cell."""
    return f"""\
# {plain(configuration.site.site.title)}: how the segments were found

The analysis behind the site, to read and to run: preparation, exploration, K-Means, profiling, recommendations.
It ships without outputs, so that it carries no customer's values; the findings stand in the text. Every cell shows
aggregates only.

Run it from the top. It needs three things:

- **the package** segment-atlas, which reads and cleans the table, and brings pandas, scikit-learn and Altair: run
  `pip install .` in the folder of its source;
- **the configuration** of this site, which says what each column is: the folder `site_config`, beside this notebook or
  one folder up, or else the one that the environment variable `SITE_CONFIG` names. A site made of a bare table has
  none; `segment-atlas init TABLE --out site_config --yes` writes it;
- **the table**, `{_code(contract.provenance.source)}`, where the configuration says that it is."""


def preparation(contract: Contract, formats: NumberFormat) -> str:
    """Step 1."""
    data, number = contract.data, formats.number
    used, aside = number(data.rows_used), number(data.rows_rejected)
    found = [f"{number(data.rows_read)} rows were read, {used} used and {aside} set aside."]
    found += [_aside(one, formats) for one in data.rejections]
    found += [plain(note) for note in data.notes]
    return f"""\
## 1. Data preparation

The package reads every cell as text first, then as what its column is said to be. A row that cannot be used is set
aside with the reason, never mended. Out comes a table with one row a customer, and the columns that segments are found
by as numbers, each on an axis of its own.

**Found:**

{_list(found)}"""


def exploration(contract: Contract, formats: NumberFormat) -> str:
    """Step 2."""
    label = {feature.name: plain(feature.label) for feature in contract.data.features}
    found = [
        f"{label[one.name]}: {_typical(one, formats)}, half of all customers between "
        f"{plain(formats.of(one, one.q1, unit=False))} and {plain(formats.of(one, one.q3))}."
        for one in contract.data.features
        if one.usual is not None and one.q1 is not None and one.q3 is not None
    ]
    pairs = contract.exploration.correlations
    known = [(one, one.pearson) for one in pairs if one.pearson is not None]
    if known:
        strongest, pearson = max(known, key=lambda each: abs(each[1]))
        published = "published " if len(known) < len(pairs) else ""
        found.append(
            f"The strongest {published}correlation is that of {label[strongest.a]} and {label[strongest.b]}: "
            f"{formats.number(pearson, 2)}."
        )
    return f"""\
## 2. Exploration

The columns one by one, two by two, and by group, before any segment is looked for.

**Found:**

{_list(found)}"""


def clustering(contract: Contract, formats: NumberFormat) -> str:
    """Step 3."""
    selection = contract.selection
    preferred = ", ".join(f"{plain(index.replace('_', ' '))} {k}" for index, k in selection.preferred.items())
    logs = [plain(one.label) for one in contract.data.features if one.transform.startswith("log")]
    other = "" if described(selection.algorithm).in_notebook else plain(selection.algorithm.replace("_", " "))
    found = [
        f"The site’s segments were found by another algorithm ({other}), and their number by its rule; the segments "
        "of this notebook are K-Means’ nearest to them."
        if other
        else "",
        f"Taken as logarithms: {', '.join(logs)}." if logs else "",
        plain(selection.reason),
        "" if selection.auto_reason in selection.reason else plain(selection.auto_reason),
        f"Segments at which each index is best: {preferred}." if preferred else "",
        f"Mean silhouette of the {selection.k} segments: {formats.number(selection.silhouette, 4)}.",
    ]
    return f"""\
## 3. K-Means

Skewed amounts are taken as logarithms, and customers far from all others are left out of the fit. Then each axis is
standardised (mean 0, standard deviation 1), so that none counts for more because of its unit. K-Means divides
the customers so that squared distances to the segments' means are least; several numbers of segments are tried.

**Found:**

{_list(found)}"""


def profiling(contract: Contract, formats: NumberFormat) -> str:
    """Step 4."""
    medians = any(one.typical == "median" for one in contract.data.features)
    told = " Skewed amounts are told by their medians, which a few large customers do not move." if medians else ""
    return f"""\
## 4. Profiling

Who is in each segment, and what sets it apart from everybody: the difference of means in standard deviations.{told}

**Found:**

{_list(_segment(one, formats) for one in contract.segments)}"""


def recommending(contract: Contract, formats: NumberFormat) -> str:
    """Step 5."""
    found = [
        f"**{plain(segment.name)}.** {plain(action.title)}: {plain(action.reason)}"
        for segment in contract.segments
        for action in segment.recommendations[:ACTIONS_TOLD]
    ]
    split = [
        f"**{plain(one.name)}:** {plain(formats.money(one.budget.amount))}. {plain(one.budget.explanation)}"
        for one in contract.segments
        if one.budget
    ]
    budget = f"\n\nThe budget. {plain(contract.budget.explanation)}\n\n{_list(split)}" if contract.budget else ""
    return f"""\
## 5. Recommendations

An action of the playbook applies to a segment when the segment is at one of the levels that the action names for
each of its columns, and meets the other conditions that it states.

**Found:**

{_list(found)}{budget}"""


def _aside(one: Rejection, formats: NumberFormat) -> str:
    """How many rows, and why: `3 rows: Age, missing value`."""
    where = f"{plain(one.column)}, " if one.column else ""
    return f"{formats.number(one.rows)} {'row' if one.rows == 1 else 'rows'}: {where}{plain(one.reason)}."


def _typical(feature: Feature, formats: NumberFormat) -> str:
    """`38.9 years on average`, `a median of €214`."""
    value = plain(formats.of(feature, feature.usual or 0.0))
    return f"a median of {value}" if feature.typical == "median" else f"{value} on average"


def _segment(segment: Segment, formats: NumberFormat) -> str:
    apart = "; ".join(plain(trait.phrase) for trait in segment.traits)
    sure = f" Bootstrap stability {formats.number(segment.stability, 2)}." if segment.stability is not None else ""
    if (ends := segment.size_interval) is not None:
        sure += f" If drawn again, {formats.number(ends.lower)} to {formats.number(ends.upper)} customers."
    share = plain(formats.percent(segment.share))
    return (
        f"**{plain(segment.name)}** ({formats.number(segment.size)} customers, {share}). "
        f"{plain(segment.summary)}{f' Apart from everybody: {apart}.' if apart else ''}{sure}"
    )


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines if line) or "- Nothing to report."


def _code(text: str) -> str:
    """A file name between backticks; a name with a backtick of its own is not worth more."""
    return " ".join(text.replace("`", "'").split())
