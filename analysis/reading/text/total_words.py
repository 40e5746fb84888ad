"""What tables write where a row holds totals, in the languages that exports come in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Kind = Literal["certain", "alone", "within"]
"""How sure a label is: `Subtotal`, `Grand Total` (nobody is called that); `Total` alone; `Total North`, `Total SE`."""

# A word that begins or ends a label names a total by itself, unless the rest says otherwise.
TOTALS = (
    "total", "totals", "totals row", "total row", "sum", "sums", "overall", "all rows",  # English
    "summe", "gesamt", "insgesamt", "ergebnis",  # German
    "somme", "totaux", "ensemble",  # French
    "suma", "totales", "soma", "totais",  # Spanish, Portuguese
    "totale", "totali", "somma",  # Italian
    "totaal", "totalen", "som",  # Dutch
    "razem", "ogółem", "łącznie",  # Polish
    "celkem", "součet", "spolu", "súčet",  # Czech, Slovak
    "summa", "totalt", "i alt", "ialt", "yhteensä",  # Swedish, Danish, Norwegian, Finnish
    "összesen", "összeg", "toplam", "ukupno", "skupaj", "общо", "σύνολο",
    "итого", "всего", "разом", "усього", "всього",  # Russian, Ukrainian
    "合計", "総計", "合计", "总计", "總計", "합계", "총계", "المجموع", "الإجمالي", 'סה"כ', "कुल",
)  # fmt: skip
CARRIED = (
    "opening balance", "closing balance", "carried forward", "brought forward", "balance forward", "balance forwarded",
    "balance carried forward", "balance brought forward", "starting balance", "ending balance", "previous balance",
    "balance b/f", "balance c/f", "balance b/d", "balance c/d", "bal b/f", "bal c/f", "bal. b/f", "bal. c/f",
    "übertrag", "saldovortrag", "saldoübertrag", "anfangssaldo", "endsaldo", "eröffnungssaldo", "schlusssaldo",
    "anfangsbestand", "endbestand", "eb-wert", "eb-werte", "solde initial", "solde final", "solde d'ouverture",
    "solde de clôture", "solde reporté", "report à nouveau", "à nouveau", "saldo inicial", "saldo final",
    "saldo anterior", "saldo de apertura", "saldo iniziale", "saldo finale", "saldo precedente", "saldo di apertura",
    "beginsaldo", "eindsaldo", "openingssaldo", "saldo początkowe", "saldo końcowe", "bilans otwarcia",
)  # fmt: skip
"""What a ledger carries from one page or year to the next: no sale, whoever's it is."""
CERTAIN = (
    *CARRIED,
    "all customers", "all other customers", "all others", "all clients", "all accounts", "total customers",
    "alle kunden", "alle anderen kunden", "alle übrigen kunden", "tous les clients", "autres clients",
    "todos los clientes", "todos os clientes", "tutti i clienti", "alle klanten", "wszyscy klienci",
    "grand total", "grand totals", "subtotal", "subtotals", "sub total", "sub-total", "sub totals", "sub-totals",
    "overall total", "report total", "report totals", "page total", "running total", "sum total", "column total",
    "gesamtsumme", "zwischensumme", "endsumme", "gesamtergebnis", "teilergebnis", "summe gesamt", "gesamttotal",
    "total général", "total general", "sous-total", "sous total", "total geral", "suma total", "suma parcial",
    "totale generale", "totale complessivo", "subtotale", "totale parziale",
    "eindtotaal", "subtotaal", "totaal generaal", "algemeen totaal", "suma końcowa", "suma częściowa", "suma ogólna",
    "mezisoučet", "celkový součet", "medzisúčet", "delsumma", "totalsumma", "delsum", "totalsum", "hovedtotal",
    "välisumma", "loppusumma", "részösszeg", "végösszeg", "genel toplam", "ara toplam", "sveukupno", "međuzbroj",
    "общий итог", "промежуточный итог", "загальний підсумок", "γενικό σύνολο", "μερικό σύνολο",
    "小計", "小计", "소계",
)  # fmt: skip
MEANS = (
    "average", "averages", "avg", "mean", "means", "durchschnitt", "mittelwert", "mittel", "moyenne", "promedio",
    "media", "média", "gemiddelde", "gemiddeld", "średnia", "průměr", "priemer", "medelvärde", "genomsnitt",
    "gjennomsnitt", "gennemsnit", "keskiarvo", "átlag", "ortalama", "prosjek", "среднее", "середнє", "平均",
)  # fmt: skip

