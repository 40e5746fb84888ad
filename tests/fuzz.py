"""`make fuzz`: every property on many new examples, or on as many as it reaches in the seconds it is given.

Some properties build a whole analysis for each example, and would take hours. What they reach is told below the
summary, so that nobody takes an hour's run for all of it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from inspect import signature

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.properties import EXAMPLES

SECONDS = "SEGMENT_ATLAS_SECONDS"
"""The environment variable of `make fuzz`: how long each property is tried."""
FIRST = 10
FASTER = 4
"""Later examples are larger than the first, so no round is planned from one much shorter."""
REACHED = "examples"


def rounds(examples: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> Iterator[int]:
    """How many examples to try next, until all were tried or the time is over."""
    start, done, following = clock(), 0, min(FIRST, examples)
    while following > 0:
        yield following
        done += following
        spent = clock() - start
        fitting = (seconds - spent) * done / spent if spent > 0 else examples
        following = int(min(examples - done, FASTER * done, fitting))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a property in rounds, each with new examples."""
    function = getattr(pyfuncitem.obj, "__func__", pyfuncitem.obj)
    if not is_hypothesis_test(function):
        return None
    own = function._hypothesis_internal_use_settings
    named = signature(function).parameters
    given = {name: value for name, value in pyfuncitem.funcargs.items() if name in named}
    reached = 0
    for following in rounds(int(os.environ[EXAMPLES]), float(os.environ[SECONDS])):
        function._hypothesis_internal_use_settings = settings(own, max_examples=following)
        pyfuncitem.obj(**given)
        reached += following
    pyfuncitem.user_properties.append((REACHED, reached))
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many examples each property reached, the fewest first."""
    asked = int(os.environ[EXAMPLES])
    found = sorted(
        (count, report.nodeid)
        for report in terminalreporter.getreports("passed")
        for name, count in report.user_properties
        if name == REACHED and isinstance(count, int)
    )
    fewer = [(count, name) for count, name in found if count < asked]
    terminalreporter.section("examples")
    terminalreporter.line(f"{len(found) - len(fewer)} of {len(found)} properties held on {asked:,} examples each.")
    for count, name in fewer:
        terminalreporter.line(f"{count:6,} {name}")
