"""Numbers that name and do not measure: parts of the calendar, places, levels by number, invoices, telephones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from analysis.headers.vocabulary import GROUPS, IDENTIFIERS, NUMBERS, roles_of, words_of

if TYPE_CHECKING:
    from analysis.columns.appearance import Look

MOST_NUMBERED = 12
"""Different numbers that can be levels or categories."""
FEWEST_ROWS, NEARLY_ALL = 50, 0.95
"""Rows, and the share of them with a number of their own, from which numbers may be codes."""
DIGITS = 5
"""Figures of a code, at least; shorter numbers are rarely different in every row."""
TELEPHONE = 9
"""Figures from which whole numbers of one length, each another, are hardly amounts."""
EVEN = 1.36
"""Kolmogorov and Smirnov's bound at 5 %, times the root of the rows: numbers given out are spread evenly."""

PLACES = frozenset(
    {
        "lat", "latitude", "lon", "lng", "long", "longitude", "breitengrad", "laengengrad", "langengrad", "latitud",
        "longitud", "latitudine", "longitudine", "breedtegraad", "lengtegraad", "szerokosc", "dlugosc",
    }
)  # fmt: skip
MAPPED = frozenset(
    {"geo", "coord", "coords", "coordinate", "utm", "easting", "northing", "lambert", "koordinate", "gk"}
)
"""Words of a distance on a map, in whatever unit, beside x or y."""
AXES = frozenset({"x", "y", "e", "n", "easting", "northing", "lat", "lon", "long", "lng"})
DESIGN = frozenset(
    {
        "strata", "stratum", "psu", "fpc", "pweight", "pweights", "pwgt", "wgt", "finalwgt", "fnlwgt", "finalwt",
        "persweight", "hhweight", "weighting", "designweight", "surveyweight", "sampleweight", "gewichtung",
        "hochrechnungsfaktor", "ponderation", "ponderacion", "ponderazione",
    }
)  # fmt: skip
"""How a survey drew its rows, and how much each counts."""
DRAWN = frozenset(
    {"survey", "sample", "sampling", "design", "final", "person", "pop", "population", "respondent", "case"}
)
AROUND_ONE = (0.8, 1.25)
"""The mean of weights that were scaled to the number of rows."""
PEOPLE = frozenset(
    {
        "agent", "rep", "advisor", "adviser", "berater", "seller", "salesperson", "salesman", "cashier", "vertreter",
        "betreuer", "verkaufer", "verkaeufer", "vendeur", "vendedor", "venditore", "verkoper", "manager", "dealer",
        "kassierer", "sachbearbeiter",
    }
)  # fmt: skip
"""Somebody whom a customer deals with: one, whose number names them."""
ZONES = frozenset({"timezone", "tz", "utc", "gmt", "zeitzone", "utcoffset", "gmtoffset", "tzoffset"})
LEVELS = frozenset(
    {
        "education", "educational", "edu", "schooling", "bildung", "bildungsstand", "ausbildung", "abschluss",
        "educacion", "educacao", "formazione", "istruzione", "opleiding", "level", "stufe", "niveau", "nivel",
        "livello", "tier", "grade", "band", "bracket", "stage", "klasse", "rank", "rang", "decile", "quartile",
        "quintile", "percentile", "range", "bin", "grouping",
    }
)  # fmt: skip
SIZES = frozenset({"size", "grosse", "groesse", "taille", "tamano", "dimensione", "grootte"})
SIZED = frozenset(
    {
        "settlement", "city", "town", "company", "firm", "business", "organisation", "organization", "stadt", "ort",
        "gemeinde", "unternehmen", "ville", "ciudad", "citta", "municipality", "shirt", "clothing", "shoe", "dress",
    }
)  # fmt: skip
COUNTING = frozenset(
    {
        "years", "months", "days", "score", "number", "count", "points", "amount", "total", "avg", "average", "mean",
        "sum", "per", "spend", "spent", "spending", "ratio", "share", "rate", "cost", "price", "value", "jahre",
    }
)  # fmt: skip
"""Words beside which none of these is a level: `years of education`."""
INVOICES = frozenset(
    {
        "invoice", "receipt", "rechnung", "rechnungsnummer", "beleg", "belegnummer", "bon", "facture", "factura",
        "fattura", "faktura", "ticket", "voucher", "order", "bestellung", "bestellnummer", "commande", "pedido",
        "ordine", "transaction", "payment", "contract", "vertrag", "vertragsnummer", "policy", "case", "shipment",
        "parcel", "tracking", "serial", "barcode", "ean", "isbn", "gtin", "sku", "imei", "msisdn", "handy", "cell",
        "cellphone", "whatsapp", "telefone", "telefono", "mobil", "loyalty", "card", "karte", "carte",
    }
)  # fmt: skip
GOODS = frozenset(
    {
        "sku", "skus", "product", "products", "item", "article", "artikel", "produkt", "produit", "producto", "produto",
        "prodotto", "articulo", "artigo", "articolo", "asin", "ean", "isbn", "gtin", "upc", "barcode", "model",
        "modell", "part", "code", "kod", "codigo", "codice", "ref", "reference", "id", "variant",
    }
)  # fmt: skip
"""What goes by codes, whose figures are no levels."""
MANY = frozenset(
    {
        "household", "haushalt", "foyer", "hogar", "family", "familie", "famille", "familia", "famiglia", "huishouden",
        "account", "team", "route", "tour", "agent", "rep", "advisor", "adviser", "berater", "seller", "salesperson",
        "salesman", "cashier", "terminal", "till", "register", "kasse", "caisse", "caja", "employer", "arbeitgeber",
        "employeur", "company", "firm", "firma", "unternehmen", "entreprise", "empresa", "azienda", "organisation",
        "organization", "cohort", "batch", "ward", "precinct", "manager", "dealer", "handler", "distributor", "partner",
        "supplier", "lieferant", "vendor", "operator", "outlet", "site", "location", "standort", "station", "depot",
        "office", "club", "school", "hospital", "clinic", "doctor", "physician", "vehicle", "device", "meter", "plan",
    }
)  # fmt: skip
"""What a customer belongs to or deals with, of which there are many: their numbers name them."""
LOWEST_NAME = 100
"""From here numbers of such are no counts of them."""


