"""`playbook.yml`: what marketing can do, and for whom."""

from __future__ import annotations

from typing import Self

from pydantic import Field, field_validator, model_validator

from analysis.configuration.requirement import Required
from analysis.configuration.settings import Settings
from analysis.contract import ActionKind, Effect, Effort, Kpi, Level


class Action(Settings):
    """One action and the condition under which it applies."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Lower-case letters, digits and hyphens; unique")
    kind: ActionKind = Field(description="What kind of marketing it is")
    title: str = Field(description="What is done, in a few words")
    when: dict[str, tuple[Level, ...]] = Field(
        description="Role, topic or column name → levels at which the action applies. All must hold; empty: always"
    )
    requires: tuple[Required, ...] = Field(
        (), description="Further conditions that a segment must meet, such as `churn.share > 1.2 * overall`"
    )
    channel: str = Field(description="Where it is done")
    message: str = Field("", description="The message; without it, nothing is said to them")
    offer: str = Field(description="What is offered")
    timing: str = Field(description="When")
    kpi: Kpi = Field(description="How it is judged")
    owner: str | None = Field(None, description="Who does it")
    effort: Effort = Field(description="What it costs to do")
    effect: Effect = Field(description="What is expected of it")
    fallback: bool = Field(False, description="Only if no other action of the same kind applies")
    because: str = Field(description="The reasoning in one sentence; the segment's own figures are added")

    @property
    def filler(self) -> bool:
        """Whether it suits any segment: a fallback, or one that asks for nothing."""
        return self.fallback or not (self.when or self.requires)

    @field_validator("when", mode="before", json_schema_input_type=dict[str, Level | tuple[Level, ...]])
    @classmethod
    def _one_level_may_stand_alone(cls, when: object) -> object:
        if not isinstance(when, dict):
            return when
        return {role: (levels,) if isinstance(levels, str) else levels for role, levels in when.items()}


class Playbook(Settings):
    """The whole of `playbook.yml`."""

    actions: tuple[Action, ...] = Field(min_length=1, description="What marketing can do")

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [action.id for action in self.actions]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"the action id “{twice[0]}” is used twice")
        return self
