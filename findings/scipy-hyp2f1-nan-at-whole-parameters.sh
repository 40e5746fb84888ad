#!/bin/sh
# SciPy 1.17.1: scipy.special.hyp2f1 is NaN, without a warning, where a difference of its whole parameters is large.
#
# The expected number of purchases under BG/NBD (Fader, Hardie & Lee 2005, equation 10) is a Gaussian hypergeometric
# function whose third parameter grows with what a customer bought. After Euler's transformation the other two stay
# small, z lies between 0 and 1, and the value is near 1: the easiest of cases, one would guess.
# Seen: 2F1(1, 1; 402; 0.914) is NaN; mpmath and the series itself give 1.0022840. One of the first two parameters moved
# by 1e-12 gives it too, by 1e-15 does not. At c = 100 the whole parameters work.
# Why it matters: round parameters are what papers, tests and priors use, and a customer of 400 purchases is an ordinary
# one in a grocery's data. The NaN is that customer's value, and of every sum over the segment it belongs to.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check scipy==1.17.1 mpmath==1.4.1
"$folder/venv/bin/python" -W error - <<'PROGRAM'
import math
import sys

import mpmath
from scipy.special import hyp2f1

Z = 0.914
whole, moved, fewer = hyp2f1(1, 1, 402, Z), hyp2f1(1, 1 + 1e-12, 402, Z), hyp2f1(1, 1, 100, Z)
truth = float(mpmath.hyp2f1(1, 1, 402, Z))
term = series = 1.0
for n in range(200):
    term *= (1 + n) * (1 + n) / ((402 + n) * (1 + n)) * Z
    series += term
print("whole:", whole, "moved by 1e-12:", moved, "c = 100:", fewer, "mpmath:", truth, "series:", series)
right = abs(moved - truth) < 1e-9 and abs(series - truth) < 1e-12 and math.isfinite(fewer)
sys.exit(0 if math.isnan(whole) and right else 1)
PROGRAM
