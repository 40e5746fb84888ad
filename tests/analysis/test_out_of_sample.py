"""The contract says where customers went who took no part in the fit, as the algorithm assigns them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.contract.algorithms import described
from analysis.pipeline import analyse


def test_each_way_of_assigning_has_words_of_its_own():
    assert {described(name).placed for name in ("kmeans", "ward", "bisecting")} == {"to the nearest segment"}
    assert len({described(name).placed for name in ("kmeans", "gaussian_mixture", "hdbscan")}) == 3


@pytest.mark.parametrize("algorithm", ["kmeans", "gaussian_mixture"])
def test_the_contract_tells_it_in_notes_and_by_itself(configure, blobs, two_features, algorithm):
    far = pd.DataFrame({"x": [900.0, -700], "y": [900.0, 800]})
    frame = pd.concat([blobs, far + np.arange(2)[:, None]])
    found = analyse(configure(frame, two_features, model={"algorithm": algorithm, "largest_k": 4})).contract
    assert found.data.set_apart == 2
    assert found.data.latecomers == described(algorithm).placed
    assert any(described(algorithm).placed in note for note in found.data.notes)
