"""What several test areas share: the Mall table analysed once, and the folders of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

# Rich draws a random number when first imported, and scikit-learn imports it, by now only where it is needed:
# inside a strategy, Hypothesis takes that for an unrepeatable example.
import rich.style  # noqa: F401
from hypothesis import settings

from analysis.configuration import Configuration, load_configuration
from analysis.contract import Contract
from analysis.pipeline import analyse

# Speed is the benchmarks' business; a busy machine must not fail a property.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def mall() -> Configuration:
    return load_configuration(PROJECT / "site_config")


@pytest.fixture(scope="session")
def mall_contract(mall: Configuration) -> Contract:
    return analyse(mall).contract
