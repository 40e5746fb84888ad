"""The notebook that the site offers, and after it all that the site measures of every number of segments.

The last cell is the loop over scikit-learn of `make battery`, on the notebook's own table.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path

# Read, not imported: a process that measures others must stay small, for its size counts as theirs when they start.
BATTERY = Path(__file__).with_name("battery.py")
LOOP = {"_plain", "_references", "_divided", "_jaccard", "_prediction_strength"}
IMPORTS = """\
from itertools import combinations

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

from analysis.battery.prediction_strength import SPLITS
from analysis.battery.references import RESAMPLES as REDRAWN, TABLES
from analysis.battery.tables import boxes, halves, normal_clouds

KS = range(SMALLEST_K, LARGEST_K + 1)
"""
CALL = """\
everything = {k: KMeans(k, n_init=10, random_state=SEED).fit(points).labels_ for k in KS}
agreement, weakest = _plain(points, everything, RESAMPLES)
pd.DataFrame({"agreement": agreement, "weakest": weakest}).round(3)
"""


def whole(offered: str) -> str:
    """The notebook as JSON, from the one on offer."""
    book = json.loads(offered)
    cell = {"cell_type": "code", "id": "everything", "metadata": {}, "outputs": [], "execution_count": None}
    book["cells"].append({**cell, "source": "\n\n".join([IMPORTS, *_loop(), CALL])})
    return json.dumps(book)


def _loop() -> list[str]:
    """The source of the loop's functions; what they call RESAMPLES is not what the notebook calls so."""
    text = BATTERY.read_text(encoding="utf-8")
    parts = [node for node in ast.parse(text).body if getattr(node, "name", None) in LOOP]
    return [(ast.get_source_segment(text, node) or "").replace("RESAMPLES", "REDRAWN") for node in parts]
