#!/bin/sh
# Babel 2.18.0: how sentences are found in Python for a catalogue.
#
# A sentence may have another in one of its slots: gettext("{segment}: {what}", what=gettext("no column")). Both are found,
# so one would guess that a sentence in a slot is found wherever it stands there.
# Seen: put through any function on its way into the slot (listed([gettext("no column")])), the inner one is not found; no
# warning is given. As a statement of its own just before, it is. Before Python 3.12 the same goes for a sentence inside
# the braces of an f-string.
# Why it matters: a report puts lists, numbers and names into sentences all the time. The catalogue is then complete, its
# translators are done, every check of it passes, and one sentence of a German report is English. Only what compares the
# calls in the code with the catalogue, or builds in a made-up language, can tell.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check babel==2.18.0
"$folder/venv/bin/python" - <<'PROGRAM'
import sys
from io import BytesIO

from babel.messages.extract import extract

WAYS = {
    "straight": 'gettext("{segment}: {what}", what=gettext("no column"))',
    "through a function": 'gettext("{segment}: {what}", what=listed([gettext("no column")]))',
    "before": 'what = listed([gettext("no column")])\ngettext("{segment}: {what}", what=what)',
}
seen = {way: sorted(found[1] for found in extract("python", BytesIO(code.encode()))) for way, code in WAYS.items()}
print(seen)
both = ["no column", "{segment}: {what}"]
expected = {"straight": both, "through a function": ["{segment}: {what}"], "before": both}
sys.exit(0 if seen == expected else 1)
PROGRAM
