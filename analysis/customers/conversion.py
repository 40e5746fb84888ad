"""Money of several currencies, counted in one: which rows are kept, what they are multiplied by, or what to ask.

Amounts of different currencies are never added up. A row's currency stands in a column of its own, or beside the
figure; `data.currency` keeps the rows of one, `data.rates` says what the others are worth. Where neither settles it,
one sentence asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from analysis.basics.listed import listed
from analysis.basics.locales import NO_CURRENCY as NO_SIGN
from analysis.cells.conventions import BARE
from analysis.cells.currencies import UNKNOWN_CURRENCY, alike, currency_in, fits, header_currency, likeliest, shown
from analysis.cells.dates import days
from analysis.cells.kinds.reading import FINE, NO_CURRENCY, OTHER_CURRENCY, TWO_CURRENCIES, Reading
from analysis.cells.known import UNKNOWN, Known
from analysis.configuration.column import Column
from analysis.configuration.site import Site
from analysis.configuration.table import Rate
from analysis.customers.expectations import Unfit
from analysis.errors import DataError
from analysis.language import gettext_noop
from analysis.language.notes import Names, Note, note
from analysis.reading.table import CURRENCY, Table

BLANK = "–"
"""A cell without a figure, which needs no currency."""
PARTED = "|"
NAMED = 4


@dataclass(frozen=True)
class Settled:
    """What becomes of each currency that was found."""

    codes: Mapping[str, str]
    """Code or shared sign → the code that it is taken for."""
    worth: Mapping[str, Rate]
    """Code → what one unit is worth; codes that are not in it are set aside."""
    problem: str = ""
    """What cannot be decided, and which settings decide it."""


@dataclass(frozen=True, eq=False)
class Conversion:
    """The cells with the column `factor`, by which a row's money is multiplied, and what else follows."""

    cells: nw.LazyFrame[Any]
    factor: nw.Expr
    aside: tuple[Reading, ...] = ()
    """To be judged beside the other readings: it sets rows of other currencies aside, with the reason."""
    problems: tuple[Unfit, ...] = ()
    notes: tuple[Note, ...] = ()


def settled(found: Sequence[str], site: Site, said: str = "", *, coded: bool = False, plain: bool = False) -> Settled:
    """What the settings make of the currencies found in a table, the commonest first.

    `said` is the code that the column itself is said to be in, where that is not the site's; `coded`: they were found
    as codes in a column of their own, and not beside figures; `plain`: the column is shown without any currency, so
    that it may have one of its own.
    """
    data, own = site.data, said or site.site.currency
    rates: Mapping[str, Rate] = {} if said else data.rates
    kept = None if said else data.currency
    codes: dict[str, str] = {}
    for each, one in alike(found).items():
        fitting = [kept] if kept else sorted({own, *rates})
        meant = [each] if each in fitting else [code for code in fitting if fits(each, code)]
        if len(meant) > 1:
            either = " or ".join(meant)
            return Settled(
                {}, {}, f"“{shown(each)}” may be {either}. Name a column of codes as `data.currency_column`."
            )
        codes[each] = meant[0] if meant else one
    counted = [code for code in dict.fromkeys(codes.values()) if kept in (None, code)]
    worth: dict[str, Rate] = {code: rates.get(code, 1.0) for code in counted if code == own or code in rates}
    lacking = [code for code in counted if code not in worth]
    if plain and len(counted) == len(lacking) == 1:
        return Settled(codes, {lacking[0]: 1.0})
    if not lacking or (rates and own == NO_SIGN):
        told = f"`data.rates` converts to `site.currency`, and {NO_SIGN} is none. Set it."
        return Settled(codes, worth, told if rates and own == NO_SIGN else "")
    first = {code: each for each, code in reversed(codes.items())}
    if rates:
        told = f"`data.rates` has no rate for {_named([first[code] for code in lacking], coded=coded)}. Add it, or "
        return Settled(codes, worth, f"{told}`data.currency: {own}` to keep one currency.")
    if len(counted) > 1:
        return Settled(codes, worth, mixed([first[code] for code in counted], coded=coded))
    return Settled(codes, worth, _other(first[counted[0]], own, site, said=said, coded=coded))


def _other(found: str, own: str, site: Site, *, said: str, coded: bool) -> str:
    """The sentence for one currency that is not the one expected."""
    told, code = f"amounts are in {_named([found], coded=coded)}", likeliest(found)
    if found == UNKNOWN_CURRENCY:
        return f"{told}. Write codes such as EUR, or `data.currency_column: false` if it names none."
    if said:
        return f"{told}, but the unit of the column is {own}. Set its `unit` to {code}."
    if own == NO_SIGN:
        return f"{told}, but `site.currency: {NO_SIGN}` says that no currency is known. Set `site.currency: {code}`."
    default = "" if "currency" in site.site.model_fields_set else ", since `site.currency` is not set"
    return f"{told}, but the site counts in {own}{default}. Set `site.currency: {code}`, or `data.rates` to convert."