def is_code_of_goods(header: str) -> bool:
    """Whether a header speaks of goods or their codes."""
    return bool(GOODS.intersection(words_of(header)))


def is_name_by_number(look: Look) -> bool:
    """Whether whole numbers name what customers belong to: `Household` 500 to 524, not 1 to 6 people."""
    words = words_of(look.header)
    known = look.figures[np.isfinite(look.figures)]
    if not look.whole or not words or not len(known):
        return False
    numbered = len(words) > 1 and words[-1] in NUMBERS | IDENTIFIERS and words[-2] in MANY | PEOPLE | {"rep"}
    if numbered or words[-1] in PEOPLE:
        return not {"count", "total", "avg"}.intersection(words) and words[0] not in {"number", "no", "count"}
    return words[-1] in MANY and not COUNTING.intersection(words) and bool(known.min() >= LOWEST_NAME)


def is_place(look: Look) -> bool:
    """Whether the column holds degrees of latitude or longitude."""
    spelled = set(words_of(look.header))
    if look.numeric and spelled & MAPPED and (spelled & AXES or spelled <= MAPPED):
        return True
    words = PLACES.intersection(spelled)
    degrees = bool(words) and look.numeric and -180 <= look.p05 <= look.p95 <= 180
    return degrees and (words != {"long"} or (spelled == {"long"} and not look.whole))


