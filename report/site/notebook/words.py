"""The notebook's text: what each step does, and its findings for this table, in the language of the site.

Findings are those of the published contract, escaped for Markdown. The text holds no figure that the site does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from analysis.configuration import Configuration
from analysis.contract import Contract, Feature, Rejection, Segment
from analysis.contract.algorithms import described
from analysis.contract.indices import INDICES
from analysis.language import gettext, ngettext
from analysis.language.words import listed
from analysis.wording.number_format import NumberFormat
from report.markup.escape import pandoc_escape as plain

Writer = Callable[[Contract, NumberFormat], str]
ACTIONS_TOLD = 3


def title(contract: Contract, configuration: Configuration) -> str:
    """The opening cell."""
    heading = gettext("{site}: how the segments were found", site=plain(configuration.site.site.title))
    purpose = gettext(
        "This notebook repeats the analysis behind the site: preparation, exploration, K-Means, profiling and "
        "recommendations. It is saved without outputs, so it contains no customer’s values. The findings are in the "
        "text. Every cell shows only aggregates."
    )
    package = gettext(
        "segment-atlas reads and cleans the table, and installs pandas, scikit-learn and Altair. Run {command} in the "
        "folder of its source.",
        command="`pip install .`",
    )
    settings = gettext(
        "The configuration of this site says what each column is. It is the folder {folder} beside this notebook or "
        "one folder up, or the folder that the environment variable {variable} names. A site made from a table alone "
        "has no configuration; {command} writes one.",
        folder="`site_config`",
        variable="`SITE_CONFIG`",
        command="`segment-atlas init TABLE --out site_config --yes`",
    )
    table = gettext("{file} must be where the configuration says it is.", file=f"`{_code(contract.provenance.source)}`")
    needs = [
        _headed(gettext("Package"), package),
        _headed(gettext("Configuration"), settings),
        _headed(gettext("Table"), table),
    ]
    run = gettext("Run the notebook from top to bottom. It needs three things:")
    return f"# {heading}\n\n{purpose}\n\n{run}\n\n{_list(needs)}"


def preparation(contract: Contract, formats: NumberFormat) -> str:
    """Step 1."""
    data, number = contract.data, formats.number
    rows = ngettext(
        "{read} row was read: {used} used, {aside} set aside.",
        "{read} rows were read: {used} used, {aside} set aside.",
        data.rows_read,
        read=number(data.rows_read),
        used=number(data.rows_used),
        aside=number(data.rows_rejected),
    )
    explanation = gettext(
        "The package reads every cell as text, then as the kind of value that the configuration gives its column. A "
        "row that cannot be used is set aside with its reason; it is never corrected. The result is a table with one "
        "row per customer. Each column that forms segments becomes one or more numeric axes."
    )
    found = [rows, *(_aside(one, formats) for one in data.rejections), *(plain(note) for note in data.notes)]
    return _step(gettext("1. Data preparation"), explanation, found)


def exploration(contract: Contract, formats: NumberFormat) -> str:
    """Step 2."""
    typical = [_typical(one, formats) for one in contract.data.features]
    explanation = gettext(
        "The columns one by one, in pairs and by group, before the search for segments.",
    )
    return _step(gettext("2. Exploration"), explanation, [*typical, _strongest(contract, formats)])


def clustering(contract: Contract, formats: NumberFormat) -> str:
    """Step 3."""
    selection = contract.selection
    logs = [plain(one.label) for one in contract.data.features if one.transform.startswith("log")]
    explanation = gettext(
        "Skewed amounts become logarithms. Customers far from all others are excluded from the fit. Each axis is then "
        "standardised to mean 0 and standard deviation 1, so that no column counts more because of its unit. K-Means "
        "looks for the segments with the smallest squared distances between customers and the mean of their segment. "
        "Several numbers of segments are tried."
    )
    found = [
        "" if described(selection.algorithm).in_notebook else _another(selection.algorithm),
        gettext("Analysed as logarithms: {columns}.", columns=listed(logs)) if logs else "",
        plain(selection.reason),
        "" if selection.auto_reason in selection.reason else plain(selection.auto_reason),
        _preferred(selection.preferred),
        gettext(
            "Mean silhouette with {k} segments: {silhouette}.",
            k=selection.k,
            silhouette=formats.number(selection.silhouette, 4),
        ),
    ]
    return _step(gettext("3. K-Means"), explanation, found)


def profiling(contract: Contract, formats: NumberFormat) -> str:
    """Step 4."""
    explanation = gettext(
        "Who is in each segment, and how it differs from all customers: the difference of means in standard deviations."
    )
    if any(one.typical == "median" for one in contract.data.features):
        explanation += " " + gettext(
            "For skewed amounts the text gives medians, which a few large customers do not change."
        )
    return _step(gettext("4. Profiling"), explanation, [_segment(one, formats) for one in contract.segments])


def recommending(contract: Contract, _formats: NumberFormat) -> str:
    """Step 5."""
    explanation = gettext(
        "An action of the playbook applies to a segment under two conditions: for each column that the action names, "
        "the segment is at one of the levels listed; and the segment meets the action’s other conditions."
    )
    found = [
        f"**{plain(segment.name)}.** {plain(action.title)}: {plain(action.reason)}"
        for segment in contract.segments
        for action in segment.recommendations[:ACTIONS_TOLD]
    ]
    step = _step(gettext("5. Recommendations"), explanation, found)
    if not contract.budget:
        return step
    split = [f"**{plain(one.name)}:** {plain(one.budget.explanation)}" for one in contract.segments if one.budget]
    budget = _headed(gettext("Budget"), plain(contract.budget.explanation))
    return f"{step}\n\n{budget}\n\n{_list(split)}"


def _step(heading: str, explanation: str, found: Iterable[str]) -> str:
    findings = gettext("Findings:")
    return f"## {heading}\n\n{explanation}\n\n**{findings}**\n\n{_list(found)}"


def _headed(heading: str, text: str) -> str:
    return f"**{heading}.** {text}"


def _aside(one: Rejection, formats: NumberFormat) -> str:
    """How many rows were set aside, and why."""
    told = {"count": formats.number(one.rows), "reason": plain(one.reason)}
    if one.column:
        return ngettext(
            "{count} row: {column}, {reason}.",
            "{count} rows: {column}, {reason}.",
            one.rows,
            column=plain(one.column),
            **told,
        )
    return ngettext("{count} row: {reason}.", "{count} rows: {reason}.", one.rows, **told)


def _typical(one: Feature, formats: NumberFormat) -> str:
    """The usual value of a column of numbers, and its middle half."""
    if one.usual is None or one.q1 is None or one.q3 is None:
        return ""
    told = {
        "column": plain(one.label),
        "value": plain(formats.of(one, one.usual)),
        "low": plain(formats.of(one, one.q1, unit=False)),
        "high": plain(formats.of(one, one.q3)),
    }
    if one.typical == "median":
        return gettext("{column}: median {value}. Half of all customers are between {low} and {high}.", **told)
    return gettext("{column}: mean {value}. Half of all customers are between {low} and {high}.", **told)


def _strongest(contract: Contract, formats: NumberFormat) -> str:
    """The strongest correlation of those that are published."""
    pairs = contract.exploration.correlations
    known = [(one, one.pearson) for one in pairs if one.pearson is not None]
    if not known:
        return ""
    label = {feature.name: plain(feature.label) for feature in contract.data.features}
    strongest, pearson = max(known, key=lambda each: abs(each[1]))
    told = {"one": label[strongest.a], "other": label[strongest.b], "correlation": formats.number(pearson, 2)}
    if len(known) < len(pairs):
        return gettext("The strongest published correlation is {correlation}, between {one} and {other}.", **told)
    return gettext("The strongest correlation is {correlation}, between {one} and {other}.", **told)


def _another(algorithm: str) -> str:
    """That the site's segments are another algorithm's than the notebook's."""
    return gettext(
        "The site’s segments, and their number, were found with another algorithm: {algorithm}. The segments of this "
        "notebook are the K-Means segments that are nearest to them.",
        algorithm=plain(gettext(described(algorithm).label)),
    )


