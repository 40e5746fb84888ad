#!/bin/sh
# vl-convert-python 1.9.0 (Vega-Lite 6): one zero on a logarithmic axis puts every mark at the same height.
#
# A logarithm of 0 does not exist, so one would guess: an error, or the row with 0 left out and the others where they
# belong, as matplotlib and ggplot2 do it.
# Seen: a picture, with a warning on the log alone. All marks, those of 10, 1,000 and 5,000 too, stand at the upper edge,
# and the axis bears no figure. With 1 in the zero's place the others are spread as they should.
# Why it matters: spending and orders are drawn on such axes, and a table of customers has those who never bought. A page
# built without watching the log shows customers who all spend alike.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check vl-convert-python==1.9.0.post1
"$folder/venv/bin/python" -W ignore - <<'PROGRAM'
import re
import sys

import vl_convert


def heights(spent: list[int]) -> list[float]:
    """Where the marks stand, in pixels from the upper edge."""
    spec = {
        "data": {"values": [{"customer": place, "spent": value} for place, value in enumerate(spent)]},
        "mark": "point",
        "encoding": {
            "x": {"field": "customer", "type": "quantitative"},
            "y": {"field": "spent", "type": "quantitative", "scale": {"type": "log"}},
        },
    }
    marks = re.findall(r'role="graphics-symbol"[^>]*translate\([^,]*,([^)]*)\)', vl_convert.vegalite_to_svg(spec))
    return [round(float(mark), 1) for mark in marks]


without, with_zero = heights([1, 10, 1000, 5000]), heights([0, 10, 1000, 5000])
print("with 1:", without, "with 0:", with_zero)
sys.exit(0 if len(set(without)) == 4 and len(with_zero) == 4 and len(set(with_zero)) == 1 else 1)
PROGRAM