def mixed(found: Sequence[str], *, coded: bool = False) -> str:
    """The sentence for several currencies of which nothing is decided."""
    first = likeliest(next((each for each in found if each != UNKNOWN_CURRENCY), "EUR"))
    names = _named(found, coded=coded)
    kept = f"Add `data.currency: {first}` to keep one, or `data.rates` to convert to `site.currency`."
    return f"amounts are in {names}. {kept}"


def _named(found: Sequence[str], *, coded: bool = False) -> str:
    """`€, $ and ¥`: four at most are named, by their codes where they were `coded`."""
    names = [each if coded else shown(each) for each in found if each != UNKNOWN_CURRENCY]
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], "others"]
    elif UNKNOWN_CURRENCY in found:
        names.append("others" if names else "no known currency")
    return listed(names)


def convert(
    table: Table,
    cells: nw.LazyFrame[Any],
    money: Mapping[str, str],
    site: Site,
    known: Known = UNKNOWN,
    day: str | None = None,
) -> Conversion:
    """Count the money of a table in the site's currency.

    `cells` are trimmed cells (`analysis.customers.judge.trimmed`), `money` maps the header of each column of money
    to the name of its cells; all of them share the currency of their row, or where no cell states one that of their
    headers. `day` names a column of days since 1970, for rates by day. Raises DataError for a later table (`known`
    of an earlier one) whose currencies are not settled.
    """
    stated = of_headers(money)
    headers = stated if headers_count(stated, site) else ()
    return converted(table, cells, Spoken(money, site, headers=headers, day=day), known)


def of_headers(headers: Iterable[str]) -> tuple[str, ...]:
    """The currencies that headers state, each once."""
    return tuple(dict.fromkeys(filter(None, map(header_currency, headers))))


def headers_count(stated: Sequence[str], site: Site) -> bool:
    """Whether the currencies that headers state are asked about: not where the analyst states one and they agree."""
    return "currency" not in site.site.model_fields_set or bool(site.data.rates) or len(stated) > 1


@dataclass(frozen=True)
class Spoken:
    """Columns of money, and what their description says of their currency."""

    money: Mapping[str, str]
    site: Site
    said: str = ""
    """The code that the columns are said to be in, where that is not the site's."""
    headers: tuple[str, ...] = ()
    """The codes and signs that the headers state; cells count before them."""
    plain: bool = False
    """The columns are shown without a currency."""
    day: str | None = None
    alias: str = "factor"


def converted(table: Table, cells: nw.LazyFrame[Any], spoken: Spoken, known: Known = UNKNOWN) -> Conversion:
    """As `convert`, with all that is known of the columns."""
    parts = [_sign(name) for name in spoken.money.values() if _carries_more(cells, name)]
    by_row = bool(table.currencies) and not spoken.said
    if not (parts or by_row or spoken.headers):
        return Conversion(cells, nw.lit(1.0))
    key = nw.concat_str([nw.col(CURRENCY) if by_row else nw.lit(""), *parts], separator=PARTED)
    keyed = cells.with_columns(key.alias(spoken.alias))
    counts = keyed.group_by(spoken.alias).agg(nw.len().alias("rows")).collect()
    rows = dict(zip(counts[spoken.alias].to_list(), map(int, counts["rows"].to_list()), strict=True))
    meant = {text: _meant(text) for text in rows}
    named = _commonest(rows, meant)
    decided = settled(named or spoken.headers, spoken.site, spoken.said, coded=by_row, plain=spoken.plain)
    differ = "" if named else _apart(spoken.headers)
    asked = decided.problem or differ or _undated(keyed, decided, spoken, _codes(meant, decided))
    where = table.currency_header if by_row else next(iter(spoken.money))
    if asked:
        return Conversion(cells, nw.lit(1.0), problems=_problems(table, where, asked, known))
    return _applied(keyed, decided, meant, spoken, where)


def _codes(meant: Mapping[str, str | int], decided: Settled) -> dict[str, str]:
    """The code of each row's currency by its key; where all that is stated is one, the rows that state none have it."""
    only = set(decided.codes.values())
    alone = only.pop() if len(only) == 1 else ""
    stated = {text: decided.codes.get(each, "") if isinstance(each, str) else "" for text, each in meant.items()}
    return {text: alone if meant[text] == NO_CURRENCY else code for text, code in stated.items()}


