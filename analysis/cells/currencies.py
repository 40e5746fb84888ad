"""Currencies as cells name them: ISO 4217 codes (Babel knows all of them), signs such as `$`, `US$`, `zł`, and names.

A sign that several currencies share, such as `$` or `kr`, is kept as the sign: `fits` says which codes it may mean.
Whoever reads a figure asks `currency_in` for the currency of a cell, and `normalised` for that of a cell of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import narwhals as nw

from analysis.headers.headers import unit_of
from analysis.headers.labels import unit_in
from analysis.headers.vocabulary import roles_of, words_of

SPACES = " \u00a0\u2007\u2009\u202f"
GAP = f"[{SPACES}]*"
MARK = "¤"
"""What stands for a currency, whichever it is, once it has been found: Unicode's sign for just that."""
SHARED: dict[str, tuple[str, ...]] = {
    "$": (
        "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "ARS", "CLP", "COP", "TWD", "BBD", "BMD", "BND", "BSD", "BZD",
        "CUP", "DOP", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "UYU", "XCD",
    ),
    "¥": ("JPY", "CNY"),
    "£": ("GBP", "EGP", "FKP", "GIP", "LBP", "SDG", "SHP", "SSP", "SYP"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "Rs": ("INR", "PKR", "LKR", "NPR", "MUR", "SCR"),
    "Fr": ("CHF", "XAF", "XOF", "XPF", "BIF", "DJF", "GNF", "KMF", "RWF"),
    "﷼": ("IRR", "OMR", "QAR", "SAR", "YER"),
}  # fmt: skip
"""Sign → the currencies that are written with it, the likeliest first."""
SIGNS: dict[str, str] = {
    **{sign: sign for sign in SHARED}, "＄": "$", "￥": "¥", "￡": "£", "₤": "£", "kr.": "kr", "Kr": "kr", "Kr.": "kr",
    "Rs.": "Rs", "₨": "Rs", "Fr.": "Fr", "SFr.": "CHF", "sFr.": "CHF", "SFr": "CHF", "sFr": "CHF",
    "€": "EUR", "Euro": "EUR", "euro": "EUR", "Euros": "EUR", "euros": "EUR", "₹": "INR", "₽": "RUB", "руб.": "RUB",
    "руб": "RUB", "₩": "KRW", "￦": "KRW", "원": "KRW", "円": "JPY", "元": "CNY", "₺": "TRY", "₫": "VND", "₪": "ILS",
    "฿": "THB", "₴": "UAH", "грн": "UAH", "грн.": "UAH", "₦": "NGN", "₱": "PHP", "₡": "CRC", "₲": "PYG", "₵": "GHS",
    "₸": "KZT", "₼": "AZN", "₾": "GEL", "֏": "AMD", "৳": "BDT", "₭": "LAK", "₮": "MNT", "៛": "KHR", "؋": "AFN",
    "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "лв": "BGN", "лв.": "BGN", "lei": "RON", "Rp": "IDR", "Rp.": "IDR",
    "RM": "MYR", "S/.": "PEN", "S/": "PEN", "TL": "TRY", "Bs.": "BOB",
    "JP¥": "JPY", "CN¥": "CNY",
}  # fmt: skip
COUNTRIES = {
    "US": "USD", "U.S.": "USD", "CA": "CAD", "CAN": "CAD", "C": "CAD", "A": "AUD", "AU": "AUD", "NZ": "NZD",
    "HK": "HKD", "S": "SGD", "R": "BRL", "NT": "TWD", "MX": "MXN", "Mex": "MXN", "EC": "XCD",
}  # fmt: skip
"""What stands beside a dollar sign to say whose it is."""
BEHIND = ("US", "CAN", "CA", "AU", "NZ", "HK")
"""Those of them that may stand behind it: `5 $ US`."""
SMALL = ("usd", "eur", "gbp", "chf", "jpy", "cny", "inr", "cad", "aud", "nzd", "sek", "nok", "dkk", "pln", "czk", "huf")
"""Codes that are written in small letters too, and are no word of any kind: `5 cup` and `5 all` are no money."""
NAMES = {
    "dollar": "$", "dollars": "$", "us dollar": "USD", "us dollars": "USD", "euro": "EUR", "euros": "EUR", "eur": "EUR",
    "pound": "£", "pounds": "£", "pound sterling": "GBP", "sterling": "GBP", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "franken": "CHF", "schweizer franken": "CHF", "us-dollar": "USD",
    "rupee": "Rs", "rupees": "Rs", "krona": "kr", "krone": "kr", "kronor": "kr", "zloty": "PLN", "real": "BRL",
}  # fmt: skip
MULTIPLES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (3, ("k", "K", "T", "tsd", "Tsd", "TSD", "thousand")),
    (6, ("m", "M", "MM", "mn", "Mn", "mln", "Mln", "mio", "Mio", "MIO", "million", "Million", "millions", "Millionen")),
    (9, ("b", "B", "bn", "Bn", "BN", "mrd", "Mrd", "MRD", "mld", "Mld", "billion", "milliard", "Milliarden")),
    (5, ("lakh", "lakhs", "Lakh", "Lakhs", "lac", "lacs", "Lac", "Lacs")),
    (7, ("crore", "crores", "Crore", "Crores")),
)
"""Zeros, and the words that stand for them behind a figure: `2.3 Mio. €`."""
SIDES = "CR|DR|Cr|Dr|cr|dr"
"""A ledger's credit and debit."""
SHOWN = {"EUR": "€", "INR": "₹", "KRW": "₩", "Rs": "Rs.", "Fr": "Fr."}
HEADERS = ("currenc", "wahrung", "waehrung", "devise", "divisa", "moneda", "moeda", "valut", "walut", "валют")
"""Beginnings of words of a header that speaks of currencies."""
UNSPACED = ("通貨", "货币", "币种", "통화")
"""The same where words are not parted."""
# Words of a header that speaks of money, beside those of the roles.
MONEY = frozenset(
    {
        "money", "price", "amount", "cost", "costs", "salary", "budget", "balance", "payment", "payments", "subtotal",
        "turnover", "profit", "cash", "debt", "loan", "wealth", "betrag", "preis", "kosten", "gewinn", "guthaben",
        "montant", "prix", "cout", "importe", "precio", "monto", "coste", "importo", "prezzo", "costo", "bedrag",
        "prijs", "kwota", "cena", "pris", "belop",
    }
)  # fmt: skip
COUNTS = frozenset(
    {"number", "no", "num", "nr", "count", "counts", "anzahl", "nombre", "numero", "share", "rate", "days"}
)
"""Words of a header that speaks of how many, and not of how much: `Number of payments`."""


