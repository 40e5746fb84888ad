"""Figures that are counts in disguise, rounded once it is known which of them may be told.

Everything else was rounded when it was measured, before anything was said of it in words
(`analysis.results.rounded`). The mean of a column of two values is a count over a count, and whether it may be told
is a question of that count.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.contract import Contract, Feature, Segment, WithheldProfile
from analysis.rounding.random_rounding import Rounding
from analysis.rounding.rounded_figures import of_two, profile_of_two
from report.disclosure.answers import columns_of_two, rounded_correlation
from report.disclosure.lifetime import classes_rounded


def answers_rounded(contract: Contract, rounding: Rounding) -> Contract:
    """The contract with means of columns of two values, and what follows from them, from rounded counts."""
    customers, answers = contract.data.customers, columns_of_two(contract)
    features = {
        one.name: of_two(one, customers - (one.missing or 0), rounding) if one.mean is not None else one
        for one in contract.data.features
    }
    return contract.model_copy(
        update={
            "data": contract.data.model_copy(update={"features": tuple(features.values())}),
            "segments": tuple(_segment(one, features, rounding) for one in contract.segments),
            "lifetime": classes_rounded(contract.lifetime, rounding),
            "exploration": contract.exploration.model_copy(
                update={
                    "correlations": tuple(
                        rounded_correlation(one, contract, answers, rounding)
                        for one in contract.exploration.correlations
                    )
                }
            ),
        }
    )


def _segment(segment: Segment, features: Mapping[str, Feature], rounding: Rounding) -> Segment:
    profile = tuple(
        one
        if isinstance(one, WithheldProfile) or features[one.feature].mean is None
        else profile_of_two(one, features[one.feature], segment.size, rounding)
        for one in segment.profile
    )
    means = {one.feature: one.mean for one in profile}
    return segment.model_copy(
        update={
            "profile": profile,
            "centroid": {name: means.get(name) for name in segment.centroid},
        }
    )
