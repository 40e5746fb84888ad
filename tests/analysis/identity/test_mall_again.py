"""The table that ships, built again with a few customers fewer: segments keep id, address, name and colour."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from analysis.configuration import Configuration
from analysis.configuration.origin import Origin
from analysis.configuration.personas import Persona, Personas
from analysis.contract import Contract, Edition
from analysis.history.remembered import Remembered
from analysis.identity.identity import Identity
from analysis.pipeline import Analysis, analyse
from analysis.results.lasting import kept_names

SEEDS = range(5)


@pytest.fixture(scope="module")
def first(mall: Configuration) -> Analysis:
    return analyse(mall, remembered=Remembered())


@pytest.fixture(scope="module")
def unnamed(mall: Configuration) -> Configuration:
    """Without personas, so that every name is made of traits."""
    return dataclasses.replace(mall, personas=Personas())


def again(last: Contract, configuration: Configuration, assigned: dict[str, int] | None = None) -> Contract:
    return analyse(configuration, remembered=Remembered(2, None, last, assigned)).contract


def fewer(mall: Configuration, folder: Path, seed: int) -> Configuration:
    """The same without five customers drawn at random."""
    header, *rows = mall.origin.places[0].read_text(encoding="utf-8").splitlines()
    left = set(np.random.default_rng(seed).choice(len(rows), 5, replace=False).tolist())
    table = folder / "Mall_Customers.csv"
    table.write_text("\n".join([header, *(row for at, row in enumerate(rows) if at not in left)]) + "\n", "utf-8")
    return dataclasses.replace(mall, origin=Origin.of(table, mall.site.data))


def kept(contract: Contract) -> dict[int, tuple[str, str, int | None]]:
    return {one.id: (one.slug, one.name, one.colour) for one in contract.segments}


def renamed(contract: Contract) -> dict[int, str]:
    assert contract.changes is not None
    return {one.id: one.renamed_from for one in contract.changes.segments if one.renamed_from}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("identifiers", [True, False])
def test_without_five_customers_all_six_keep_id_address_name_and_colour(
    mall: Configuration,
    first: Analysis,
    tmp_path: Path,
    seed: int,
    identifiers: bool,  # noqa: FBT001
):
    who, segment = first.assignments["CustomerID"].astype(str), first.assignments["segment"]
    assigned = dict(zip(who, segment.tolist(), strict=True)) if identifiers else None
    found = again(first.contract, fewer(mall, tmp_path, seed), assigned)
    assert kept(found) == kept(first.contract)
    assert found.changes is not None
    assert [one.became for one in found.changes.segments] == ["continued"] * 6
    assert renamed(found) == {}
    assert found.gone == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_names_made_of_traits_are_kept_too(mall: Configuration, unnamed: Configuration, tmp_path: Path, seed: int):
    last = analyse(unnamed, remembered=Remembered()).contract
    found = again(last, dataclasses.replace(fewer(mall, tmp_path, seed), personas=Personas()))
    assert kept(found) == kept(last)


def test_a_persona_that_is_no_longer_in_the_file_gives_its_name_up_and_address_and_id_stay(
    mall: Configuration, first: Analysis
):
    others = tuple(one for one in mall.personas.personas if one.name != "Premium Shoppers")
    found = again(first.contract, dataclasses.replace(mall, personas=Personas(personas=others)))
    premium = next(one for one in first.contract.segments if one.name == "Premium Shoppers")
    assert renamed(found) == {premium.id: "Premium Shoppers"}
    own = next(one for one in found.segments if one.id == premium.id)
    assert (own.slug, own.colour) == ("premium-shoppers", premium.colour)
    assert own.name != "Premium Shoppers"


def test_a_persona_added_to_the_file_takes_the_place_of_a_name_made_of_traits(
    mall: Configuration, unnamed: Configuration
):
    last = analyse(unnamed, remembered=Remembered()).contract
    persona = Persona(name="Big Spenders", levels={"income": "high", "spending": "high"})
    changed = dataclasses.replace(mall, personas=Personas(personas=(persona,)), essential_sha256="another")
    found = again(last, changed)
    had = {one.id: one.name for one in last.segments}
    taken = [one for one in found.segments if one.name == "Big Spenders"]
    assert len(taken) == 1
    assert renamed(found) == {taken[0].id: had[taken[0].id]}


def test_a_name_yields_to_a_persona_after_other_personas_alone(mall: Configuration, unnamed: Configuration):
    last = analyse(unnamed, remembered=Remembered()).contract
    identity = Identity(tuple(one.id for one in last.segments), last.segments, last=last)

    def yields(configuration: Configuration) -> set[bool]:
        return {one.yields for one in kept_names(identity, configuration).values()}

    assert yields(dataclasses.replace(unnamed, sha256="of another title")) == {False}
    assert yields(mall) == {True}


def test_in_another_language_names_are_made_anew_and_no_segment_is_told_as_renamed(
    mall: Configuration, first: Analysis
):
    german = first.contract.model_copy(update={"edition": Edition(number=1, language="de")})
    old = tuple(one.model_copy(update={"name": f"{one.name} auf Deutsch"}) for one in german.segments)
    found = again(german.model_copy(update={"segments": old}), mall)
    assert {one.name for one in found.segments} == {one.name for one in first.contract.segments}
    assert [one.id for one in found.segments] == [one.id for one in first.contract.segments]
    assert renamed(found) == {}