def _preferred(preferred: Mapping[str, int]) -> str:
    """The number of segments that each index prefers."""
    named = {index: number for index, number in preferred.items() if index in INDICES}
    told = [f"{plain(gettext(one.name))} {named[key]}" for key, one in INDICES.items() if key in named]
    return gettext("Best number of segments by each index: {indices}.", indices=", ".join(told)) if told else ""


def _segment(segment: Segment, formats: NumberFormat) -> str:
    """A segment in a few sentences."""
    told = [
        ngettext(
            "{segment} ({count} customer, {share}).",
            "{segment} ({count} customers, {share}).",
            segment.size,
            segment=f"**{plain(segment.name)}**",
            count=formats.number(segment.size),
            share=plain(formats.percent(segment.share)),
        ),
        plain(segment.summary),
    ]
    if segment.traits:
        traits = "; ".join(plain(trait.phrase) for trait in segment.traits)
        told.append(gettext("Distinguishing traits: {traits}.", traits=traits))
    if segment.stability is not None:
        told.append(gettext("Stability {stability}.", stability=formats.number(segment.stability, 2)))
    if (ends := segment.size_interval) is not None:
        told.append(
            gettext(
                "With a new sample of similar customers, it would usually have {lower} to {upper} customers.",
                lower=formats.number(ends.lower),
                upper=formats.number(ends.upper),
            )
        )
    return " ".join(told)


def _list(lines: Iterable[str]) -> str:
    told = [line for line in lines if line] or [gettext("Nothing to report.")]
    return "\n".join(f"- {line}" for line in told)


def _code(text: str) -> str:
    """A file name between backticks; a backtick in the name becomes an apostrophe."""
    return " ".join(text.replace("`", "'").split())
