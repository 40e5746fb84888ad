"""`data` of `site.yml`: where the table is and how it is written."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from analysis.basics.locales import check_currency
from analysis.configuration.address import problem
from analysis.configuration.formats import Format
from analysis.configuration.settings import Settings

Worth = Annotated[float, Field(gt=0, le=1e9)]
Rate = Worth | dict[date, Worth]
"""What one unit of a currency is worth in the site's; by day, each valid from that day on."""
OF_FILES = ("sheet", "format", "encoding", "delimiter", "columns")


class TableSettings(Settings):
    """Where the customers are: in files, or in a database."""

    path: str | tuple[str, ...] | None = Field(
        None, description="The table, or a list of them, relative to the folder of this file; `*` and `?` are patterns"
    )
    sheet: str | None = Field(None, description="Sheet of a workbook; needed where several hold a table")
    format: Format | None = Field(None, description="Told from the file where it is left out")
    encoding: str | None = Field(None, description="Found from the bytes where it is left out")
    delimiter: Literal[",", ";", "tab", "|", "blank"] | None = Field(
        None, description="Found from the file where left out; `blank` is one blank or several"
    )
    columns: tuple[str, ...] | None = Field(
        None,
        min_length=1,
        description="Names of the columns of delimited text that has no header line, in their order",
    )
    decimal: Literal[".", ","] | None = Field(None, description="Found from the figures where it is left out")
    database: str | None = Field(
        None, description="SQLAlchemy URL; `${NAME}` is taken from the environment, as every password must be"
    )
    query: str | None = Field(None, description="SQL that selects the table, with `database`")
    reference_date: date | None = Field(
        None, description="The day up to which spans of time are counted; never the clock’s, found from the table"
    )
    currency_column: str | Literal[False] | None = Field(
        None, description="The column that names each row’s currency; found by its header where left out; `false`: none"
    )
    currency: str | None = Field(
        None,
        pattern=r"^[A-Z]{3}$",
        description="Where the table has several currencies, the one whose rows are kept; the others are set aside",
    )
    rates: dict[str, Rate] = Field(
        default_factory=dict,
        description="What one unit of each currency is worth in the site’s: a number, or a number for each day from "
        "which it is valid",
    )

    repeated: Literal["keep", "drop"] = Field(
        "keep",
        description="What becomes of a row that repeats an earlier one in all described columns but the identifier",
    )

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths as a list, whichever way they were written."""
        return (self.path,) if isinstance(self.path, str) else self.path or ()

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str | None) -> str | None:
        if code is not None:
            check_currency(code)
        return code

    @field_validator("rates")
    @classmethod
    def _known_rates(cls, rates: dict[str, Rate]) -> dict[str, Rate]:
        for code, rate in rates.items():
            check_currency(code)
            if rate == {}:
                raise ValueError(f"{code} has no rate; write a number, or a day and a number")
        return rates

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

    @field_validator("columns")
    @classmethod
    def _named_apart(cls, columns: tuple[str, ...] | None) -> tuple[str, ...] | None:
        names = [" ".join(name.split()) for name in columns or ()]
        if "" in names or len(set(names)) < len(names):
            raise ValueError("write a different name for each column")
        return columns

    @model_validator(mode="after")
    def _files_or_database(self) -> Self:
        if (self.path is None) == (self.database is None):
            raise ValueError("write either path, for files, or database and query: where the table is")
        if (self.query is None) != (self.database is None):
            raise ValueError("database and query go together: write both, or path alone")
        beside = [name for name in OF_FILES if getattr(self, name) is not None]
        if self.database and beside:
            raise ValueError(f"{beside[0]} goes with path, not with database; remove it")
        return self
