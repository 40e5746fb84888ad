"""What a column's cells are: amounts, levels in an order, categories, yes or no, or dates; and what a gap means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from analysis.configuration.date_pattern import date_pattern
from analysis.configuration.settings import Settings

Role = Literal[
    "id", "gender", "category", "channel", "date", "age", "income", "spending", "recency", "frequency", "monetary",
    "feature",
]  # fmt: skip
CATEGORY_ROLES: frozenset[str] = frozenset({"gender", "category", "channel"})
Kind = Literal["numeric", "ordinal", "nominal", "boolean", "date"]
Missing = Literal["reject", "median", "most_frequent", "category", "unknown", "refuse"]


class Kinds(Settings):
    """What the cells of a column are, and how they are to be read."""

    role: Role = Field(description="Meaning of the column; `feature` for any other number")
    kind: Kind | None = Field(
        None,
        description="Kind of the cells; by default nominal for roles of categories, date for dates, otherwise numeric",
    )
    order: tuple[str, ...] = Field((), description="The levels of an ordinal column, the lowest first")
    yes: tuple[str, ...] = Field((), description="What means yes in a boolean column; usual words are known")
    no: tuple[str, ...] = Field((), description="What means no in a boolean column; usual words are known")
    date_format: str | None = Field(None, description="dd-mm-yyyy or alike; found from the cells where left out")
    missing: Missing | None = Field(
        None,
        description="How a row without a value is treated: set aside (`reject`, for numbers), given the usual "
        "value (`median`, `most_frequent`), counted as a category of its own (`category`, for categories), "
        "kept and counted nowhere (`unknown`, for numbers that describe), or an error for the whole table "
        "(`refuse`)",
    )

    @field_validator("order", "yes", "no", mode="before", json_schema_input_type=tuple[str | bool | float, ...])
    @classmethod
    def _words(cls, given: object) -> object:
        """YAML takes a bare yes, no or 1 for something else than a word."""
        if not isinstance(given, list | tuple):
            return given
        return [{True: "yes", False: "no"}[each] if isinstance(each, bool) else _word(each) for each in given]

    @field_validator("date_format")
    @classmethod
    def _readable_format(cls, given: str | None) -> str | None:
        return None if given is None else date_pattern(given)

    @model_validator(mode="after")
    def _levels_in_order(self) -> Self:
        if self.holds == "ordinal" and len(self.order) < 2:
            raise ValueError("an ordinal column needs `order`, its levels from the lowest to the highest")
        if repeated := _repeated(self.order):
            raise ValueError(f"order names “{repeated}” twice; name each level once")
        return self

    @model_validator(mode="after")
    def _yes_is_not_no(self) -> Self:
        if repeated := _repeated((*self.yes, *self.no)):
            raise ValueError(f"“{repeated}” is listed twice under yes and no; list each word once")
        return self

    @model_validator(mode="after")
    def _settings_of_the_kind(self) -> Self:
        if self.role == "id" and self.kind is not None:
            raise ValueError("an identifier has no kind; leave `kind` out")
        for key, kind in (("order", "ordinal"), ("yes", "boolean"), ("no", "boolean"), ("date_format", "date")):
            if getattr(self, key) and self.holds != kind:
                raise ValueError(
                    f"{key} is for columns of kind {kind}, and this one is {self.holds}; leave `{key}` out"
                )
        return self

    @model_validator(mode="after")
    def _policy_of_the_kind(self) -> Self:
        if self.role == "id" and self.missing not in {None, "reject", "refuse"}:
            raise ValueError(f"missing: {self.missing} is not for identifiers; leave `missing` out")
        if self.missing == "median" and self.holds in {"nominal", "boolean"}:
            raise ValueError(f"missing: median is for amounts, and this column is {self.holds}; take most_frequent")
        if self.missing == "unknown" and not self.numeric:
            raise ValueError(f"missing: unknown is for numbers, and this column is {self.holds}; take category")
        if self.missing == "category" and self.holds != "nominal":
            raise ValueError(f"missing: category is for categories, and this column is {self.holds}; take median")
        return self

    @property
    def holds(self) -> Kind:
        """What the cells are, whether it was said or follows from the role."""
        return self.kind or ("nominal" if self.role in CATEGORY_ROLES else "date" if self.role == "date" else "numeric")

    @property
    def numeric(self) -> bool:
        """Whether a cell's value is a number: an amount, a level, 1 for yes, or years up to the reference date."""
        return self.role != "id" and self.holds != "nominal"

    @property
    def policy(self) -> Missing:
        """What becomes of a row without a value."""
        return self.missing or ("reject" if self.numeric or self.role == "id" else "category")


def _word(given: object) -> object:
    return f"{given:g}" if isinstance(given, int | float) else given


def _repeated(words: Iterable[str]) -> str | None:
    """The first word that stands there twice, whatever its capitals and blanks."""
    seen: set[str] = set()
    for word in words:
        if (plain := " ".join(word.split()).casefold()) in seen:
            return word
        seen.add(plain)
    return None
