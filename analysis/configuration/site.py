"""`site.yml`: the table, its columns, how segments are chosen, and the site's own particulars."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, HttpUrl, ValidationInfo, field_validator, model_validator

from analysis.basics.locales import check_currency, check_locale
from analysis.configuration.column import Column
from analysis.configuration.derived import with_derived_columns
from analysis.configuration.history import HistorySettings, PublishSettings
from analysis.configuration.model import ModelSettings
from analysis.configuration.settings import Settings
from analysis.configuration.table import TableSettings
from analysis.configuration.transactions import TransactionSettings
from analysis.configuration.value import Value
from analysis.language import language_of
from analysis.language.messages import ENGLISH

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class BudgetWeights(Settings):
    """What the split of the budget looks at; only the proportions matter."""

    value: float = Field(0.4, ge=0, description="Of a segment’s value")
    size: float = Field(0.2, ge=0, description="Of its number of customers")
    responsiveness: float = Field(0.4, ge=0, description="Of how readily marketing moves it")

    @model_validator(mode="after")
    def _not_all_zero(self) -> Self:
        if self.value + self.size + self.responsiveness == 0:
            raise ValueError("at least one weight must be above 0")
        return self


class BudgetSettings(Settings):
    """The sum to be split over the segments."""

    total: float = Field(gt=0, description="The sum, in the site’s currency")
    period: str = Field("quarter", description="Period of the sum: month, quarter or year")
    weights: BudgetWeights = Field(BudgetWeights(), description="Weights of the split")
    default_responsiveness: float = Field(
        0.5, ge=0, le=1, description="For a segment without a persona, or whose persona states none"
    )


class SegmentSettings(Settings):
    """Thresholds that a segment must reach on each of Kotler's five criteria."""

    rule_recall: float = Field(0.6, ge=0, le=1, description="Measurable: of its customers, those its rule finds")
    rule_precision: float = Field(0.7, ge=0, le=1, description="Measurable: of those its rule finds, its customers")
    smallest_share: float = Field(0.05, ge=0, le=1, description="Substantial: of all customers")
    smallest_value_share: float = Field(0.03, ge=0, le=1, description="Substantial: of all value")
    smallest_effect: float = Field(
        0.8, ge=0, description="Differentiable: Hedges' g between any two segments on one column (Cohen 1988: large)"
    )


class AttractivenessWeights(Settings):
    """What makes a segment attractive; only the proportions matter."""

    size: float = Field(0.3, ge=0, description="Customers of the segment")
    value: float = Field(0.3, ge=0, description="Value of all its customers")
    customer_value: float = Field(0.2, ge=0, description="Value of one customer")
    responsiveness: float = Field(0.2, ge=0, description="The persona's, where the team states one")

    @model_validator(mode="after")
    def _not_all_zero(self) -> Self:
        if not any(self.model_dump().values()):
            raise ValueError("at least one weight must be above 0")
        return self


class CompetitivenessWeights(Settings):
    """What makes a segment one that this business can serve; only the proportions matter."""

    fit: float = Field(0.25, ge=0, description="How well its persona fits")
    actions: float = Field(0.25, ge=0, description="Kinds of action that the playbook has for it")
    recognition: float = Field(0.25, ge=0, description="How well its rule finds it")
    certainty: float = Field(0.25, ge=0, description="How stable it is in resamples")

    @model_validator(mode="after")
    def _not_all_zero(self) -> Self:
        if not any(self.model_dump().values()):
            raise ValueError("at least one weight must be above 0")
        return self


class EvaluationSettings(Settings):
    """The weights behind the two axes of the evaluation plot (Dolnicar, Grün & Leisch 2018, ch. 10)."""

    attractiveness: AttractivenessWeights = Field(
        AttractivenessWeights(), description="What the team looks for in a segment"
    )
    competitiveness: CompetitivenessWeights = Field(
        CompetitivenessWeights(), description="What enables the business to serve one"
    )


class PrivacySettings(Settings):
    """What may be published; `public` hides groups smaller than `min_cell`, `open` is for tables public themselves."""

    mode: Literal["public", "open"] = Field(
        "public", description="`public`: aggregates only; `open`: for tables that are public themselves"
    )
    min_cell: int = Field(10, ge=2, description="The smallest group about which anything is published")


def with_kept_currency(content: dict[str, Any]) -> dict[str, Any]:
    """The settings of a site that counts in the one currency of its table whose rows are kept, unless it says more."""
    data, own = content.get("data"), content.get("site") or {}
    data = data.model_dump(exclude_unset=True) if isinstance(data, TableSettings) else data
    own = own.model_dump(exclude_unset=True) if isinstance(own, SiteSettings) else own
    if not isinstance(data, dict) or not isinstance(own, dict) or "currency" in own:
        return content
    kept, rates = data.get("currency"), data.get("rates") or {}
    if not isinstance(kept, str) or not isinstance(rates, dict) or kept in rates:
        return content
    return {**content, "site": {**own, "currency": kept}}


