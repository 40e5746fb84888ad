"""What the charts of columns are called."""

from __future__ import annotations

from analysis.contract import Comparison, Contract, Feature


def comparison_name(contract: Contract, one: Comparison) -> str:
    """`comparison-<feature slug>-by-<by slug>`."""
    slugs = {feature.name: feature.slug for feature in contract.data.features}
    return f"comparison-{slugs[one.feature]}-by-{slugs[one.by]}"


def distribution_name(feature: Feature) -> str:
    """`distribution-<feature slug>`."""
    return f"distribution-{feature.slug}"
