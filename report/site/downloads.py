"""The downloads: the published contract as JSON with its schema, and its aggregates as CSV.

The CSV follows RFC 4180, UTF-8 without a byte-order mark. Numbers stand unformatted with a decimal point. Text that a
spreadsheet would take for a formula gets a leading apostrophe (CWE-1236).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files

from analysis.contract import Candidate, CategoryShare, Contract, Feature, Segment, Spread
from analysis.wording.number_format import NumberFormat
from report.disclosure.account import account
from report.disclosure.cells import why, why_of_an_open_build
from report.site import history_tables
from report.site.cells import Cell, Row, ends

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def downloads(contract: Contract, formats: NumberFormat, whole: Contract | None = None) -> dict[str, str]:
    """Path on the site → text, for a contract that is fit to publish (`disclosure.published`) of the `whole` one.

    A table without rows is left out: no budget, no categories.
    """
    tables: dict[str, Callable[[Contract, NumberFormat], Iterator[Row]]] = {
        "segments": _segments,
        "profiles": _profiles,
        "categories": _categories,
        "borders": _borders,
        "criteria": _criteria,
        "recommendations": _recommendations,
        "budget": _budget,
        "candidates": _candidates,
        "candidate_segments": _candidate_segments,
        "flows": _flows,
        "algorithms": _algorithms,
        "rfm_segments": _rfm_segments,
        "rfm_crossings": _rfm_crossings,
        "changes": history_tables.changes,
        "moves": history_tables.moves,
        "history": history_tables.history,
    }
    texts = {
        f"data/{name}.csv": csv_text(_reasoned(table(contract, formats), name, contract))
        for name, table in tables.items()
    }
    return {
        "data/analysis.json": contract.model_dump_json(indent=2) + "\n",
        "data/analysis.schema.json": schema(),
        **_account(contract, whole),
        **{path: text for path, text in texts.items() if text},
    }


MAY_BE_WITHHELD: dict[str, tuple[str, ...]] = {
    "segments": ("rule_precision", "rule_recall", "bought_once"),
    "profiles": ("mean",),
    "categories": ("count",),
    "borders": ("customers", "share"),
    "candidates": ("smallest_share",),
    "candidate_segments": ("share", "persistence"),
    "flows": ("share",),
    "algorithms": ("smallest_share",),
    "rfm_crossings": ("customers",),
    "moves": ("customers",),
    "history": ("size", "share"),
    "rfm_segments": ("size", "mean_recency", "mean_frequency", "mean_monetary"),
}
"""By table the columns whose cells are empty in the published copy because they are withheld."""


def _reasoned(rows: Iterable[Row], table: str, contract: Contract) -> Iterator[Row]:
    """Rows with a last column that states why cells are empty; only the published copy withholds any."""
    columns = MAY_BE_WITHHELD.get(table, ())
    if contract.privacy.mode == "open" or not columns:
        yield from rows
        return
    first = min((one.k for one in contract.selection.candidates), default=0)
    for row in rows:
        empty = [name for name in columns if name in row and row[name] is None and not _lacking(row, name, first)]
        yield {**row, "withheld": _reasons(table, empty, contract.privacy.min_cell)}


def _reasons(table: str, empty: Iterable[str], least: int) -> str | None:
    """Each reason with the columns that it is true of; None where no cell is empty."""
    found: dict[str, list[str]] = {}
    for name in empty:
        # A public build publishes the share of each of its segments.
        found.setdefault(why_of_an_open_build() if (table, name) == ("history", "share") else why(least), []).append(
            name
        )
    return " ".join(f"{', '.join(names)}: {reason}" for reason, names in found.items()) or None


def _lacking(row: Row, name: str, first: int) -> bool:
    """Whether an empty figure never existed, and so is not withheld.

    Nobody is in the segment, or it has no rule, or comes from no number of segments before the `first` one tried; or
    the algorithm finds none.
    """
    if name.startswith("rule_"):
        return row["rule"] is None
    return row.get("size") == 0 or row.get("k") == 0 or (name == "persistence" and row["k"] == first)


def _account(contract: Contract, whole: Contract | None) -> dict[str, str]:
    """What disclosure control did to each field; nothing in open mode."""
    if whole is None or contract.privacy.mode == "open":
        return {}
    return {"data/disclosure.json": json.dumps(account(whole, contract), indent=2) + "\n"}


def schema() -> str:
    """The contract's JSON Schema (draft 2020-12)."""
    return (files("analysis.contract") / "contract.schema.json").read_text(encoding="utf-8")


def csv_text(rows: Iterable[Row]) -> str:
    """Rows with the same keys as RFC 4180 text, header first; empty where there is no row."""
    listed = list(rows)
    if not listed:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, listed[0].keys(), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in listed)
    return text.getvalue()


