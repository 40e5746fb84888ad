"""`model` of `site.yml`: how segments are found."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from analysis.configuration.settings import Settings
from analysis.contract.algorithms import ALGORITHMS, DEFAULT, Algorithm, described


class FixedK(Settings):
    """The team's own number of segments."""

    k: int = Field(ge=2, le=20, description="How many segments")


class ModelSettings(Settings):
    """How segments are found."""

    selection: Literal["auto"] | FixedK = Field(
        "auto", description="`auto` lets the data choose the number of segments; {k: 6} sets it"
    )
    algorithm: Literal[Algorithm, "compare"] = Field(
        DEFAULT,
        description="How segments are found; `compare` shows those of K-Means and compares them with the "
        "other algorithms",
    )
    smallest_k: int = Field(2, ge=2, le=20, description="The smallest number of segments that is tried")
    largest_k: int = Field(10, ge=2, le=20, description="The largest number of segments that is tried")
    outliers: Literal["set_apart", "keep"] = Field(
        "set_apart", description="Whether outliers are excluded from the fit and assigned afterwards"
    )
    resamples: int = Field(100, ge=100, le=1000, description="Bootstrap resamples behind every stability figure")
    refit: Literal["always", "when drifted", "never"] = Field(
        "always",
        description="When segments are found anew: in every build, or only once the customers have drifted from those "
        "that they were found in; until then the last division is kept and new customers are assigned to it",
    )
    seed: int = Field(20_240_601, ge=0, lt=2**32, description="Seed of everything random")

    @property
    def shown(self) -> Algorithm:
        """The algorithm whose segments the site shows."""
        return DEFAULT if self.algorithm == "compare" else self.algorithm

    @property
    def beside(self) -> tuple[Algorithm, ...]:
        """The algorithms that are run beside it, to compare."""
        return tuple(name for name in ALGORITHMS if name != self.shown) if self.algorithm == "compare" else ()

    @field_validator("selection", mode="before")
    @classmethod
    def _auto_or_a_number(cls, selection: object) -> object:
        if selection == "auto" or isinstance(selection, dict | FixedK):
            return selection
        raise ValueError(f"“{selection}” is neither auto nor a number of segments; write auto, or {{k: 6}}")

    @model_validator(mode="after")
    def _range_in_order(self) -> Self:
        if self.smallest_k > self.largest_k:
            raise ValueError(f"smallest_k {self.smallest_k} must not exceed largest_k {self.largest_k}")
        return self

    @model_validator(mode="after")
    def _some_cannot_be_kept(self) -> Self:
        if self.refit != "always" and not described(self.shown).nearest_centre:
            raise ValueError(
                f"refit: {self.refit} keeps the centres of segments, and {self.shown} has no such; set refit to "
                "always, or take another algorithm"
            )
        return self

    @model_validator(mode="after")
    def _some_find_the_number(self) -> Self:
        if described(self.shown).finds_number and self.selection != "auto":
            raise ValueError(
                f"algorithm: {self.shown} finds the number of segments by itself; set selection to auto, or take "
                "another algorithm"
            )
        return self
