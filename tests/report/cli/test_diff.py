"""`diff`: what is different in another build, in one paragraph, and whether a person should look at it first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.configuration.history import HoldWhen
from analysis.contract import (
    Changes,
    ColumnDrift,
    Contract,
    Edition,
    GoneSegment,
    Interval,
    Kin,
    Notice,
    Privacy,
    SegmentChange,
)
from analysis.history.edition import in_short
from analysis.history.entry import entry
from analysis.language import speaking
from report.build.compared import compared
from report.build.held import Exact, exactly, held, unseen
from report.command.changed import paragraph

OLD, NEW = Edition(number=1, date="2026-05-01"), Edition(number=2, date="2026-06-01")
Later = Callable[..., Contract]
NOBODY, ALIKE, STILL = (
    "No segment is new, gone or renamed.",
    "No segment’s share of customers changed by more than chance explains.",
    "The verdict is still “Reproducible”.",
)


@pytest.fixture(scope="module")
def old(mall_contract: Contract) -> Contract:
    return mall_contract.model_copy(update={"edition": OLD})


@pytest.fixture
def later(old: Contract) -> Later:
    """The next build, with these changes."""

    def made(update: dict[str, Any] | None = None, **changes: Any) -> Contract:  # noqa: ANN401 (any field)
        same = tuple(SegmentChange(id=one.id, became="continued") for one in old.segments)
        told = Changes(**{"since": 1, "basis": "both", "segments": same, **changes})
        return old.model_copy(update={"edition": NEW, "past": (in_short(old),), "changes": told, **(update or {})})

    return made


def said(old: Contract, new: Contract) -> str:
    return paragraph(old, compared(old, new))


def test_nothing_changed_is_said_plainly(old, later):
    assert said(old, later()) == "**Since build 1 (2026-05-01):** Nothing changed."


def test_a_build_is_no_different_from_itself(old):
    assert said(old, old) == "**Since build 1 (2026-05-01):** Nothing changed."


def test_segments_that_came_and_went_are_named(old, later):
    first, second, third, *_ = old.segments
    gone = GoneSegment(id=first.id, slug=first.slug, name=first.name, last=1, ended="split")
    fresh = second.model_copy(update={"id": 9, "slug": "late-risers", "name": "Late *Risers*"})
    changes = (
        SegmentChange(id=9, became="new", came_from=(Kin(id=first.id, share=0.5),)),
        SegmentChange(id=third.id, became="continued", renamed_from="Old Name"),
        SegmentChange(
            id=first.id, became="gone", ended="split", went_to=(Kin(id=9, share=0.5), Kin(id=third.id, share=0.4))
        ),
    )
    new = later({"segments": (fresh, *old.segments[2:]), "gone": (gone,)}, segments=changes)
    assert said(old, new) == (
        rf"**Since build 1 (2026-05-01):** {first.name} was split into Late \*Risers\* and {third.name}. "
        rf"Late \*Risers\* is new. {third.name} was called Old Name before. {ALIKE} {STILL} "
        rf"Late \*Risers\*: with 50% of the remaining customers of {first.name}."
    )


def test_an_earlier_segment_whose_name_another_has_is_told_by_its_last_build(old, later):
    first, *rest = old.segments
    gone = GoneSegment(id=first.id, slug=first.slug, name=first.name, last=1, ended="merged")
    fresh = first.model_copy(update={"id": 9, "slug": "another"})
    changes = (
        SegmentChange(id=9, became="new", came_from=(Kin(id=first.id, share=0.9),)),
        SegmentChange(id=first.id, became="gone", ended="merged", went_to=(Kin(id=9, share=0.9),)),
    )
    assert said(old, later({"segments": (fresh, *rest), "gone": (gone,)}, segments=changes)) == (
        f"**Since build 1 (2026-05-01):** {first.name} (until build 1) was merged into {first.name}. "
        f"{first.name} is new. {ALIKE} {STILL} {first.name}: with 90% of the remaining customers of {first.name} "
        "(until build 1)."
    )


def test_where_the_customers_of_a_vanished_segment_are_is_told(old, later):
    first, second, *_ = old.segments
    gone = GoneSegment(id=first.id, slug=first.slug, name=first.name, last=1, ended="vanished")
    lost = SegmentChange(id=first.id, became="gone", ended="vanished", went_to=(Kin(id=second.id, share=0.2),))
    assert said(old, later({"segments": old.segments[1:], "gone": (gone,)}, segments=(lost,))) == (
        f"**Since build 1 (2026-05-01):** {first.name} is gone. {ALIKE} {STILL} "
        f"Some customers of {first.name} are now in {second.name}."
    )


def test_by_position_nothing_is_said_of_customers(old, later):
    first, second, *_ = old.segments
    gone = GoneSegment(id=first.id, slug=first.slug, name=first.name, last=1, ended="vanished", known_by="position")
    fresh = second.model_copy(update={"id": 9, "slug": "late-risers", "name": "Late Risers"})
    changes = (
        SegmentChange(id=9, became="new", came_from=(Kin(id=first.id, share=0.54),)),
        SegmentChange(id=first.id, became="gone", ended="vanished", went_to=(Kin(id=second.id, share=0.2),)),
    )
    new = later({"segments": (fresh, *old.segments[1:]), "gone": (gone,)}, basis="position", segments=changes)
    assert said(old, new) == (
        f"**Since build 1 (2026-05-01):** {first.name} is gone: no segment lies where it lay. Late Risers is new. "
        f"{ALIKE} {STILL} Late Risers: lies where {first.name} lay."
    )


def test_builds_far_apart_tell_the_end_of_a_segment_by_what_it_was_known(old, later):
    first, *rest = old.segments
    gone = GoneSegment(id=first.id, slug=first.slug, name=first.name, last=2, ended="dissolved", known_by="customers")
    third = later({"edition": Edition(number=3), "segments": tuple(rest), "gone": (gone,)}, since=2)
    assert f"{first.name} is gone: its customers are spread over other segments." in said(old, third)
    placed = third.model_copy(update={"gone": (gone.model_copy(update={"known_by": "position"}),)})
    assert f"{first.name} is gone: its place is divided among several segments." in said(old, placed)
    unknown = third.model_copy(update={"gone": (gone.model_copy(update={"known_by": None}),)})
    assert f"{first.name} is gone. " in said(old, unknown)


def test_other_customers_are_not_called_no_change(old, later):
    fewer = old.data.model_copy(update={"customers": old.data.customers - 5})
    assert said(old, later({"data": fewer})) == (
        f"**Since build 1 (2026-05-01):** {NOBODY} {ALIKE} {STILL} The table has 195 customers; it had 200."
    )


def test_columns_with_other_figures_are_not_called_no_change(old, later):
    age, *rest = old.data.features
    older = old.data.model_copy(update={"features": (age.model_copy(update={"mean": 50.0}), *rest)})
    assert said(old, later({"data": older})) == f"**Since build 1 (2026-05-01):** {NOBODY} {ALIKE} {STILL}"


def test_what_is_only_shown_is_not_called_no_change(old, later):
    other = old.provenance.model_copy(update={"configuration_sha256": "of another title"})
    assert said(old, later({"provenance": other})) == (
        "**Since build 1 (2026-05-01):** Only settings differ that change no result, such as the title of the site."
    )


def test_a_segment_has_grown_only_beyond_chance(old, later):
    first, *rest = old.segments
    wide = first.model_copy(update={"share": 0.3, "share_interval": Interval(lower=0.1, upper=0.4)})
    sure = first.model_copy(update={"share": 0.9, "share_interval": Interval(lower=0.85, upper=0.95)})
    before = old.model_copy(
        update={
            "segments": (
                first.model_copy(update={"share": 0.2, "share_interval": Interval(lower=0.15, upper=0.25)}),
                *rest,
            )
        }
    )
    past = (in_short(before),)
    assert said(before, later({"segments": (wide, *rest), "past": past})) == (
        f"**Since build 1 (2026-05-01):** {NOBODY} {ALIKE} {STILL}"
    )
    assert said(before, later({"segments": (sure, *rest), "past": past})) == (
        f"**Since build 1 (2026-05-01):** {NOBODY} Share of customers up by more than chance explains: "
        f"{first.name} (from 20% to 90%). {STILL}"
    )


def test_customers_drift_and_notices_are_told(old, later):
    new = later(
        moved=0.3,
        drift=(
            ColumnDrift(feature="Age", index=0.3, drift="strong", adjusted_p=0.001),
            ColumnDrift(feature="Gender", index=0.01, drift="stable", adjusted_p=0.8),
        ),
        notices=(
            Notice(about="verdict", before="natural", after="none"),
            Notice(about="rejected", before="0", after="0.12"),
            Notice(about="setting", what="model.seed", before="1", after="2"),
            Notice(about="version", before="0.1.0", after="0.2.0"),
            Notice(about="columns", what="Visits", after="Visits"),
        ),
    )
    assert said(old, new) == (
        f"**Since build 1 (2026-05-01):** {NOBODY} {ALIKE} 30% of customers who are in both tables are in another "
        f"segment than before. The values of age have drifted strongly. {STILL} Rows set aside: 12.0%; it was "
        "0.0%. Columns: new: Visits. Setting model.seed: 2; it was 1. Version of Segment Atlas: 0.2.0; it was 0.1.0."
    )


def test_a_public_site_says_about_how_many_moved(old, later):
    public = old.privacy.model_copy(update={"mode": "public"})
    assert "About 30% of customers who are in both tables are in another segment than before." in said(
        old, later({"privacy": public}, moved=0.3)
    )


def test_the_paragraph_is_in_english_whatever_the_site_speaks(old, later):
    with speaking("de"):
        assert said(old, later()) == "**Since build 1 (2026-05-01):** Nothing changed."
        assert STILL in said(old, later(moved=0.3))


def test_text_of_the_data_is_no_markdown(old, later):
    first, *rest = old.segments
    bad = first.model_copy(update={"id": 9, "slug": "x", "name": "<script>\n# [a](b) `c` | d"})
    new = later({"segments": (bad, *rest)}, segments=(SegmentChange(id=9, became="new"),))
    text = said(old, new)
    assert "\n" not in text
    assert r"\<script\> \# \[a\](b) \`c\` \| d" in text


def test_builds_that_do_not_follow_one_another_are_told_apart_by_ids(old, later):
    """The third build remembers the first; a segment that has another address by then is the same by its id."""
    first, *rest = old.segments
    moved = first.model_copy(update={"slug": "elsewhere", "name": "Elsewhere"})
    third = later({"edition": Edition(number=3), "segments": (moved, *rest)}, since=2)
    assert said(old, third) == (
        f"**Since build 1 (2026-05-01):** Elsewhere was called {first.name} before. {ALIKE} {STILL}"
    )


def test_what_drifted_since_the_oldest_build_is_told_and_is_that_of_the_two(old, later):
    moderate = ColumnDrift(feature="Age", index=0.17, drift="moderate", adjusted_p=0.001)
    still = ColumnDrift(feature="Age", index=0.01, drift="stable", adjusted_p=0.8)
    second = later().model_copy(update={"edition": NEW, "changes": None})
    third = later(
        {"edition": Edition(number=3), "past": (in_short(old), in_short(second))},
        since=2, drift=(still,), oldest=1, drift_since_oldest=(moderate,),
    )  # fmt: skip
    assert said(second, third) == (
        f"**Since build 2 (2026-06-01):** No segment is new, gone or renamed. {ALIKE} No column has drifted since the "
        f"last build. Since build 1, the values of age have drifted. {STILL}"
    )
    assert said(old, third) == (
        f"**Since build 1 (2026-05-01):** No segment is new, gone or renamed. {ALIKE} The values of age have drifted "
        f"moderately. {STILL}"
    )
    assert compared(old, third).changes.drift == (moderate,)
    stranger = old.model_copy(update={"edition": Edition(number=1, date="2020-01-01")})
    assert compared(stranger, third).changes.drift == ()


def test_builds_that_do_not_know_each_other_are_told_apart_by_addresses(old, later):
    first, *rest = old.segments
    renumbered = tuple(one.model_copy(update={"id": one.id + 20}) for one in rest)
    other = later({"past": (), "segments": renumbered})
    assert said(old, other) == f"**Since build 1 (2026-05-01):** {first.name} is gone. {ALIKE} {STILL}"


def test_a_segment_of_another_history_is_not_taken_for_the_one_that_has_its_number(old, later):
    """The lost one was number 1, which is the first of the others now."""
    first, *rest = old.segments
    renumbered = tuple(one.model_copy(update={"id": number}) for number, one in enumerate(rest, 1))
    other = compared(old, later({"past": (), "segments": renumbered}))
    assert paragraph(old, other) == f"**Since build 1 (2026-05-01):** {first.name} is gone. {ALIKE} {STILL}"
    assert held(other, HoldWhen(lost_segment=True)) == (
        f"publish.hold_when.lost_segment: 1 segment(s) no longer exist ({first.name}).",
    )


def test_builds_far_apart_are_compared_by_data_quality_too(old, later):
    """By the same rule as the page: a share of the rows that differs by more than chance explains."""
    data = old.data.model_copy(update={"rows_read": 250, "rows_rejected": 50})
    (told,) = (one for one in compared(old, later({"data": data}, since=9)).changes.notices if one.about == "rejected")
    assert (told.before, told.after) == ("0", "0.2")


MOVED = (
    "publish.hold_when.moved_share: 31% of the customers in both builds changed their segment, 6 points more than the "
    "25% allowed."
)
LOST = (SegmentChange(id=1, became="gone", ended="vanished"),)
ADDED = (SegmentChange(id=1, became="new"),)
DRIFTED = (ColumnDrift(feature="Age", index=0.15, drift="moderate"),)


@pytest.mark.parametrize(
    ("limits", "changes", "told"),
    [
        ({"lost_segment": True}, {"segments": LOST}, ["publish.hold_when.lost_segment: 1 segment(s) no longer exist"]),
        ({"lost_segment": True}, {"segments": ADDED}, []),
        ({"lost_segment": False}, {"segments": LOST}, []),
        ({"new_segment": True}, {"segments": ADDED}, ["publish.hold_when.new_segment: 1 segment(s) are new"]),
        ({"moved_share": 0.25}, {"moved": 0.31}, [MOVED]),
        ({"moved_share": 0.25}, {"moved": 0.25}, []),
        ({"drift": "moderate"}, {"drift": DRIFTED}, [
            "publish.hold_when.drift: “Age” has drifted (moderate, index 0.15)."
        ]),
        ({"drift": "strong"}, {"drift": DRIFTED}, []),
        ({"verdict": "reproducible"}, {}, ["publish.hold_when.verdict: the verdict is"]),
        ({"verdict": "none"}, {}, []),
    ],
)  # fmt: skip
def test_a_limit_that_is_passed_is_named_and_by_how_much(later, limits, changes, told):
    found = held(later(**changes), HoldWhen(**limits))
    assert len(found) == len(told)
    assert [one.startswith(start) for one, start in zip(found, told, strict=True)] == [True] * len(told)


def test_rows_set_aside_are_held_against_all_rows(later):
    new = later()
    data = new.data.model_copy(update={"rows_read": 200, "rows_rejected": 20})
    found = held(new.model_copy(update={"data": data}), HoldWhen(rejected_share=0.05))
    assert found == (
        "publish.hold_when.rejected_share: 10% of the rows were set aside, 5 points more than the 5% allowed.",
    )
    assert held(new.model_copy(update={"data": data}), HoldWhen(rejected_share=0.1)) == ()


def test_a_verdict_as_weak_as_the_one_named_or_weaker_is_held(later):
    new = later()
    selection = new.selection.model_copy(update={"verdict": "none"})
    weak = new.model_copy(update={"selection": selection})
    assert held(weak, HoldWhen(verdict="reproducible")) == (
        "publish.hold_when.verdict: the verdict is “none”, 2 step(s) weaker than the one that is named.",
    )
    assert held(weak, HoldWhen(verdict="none")) == ("publish.hold_when.verdict: the verdict is “none”.",)


def test_a_limit_that_cannot_be_checked_holds(later):
    remedy = "Remove this limit if your builds never know it."
    for basis in ("position", "none"):
        assert held(later(moved=None, basis=basis), HoldWhen(moved_share=0.2)) == (
            f"publish.hold_when.moved_share cannot be checked: it is not known which customers moved. {remedy}",
        )
    for basis in ("customers", "both"):
        assert held(later(moved=None, basis=basis), HoldWhen(moved_share=0.2)) == (
            f"publish.hold_when.moved_share cannot be checked: their share is withheld from the public site. {remedy}",
        )
    assert held(later(drift=()), HoldWhen(drift="strong")) == (
        "publish.hold_when.drift cannot be checked: it is not known how columns drifted between these builds.",
    )
    assert held(later(moved=None, drift=()), HoldWhen()) == ()
    assert unseen(later(moved=None), HoldWhen(moved_share=0.2)) == ()


PUBLIC_MOVED = (
    "publish.hold_when.moved_share: more customers in both builds than the 25% allowed changed their segment."
)
NEAR = (
    "publish.hold_when.moved_share cannot be checked: published figures are rounded, and the limit of 25% is too near. "
    "Compare where the build's own files are at hand."
)


def public(contract: Contract) -> Contract:
    return contract.model_copy(update={"privacy": Privacy(mode="public", min_cell=10, rounding_base=5)})


@pytest.mark.parametrize(
    ("published", "exact", "told"),
    [
        (None, 0.24, []),
        (None, 0.26, [PUBLIC_MOVED]),
        (0.2, 0.26, [PUBLIC_MOVED]),
        (0.3, 0.249, []),
        # To the nearest tenth: from .25 to .35, from .15 to .25, from .35 to .45.
        (0.3, None, [NEAR]),
        (0.2, None, []),
        (0.4, None, [PUBLIC_MOVED]),
    ],
)
def test_what_a_public_site_rounds_is_held_against_the_limit_as_it_is(later, published, exact, told):
    """And no more of it is said than that the limit is passed."""
    new = public(later(moved=published, basis="customers"))
    assert held(new, HoldWhen(moved_share=0.25), Exact(exact)) == tuple(told)


@pytest.mark.parametrize(
    ("rejected", "exact", "begins"),
    [
        (40, 41 / 800, "publish.hold_when.rejected_share: more rows than the 5% allowed were set aside."),
        (45, 40 / 800, None),
        (40, None, "publish.hold_when.rejected_share cannot be checked: published figures are rounded, and the limit"),
        (60, None, "publish.hold_when.rejected_share: more rows than the 5% allowed were set aside."),
        (30, None, None),
    ],
)
def test_rows_set_aside_of_a_public_site_are_held_as_they_are(later, rejected, exact, begins):
    new = public(later())
    new = new.model_copy(update={"data": new.data.model_copy(update={"rows_read": 800, "rows_rejected": rejected})})
    found = held(new, HoldWhen(rejected_share=0.05), Exact(rejected=exact))
    assert [one.startswith(begins) for one in found] == ([] if begins is None else [True])


def test_exact_shares_are_those_of_the_same_build_alone(later, tmp_path):
    new = later(moved=0.2, basis="customers")
    new = new.model_copy(update={"data": new.data.model_copy(update={"rows_read": 200, "rows_rejected": 3})})
    published = new.model_copy(update={"changes": new.changes.model_copy(update={"moved": None})})
    nothing = Exact(None, None)
    assert exactly(published, tmp_path) == nothing
    (tmp_path / "analysis.json").write_text(new.model_dump_json())
    assert exactly(published, tmp_path) == Exact(0.2, 0.015)
    number = new.edition.model_copy(update={"number": 9})
    since = new.changes.model_copy(update={"since": 8})
    for other in ({"edition": number}, {"changes": since}, {"segments": new.segments[1:]}, {"changes": None}):
        assert exactly(published.model_copy(update=other), tmp_path) == nothing
    (tmp_path / "analysis.json").write_text("{")
    assert exactly(published, tmp_path) == nothing


def test_a_build_compared_with_itself_is_not_held(old):
    same = compared(old, old)
    assert held(same, HoldWhen(moved_share=0, drift="moderate", lost_segment=True, new_segment=True)) == ()


def test_a_first_build_holds_nothing_of_what_it_cannot_compare(later):
    first = later().model_copy(update={"changes": None})
    assert held(first, HoldWhen(moved_share=0.2, drift="moderate", lost_segment=True)) == ()
    assert unseen(later().model_copy(update={"changes": None}), HoldWhen(lost_segment=True)) != ()
    assert unseen(later().model_copy(update={"changes": None}), HoldWhen(rejected_share=0.1)) == ()


@pytest.fixture
def builds(home: Path, old: Contract, later: Later) -> Path:
    """A configuration with a history of two builds, of which the second has lost a segment."""
    (home / "config").mkdir()
    (home / "tables/history").mkdir(parents=True)
    settings = "data: {path: ../tables/c.csv}\ncolumns: {Age: {role: age}}\n"
    (home / "config/site.yml").write_text(settings + "publish: {hold_when: {lost_segment: true}}\n")
    (home / "config/easy.yml").write_text(settings)
    lost = (SegmentChange(id=1, became="gone", ended="vanished"),)
    for each in (old, later({"segments": old.segments[1:]}, segments=lost)):
        made = entry(each)
        (home / f"tables/history/{made.number:04}.json").write_text(made.text, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("first", "second"), [("1", "2"), ("tables/history/0001.json", "tables/history"), ("1", "tables/history/0002.json")]
)
def test_a_limit_that_is_passed_is_exit_code_1(run, builds, old, first, second):
    assert builds.is_dir()
    code, out, failed = run("diff", first, second, "--config", "config")
    assert code == 1
    assert out == f"**Since build 1 (2026-05-01):** {old.segments[0].name} is gone. {ALIKE} {STILL}\n"
    assert "A person should look at this build before it is published: publish.hold_when.lost_segment: 1 " in failed


def test_no_limit_is_passed_is_exit_code_0(run, builds):
    assert builds.is_dir()
    assert run("diff", "1", "2", "--config", "config/easy.yml")[0] == 0
    assert run("diff", "1", "1", "--config", "config")[0] == 0
    assert run("diff", "tables/history/0001.json", "tables/history/0002.json")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1", "3", "--config", "config"), "There is no build 3 in the history"),
        (("1", "2"), "Build 1: no configuration names the history; add --config."),
        (("1", "nowhere", "--config", "config"), "diff nowhere: there is no such file or folder"),
        (("ftp://x/", "2", "--config", "config"), "diff ftp://x/: only http and https are read"),
        (("1", "2", "--config", "nowhere"), "no such file"),
        (("1",), "Missing argument 'NEW'"),
    ],
)
def test_what_cannot_be_compared_is_exit_code_2(run, builds, arguments, said):
    assert builds.is_dir()
    code, _, failed = run("diff", *arguments)
    assert code == 2
    assert said in failed
