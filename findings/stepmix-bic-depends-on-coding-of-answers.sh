#!/bin/sh
# stepmix 3.0.0: BIC and AIC of a latent class model depend on whether answers are coded from 0 or from 1.
#
# A latent class model of categorical answers has, for each class and question, one parameter fewer than there are answers.
# Which numbers stand for the answers is no matter of the model.
# One would guess: the same log-likelihood, number of parameters and BIC for yes and no as 0 and 1 or as 1 and 2.
# Seen: the same log-likelihood, yet 21 parameters instead of 11 for five questions and two classes, and a BIC that is 64
# higher for 600 people. The numbers from 0 up to the largest are counted as answers, those that nobody can give included.
# Why it matters: surveys code from 1 (1 to 5, 1 to 7), so every class costs one parameter a question too much, and BIC
# takes fewer classes; for the same survey, exported by two tools, it may take different numbers of segments.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check stepmix==3.0.0 numpy==2.4.6 pandas==3.0.1 scikit-learn==1.8.0
"$folder/venv/bin/python" -W ignore - <<'PROGRAM'
import sys

import numpy as np
import pandas as pd
from stepmix.stepmix import StepMix

draw = np.random.default_rng(0)
people, questions, classes = 600, 5, 2
chance = np.where(draw.integers(0, classes, people) == 0, 0.9, 0.15)
from_nought = pd.DataFrame({f"q{n}": (draw.random(people) < chance).astype(int) for n in range(questions)})
fits = {}
for name, answers in {"from 0": from_nought, "from 1": from_nought + 1}.items():
    model = StepMix(n_components=classes, measurement="categorical", n_init=5, random_state=1, progress_bar=0).fit(answers)
    fits[name] = (model.score(answers) * people, model.n_parameters, model.bic(answers))
    print(name, "log-likelihood %.4f, %d parameters, BIC %.2f" % fits[name])
(likelihood, parameters, bic), (other_likelihood, other_parameters, other_bic) = fits.values()
right = classes - 1 + classes * questions
same = abs(likelihood - other_likelihood) < 1e-3
sys.exit(0 if same and parameters == right and other_parameters == right + 10 and other_bic - bic > 60 else 1)
PROGRAM
