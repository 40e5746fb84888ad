"""`columns` of `site.yml`: what each column of the table is."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.configuration.kind import CATEGORY_ROLES, Kinds, Role
from analysis.configuration.settings import Settings
from analysis.configuration.topic import Topic

__all__ = ["CATEGORY_ROLES", "Column", "Phrases", "Role"]


class Phrases(Settings):
    """Phrases for a difference from all customers; `{}` takes the amount (“43 %”, “3 years”)."""

    more: str = Field(pattern=r"\{\}", description="For a higher value than all customers: “earns {} more”")
    less: str = Field(pattern=r"\{\}", description="For a lower value than all customers: “earns {} less”")


class Column(Kinds):
    """What one column of the table is."""

    label: str | None = Field(None, description="Name on the site; the column's own name where it is left out")
    aliases: tuple[str, ...] = Field((), description="Other headers of the column")
    topic: Topic | Literal["none"] | None = Field(
        None, description="Topic besides its role, for the playbook; by default found from its name"
    )
    use: Literal["cluster", "describe"] | None = Field(
        None, description="By default categories describe and all other columns form segments"
    )
    unit: str | None = Field(None, description="Written behind figures: years, days, of 100")
    format: Literal["number", "integer", "money", "percent"] = Field("number", description="How figures are written")
    scale: float = Field(1.0, gt=0, description="Figures are multiplied by this before they are shown")
    decimals: int | None = Field(None, ge=0, le=6, description="Decimals shown; by default found from the values")
    compare: Literal["ratio", "difference"] | None = Field(
        None, description="Differences as a per cent of the average, or in the column's unit (the default for ages)"
    )
    minimum: float | None = Field(None, description="Rows below it are set aside")
    maximum: float | None = Field(None, description="Rows above it are set aside")
    phrases: Phrases | None = Field(None, description="Phrases for a difference from all customers")
    transform: Literal["auto", "none", "log", "robust"] = Field(
        "auto",
        description="Whether a clustering column goes through a logarithm, or values far out are limited by its "
        "quartiles (`robust`); `auto` asks its values",
    )
    harmless: bool = Field(
        default=False,
        description="Whether it harms nobody to know that all or none of a segment have a value of the column; else "
        "privacy.mode: public withholds such shares",
    )
    weight: float = Field(1.0, gt=0, le=100, description="Weight of a clustering column in distances")

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum >= self.maximum:
            raise ValueError(f"minimum {self.minimum:g} must be below maximum {self.maximum:g}")
        return self

    @model_validator(mode="after")
    def _identifiers_do_not_cluster(self) -> Self:
        if self.use == "cluster" and self.role == "id":
            raise ValueError("a column with role “id” cannot be used to cluster; leave `use` out")
        return self

    @model_validator(mode="after")
    def _segments_need_values(self) -> Self:
        if self.missing == "unknown" and self.clusters:
            raise ValueError("missing: unknown is for columns that describe; take reject, or set use to describe")
        return self

    @model_validator(mode="after")
    def _only_clustering_columns_are_transformed(self) -> Self:
        if self.transform in {"log", "robust"} and not (self.clusters and self.numeric):
            raise ValueError(
                f"transform: {self.transform} is for columns of numbers that cluster; leave `transform` out"
            )
        if self.weight != 1 and not self.clusters:
            raise ValueError("weight is for columns that cluster; leave `weight` out, or set use to cluster")
        return self

    @property
    def clusters(self) -> bool:
        """Whether segments are found by this column."""
        return self.role != "id" and (self.use or ("cluster" if self.numeric else "describe")) == "cluster"
