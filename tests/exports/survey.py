"""Answers from a survey: Yes and No, one question with six ordered answers, and a number or two."""

from __future__ import annotations

import numpy as np

ANSWERS = ("Never", "Rarely", "Sometimes", "Often", "Very often", "Always")
HEADER = (
    "Respondent", "How often do you shop online?", "Do you own a car?", "Do you rent?", "Do you have children?",
    "Age", "Monthly spend (EUR)",
)  # fmt: skip


def survey(rows: int = 360, seed: int = 2) -> str:
    """The text of the file; two kinds of respondent answer differently."""
    generator = np.random.default_rng(seed)
    return "\n".join(",".join(cells) for cells in [HEADER, *(_line(number, generator) for number in range(rows))])


def _line(number: int, generator: np.random.Generator) -> list[str]:
    young = bool(generator.integers(2))
    answer = int(np.clip(round(generator.normal(4.2 if young else 1.0, 0.8)), 0, 5))
    chances = (0.15, 0.9, 0.1) if young else (0.9, 0.15, 0.8)
    said = ["Yes" if generator.uniform() < chance else "No" for chance in chances]
    age, spend = generator.normal(27 if young else 52, 5), generator.normal(140 if young else 320, 30)
    return [f"R{number:04d}", ANSWERS[answer], *said, f"{age:.0f}", f"{spend:.2f}"]
