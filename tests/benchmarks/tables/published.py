"""Published tables whose groups are known: what the verdict says where nobody generated anything.

Three come with scikit-learn, the others with R's packages, and are read where R has them. Their groups are species,
cultivars, diagnoses and the like; whether they are separate groups in the columns measured is not known, so that there
is no target.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from io import StringIO

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_iris, load_wine

from .known import Known, Spec, canonical

FAMILY = "published"
OF_R = {
    # name: what R evaluates, and the column that holds the groups, if one does
    "faithful (eruptions)": ("datasets::faithful", None),
    "ruspini (four groups)": ("cluster::ruspini", None),
    "xclara (three groups)": ("cluster::xclara", None),
    "diabetes (three diagnoses)": ("{data(diabetes, package='mclust'); diabetes}", "class"),
    "banknote (genuine or not)": ("{data(banknote, package='mclust'); banknote}", "Status"),
    "crabs (two species, two sexes)": ("within(MASS::crabs, {g <- paste(sp, sex); rm(sp, sex, index)})", "g"),
}
GROUPS = {"faithful (eruptions)": 2, "ruspini (four groups)": 4, "xclara (three groups)": 3}
"""Of those without a column that names them."""


def published_tables() -> Iterator[tuple[str, Known]]:
    """Name and table, as far as they can be had here."""
    bunches = {"iris (species)": load_iris, "wine (cultivars)": load_wine, "breast cancer": load_breast_cancer}
    for number, (name, load) in enumerate(bunches.items()):
        found = load(as_frame=True)
        yield name, _known(number, found.data, found.target.to_numpy())
    for number, (name, (expression, groups)) in enumerate(OF_R.items(), len(bunches)):
        frame = _of_r(expression)
        if frame is None:
            continue
        labels = np.zeros(len(frame)) if groups is None else pd.factorize(frame[groups])[0]
        yield name, _known(number, frame.drop(columns=[groups] if groups else []), labels, GROUPS.get(name))


def _known(number: int, frame: pd.DataFrame, labels: np.ndarray, groups: int | None = None) -> Known:
    truth = canonical(labels.astype(np.int64))
    spec = Spec(len(frame), groups or len(np.unique(truth)), frame.shape[1])
    return Known(FAMILY, number, spec, frame.reset_index(drop=True), truth)


def _of_r(expression: str) -> pd.DataFrame | None:
    """A table of R's; None where there is no R, or its package is not there."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    code = f"write.csv({expression}, row.names = FALSE)"
    told = subprocess.run([program, "-e", code], capture_output=True, text=True, check=False)  # noqa: S603 (as found)
    return pd.read_csv(StringIO(told.stdout)) if told.returncode == 0 else None
