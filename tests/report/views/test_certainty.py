"""The sentences on certainty agree in number and never say more than the redraws do."""

from __future__ import annotations

import pytest

from report.views.certainty import VERDICTS, certainty_sentence, verdict_line
from report.views.overview import overview
from tests.report.views.conftest import Tell, changed


@pytest.mark.parametrize(
    ("bands", "line", "sentence"),
    [
        (["stable"] * 2, "both segments come back in 100 redraws", "every segment comes back, on average with most"),
        (["highly stable"] * 6, "all six segments come back in 100 redraws", "every segment comes back, on average"),
        (["doubtful"] * 4, "none of the four segments comes back reliably", "no segment comes back reliably."),
        (
            ["stable", "unstable"],
            "one of two segments comes back reliably",
            "one of two segments comes back; to be doubted: Potential Loyalists.",
        ),
        (
            ["stable", "stable", "doubtful"],
            "two of three segments come back reliably",
            "most segments come back; to be doubted: Young Enthusiasts.",
        ),
        ([None] * 3, "could not be measured", "could not be measured."),
    ],
)
def test_what_came_back(tell: Tell, mall_contract, bands: list[str | None], line: str, sentence: str):
    story = tell(segments=changed(mall_contract.segments, stability_band=bands, dissolved=[0] * len(bands)))
    assert line in verdict_line(story.contract)[1]
    assert sentence in certainty_sentence(story.contract)


def test_how_often_redraws_lose_a_segment_is_never_left_unsaid(tell: Tell, mall_contract):
    segments = changed(mall_contract.segments, stability_band=["highly stable"] * 3, dissolved=[0, 9, 1])
    found = tell(segments=segments).contract
    assert certainty_sentence(found).endswith(
        "on average with most of the same people in it; most often lost: Potential Loyalists, nine times."
    )
    assert "all three segments come back in most of 100 redraws" in verdict_line(found)[1]
    unknown = tell(segments=changed(mall_contract.segments, dissolved=[None] * 6)).contract
    assert "lost" not in certainty_sentence(unknown)


def test_rough_groups_are_not_called_kinds_of_customer(tell: Tell):
    assert overview(tell(selection={"verdict": "none"})).values.heading == "Six rough groups of customers"
    assert overview(tell()).values.heading == "Six customer segments, and where to start"


@pytest.mark.parametrize("verdict", list(VERDICTS))
def test_the_overview_tells_the_verdict_in_one_line(tell: Tell, verdict: str):
    values = overview(tell(selection={"verdict": verdict})).values
    line = f"How sure? {values.verdict}: {values.verdict_line}. Why"
    assert values.verdict_key == verdict
    assert len(line) <= 100
