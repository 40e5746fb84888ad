"""What pages say of segments that were found by categories."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.contract import CategoryShare, Feature, Segment
from report.views.story import commonest
from tests.report.contracts import AGE, CHANNEL, GENDER, INCOME, SPENDING, case


def _segment(**shares: float) -> tuple[Segment, Feature]:
    generator = np.random.default_rng(4)
    numbers = {name: generator.normal(50, 9, 60).round() for name in (AGE, INCOME, SPENDING)}
    customers = pd.DataFrame({**numbers, GENDER: ["Female", "Male"] * 30, CHANNEL: ["web", "shop"] * 30})
    made = case(customers, np.zeros(60, dtype=np.intp), least=2).contract
    told = tuple(
        CategoryShare(feature=CHANNEL, category=name, count=1, share=share, share_overall=0.5)
        for name, share in shares.items()
    )
    return made.segments[0].model_copy(update={"categories": told}), made.data.features[4]


def test_the_commonest_category_is_told():
    segment, channel = _segment(web=0.3, shop=0.7)
    assert channel.name == CHANNEL
    assert commonest(segment, channel).category == "shop"


def test_where_a_withheld_one_may_be_commoner_nothing_is_told():
    assert commonest(*_segment(web=0.0)) is None
    assert commonest(*_segment(web=0.3, shop=0.1)) is None
    assert commonest(*_segment()) is None


def test_a_majority_is_the_commonest_whatever_is_withheld():
    assert commonest(*_segment(web=0.6)).category == "web"
