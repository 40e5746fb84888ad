"""Makes the site's fonts out of Inter's variable font; see `report/assets/fonts/README.md`.

Usage: subset_fonts.py InterVariable.woff2 WEB_FOLDER PRESS_FOLDER. Needs fonttools and brotli.
"""

# ruff: noqa: INP001 (a script on its own, no package)

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Segment Atlas Sans"
RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2015), (0x2018, 0x201E))
SINGLES = "ƒȘșȚțˆˇ˚˜\u2009\u200a\u202f†•…‰′″‹›⁄€₹₽₩₪₺₿™←↑→↓−≈≠≤≥∞●▲▼✓"
STYLES = {400: "Regular", 600: "SemiBold"}


def subset(source: str, features: list[str]) -> TTFont:
    """The font with the site's characters and these layout features."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features, options.hinting, options.notdef_outline = features, False, True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 25]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for a, b in RANGES for code in range(a, b + 1)] + [ord(c) for c in SINGLES])
    subsetter.subset(font)
    font.flavor = None
    buffer = io.BytesIO()
    font.save(buffer)
    return TTFont(buffer, recalcTimestamp=False)


def still(source: str, weight: int) -> TTFont:
    """One weight of the font, under the press's own family name."""
    font = instantiateVariableFont(subset(source, ["kern", "tnum"]), {"opsz": 14, "wght": weight})
    font["OS/2"].usWeightClass = weight
    style = STYLES[weight]
    first = FAMILY if weight == 400 else f"{FAMILY} {style}"
    words = {1: first, 2: "Regular", 4: f"{FAMILY} {style}", 6: f"{FAMILY.replace(' ', '')}-{style}"}
    words |= {16: FAMILY, 17: style} if weight != 400 else {}
    for number, text in words.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    return font


def main(source: str, web: str, press: str) -> None:
    """Writes the published woff2 and the press's two still fonts."""
    shown = instantiateVariableFont(
        subset(source, ["kern", "tnum", "locl", "ccmp"]), {"opsz": 14, "wght": (400, 400, 700)}
    )
    shown.flavor = "woff2"
    shown.save(Path(web) / "Inter.woff2")
    for weight, style in STYLES.items():
        still(source, weight).save(Path(press) / f"{FAMILY.replace(' ', '')}-{style}.ttf")


if __name__ == "__main__":
    main(*sys.argv[1:])
