"""No published site gives a customer away to somebody who solves for all that it states."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tests.privacy.attack import Outcome, attack
from tests.privacy.building import Built, built
from tests.privacy.differencing import difference
from tests.privacy.figures import beyond_chance
from tests.privacy.tables import TABLES

ATTACKED = ("ordinal", "rare_integer", "donor", "two_values", "transactions", "cents")
"""`make privacy` attacks all of them."""
Site = Callable[[str], Built]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("privacy")
    return cache(lambda name: built(TABLES[name](), folder / name))


@pytest.fixture(scope="session")
def outcome(site: Site) -> Callable[[str], Outcome]:
    def attacked(name: str) -> Outcome:
        one = site(name)
        return attack(one.published, one.truth, one.table.known, one.confirmed)

    return cache(attacked)


@pytest.mark.parametrize("name", ATTACKED)
def test_all_that_is_stated_is_true(name: str, outcome: Callable[[str], Outcome]):
    assert outcome(name).relations > 100
    assert outcome(name).false == []


@pytest.mark.parametrize("name", ATTACKED)
def test_no_count_is_determined(name: str, outcome: Callable[[str], Outcome]):
    assert outcome(name).cells > 100
    assert [(one.what, one.least, one.most) for one in outcome(name).of("small")] == []
    assert [(one.what, one.least) for one in outcome(name).of("single")] == []


@pytest.mark.parametrize("name", ATTACKED)
def test_no_customers_value_is_determined(name: str, outcome: Callable[[str], Outcome]):
    assert outcome(name).of("value") == []
    assert beyond_chance(outcome(name).raw) == 0
    assert outcome(name).unrounded == []
    assert outcome(name).few == []


@pytest.mark.parametrize("name", ATTACKED)
def test_nothing_confirms_a_guess(name: str, outcome: Callable[[str], Outcome]):
    assert outcome(name).confirming == []
    assert outcome(name).all_or_none == []


def test_the_difference_of_two_sites_tells_nothing_of_the_customer_between_them(site: Site, tmp_path):
    whole = site("ordinal")
    fewer = built(whole.table.without(whole.table.at_risk), tmp_path / "less")
    found = difference(whole.published, fewer.published, whole.truth, whole.table.customer, whole.table.known)
    assert found.asked > 2
    assert found.told == []
    assert found.singled == []


@pytest.mark.parametrize("name", ["ordinal", "two_values", "rare_integer"])
def test_without_disclosure_control_the_same_attack_succeeds(name: str, site: Site):
    one = site(name)
    found = attack(one.private, one.truth, one.table.known)
    assert len(found.of("small")) > 2
    assert not any(each.right is False for each in found.found)
    assert found.false == []
