"""The indices by which numbers of segments are compared: one list, whose keys are the contract's."""

from __future__ import annotations

from typing import get_args

from analysis.contract import Candidate
from analysis.contract.indices import DRAWN, INDICES, Key
from analysis.results.selection import BEST_BY
from report.views.glossary import terms


def test_every_key_has_its_words_and_a_figure_in_the_contract():
    assert list(INDICES) == list(get_args(Key))
    assert set(INDICES) <= set(Candidate.model_fields)
    assert {index.term for index in INDICES.values()} <= {term.anchor for term in terms()}


def test_the_other_three_have_rules_of_their_own():
    assert set(INDICES) - set(BEST_BY) == {"prediction_strength", "gap", "bic"}


def test_names_keep_their_capital_in_a_sentence_and_other_words_do_not():
    assert [index.inside for index in INDICES.values()] == [
        "silhouette",
        "Calinski–Harabasz",
        "Davies–Bouldin",
        "Jaccard stability",
        "agreement beyond chance",
        "prediction strength",
        "gap statistic",
        "Bayesian information criterion",
    ]


def test_what_is_drawn_says_which_end_is_better():
    assert {key: (index.read, index.places) for key, index in DRAWN.items()} == {
        "silhouette": ("higher is better", 2),
        "calinski_harabasz": ("higher", 0),
        "davies_bouldin": ("lower is better", 2),
        "prediction_strength": ("higher", 2),
    }
