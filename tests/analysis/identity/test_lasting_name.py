"""A segment keeps its name while that is true, and no longer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.configuration.personas import Persona
from analysis.contract import Feature, FeatureProfile, PersonaMatch, Segment, Trait
from analysis.naming.lasting_name import LastName
from analysis.naming.persona import named
from analysis.preparation.design import Design
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile
from analysis.wording.level import level_of
from analysis.wording.number_format import NumberFormat


def _feature(name: str, role: str) -> Feature:
    return Feature(
        name=name, slug=name, label=name, role=role, kind="numeric", used_for="clustering", mean=50.0,
        standard_deviation=20.0,
    )  # fmt: skip


NOBODY = np.zeros((0, 2))
TABLE = Features(
    frame=None,  # type: ignore[arg-type]
    order=np.zeros(0, dtype=np.intp),
    described=(_feature("income", "income"), _feature("visits", "feature")),
    matrix=NOBODY,
    transformed=NOBODY,
    kept=np.ones(0, dtype=np.bool_),
    design=Design(()),
)
RICH = Persona(name="Rich", levels={"income": "high"})
POOR = Persona(name="Poor", levels={"income": "low"})


def _profile(income: float, visits: float = 0.0, size: int = 50) -> Profile:
    figures = tuple(
        FeatureProfile(
            feature=name, mean=50 + 20 * effect, median=None, q1=None, q3=None, level=level_of(effect), effect=effect,
            typical=50 + 20 * effect, difference=20 * effect, ratio=None,
        )
        for name, effect in (("income", income), ("visits", visits))
    )  # fmt: skip
    return Profile(1, size, 0.5, None, figures, (), None)


def _last(name: str, *traits: tuple[str, float], persona: bool = False, yields: bool = False) -> LastName:
    match = PersonaMatch.model_construct(name=name) if persona else None
    told = tuple(
        Trait(feature=feature, level=level_of(effect), effect=effect, phrase="…") for feature, effect in traits
    )
    segment: Any = Segment.model_construct(id=1, name=name, persona=match, traits=told, categories=())
    return LastName(segment, yields)


def _names(formats: NumberFormat, profiles: list[Profile], kept: dict[int, LastName], *personas: Persona) -> list[str]:
    return [one.name for one in named(profiles, personas, TABLE, formats, kept)]


@pytest.mark.parametrize(("effect", "kept"), [(1.0, True), (2.2, True), (-0.2, True), (-0.3, False), (-1.0, False)])
def test_a_persona_is_kept_until_it_is_a_quarter_farther_off_than_one_may_be(
    formats: NumberFormat,
    effect: float,
    kept: bool,  # noqa: FBT001
):
    found = _names(formats, [_profile(effect)], {0: _last("Rich", persona=True)}, RICH)
    assert (found == ["Rich"]) is kept


def test_without_a_last_name_the_same_segment_is_given_no_persona_so_far_off(formats: NumberFormat):
    assert _names(formats, [_profile(-0.15)], {}, RICH) == ["Average customers"]


def test_a_persona_is_given_up_where_what_it_requires_no_longer_holds(formats: NumberFormat):
    strict = Persona.model_validate({"name": "Rich", "levels": {"income": "high"}, "requires": ["income.mean > 80"]})
    assert _names(formats, [_profile(1.0)], {0: _last("Rich", persona=True)}, strict) != ["Rich"]


def test_a_kept_persona_goes_to_no_other_segment_though_it_fits_it_better(formats: NumberFormat):
    found = _names(formats, [_profile(0.3), _profile(1.0)], {0: _last("Rich", persona=True)}, RICH, POOR)
    assert found[0] == "Rich"
    assert found[1] != "Rich"


def test_a_persona_that_a_segment_leaves_is_free_for_another(formats: NumberFormat):
    found = _names(formats, [_profile(-1.0), _profile(1.0)], {0: _last("Rich", persona=True)}, RICH, POOR)
    assert found == ["Poor", "Rich"]


@pytest.mark.parametrize(("effect", "kept"), [(2.0, True), (0.3, True), (0.1, False), (-1.0, False)])
def test_a_name_made_of_traits_is_kept_while_they_point_the_same_way(
    formats: NumberFormat,
    effect: float,
    kept: bool,  # noqa: FBT001
):
    found = _names(formats, [_profile(effect)], {0: _last("High income, few visits", ("income", 1.0))})
    assert (found == ["High income, few visits"]) is kept


def test_the_second_trait_that_leads_a_name_must_hold_as_well(formats: NumberFormat):
    last = _last("High income, few visits", ("income", 1.0), ("visits", -1.0))
    assert _names(formats, [_profile(1.0, -0.4)], {0: last}) == ["High income, few visits"]
    assert _names(formats, [_profile(1.0, 0.4)], {0: last}) != ["High income, few visits"]


def test_a_name_that_goes_by_size_is_made_anew(formats: NumberFormat):
    last = _last("High income, larger group", ("income", 1.0))
    assert _names(formats, [_profile(1.0)], {0: last}) == ["High income, average otherwise"]


def test_no_two_names_are_alike_where_a_kept_name_is_what_another_would_be_called(formats: NumberFormat):
    last = _last("High income, average otherwise", ("income", 1.0))
    found = _names(formats, [_profile(0.4), _profile(1.0)], {0: last})
    assert found[0] == "High income, average otherwise"
    assert len({name.casefold() for name in found}) == 2


def test_a_name_made_of_traits_yields_to_a_persona_only_where_the_configuration_changed(formats: NumberFormat):
    kept, yielding = (_last("Wealthy", ("income", 1.0), yields=yields) for yields in (False, True))
    assert _names(formats, [_profile(1.0)], {0: kept}, RICH) == ["Wealthy"]
    assert _names(formats, [_profile(1.0)], {0: yielding}, RICH) == ["Rich"]