class SiteSettings(Settings):
    """The site's own particulars."""

    title: str = Field(
        "Customer segments", min_length=1, max_length=80, pattern=r"^[^<>{}`]*$", description="The site’s name"
    )
    description: str = Field(
        "Who the customers are, how sure we are, and what to do about it.", description="A sentence for search engines"
    )
    url: HttpUrl | None = Field(None, description="Public address; with it the build writes a sitemap")
    language: str = Field(
        "en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="Language of the pages: en, en-GB, …"
    )
    locale: str = Field(
        "en_US", description="How numbers are written: en_US, de_DE, fr_FR, …; without it as the language writes them"
    )
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$", description="Three letters: USD, EUR, GBP, …; XXX: none")
    fictional_note: str | None = Field(None, description="A sentence in every footer, for demonstration data")

    @model_validator(mode="before")
    @classmethod
    def _numbers_of_the_language(cls, content: object) -> object:
        """Without a locale of their own, numbers are written as in the language; English ones as in the United States.

        A tag that is no language is left to the checks of the fields.
        """
        if not isinstance(content, dict) or "locale" in content or not isinstance(content.get("language"), str):
            return content
        language = content["language"]
        if language.split("-")[0] == ENGLISH:
            return content
        try:
            check_locale(language.replace("-", "_"))
        except ValueError:
            return content
        return {**content, "locale": language.replace("-", "_")}

    @field_validator("language")
    @classmethod
    def _spoken(cls, tag: str) -> str:
        language_of(tag)
        return tag

    @field_validator("locale", "currency")
    @classmethod
    def _known(cls, text: str, field: ValidationInfo) -> str:
        check = check_locale if field.field_name == "locale" else check_currency
        check(text)
        return text


class Theme(Settings):
    """The accent, for light and for dark paper."""

    accent: Colour = Field("#0a5c94", description="In the light scheme, #rrggbb")
    accent_dark: Colour = Field("#7cc0ee", description="In the dark scheme, #rrggbb")


class Site(Settings):
    """The whole of `site.yml`."""

    site: SiteSettings = Field(SiteSettings(), description="Settings of the site")
    data: TableSettings = Field(description="Where the table is, and its format")
    transactions: TransactionSettings | None = Field(
        None, description="The columns of a table of transactions; `columns` are then derived"
    )
    columns: dict[str, Column] = Field(default_factory=dict, description="Column name → what it is")
    model: ModelSettings = Field(ModelSettings(), description="How segments are found")
    value: Value = Field(Value(), description="What a customer is worth")
    budget: BudgetSettings | None = Field(None, description="A budget to split over the segments")
    segments: SegmentSettings = Field(SegmentSettings(), description="Thresholds that a segment must reach")
    evaluation: EvaluationSettings = Field(EvaluationSettings(), description="The axes of the evaluation chart")
    privacy: PrivacySettings = Field(PrivacySettings(), description="What may be published")
    history: HistorySettings | Literal[False] = Field(
        HistorySettings(), description="Where the site remembers its builds; false: it remembers none"
    )
    publish: PublishSettings = Field(PublishSettings(), description="When a build waits for a person")
    theme: Theme = Field(Theme(), description="The site’s colours")
    personas: str | None = Field(None, description="Personas file, relative to this one; `rfm` names those that ship")
    playbook: str | None = Field(None, description="Playbook file, relative to this one; a general one ships")
    pages: str | None = Field(None, description="Folder of own .qmd pages, relative to this file")
    undecided: tuple[str, ...] = Field(
        (), description="Questions that the table did not answer; answer each in the line it names, and remove it"
    )

    @model_validator(mode="before")
    @classmethod
    def _columns_from_transactions(cls, content: Any) -> Any:  # noqa: ANN401 (whatever stands in the file)
        if isinstance(content, dict) and content.get("transactions"):
            return with_derived_columns(content)
        return content

    @model_validator(mode="before")
    @classmethod
    def _in_the_currency_that_is_kept(cls, content: Any) -> Any:  # noqa: ANN401 (as above)
        return with_kept_currency(content) if isinstance(content, dict) else content

    @model_validator(mode="after")
    def _one_column_a_role(self) -> Self:
        single = {"id", "gender", "age", "income", "spending", "recency", "frequency", "monetary"}
        seen: dict[str, str] = {}
        for name, column in self.columns.items():
            if column.role in single and column.role in seen:
                raise ValueError(f"columns “{seen[column.role]}” and “{name}” both have the role “{column.role}”")
            seen[column.role] = name
        return self

    @model_validator(mode="after")
    def _value_names_columns(self) -> Self:
        key = "product_of" if self.value.product_of else "sum_of"
        for name in self.value.columns:
            if name not in self.columns or not self.columns[name].numeric:
                raise ValueError(f"value.{key} names “{name}”, which is not a numeric column of this file")
        return self

    @model_validator(mode="after")
    def _repeated_rows_are_customers(self) -> Self:
        if self.data.repeated == "drop" and self.transactions is not None:
            raise ValueError("data.repeated is for tables of one row a customer; leave it out")
        return self

    @model_validator(mode="after")
    def _lifetimes_need_transactions(self) -> Self:
        if self.value.lifetime and self.transactions is None:
            raise ValueError("value.lifetime is estimated from transactions, and this table holds none; leave it out")
        return self

    @property
    def identifier(self) -> str | None:
        """The column that says who a customer is; without one rows stand for customers."""
        return next((name for name, column in self.columns.items() if column.role == "id"), None)

    @property
    def file_columns(self) -> dict[str, Column]:
        """The columns that are read from the file: those described, or those of the transactions."""
        return self.columns if self.transactions is None else self.transactions.described

    def valued(self, *, lifetime: bool) -> Site:
        """The site with the value in force: the expected one if `lifetime` could be estimated, or the past one."""
        return self.model_copy(update={"value": self.value.known(lifetime=lifetime)})

    @property
    def value_known(self) -> bool:
        """Whether value is money that the table itself holds, and not an estimate from other columns."""
        if len(self.value.product_of) > 1 or not self.value.columns:
            return False
        added = [self.columns[name] for name in self.value.columns]
        if self.value.sum_of:
            return all(column.role == "monetary" or column.format == "money" for column in added)
        return added[0].role == "monetary" or (added[0].role == "spending" and added[0].format == "money")
