"""`personas.yml`: the customers a team has in mind, described by levels on roles."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from analysis.configuration.requirement import Required
from analysis.configuration.settings import Settings
from analysis.contract import Level

Icon = Literal[
    "bag", "bolt", "cart", "clock", "compass", "crown", "gem", "heart", "leaf", "moon", "person", "shield", "spark",
    "star", "tag",
]  # fmt: skip


class Persona(Settings):
    """One persona."""

    name: str = Field(min_length=1, max_length=60, description="What the team calls them")
    levels: dict[str, Level] = Field(min_length=1, description="Role, or column name, → level")
    requires: tuple[Required, ...] = Field(
        (),
        description="Further conditions that a segment must meet, such as `frequency.median >= 2`; otherwise "
        "there is no match",
    )
    icon: Icon = Field("person", description="An icon that ships with the site")
    emoji: str = Field("", max_length=8, description="For those who read the contract")
    colour: int = Field(1, ge=1, le=10, description="Index into the categorical palette")
    story: str = Field("", max_length=240, description="One sentence about them")
    responsiveness: float | None = Field(
        None, ge=0, le=1, description="How readily marketing moves this persona: the team's judgement, 0…1"
    )


class Personas(Settings):
    """The whole of `personas.yml`."""

    personas: tuple[Persona, ...] = Field((), description="The customers a team has in mind")

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [persona.name for persona in self.personas]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"the persona “{twice[0]}” is described twice")
        return self
