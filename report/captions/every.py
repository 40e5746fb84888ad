"""All captions of a contract by chart name."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.contract import Contract
from analysis.wording.figures import Figures
from report.captions import certainty, differences, evaluation, lifetime, placing, solutions, table
from report.captions.caption import Caption
from report.captions.names import names
from report.captions.rfm_grid import rfm_grid
from report.captions.words import Words


def captions(contract: Contract, figures: Figures) -> dict[str, Caption]:
    """A caption for every chart that `names(contract)` holds, in that order."""
    made = {caption.name: caption for caption in _captions(Words(contract, figures), set(names(contract)))}
    return {name: made[name] for name in names(contract)}


def _captions(words: Words, wanted: set[str]) -> Iterator[Caption]:
    single = {
        "segment-map": placing.segment_map,
        "segment-sizes": placing.segment_sizes,
        "segment-heatmap": differences.segment_heatmap,
        "segment-profiles": differences.segment_profiles,
        "segment-ranges": differences.segment_ranges,
        "segment-evaluation": evaluation.segment_evaluation,
        "correlations": table.correlations,
        "brush": table.brush,
        "candidates": certainty.candidates,
        "gap": solutions.gap,
        "stability": solutions.stability,
        "persistence": solutions.persistence,
        "silhouettes": certainty.silhouettes,
        "rfm-grid": rfm_grid,
        "lifetime": lifetime.lifetime,
    }
    yield from (make(words) for name, make in single.items() if name in wanted)
    yield from (differences.profile(words, one) for one in words.contract.segments if one.figures)
    yield from (table.distribution(words, one) for one in words.contract.exploration.distributions if one.bins)
    yield from (table.comparison(words, one) for one in words.contract.exploration.comparisons if one.groups)