def unarmed(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cell(value: Cell) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return unarmed(value) if isinstance(value, str) else value


def _named(segment: Segment) -> dict[str, Cell]:
    return {"segment_id": segment.id, "segment": segment.name}


def _unit(feature: Feature, formats: NumberFormat) -> str | None:
    if feature.format != "money":
        return feature.unit
    return formats.money_unit if feature.scale == 1 else f"{feature.scale:g} {formats.money_unit}".strip()


def _segments(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    for segment in contract.segments:
        persona, neighbour, rule = segment.persona, segment.neighbour, segment.rule
        yield {
            **_named(segment),
            "slug": segment.slug,
            "kind": segment.kind,
            "persona": persona.name if persona else None,
            "persona_fit": persona.fit if persona else None,
            "size": segment.size,
            **ends("size", segment.size_interval),
            "share": segment.share,
            **ends("share", segment.share_interval),
            "value_share": segment.value_share,
            **ends("value_share", segment.value_share_interval),
            **_expected(segment),
            "silhouette": segment.silhouette,
            "stability": segment.stability,
            **ends("stability", segment.stability_interval),
            "stability_band": segment.stability_band,
            "dissolved": segment.dissolved,
            "nearest_segment_id": neighbour.id if neighbour else None,
            "rule": rule.sentence if rule else None,
            "rule_precision": rule.precision if rule else None,
            "rule_recall": rule.recall if rule else None,
            "attractiveness": segment.evaluation.attractiveness if segment.evaluation else None,
            "competitiveness": segment.evaluation.competitiveness if segment.evaluation else None,
            "summary": segment.summary,
        }


def _expected(segment: Segment) -> dict[str, Cell]:
    """The expected value of its customers, where value is expected."""
    one = segment.lifetime
    if one is None:
        return {}
    return {
        "expected_value": one.value,
        **ends("expected_value", one.value_interval),
        "expected_total": one.total,
        **ends("expected_total", one.total_interval),
        "expected_purchases": one.purchases,
        "returning": one.returning,
        "alive": one.alive,
        "bought_once": one.bought_once,
    }


def _profiles(contract: Contract, formats: NumberFormat) -> Iterator[Row]:
    features = {feature.name: feature for feature in contract.data.features}
    for segment in contract.segments:
        for profile in segment.profile:
            feature = features[profile.feature]
            yield {
                **_named(segment),
                "feature": profile.feature,
                "unit": _unit(feature, formats),
                "mean": profile.mean,
                **ends("mean", profile.mean_interval),
                "median": profile.median,
                "q1": profile.q1,
                "q3": profile.q3,
                "level": profile.level,
                "effect": profile.effect,
                "typical": profile.typical,
                **ends("typical", profile.typical_interval),
                "difference": profile.difference,
                "ratio": profile.ratio,
                "mean_of_all": feature.mean,
                "typical_of_all": feature.usual,
                "contrast": profile.contrast,
                **ends("contrast", profile.contrast_interval),
                "adjusted_p": profile.adjusted_p,
                "marker": profile.marker,
            }


def _categories(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    for segment in contract.segments:
        for share in segment.categories:
            yield {**_named(segment), **{name: getattr(share, name) for name in CategoryShare.model_fields}}


def _borders(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    names = {segment.id: segment.name for segment in contract.segments}
    for segment in contract.segments:
        for border in segment.borders:
            other: dict[str, Cell] = {"other_segment_id": border.id, "other_segment": names[border.id]}
            yield {**_named(segment), **other, "customers": border.customers, "share": border.share}


def _criteria(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    for segment in contract.segments:
        for criterion in segment.criteria:
            yield {**_named(segment), "criterion": criterion.name, **criterion.model_dump(exclude={"name"})}


def _recommendations(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    for segment in contract.segments:
        for action in segment.recommendations:
            fields = action.model_dump(exclude={"kpi", "evidence", "because", "reason"})
            kpi = {"kpi": action.kpi.measure, "kpi_target": action.kpi.target}
            yield {**_named(segment), **fields, **kpi, "because": action.because, "reason": action.reason}


def _budget(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    if contract.budget is None:
        return
    for segment in contract.segments:
        if segment.budget is not None:
            whole = {"currency": contract.budget.currency, "period": contract.budget.period}
            yield {**_named(segment), **whole, **segment.budget.model_dump()}


def _candidates(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    for candidate in contract.selection.candidates:
        best = [index for index, k in contract.selection.preferred.items() if k == candidate.k]
        chosen = candidate.k == contract.selection.k
        figures = candidate.model_dump(exclude={"segments", "refused", *_SPREADS})
        spreads = {key: value for name in _SPREADS for key, value in _spread(candidate, name).items()}
        best_by = ", ".join(best)
        yield {**figures, **spreads, "chosen": chosen, "best_by": best_by, "refused": candidate.refused}


_SPREADS = ("agreement", "agreement_normal", "agreement_box")


def _spread(candidate: Candidate, name: str) -> dict[str, Cell]:
    """Mean and quantiles of a figure over resamples or tables, a column each."""
    spread: Spread | None = getattr(candidate, name)
    return {
        name if part == "mean" else f"{name}_{part}": getattr(spread, part) if spread else None
        for part in Spread.model_fields
    }


def _candidate_segments(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    for candidate in contract.selection.candidates:
        for segment in candidate.segments:
            yield {"k": candidate.k, **segment.model_dump()}


def _flows(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    for flow in contract.selection.flows:
        yield flow.model_dump()


def _algorithms(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    for result in contract.selection.algorithms:
        yield result.model_dump()


def _rfm_segments(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    """The ten segments by quintile scores; withheld figures are empty."""
    found = contract.scoring
    if found is None:
        return
    names = {segment.id: segment.name for segment in contract.segments}
    for one in found.segments:
        yield {
            "rfm_segment": one.name,
            "size": one.size,
            "share": one.share,
            "value_share": one.value_share,
            "mean_recency": one.means.get(found.recency),
            "mean_frequency": one.means.get(found.frequency),
            "mean_monetary": one.means.get(found.monetary),
            "mostly_segment_id": one.mostly,
            "mostly_segment": names[one.mostly] if one.mostly else None,
        }


def _rfm_crossings(contract: Contract, _: NumberFormat) -> Iterator[Row]:
    """Customers who are in one segment by scores and in one segment found, where their number may be published."""
    names = {segment.id: segment.name for segment in contract.segments}
    for one in contract.scoring.crossings if contract.scoring else ():
        found: dict[str, Cell] = {"segment_id": one.segment, "segment": names[one.segment]}
        yield {"rfm_segment": one.name, **found, "customers": one.customers}