def is_design(look: Look) -> bool:
    """Whether a column says how a survey drew its rows or how much each counts: `PSU`, `survey_weight`."""
    words = set(words_of(look.header))
    if not look.numeric or not look.present:
        return False
    weight = words & {"weight", "weights", "wt", "gewicht"}
    known = look.figures[np.isfinite(look.figures)]
    scaled = not look.whole and AROUND_ONE[0] <= known.mean() <= AROUND_ONE[1] and words <= {"weight", "weights", "wt"}
    return bool(words & DESIGN) or bool(weight and words & DRAWN) or bool(weight and scaled)


def is_a_grade(look: Look) -> bool:
    """Whether each digit of a number is a mark of its own: an RFM score of 345."""
    words = words_of(look.header)
    known = look.figures[np.isfinite(look.figures)]
    if "rfm" not in words or not look.whole or not len(known) or not 100 <= known.min() <= known.max() <= 999:
        return False
    return all("0" not in f"{each:.0f}" for each in np.unique(known))


def is_zone(look: Look) -> bool:
    """Whether the column holds a time zone's distance from Greenwich."""
    words = words_of(look.header)
    named = ZONES.intersection(words) or "time zone" in " ".join(words)
    return bool(named) and look.numeric and look.distinct > 1


def is_numbered_level(look: Look) -> bool:
    """Whether a few whole numbers, one after the other from 0 or 1, name levels: `education` 0 to 3."""
    words = set(words_of(look.header))
    named = LEVELS & words or (SIZES & words and SIZED & words)
    if not named or COUNTING & words or not look.whole or not 2 < look.distinct <= MOST_NUMBERED:
        return False
    known = look.figures[np.isfinite(look.figures)]
    return known.min() in {0, 1} and known.max() - known.min() < MOST_NUMBERED


def is_grouping(header: str) -> bool:
    """Whether a header names a category, by its last word or with a word for its number: `Region`, `store code`."""
    words = words_of(header)
    named = [word for word in words if word in GROUPS]
    last = bool(words) and words[-1] in GROUPS | NUMBERS | IDENTIFIERS
    return bool(named) and last and not set(roles_of(header)) - {"channel"} and not COUNTING.intersection(words)


def is_invoice(look: Look) -> bool:
    """Whether the column numbers invoices, cards or the like, by its name and its numbers."""
    words = words_of(look.header)
    named = INVOICES.intersection(words) and (words[-1] in INVOICES | NUMBERS or len(words) == 1)
    return bool(named) and (look.whole or not look.numeric) and look.unique >= 0.9 and _counts_up(look)


def _counts_up(look: Look) -> bool:
    return not look.numeric or look.p05 >= 100


def may_be_code(look: Look) -> bool:
    """Whether whole numbers of one length, each another, are spread as numbers given out are, or stand in order."""
    if not look.whole or look.present < FEWEST_ROWS or look.distinct < NEARLY_ALL * look.present:
        return False
    known = look.figures[np.isfinite(look.figures)]
    if known.min() < 10 ** (DIGITS - 1):
        return False
    digits = int(np.log10(known.max()) + 1e-9) + 1
    alike = int(np.log10(known.min()) + 1e-9) + 1 == digits
    return alike and (digits >= TELEPHONE or _evenly(known) or bool(np.all(np.diff(known) > 0)))


def _evenly(known: np.ndarray) -> bool:
    """Whether numbers lie evenly between the least and the greatest of them."""
    count = len(known)
    place = (np.sort(known) - known.min()) / (known.max() - known.min())
    distance = np.abs(place - (np.arange(count) + 0.5) / count).max()
    return bool(distance < EVEN / np.sqrt(count))


def levels_in_order(levels: tuple[str, ...]) -> tuple[str, ...] | None:
    """Levels that are whole numbers, the lowest first; None where one is written otherwise."""
    if not all(re.fullmatch(r"-?[0-9]+(?:\.0+)?", level) for level in levels):
        return None
    return tuple(sorted(levels, key=float))