def _applied(
    keyed: nw.LazyFrame[Any], decided: Settled, meant: Mapping[str, str | int], spoken: Spoken, where: str
) -> Conversion:
    """The factors and the faults of the rows, each told by its key."""
    codes = _codes(meant, decided)
    faults = {text: _fault(each, codes[text], decided) for text, each in meant.items()}
    key, fault = nw.col(spoken.alias), f"{spoken.alias} fault"
    cells = keyed.with_columns(
        key.replace_strict(faults, return_dtype=nw.Int64).alias(fault),
        key.replace_strict(codes, return_dtype=nw.String).alias(spoken.alias),
    )
    cells = cells.with_columns(_factor(nw.col(spoken.alias), decided, spoken.day).alias(spoken.alias))
    aside = Reading(where, Column(role="category"), nw.lit(0.0), nw.col(fault))
    return Conversion(
        cells,
        nw.col(spoken.alias),
        (aside,) if any(faults.values()) else (),
        notes=_notes(decided, spoken.site, next(iter(spoken.money))),
    )


def _carries_more(cells: nw.LazyFrame[Any], name: str) -> bool:
    """Whether a column holds more than digits and what parts them."""
    return not bool(cells.select(nw.col(name).str.contains(BARE).all()).collect().item())


def _sign(name: str) -> nw.Expr:
    text = nw.col(name)
    return nw.when(text.str.contains("[0-9]")).then(currency_in(text).fill_null("")).otherwise(nw.lit(BLANK))


def _meant(text: str) -> str | int:
    """The currency of a row by its key, or the fault in it; FINE where the row has no money."""
    own, *signs = text.split(PARTED)
    stated = [each for each in dict.fromkeys((own, *signs)) if each not in ("", BLANK)]
    if not stated:
        return NO_CURRENCY if not signs or "" in signs else FINE
    exact = sorted(stated, key=lambda each: not each.isalpha() or len(each) != 3)
    first = exact[0]
    return first if all(fits(each, first) for each in stated) else TWO_CURRENCIES


def _commonest(rows: Mapping[str, int], meant: Mapping[str, str | int]) -> list[str]:
    counted: dict[str, int] = {}
    for text, each in meant.items():
        if isinstance(each, str):
            counted[each] = counted.get(each, 0) + rows[text]
    return sorted(counted, key=lambda each: (-counted[each], each))


def _fault(each: str | int, code: str, decided: Settled) -> int:
    if each in (FINE, TWO_CURRENCIES):
        return int(each)
    if each == NO_CURRENCY and not code:
        return NO_CURRENCY if decided.codes else FINE
    return FINE if code in decided.worth else OTHER_CURRENCY


def _factor(code: nw.Expr, decided: Settled, day: str | None) -> nw.Expr:
    factor: nw.Expr = nw.lit(1.0)
    for own, rate in decided.worth.items():
        if rate != 1.0:
            factor = nw.when(code == own).then(_worth(rate, day)).otherwise(factor)
    return factor


def _worth(rate: Rate, day: str | None) -> nw.Expr:
    if not isinstance(rate, dict):
        return nw.lit(rate)
    first, *later = sorted(rate.items())
    worth: nw.Expr = nw.lit(first[1])
    for valid, each in later:
        worth = nw.when(nw.col(str(day)) >= days(valid)).then(nw.lit(each)).otherwise(worth)
    return worth


def _undated(keyed: nw.LazyFrame[Any], decided: Settled, spoken: Spoken, codes: Mapping[str, str]) -> str:
    """What rates by day lack: days of the rows, or a day early enough."""
    for code, rate in decided.worth.items():
        if not isinstance(rate, dict):
            continue
        if spoken.day is None:
            return f"`data.rates` gives {code} by day, but the rows have no day. Write one number for {code}."
        texts = [text for text, each in codes.items() if each == code]
        early = (nw.col(spoken.day) < days(min(rate))) & nw.col(spoken.alias).is_in(texts)
        if before := int(keyed.select(early.sum()).collect().item() or 0):
            rows = f"{before:,} {'row' if before == 1 else 'rows'} in {code} {'lies' if before == 1 else 'lie'}"
            return f"{rows} before the first day of its rates. Add an earlier one under `data.rates`."
    return ""


def _apart(headers: Sequence[str]) -> str:
    """What to ask where columns whose figures are added up state different currencies, whatever they are worth."""
    apart = [each for each in headers if not any(each != other and fits(each, other) for other in headers)]
    if len(apart) < 2:
        return ""
    return (
        f"the headers of the columns of money name {_named(apart)}, and their figures are added up. Name columns of "
        "one currency under `transactions`."
    )


def _problems(table: Table, where: str, sentence: str, known: Known) -> tuple[Unfit, ...]:
    told = f"{table.name}, column “{where}”: {sentence}"
    if known is not UNKNOWN:
        raise DataError(told)
    return (Unfit(None, told),)


def _notes(decided: Settled, site: Site, name: str) -> tuple[Note, ...]:
    others = [code for code, rate in decided.worth.items() if rate != 1.0]
    told = gettext_noop("Amounts in “{column}” that are in {currencies} were converted to {currency} by data.rates.")
    currencies = Names(tuple(others), joined="and", quoted=False)
    return (note(told, column=name, currencies=currencies, currency=site.site.currency),) if others else ()
