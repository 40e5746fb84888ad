"""What several test areas share: the Mall table analysed once, and the folders of the project."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

# Rich draws a random number when first imported, and scikit-learn imports it, by now only where it is needed:
# inside a strategy, Hypothesis takes that for an unrepeatable example.
import rich.style  # noqa: F401
from hypothesis import is_hypothesis_test, settings

from analysis.configuration import Configuration, load_configuration
from analysis.contract import Contract
from analysis.pipeline import analyse
from tests.properties import as_run, examples_asked, forget_constants

PROJECT = Path(__file__).parents[1]
LONGEST = (
    "examples/test_months", "browser/test_pages", "report/test_side_process", "quarto/test_real_quarto",
    "exports/test_exports", "browser/test_behaviour", "report/test_notebook", "examples/test_sites",
    "algorithms/test_compare", "exports/test_properties", "model/test_round_trip", "report/test_workers",
    "analysis/test_mixed", "report/test_notebook_tables", "project/test_properties", "cli/test_build_record",
)  # fmt: skip
"""The files that take longest, by the time they took: begun last, they would leave all other processes idle."""


def pytest_configure() -> None:
    """Processes that tests start run the code under test, wherever they start.

    Else it would be that of another work tree, where PYTHONPATH or the virtual environment names one.
    """
    named = (str(PROJECT), *os.environ.get("PYTHONPATH", "").split(os.pathsep))
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, named)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, and every property runs by the project's settings, whatever its own are."""
    items.sort(key=_place)
    if examples_asked() is None:
        forget_constants()
    functions = (item.function for item in items if isinstance(item, pytest.Function))
    for test in {getattr(each, "__func__", each) for each in functions if is_hypothesis_test(each)}:
        # Where Hypothesis itself keeps them: `@settings` cannot be applied a second time.
        own = getattr(test, "_hypothesis_internal_use_settings", settings.default)
        test._hypothesis_internal_use_settings = as_run(own, examples_asked())


def _place(item: pytest.Item) -> int:
    name = item.path.with_suffix("").as_posix()
    return next((place for place, one in enumerate(LONGEST) if name.endswith(f"/{one}")), len(LONGEST))


def pytest_unconfigure() -> None:
    """Let the process be cleared when it ends.

    A build keeps what it imported from the garbage collector for as long as its process lives
    (`report.system.importing`). The tests' process has DuckDB as well, which names on its way out every type that
    was not cleared.
    """
    gc.unfreeze()


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def mall() -> Configuration:
    return load_configuration(PROJECT / "site_config")


@pytest.fixture(scope="session")
def mall_contract(mall: Configuration) -> Contract:
    return analyse(mall).contract