STATISTICS = (
    "median", "min", "max", "minimum", "maximum", "count", "std", "stdev", "std dev", "standard deviation", "variance",
    "standardabweichung", "médiane", "écart-type", "mediana", "desviación estándar", "deviazione standard", "mediaan",
    "standaardafwijking", "odchylenie standardowe",
)  # fmt: skip
"""What stands below a table beside totals and means."""
NAMES = frozenset({"max", "min"})
"""Those that people are called too: they count only where another stands in the same column."""

BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
EDGES = " \t\u00a0:=*.,;-–—_#|>"
KINDS: dict[str, frozenset[str]] = {"certain": frozenset(CERTAIN), "alone": frozenset((*TOTALS, *MEANS, *STATISTICS))}


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


SURE = re.compile(rf"(?:(?:{_either(CERTAIN)})(?!\w).*|.*(?<!\w)(?:{_either(CERTAIN)}))", re.DOTALL)
BALANCE = re.compile(
    rf"[\W\d]*(?:{_either(CARRIED)})(?:\s+(?:as of|as at|per|zum|vom|from|on|at|au|du|al|del|op))?"
    r"(?:\s+[^\W\d]{3,9}\.?(?=\s*[0-9]))?[\W\d]*",
    re.DOTALL,
)
"""A balance with its day, its month or its year: `Saldovortrag zum 01.01.2024`, `Opening balance January 2024`."""
WITHIN = re.compile(
    rf"(?:(?:{_either((*TOTALS, *MEANS))})(?!\w).*|.*(?<!\w)(?:{_either((*TOTALS, *MEANS))}))", re.DOTALL
)
MEANT = re.compile(rf"(?:^|(?<!\w))(?:{_either(MEANS)})(?!\w)")
LONGEST = 60
"""Characters; a longer text is no label."""
HEADS = frozenset(word[:3] for word in (*TOTALS, *CERTAIN, *MEANS, *STATISTICS))
TAILS = frozenset(word[-3:] for word in (*TOTALS, *CERTAIN, *MEANS, *STATISTICS))


def kind_of_total(cell: str) -> Kind | None:
    """How sure it is by a cell alone that its row holds totals; None where nothing says so."""
    if len(cell) > LONGEST:
        return None
    text = BRACKET.sub("", " ".join(cell.casefold().split()).strip(EDGES)).strip(EDGES)
    if text in KINDS["certain"]:
        return "certain"
    if text in KINDS["alone"]:
        return "alone"
    if SURE.fullmatch(text):
        return "certain"
    return "within" if WITHIN.fullmatch(text) else None


def is_carried(cell: str) -> bool:
    """Whether a cell says that its row holds a balance, which is no purchase: `Opening balance`, whoever's it is."""
    return len(cell) <= LONGEST and BALANCE.fullmatch(cell.casefold()) is not None


def means(cell: str) -> bool:
    """Whether a label speaks of means rather than of sums."""
    return bool(MEANT.search(cell.casefold()))


def labels(cells: Iterable[str]) -> dict[str, Kind]:
    """The different cells of a column that are labels of totals; most are passed over by their first and last signs."""
    found: dict[str, Kind] = {}
    for cell in cells:
        if (cell[:3].lower() in HEADS or cell[-3:].lower() in TAILS or _odd(cell)) and (kind := kind_of_total(cell)):
            found[cell] = kind
    others = [cell for cell in found if cell.casefold().strip(EDGES) not in NAMES]
    return found if others else {}


def _odd(cell: str) -> bool:
    """Whether signs around the words may hide them."""
    return bool(cell) and not (cell.isascii() and cell[0].isalnum() and cell[-1].isalnum())
