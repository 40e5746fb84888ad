#!/bin/sh
# prince 0.23.0: FAMD places a customer elsewhere when asked for fewer customers.
#
# FAMD is fitted once; row_coordinates(rows) is documented to give the coordinates of rows in the fitted space, and PCA
# and MCA of the same package do: a row lies where it lay, whichever rows are asked for beside it.
# One would guess: the same of FAMD, for its scale of numbers and its list of categories are kept from the fit.
# Seen: the shares of the categories, by which they are centred and weighted, are computed anew from the rows handed in.
# Asked for the customers of one city alone, the same fitted customers move by up to 0.9 in a space whose first axis has a
# standard deviation of 1.1; asked for one by one, each loses all that its categories say.
# Why it matters: segments found on FAMD's coordinates are given to new customers by the nearest centroid. A Monday's ten
# new customers are placed by the make-up of that Monday, and the same customer can change segment with who comes along.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check prince==0.23.0 numpy==2.4.6 pandas==3.0.1 scikit-learn==1.8.0
"$folder/venv/bin/python" -W ignore - <<'PROGRAM'
import sys

import numpy as np
import pandas as pd
import prince

draw = np.random.default_rng(0)
count = 200
table = pd.DataFrame(
    {
        "income": draw.normal(50, 10, count),
        "age": draw.normal(40, 12, count),
        "city": draw.choice(["a", "b", "c"], count),
        "sex": draw.choice(["f", "m"], count),
    }
)
words = table[["city", "sex"]]
part = table["city"] == "a"
famd = prince.FAMD(n_components=3, random_state=0).fit(table)
mca = prince.MCA(n_components=2, random_state=0).fit(words)
whole = famd.row_coordinates(table)
moved = np.abs(whole[part].to_numpy() - famd.row_coordinates(table[part]).to_numpy()).max()
alone = np.abs(whole[:1].to_numpy() - famd.row_coordinates(table[:1]).to_numpy()).max()
peer = np.abs(mca.row_coordinates(words)[part].to_numpy() - mca.row_coordinates(words[part]).to_numpy()).max()
spread = whole.to_numpy()[:, 0].std()
print(f"FAMD, one city: moved by {moved:.3f}; one row: by {alone:.3f}; spread {spread:.3f}; MCA, one city: {peer:.1e}")
sys.exit(0 if moved > 0.3 and alone > 0.3 and peer < 1e-9 else 1)
PROGRAM
