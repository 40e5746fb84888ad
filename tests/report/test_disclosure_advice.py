"""An action that goes by a withheld share is withheld, and so is what the criteria say of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.contract import Criterion, Evidence, Kpi, Recommendation
from report.disclosure import protected
from report.disclosure.evidence import by_those_left
from tests.report.contracts import AGE, CHANNEL, GENDER, INCOME, SPENDING, case


def _action(rank: int, title: str, feature: str, category: str | None) -> Recommendation:
    evidence = Evidence(feature=feature, level="high", mean=0.9, effect=1.0, phrase="…", category=category)
    return Recommendation(
        rank=rank, id=title.casefold(), kind="ads", title=title, channel=f"{title} channel", message="", offer="",
        timing="", owner="Team", kpi=Kpi(measure="m", target="t"), effort="low", effect="large", score=1.0, because="",
        reason="", evidence=(evidence,),
    )  # fmt: skip


def test_a_share_that_tells_of_few_takes_its_action_along():
    """Three of the thirty customers of the first segment came by the shop, and fifteen are women."""
    generator = np.random.default_rng(4)
    numbers = {name: generator.normal(50, 9, 60).round() for name in (AGE, INCOME, SPENDING)}
    customers = pd.DataFrame(
        {**numbers, GENDER: ["Female", "Male"] * 30, CHANNEL: ["shop"] * 3 + ["web"] * 27 + ["shop", "web"] * 15}
    )
    made = case(customers, np.repeat([0, 1], 30), least=10).contract
    actions = (
        _action(1, "Site", CHANNEL, "web"),
        _action(2, "Women", GENDER, "Female"),
        _action(3, "Rich", INCOME, None),
    )
    criteria = (
        Criterion(
            name="accessible",
            passed=True,
            reason="The playbook names 3 channels through which to reach it; the first is Site channel.",
        ),
        Criterion(
            name="actionable",
            passed=True,
            reason="3 actions state an owner, a channel and a KPI; the first is “Women”, by Team.",
        ),
    )
    first = made.segments[0].model_copy(update={"recommendations": actions, "criteria": criteria})
    copy = protected(made.model_copy(update={"segments": (first, *made.segments[1:])})).segments[0]
    assert {share.category for share in copy.shares} == {"Female", "Male"}
    assert [(action.rank, action.id) for action in copy.recommendations] == [(1, "women"), (2, "rich")]
    assert [(one.passed, one.reason) for one in copy.criteria] == [
        (True, "The playbook names 2 channels through which to reach it; the first is Women channel."),
        (True, "2 actions state an owner, a channel and a KPI; the first is “Women”, by Team."),
    ]


RICH = _action(2, "Rich", INCOME, None)
ANY = RICH.model_copy(update={"id": "any", "evidence": (), "filler": True})
MET = (
    Criterion(
        name="accessible",
        passed=True,
        reason="The playbook names 2 channels through which to reach it; the first is Site.",
    ),
    Criterion(
        name="actionable",
        passed=True,
        reason="2 actions state an owner, a channel and a KPI; the first is “Site”, by Team.",
    ),
)


def test_a_criterion_that_the_actions_told_meet_shows_of_no_other_action():
    assert [(one.passed, one.reason) for one in by_those_left(MET, [RICH, ANY])] == [
        (True, "The playbook names one channel through which to reach it: Rich channel."),
        (True, "One action states an owner, a channel and a KPI: “Rich”, by Team."),
    ]
    unowned = RICH.model_copy(update={"owner": None})
    assert [one.reason for one in by_those_left(MET, [unowned])] == [
        "The playbook names one channel through which to reach it: Rich channel.",
        "This depends on figures that are withheld.",
    ]


def test_a_criterion_that_only_withheld_actions_meet_stays_met_and_says_no_more():
    failed = tuple(one.model_copy(update={"passed": False}) for one in MET)
    for criteria in (MET, failed):
        for told in ([], [ANY]):
            found = by_those_left(criteria, told)
            assert [one.reason for one in found] == ["This depends on figures that are withheld."] * 2
            assert [one.passed for one in found] == [one.passed for one in criteria]


def test_other_criteria_do_not_go_by_actions():
    size = Criterion(name="substantial", passed=True, reason="It holds 30% of the customers.")
    assert by_those_left((size,), []) == (size,)


def test_an_action_goes_with_a_share_that_is_withheld_for_another_segments_sake():
    """In the second segment fifteen came either way; that they are told would tell of the first one's three."""
    generator = np.random.default_rng(4)
    numbers = {name: generator.normal(50, 9, 60).round() for name in (AGE, INCOME, SPENDING)}
    customers = pd.DataFrame(
        {**numbers, GENDER: ["Female", "Male"] * 30, CHANNEL: ["shop"] * 3 + ["web"] * 27 + ["shop", "web"] * 15}
    )
    made = case(customers, np.repeat([0, 1], 30), least=10).contract
    site, rich = _action(1, "Site", CHANNEL, "web"), _action(2, "Rich", INCOME, None)
    second = made.segments[1].model_copy(update={"recommendations": (site, rich)})
    copy = protected(made.model_copy(update={"segments": (made.segments[0], second)})).segments[1]
    assert CHANNEL not in {share.feature for share in copy.shares}
    assert [(action.rank, action.id) for action in copy.recommendations] == [(1, "rich")]