UNKNOWN_CURRENCY = "?"
"""A cell of a column of currencies that names none that is known."""
MOSTLY = 0.5
NOTHING_SAID = ("", "nan", "null", "n/a", "na", "none", "<na>", "#n/a", "-", "–", "—")


@lru_cache
def codes() -> frozenset[str]:
    """All codes of ISO 4217, those of the past among them."""
    from babel.core import get_global  # noqa: PLC0415 (most commands read no figure)

    return frozenset(get_global("all_currencies"))


@lru_cache
def money() -> str:
    """The pattern of a currency beside a figure: plain enough for every engine, longer signs before shorter ones."""
    country = _either(COUNTRIES)
    dollar = rf"(?:(?:{country}) ?)?[$＄](?: ?(?:{'|'.join(BEHIND)})\b)?"
    signs = _either(sign for sign in SIGNS if sign not in {"$", "＄"})
    return f"(?:{dollar}|{signs}|{_tree(sorted({*codes(), *SMALL}))})"


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _tree(words: list[str]) -> str:
    """Words of three letters as a pattern that looks at each letter once: `A(?:E[D]|F[AN])`."""
    first: dict[str, dict[str, str]] = {}
    for word in words:
        seconds = first.setdefault(word[0], {})
        seconds[word[1]] = seconds.get(word[1], "") + word[2]
    branches = (
        f"{letter}(?:{'|'.join(f'{second}[{thirds}]' for second, thirds in seconds.items())})"
        for letter, seconds in first.items()
    )
    return f"(?:{'|'.join(branches)})"


def marked(cells: nw.Expr) -> nw.Expr:
    """The cells with one and the same mark in the place of every currency."""
    return cells.str.replace_all(money(), MARK)


# Whatever else may stand in a cell of money: digits and what parts them, brackets, suffixes such as k, Mio., CR.
_REST = rf"[0-9.,]{GAP}(?:{{suffixes}})\b|\b(?:{SIDES})\b\.?|/[-=]|[0-9.,'’()%+−–—{SPACES}-]"


@lru_cache
def _meant() -> dict[str, str]:
    """What is left of a cell without its figure → its currency."""
    plain = {sign.replace(".", ""): found for sign, found in SIGNS.items()}
    dollars = {form: code for place, code in COUNTRIES.items() for form in _beside(place.replace(".", ""), code)}
    twice = {
        form: code
        for sign, fitting in SHARED.items()
        for code in fitting
        for form in (f"{sign}{code}", f"{code}{sign}")
    }
    own = {f"{sign}{code}": code for sign, code in plain.items() if code in codes()}
    turned = {f"{code}{sign}": code for sign, code in plain.items() if code in codes()}
    known = {code: code for code in codes()} | {code: code.upper() for code in SMALL}
    scaled = {
        f"{multiple}{code}": code for multiple in ("k", "K", "T", "M", "m") for code in (*map(str.upper, SMALL), "EUR")
    }
    return {**scaled, **twice, **own, **turned, **plain, **dollars, **known}


