#!/bin/sh
# Pandoc 3.9 (pypandoc_binary 1.17): whether a fenced div is a <div> or a <section>, and which of the two elements bears a
# heading's identifier, hangs on how many headings stand in the div.
#
# One would guess: `::: {.card}` is a <div class="card">, and `## One {#one}` in it is an <h2 id="one">, whatever follows.
# Seen, without --section-divs: where the div begins with a heading and holds no other of its level, it becomes
# <section id="one" class="card"> and the <h2> has no identifier at all. A second heading of the same level at its end, or an
# identifier of the div's own, makes it a <div> again and gives the identifier back to the <h2>.
# Why it matters: dashboards and reports that are written as Markdown (Quarto, R Markdown) lay out cards as fenced divs. A
# heading added by the next author changes the element of the whole card, so that a stylesheet's `div.card`, a script's or
# a search index's `h2[id]`, and a table of contents built from headings with identifiers lose or gain it, without a
# warning. A renderer that writes the same HTML by itself has to know the rule.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "pypandoc_binary==1.17"
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import pypandoc

CARD = "::: {{{attributes}}}\n## One {{#one}}\n\nText.\n{more}:::\n"
SEEN = {
    "one heading": ('<section id="one" class="card">\n<h2>One</h2>\n<p>Text.</p>\n</section>', ".card", ""),
    "a lower one as well": (
        '<section id="one" class="card">\n<h2>One</h2>\n<p>Text.</p>\n<h3 id="two">Two</h3>\n</section>',
        ".card",
        "\n### Two {#two}\n",
    ),
    "two of one level": (
        '<div class="card">\n<h2 id="one">One</h2>\n<p>Text.</p>\n<h2 id="two">Two</h2>\n</div>',
        ".card",
        "\n## Two {#two}\n",
    ),
    "the div has an identifier": (
        '<div id="own" class="card">\n<h2 id="one">One</h2>\n<p>Text.</p>\n</div>',
        ".card #own",
        "",
    ),
}
changed = 0
for name, (expected, attributes, more) in SEEN.items():
    found = pypandoc.convert_text(CARD.format(attributes=attributes, more=more), "html5", "markdown").strip()
    changed += found != expected
    print(f"{name}: {found.splitlines()[0]} {found.splitlines()[1]}", "" if found == expected else "(changed)")
print("Pandoc", pypandoc.get_pandoc_version())
sys.exit(1 if changed else 0)
PROGRAM
