"""`history` and `publish` of `site.yml`: what the site remembers of its builds, and when a build waits for a person."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from analysis.configuration.settings import Settings
from analysis.contract.base import Verdict


class HistorySettings(Settings):
    """Where earlier builds are remembered."""

    path: str | None = Field(
        None, description="Folder of the history, relative to this file; without it `history` beside the table"
    )
    model: bool | None = Field(
        None,
        description="Whether the history holds the model too, with its exact centres, where a division is kept "
        "(`model.refit`); without it only if the site is an open one",
    )


class HoldWhen(Settings):
    """Changes after which a person decides whether the new site is published; without them every build is."""

    lost_segment: bool = Field(default=False, description="A segment of the last build no longer exists")
    new_segment: bool = Field(default=False, description="There is a segment that the last build did not have")
    moved_share: float | None = Field(
        None, ge=0, le=1, description="A larger share of the customers in both tables changed their segment"
    )
    rejected_share: float | None = Field(None, ge=0, le=1, description="A larger share of the rows was set aside")
    drift: Literal["moderate", "strong"] | None = Field(None, description="A column has drifted that far, or farther")
    verdict: Verdict | None = Field(None, description="The verdict is this one, or a weaker one")


class PublishSettings(Settings):
    """When a build is held back."""

    hold_when: HoldWhen = Field(HoldWhen(), description="Changes that a person should look at first")
