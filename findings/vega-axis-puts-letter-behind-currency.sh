#!/bin/sh
# vl-convert-python 1.9.0 (Vega-Lite 6, d3-format and d3-scale): one format, written in two ways on one chart.
#
# D3's locales say what stands before and behind an amount, and "$~s" writes it short: $1.5M.
# One would guess: the same text for the same amount on an axis and beside a mark; in a German locale 1,5M €.
# Seen: beside the mark 1,5M €, on the axis 1,5 €M. An axis takes one letter for all of its figures (d3.formatPrefix), and
# that one is put behind the currency instead of behind the number. Where the currency stands before, both are right, so
# that no test with dollars shows it; nor does "$.2~s", whose precision keeps the axis from choosing its own.
# Why it matters: most of Europe writes its currency behind the number, and spending is the axis of nearly every chart of
# customers. "500 krk" for 500 000 kroner is on the axis alone, never in the tooltip by which one would check it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check vl-convert-python==1.9.0.post1
"$folder/venv/bin/python" -W ignore - <<'PROGRAM'
import re
import sys

import vl_convert

LOCALES = {
    "before": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""]},
    "behind": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " €"]},
}
SHORT = "$~s"
spec = {
    "data": {"values": [{"spent": 1_500_000}]},
    "encoding": {
        "x": {
            "field": "spent",
            "type": "quantitative",
            "scale": {"domain": [0, 3_000_000]},
            "axis": {"format": SHORT, "title": None},
        }
    },
    "layer": [
        {"mark": "point"},
        {"mark": "text", "encoding": {"text": {"field": "spent", "type": "quantitative", "format": SHORT}}},
    ],
}
seen = {
    name: set(re.findall(r"<text[^>]*>([^<]*1[.,]5[^<]*)", vl_convert.vegalite_to_svg(spec, format_locale=locale)))
    for name, locale in LOCALES.items()
}
print(seen)
sys.exit(0 if seen == {"before": {"$1.5M"}, "behind": {"1,5M €", "1,5 €M"}} else 1)
PROGRAM
