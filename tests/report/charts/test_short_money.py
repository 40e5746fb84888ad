"""Large amounts read the same on the axes of picture and live chart as in tables, whatever the locale."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from lxml import etree

from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.charts.drawing import draw
from report.charts.locale import format_locale, short_label
from report.charts.registry import names
from report.charts.specification import Specified, specified

VALUES = (-2_500_000, 0, 8_000, 150_000, 1_500_000, 2_500_000_000)
WRITTEN = {
    ("en_US", "USD"): ["−$2.5M", "$0", "$8,000", "$150K", "$1.5M", "$2.5B"],
    ("en_GB", "GBP"): ["−£2.5M", "£0", "£8,000", "£150K", "£1.5M", "£2.5B"],
    ("de_DE", "EUR"): ["−2,5 Mio. €", "0 €", "8.000 €", "150.000 €", "1,5 Mio. €", "2,5 Mrd. €"],
    ("de_CH", "CHF"): ["−2.5 Mio. CHF", "CHF 0", "CHF 8’000", "CHF 150’000", "1.5 Mio. CHF", "2.5 Mrd. CHF"],
    ("fr_FR", "EUR"): ["−2,5 M €", "0 €", "8 000 €", "150 k €", "1,5 M €", "2,5 Md €"],
    ("es_ES", "EUR"): ["−2,5 M€", "0 €", "8.000 €", "150 mil €", "1,5 M€", "2500 M€"],
    ("it_IT", "EUR"): ["−2,5 Mln €", "0 €", "8.000 €", "150.000 €", "1,5 Mln €", "2,5 Mld €"],
    ("nl_NL", "EUR"): ["−€ 2,5 mln.", "€ 0", "€ 8.000", "€ 150K", "€ 1,5 mln.", "€ 2,5 mld."],
    ("pl_PL", "PLN"): ["−2,5 mln zł", "0 zł", "8 000 zł", "150 tys. zł", "1,5 mln zł", "2,5 mld zł"],
    ("sv_SE", "SEK"): ["−2,5 mn kr", "0 kr", "8 000 kr", "150 tn kr", "1,5 mn kr", "2,5 md kr"],
    ("pt_BR", "BRL"): ["−R$ 2,5 mi", "R$ 0", "R$ 8.000", "R$ 150 mil", "R$ 1,5 mi", "R$ 2,5 bi"],
    ("ja_JP", "JPY"): ["−￥250万", "￥0", "￥8,000", "￥15万", "￥150万", "￥25億"],
    ("en_IN", "INR"): ["−₹25L", "₹0", "₹8,000", "₹1.5L", "₹15L", "₹250Cr"],
    ("hi_IN", "INR"): ["−₹25 लाख", "₹0", "₹8,000", "₹1.5 लाख", "₹15 लाख", "₹2.5 अ॰"],
    ("de_DE", "XXX"): ["−2,5 Mio.", "0", "8.000", "150.000", "1,5 Mio.", "2,5 Mrd."],
}  # fmt: skip
LOCALES = pytest.mark.parametrize(("locale", "currency"), WRITTEN, ids=[f"{one}-{other}" for one, other in WRITTEN])


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def texts(picture: str) -> list[str]:
    """Every text of a picture."""
    return [plain("".join(one.itertext())) for one in etree.fromstring(picture.encode()).iter("{*}text")]


def drawn_texts(expression: str, locale: str, currency: str, values: tuple[float, ...] = VALUES) -> list[str]:
    """What Vega makes of the expression for each of the values, in one drawing."""
    spec = {
        "data": {"values": [{"place": place, "value": value} for place, value in enumerate(values)]},
        "transform": [{"calculate": expression, "as": "text"}],
        "mark": {"type": "text"},
        "encoding": {"text": {"field": "text"}, "y": {"field": "place", "type": "quantitative", "axis": None}},
    }
    _, narrow = draw("test", None, spec, format_locale(locale, currency))
    return texts(narrow)


@LOCALES
def test_tables_and_axes_write_short_money_alike(locale, currency):
    formats = NumberFormat(locale, currency)
    assert [plain(formats.money_short(value)) for value in VALUES] == WRITTEN[locale, currency]
    assert drawn_texts(short_label(formats, money=True), locale, currency) == WRITTEN[locale, currency]


@LOCALES
def test_tables_and_axes_write_per_cents_and_figures_alike(locale, currency):
    formats = NumberFormat(locale, currency)
    shares = drawn_texts("format(datum.value, ',.0%')", locale, currency, (-0.05, 0.25, 12.5))
    assert shares == [plain(formats.percent(share)) for share in (-0.05, 0.25, 12.5)]
    figures = drawn_texts("format(datum.value, ',.1f')", locale, currency, (-1.5, 1234.5, 1_234_567.5))
    assert figures == [plain(formats.number(figure, 1)) for figure in (-1.5, 1234.5, 1_234_567.5)]


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ja_JP"])
def test_large_numbers_without_money_are_short_as_well(locale):
    expected = {"en_US": "1.5M", "de_DE": "1,5 Mio.", "ja_JP": "150万"}[locale]
    assert expected in drawn_texts(short_label(NumberFormat(locale, "EUR"), money=False), locale, "EUR")


def in_millions(contract: Contract) -> Contract:
    """The contract with its first column in millions of money."""
    first, *others = contract.data.features
    rich = first.model_copy(update={"format": "money", "scale": 40_000.0, "unit": None})
    return contract.model_copy(update={"data": contract.data.model_copy(update={"features": (rich, *others)})})


def labels(one: Specified, name: str) -> Iterator[str]:
    for picture in draw(name, one.wide, one.narrow, one.locale):
        if picture is not None:
            yield from texts(picture)


@pytest.mark.parametrize(
    ("locale", "currency", "ticks"),
    [
        ("de_DE", "EUR", {"1,5 Mio. €", "1,6 Mio. €", "2 Mio. €"}),
        ("fr_FR", "EUR", {"1,5 M €", "1,6 M €", "2 M €"}),
        ("en_US", "USD", {"$1.5M", "$1.6M", "$2M"}),
        ("pt_BR", "BRL", {"R$ 1,5 mi", "R$ 1,6 mi", "R$ 2 mi"}),
    ],
)
def test_axes_in_millions_read_as_the_tables_do(contracts, locale, currency, ticks):
    formats, contract = NumberFormat(locale, currency), in_millions(contracts["ordinary"])
    for name in ("segment-map", "brush", "segment-ranges", "distribution-annual-income"):
        assert name in names(contract)
        one = specified(contract, formats, name)
        assert ticks & set(labels(one, name)), name
        # The live chart has the same expressions as the pictures.
        live = json.loads(one.interactive)["narrow"]
        assert {key: live[key] for key in one.narrow if key != "config"} == {
            key: part for key, part in one.narrow.items() if key != "config"
        }
        assert "~s" not in one.interactive
