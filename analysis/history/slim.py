"""The published contract made slim: what later builds compare with, and nothing else.

Left out are single customers (the points of an open site, row numbers), figures of segments with fewer than `min_cell`
customers, which an open site does publish, tail quantiles, which are nearly a single customer's value, and whatever no
later build looks at: advice, rules, maps, correlations, the other numbers of segments. Counts stay as they were
published, since later builds compare them: those of an open site may be small.
"""

from __future__ import annotations

from analysis.contract import CategoryShare, Contract, Data, Exploration, Feature, FeatureProfile, Segment, Selection


def slim(published: Contract) -> Contract:
    """The contract of a later build's past; slim already, it stays as it is."""
    least = published.privacy.min_cell
    return published.model_copy(
        update={
            "provenance": published.provenance.model_copy(update={"data_sha256": None}),
            "data": _data(published.data),
            "selection": _selection(published.selection),
            "segments": tuple(_segment(one, least) for one in published.segments),
            "budget": None,
            "exploration": _exploration(published.exploration),
            "lifetime": None,
            "scoring": None,
        }
    )


def _data(data: Data) -> Data:
    return data.model_copy(
        update={
            "rejections": tuple(one.model_copy(update={"examples": ()}) for one in data.rejections),
            "features": tuple(_feature(one) for one in data.features),
            "notes": (),
            "public_notes": (),
            "transactions": None,
        }
    )


def _feature(feature: Feature) -> Feature:
    return feature.model_copy(update={"transform_reason": "", "p05": None, "p95": None, "concealed": None})


def _selection(selection: Selection) -> Selection:
    return selection.model_copy(
        update={"undivided": None, "candidates": (), "rule": (), "flows": (), "algorithms": (), "agreements": ()}
    )


def _segment(segment: Segment, least: int) -> Segment:
    many = segment.size >= least
    persona = segment.persona and segment.persona.model_copy(update={"story": "", "mismatches": ()})
    return segment.model_copy(
        update={
            "persona": persona,
            "centroid": segment.centroid if many else dict.fromkeys(segment.centroid),
            "profile": tuple(_profile(one) for one in segment.figures) if many else (),
            "categories": tuple(one for one in segment.categories if many and isinstance(one, CategoryShare)),
            "silhouettes": (),
            "neighbour": None,
            "rule": None,
            "borders": (),
            "criteria": (),
            "evaluation": None,
            "summary": "",
            "recommendations": (),
            "budget": None,
            "lifetime": None,
        }
    )


def _profile(profile: FeatureProfile) -> FeatureProfile:
    return profile.model_copy(update={"constant": None, "median": None, "q1": None, "q3": None, "concealed": None})


def _exploration(found: Exploration) -> Exploration:
    """Histograms alone, by which drift is measured."""
    kept = tuple(
        one.model_copy(update={"bins": tuple(each.model_copy(update={"by_segment": {}}) for each in one.bins)})
        for one in found.distributions
    )
    return Exploration(distributions=kept, correlations=(), comparisons=(), map=None)