def _beside(place: str, code: str) -> tuple[str, ...]:
    return f"{place}$", f"{place}＄", f"${place}", f"{place}${code}", f"{code}{place}$"


def currency_in(cells: nw.Expr) -> nw.Expr:
    """The currency that a trimmed cell with a figure names: a code, or a sign that several share; null where none does.

    `US$ 5`, `5 USD` and `$5 USD` give `USD`, `$5` gives `$`, `5` and a cell without a figure give null.
    """
    left = cells.str.replace_all(_REST.format(suffixes=_either(word for _, words in MULTIPLES for word in words)), "")
    found = left.replace_strict(_meant(), default=None, return_dtype=nw.String)
    return nw.when(cells.str.contains("[0-9]")).then(found).otherwise(None)


def normalised(text: str) -> str | None:
    """The currency that a cell of a column of currencies names: in any case, by code, sign or name; None if none."""
    bare = " ".join(text.split())
    upper = bare.upper().strip(".")
    if upper in codes():
        return upper
    found = _meant().get(bare.replace(" ", "").replace(".", "")) or NAMES.get(bare.casefold())
    if found:
        return str(found)
    named = {word for word in re.findall(r"\b[A-Z]{3}\b", bare) if word in codes()}
    if len(named) == 1:
        return str(named.pop())
    named_so: str | None = _names().get(bare.casefold())
    return named_so


@lru_cache
def _names() -> dict[str, str]:
    """Currencies by their English names, small: `swiss franc` → CHF."""
    from babel import Locale  # noqa: PLC0415 (loads the names of a language)

    names: dict[str, str] = {name.casefold(): code for code, name in Locale.parse("en").currencies.items()}
    return names


def fits(found: str, code: str) -> bool:
    """Whether what `currency_in` found may be the currency of that code: `$` may be CAD, and is not EUR."""
    return found == code or code in SHARED.get(found, ())


def alike(found: Sequence[str]) -> dict[str, str]:
    """What was found in one table → what it is: a shared sign is the one code beside it that it fits, `円` and `¥` yen.

    Not so a dollar: where `US$` stands beside `$`, that may be another one.
    """
    stated = [each for each in found if each not in SHARED and each != UNKNOWN_CURRENCY]
    return {each: stated[0] if len(stated) == 1 and each != "$" and fits(each, stated[0]) else each for each in found}


def likeliest(found: str) -> str:
    """The code that is meant most often by what was found."""
    return SHARED[found][0] if found in SHARED else found


def shown(found: str) -> str:
    """A currency in a sentence: its sign where no other has it, else its code."""
    return SHOWN.get(found, found)


def names_currencies(header: str) -> bool:
    """Whether a header speaks of currencies: `Currency`, `Order currency code`, `Währung`, `mc_currency`."""
    words = words_of(header)
    return any(word.startswith(HEADERS) or any(part in word for part in UNSPACED) for word in words)


def says_money(header: str) -> bool:
    """Whether a header speaks of money."""
    words = words_of(header)
    if unit_in(header).format == "money":
        return True
    if COUNTS.intersection(words):
        return False
    return bool({"income", "monetary", "spending"} & roles_of(header).keys() or MONEY.intersection(words))


def header_currency(header: str) -> str:
    """The code or sign that a header states as its unit: `$` of `Income (k$)`; empty if it states none."""
    currency = unit_in(header).currency
    return next((sign for sign in "$£¥" if sign in unit_of(header)[1]), currency) if currency else ""


def column_of(header: Sequence[str], near: Iterable[str]) -> int | None:
    """The place of the header that speaks of currencies, of several the one most like those of the money beside it."""
    places = [place for place, title in enumerate(header) if names_currencies(title)]
    beside = [set(words_of(title)) for title in near]

    def likeness(place: int) -> tuple[int, int]:
        own = {word for word in words_of(header[place]) if word != "code" and not word.startswith(HEADERS)}
        return max((len(own & words) for words in beside), default=0), -len(own)

    return max(places, key=likeness, default=None)


def named_in(cells: Sequence[str]) -> list[str] | None:
    """The currency of each cell, empty where the cell says that there is none; None where most cells name no currency.

    Many rows share few currencies, so each text is read once.
    """
    counted = Counter(cells)
    read = {text: "" if text.lower() in NOTHING_SAID else normalised(text) or UNKNOWN_CURRENCY for text in counted}
    said = sum(count for text, count in counted.items() if read[text])
    known = sum(count for text, count in counted.items() if read[text] not in {"", UNKNOWN_CURRENCY})
    return [read[text] for text in cells] if said and known >= said * MOSTLY else None
