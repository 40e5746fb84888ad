"""`data` of `site.yml`: where the table is and how it is written."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from analysis.configuration.settings import Settings
from analysis.sources.address import problem

OF_FILES = ("sheet", "format", "encoding", "delimiter")


class Table(Settings):
    """Where the customers are: in files, or in a database."""

    path: str | tuple[str, ...] | None = Field(
        None, description="The table, or a list of them, relative to the folder of this file; `*` and `?` are patterns"
    )
    sheet: str | None = Field(None, description="Sheet of a workbook; needed where several hold a table")
    format: Literal["csv", "tsv", "parquet", "excel", "jsonlines"] | None = Field(
        None, description="Told from the file where it is left out"
    )
    encoding: str | None = Field(None, description="Found from the bytes where it is left out")
    delimiter: Literal[",", ";", "tab", "|"] | None = Field(None, description="Found from the file where left out")
    decimal: Literal[".", ","] | None = Field(None, description="Found from the figures where it is left out")
    database: str | None = Field(
        None, description="SQLAlchemy URL; `${NAME}` is taken from the environment, as every password must be"
    )
    query: str | None = Field(None, description="SQL that selects the table, with `database`")
    reference_date: date | None = Field(
        None, description="The day up to which spans of time are counted; never the clock’s, found from the table"
    )

    repeated: Literal["keep", "drop"] = Field(
        "keep",
        description="What becomes of a row that repeats an earlier one in all described columns but the identifier",
    )

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths as a list, whichever way they were written."""
        return (self.path,) if isinstance(self.path, str) else self.path or ()

    @field_validator("path", mode="before")
    @classmethod
    def _one_or_several(cls, path: object) -> object:
        several = isinstance(path, list | tuple) and len(path) > 0 and all(isinstance(each, str) for each in path)
        if path is None or isinstance(path, str) or several:
            return path
        raise ValueError("write the path of a table, or a list of paths")

    @field_validator("database", mode="before")
    @classmethod
    def _no_password(cls, database: object) -> object:
        if database is None:
            return None
        # Whatever was written here instead of text is not quoted either.
        if wrong := problem(database) if isinstance(database, str) else "write a database URL":
            raise ValueError(wrong)
        return database

    @model_validator(mode="after")
    def _files_or_database(self) -> Self:
        if (self.path is None) == (self.database is None):
            raise ValueError("write either path, for files, or database and query: where the table is")
        if (self.query is None) != (self.database is None):
            raise ValueError("database and query go together: write both, or path alone")
        beside = [name for name in OF_FILES if getattr(self, name) is not None]
        if self.database and beside:
            raise ValueError(f"{beside[0]} goes with path, not with database; take it out")
        return self
