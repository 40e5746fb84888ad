"""How property tests run: the same examples on every run, or, where it is asked for, many new ones.

A test's own `@settings` take the place of a profile's, and `suppress_health_check` in them would bring back the checks
that the profile leaves out; so what holds for every property is put on top of them, here.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture.providers import Constants, HypothesisProvider

EXAMPLES = "SEGMENT_ATLAS_EXAMPLES"
"""The environment variable of `make fuzz`: how many new examples each property is tried on."""


def as_run(own: settings, examples: int | None) -> settings:
    """A test's own settings with what holds for all: no time limit, and examples that are the same on every run.

    Speed is the benchmarks' business: a busy machine must not fail a property. With `examples` there are as many, and
    they are new ones.
    """
    patient = {*own.suppress_health_check, HealthCheck.too_slow}
    return settings(
        own,
        deadline=None,
        suppress_health_check=sorted(patient, key=lambda check: check.name),
        derandomize=examples is None,
        max_examples=examples or own.max_examples,
    )


def examples_asked() -> int | None:
    """What `make fuzz` asks for; none in an ordinary run."""
    asked = os.environ.get(EXAMPLES)
    return int(asked) if asked else None


def forget_constants() -> None:
    """Let Hypothesis draw no constants from the project's own modules.

    It takes them from those imported so far, and which those are depends on the tests that ran before in the same
    process: with them even a derandomised property gets other examples alone, among others, and on another worker.
    """
    # Where Hypothesis keeps them: no setting leaves them out.
    HypothesisProvider._local_constants = Constants()  # type: ignore[assignment]
