"""The sentences on certainty agree in number and never say more than the resamples do."""

from __future__ import annotations

import pytest

from report.views.certainty import VERDICTS, certainty_sentence, verdict_line
from report.views.overview import overview
from tests.report.views.conftest import Tell, changed

KEPT = (
    "Every segment is stable: in 100 resamples (random samples drawn from the same customers), each kept most of its "
    "customers on average."
)


@pytest.mark.parametrize(
    ("bands", "line", "sentence"),
    [
        (["stable"] * 2, "Every segment is stable over 100 resamples", KEPT),
        (["highly stable"] * 6, "Every segment is stable over 100 resamples", KEPT),
        (
            ["doubtful"] * 4,
            "No segment is stable over 100 resamples",
            "No segment is stable in 100 resamples (random samples drawn from the same customers).",
        ),
        (
            ["stable", "unstable"],
            "1 of 2 segments is stable over 100 resamples",
            (
                "1 of 2 segments is stable in 100 resamples (random samples drawn from the same customers). "
                "Not stable: Potential Loyalists."
            ),
        ),
        (
            ["stable", "stable", "doubtful"],
            "2 of 3 segments are stable over 100 resamples",
            (
                "2 of 3 segments are stable in 100 resamples (random samples drawn from the same customers). "
                "Not stable: Young Enthusiasts."
            ),
        ),
        (
            [None] * 3,
            "The stability of the segments could not be measured",
            "The stability of the segments could not be measured.",
        ),
    ],
)
def test_how_many_segments_are_stable(tell: Tell, mall_contract, bands: list[str | None], line: str, sentence: str):
    story = tell(segments=changed(mall_contract.segments, stability_band=bands, dissolved=[0] * len(bands)))
    assert verdict_line(story.contract, story.formats)[1].endswith(f". {line}")
    assert certainty_sentence(story.contract, story.formats) == sentence


def test_how_often_resamples_lose_a_segment_is_never_left_unsaid(tell: Tell, mall_contract):
    segments = changed(mall_contract.segments, stability_band=["highly stable"] * 3, dissolved=[0, 9, 1])
    story = tell(segments=segments)
    found, formats = story.contract, story.formats
    assert certainty_sentence(found, formats) == f"{KEPT} Missing most often: Potential Loyalists, in 9 of the 100."
    assert verdict_line(found, formats)[1].endswith(
        ". Every segment is stable on average over 100 resamples, but at least one was missing in some of them"
    )
    unknown = tell(segments=changed(mall_contract.segments, dissolved=[None] * 6)).contract
    assert certainty_sentence(unknown, formats) == KEPT
    selection = found.selection.model_copy(update={"resamples": 2000})
    many = found.model_copy(update={"selection": selection})
    assert certainty_sentence(many, formats).startswith("Every segment is stable: in 2,000 resamples (random samples ")
    assert certainty_sentence(many, formats).endswith(" Missing most often: Potential Loyalists, in 9 of the 2,000.")


def test_rough_groups_are_not_called_kinds_of_customer(tell: Tell):
    assert overview(tell(selection={"verdict": "none"})).values.heading == "Six rough groups of customers"
    assert overview(tell()).values.heading == "Six customer segments, and where to start"


@pytest.mark.parametrize("verdict", list(VERDICTS))
def test_the_overview_tells_the_verdict_in_one_line(tell: Tell, verdict: str):
    values = overview(tell(selection={"verdict": verdict})).values
    line = f"How sure? {values.verdict}: {values.verdict_line}. Why"
    assert values.verdict_key == verdict
    assert len(line) <= 100
