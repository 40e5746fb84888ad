"""What changed since the last build: the finding in sentences, the tables, and the pages of segments that are gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.contract import ColumnDrift, Contract, Interval, Kin, Notice, SegmentChange
from analysis.language import speaking
from analysis.wording.number_format import NumberFormat
from report.site import history_tables
from report.views.change_tables import drift_rows, flow_table, segment_rows, why_no_flows
from report.views.changed import about_columns
from report.views.changes import changes_page, most_important, summary
from report.views.gone import gone_pages
from report.views.method import method
from report.views.notices import notice_lines
from report.views.overview import overview
from report.views.segment import segment_page
from report.views.story import Story
from tests.report.histories import GONE, MERGED, with_history, withholding
from tests.report.views.conftest import Tell

FIGURES = NumberFormat("en_US", "USD")


def of(tell: Tell, contract: Contract) -> Story:
    return tell(**{name: getattr(contract, name) for name in ("edition", "past", "gone", "changes", "segments")})


@pytest.fixture
def story(tell: Tell, mall_contract: Contract) -> Story:
    return of(tell, with_history(mall_contract))


def quiet(contract: Contract, **changes: object) -> Contract:
    """A build like the last one, but for what is handed over."""
    made = with_history(contract)
    last = made.past[-1].model_copy(
        update={"segments": tuple(
            one.model_copy(update={"share": segment.share, "share_interval": segment.share_interval, "id": segment.id,
                                   "name": segment.name})
            for one, segment in zip(made.past[0].segments, contract.segments, strict=False)
        )}
    )  # fmt: skip
    same = tuple(SegmentChange(id=one.id, became="continued") for one in contract.segments)
    plain = {"segments": same, "flows": (), "drift": (), "notices": (), "moved": 0.0, **changes}
    return made.model_copy(update={"past": (last,), "gone": (), "changes": made.changes.model_copy(update=plain)})


def test_the_summary_tells_segments_first_then_sizes_customers_columns_verdict_and_the_rest(mall_contract):
    assert summary(with_history(mall_contract), FIGURES) == [
        (
            "Bargain Hunters was merged into Budget Buyers. Potential Loyalists is new. Young Enthusiasts was called "
            "Once Bargain Hunters before."
        ),
        "Share of customers up by more than chance explains: Premium Shoppers (from 10% to 20%).",
        (
            "10% of customers who are in both tables are in another segment than before. This counts every customer of "
            "a segment that is gone, even where it was only split or merged."
        ),
        "The values of gender have drifted strongly, those of age moderately.",
        "The verdict is still “Reproducible”.",
        "Also different: missing values, settings, the version of Segment Atlas and the columns.",
    ]


def test_nothing_changed_is_said_plainly(mall_contract):
    assert summary(quiet(mall_contract), FIGURES) == ["Nothing changed since build 11."]


@pytest.mark.parametrize(
    "changes",
    [
        {"notices": (Notice(about="version", before="0.1", after="0.2"),)},
        {"moved": 0.01},
        {"segments": (SegmentChange(id=1, became="continued", renamed_from="Others"),)},
        {"segments": (SegmentChange(id=1, became="returned"),)},
    ],
)
def test_nothing_changed_is_not_said_where_something_did(mall_contract, changes):
    told = summary(quiet(mall_contract, **changes), FIGURES)
    assert 3 <= len(told) <= 6
    assert not any("Nothing changed" in one for one in told)


def test_nothing_changed_is_not_said_where_a_size_differs_by_chance(mall_contract):
    contract = quiet(mall_contract)
    (last,) = contract.past
    first, *others = last.segments
    other = last.model_copy(update={"segments": (first.model_copy(update={"share": 0.2}), *others)})
    told = summary(contract.model_copy(update={"past": (other,)}), FIGURES)
    assert told == [
        "No segment is new, gone or renamed.",
        "No segment’s share of customers changed by more than chance explains.",
        "All customers who are in both tables are in the same segment as before.",
        "The verdict is still “Reproducible”.",
    ]


def test_nothing_changed_is_not_said_of_more_customers_with_the_same_shares(mall_contract):
    contract = quiet(mall_contract)
    more = contract.data.model_copy(update={"customers": 2 * contract.data.customers})
    told = summary(contract.model_copy(update={"data": more}), FIGURES)
    assert told[0] == "No segment is new, gone or renamed."


def test_the_verdict_is_told_with_what_it_was(mall_contract):
    contract = with_history(mall_contract)
    last = contract.past[-1].model_copy(update={"verdict": "none"})
    told = summary(contract.model_copy(update={"past": (*contract.past[:-1], last)}), FIGURES)
    assert "The verdict is now “Reproducible”; it was “None”." in told


def test_a_first_build_says_that_there_is_nothing_to_compare_with(tell, mall_contract):
    first = with_history(mall_contract, builds=1)
    told = "This is the first build that the site remembers, so there is nothing to compare it with yet."
    assert summary(first, FIGURES) == [told]
    page = changes_page(of(tell, first)).values
    assert (page.heading, page.lead, page.more) == ("What changed", told, "")
    assert page.first[0] == "Segments that are new, gone, split, merged or renamed"
    assert (page.segments, page.flows, page.drift, page.notices, page.trends, page.no_moves) == (
        [],
        None,
        [],
        [],
        [],
        "",
    )


def test_a_site_that_remembers_nothing_says_nothing(tell, mall_contract):
    assert summary(mall_contract, FIGURES) == []
    with pytest.raises(ValueError, match="remembers nothing"):
        changes_page(tell())
    assert overview(tell()).values.since is None
    assert method(tell()).values.recognised == []


def test_moved_customers_are_about_so_many_on_a_public_site(mall_contract):
    contract = with_history(mall_contract)
    public = contract.model_copy(update={"privacy": contract.privacy.model_copy(update={"mode": "public"})})
    assert summary(public, FIGURES)[2] == (
        "About 10% of customers who are in both tables are in another segment than before. This counts every customer "
        "of a segment that is gone, even where it was only split or merged."
    )


def test_what_is_withheld_is_said_to_be_and_no_size_is_guessed(tell, mall_contract):
    contract = withholding(with_history(mall_contract))
    public = contract.model_copy(update={"privacy": contract.privacy.model_copy(update={"mode": "public"})})
    assert summary(public, FIGURES)[1] == (
        "Whether segments grew or shrank is not known, because their shares or intervals are withheld or were not "
        "measured."
    )
    rows = segment_rows(
        tell(**{name: getattr(public, name) for name in ("past", "gone", "changes", "edition", "privacy")})
    )
    assert {row.before for row in rows} == {"withheld", "–"}  # a new segment had no share
    assert {row.verdict for row in rows} == {"not known", "new", "gone"}
    assert not any(row.difference for row in rows)


def test_the_table_has_both_shares_the_difference_and_what_chance_says(story):
    first, second, third, *_, last = segment_rows(story)
    assert (first.name, first.before, first.now, first.verdict) == ("Premium Shoppers", "9.8%", "19.5%", "grown")
    assert first.difference == "+9.8 points (+4.5 to +15.0)"
    assert (second.verdict, second.before) == ("new", "–")
    assert second.note == "with 30% of the remaining customers of Premium Shoppers and customers of Bargain Hunters"
    assert third.note == "called Once Bargain Hunters before"
    assert (last.name, last.verdict, last.now, last.note) == (
        "Bargain Hunters",
        "gone",
        "–",
        "merged into Budget Buyers",
    )


def with_interval(contract: Contract, before: float, before_ends: Interval, now: float, ends: Interval) -> Contract:
    """The first segment with these shares in the last build and in this one, of whose customers none is known."""
    made = with_history(contract, flows=(), shared=None, moved=None)
    first, *others = made.past[-1].segments
    was = first.model_copy(update={"share": before, "share_interval": before_ends})
    is_now = made.segments[0].model_copy(update={"share": now, "share_interval": ends})
    past = made.past[-1].model_copy(update={"segments": (was, *others)})
    segments = (is_now, *made.segments[1:])
    return made.model_copy(update={"past": (*made.past[:-1], past), "segments": segments})


@pytest.mark.parametrize(
    ("now", "language", "told"),
    [
        # By hand: −0.01 + √(0.006² + 0.008²) is zero at a share of .19; at .18966 that end is −0.00034.
        (0.18966, "en_US", "shrunk −1.03 points (−2.03 to −0.03)"),
        (0.18966, "de_DE", "geschrumpft −1,03 Punkte (−2,03 bis −0,03)"),
        (0.18999, "en_US", "shrunk −1.001 points (−2.001 to −0.001)"),
        (0.1895, "en_US", "shrunk −1.1 points (−2.1 to −0.1)"),
        (0.19, "en_US", "within chance −1.0 points (−2.0 to 0.0)"),
        (0.195, "en_US", "within chance −0.5 points (−1.5 to +0.5)"),
        (0.2, "en_US", "within chance 0.0 points (−1.0 to +1.0)"),
    ],
)
def test_an_end_beside_zero_is_not_written_as_zero(tell, mall_contract, now, language, told):
    before = Interval(lower=0.2 - 0.008, upper=0.2 + 0.008)
    contract = with_interval(mall_contract, 0.2, before, now, Interval(lower=now - 0.006, upper=now + 0.006))
    with speaking(language[:2]):
        row = segment_rows(replace(of(tell, contract), formats=NumberFormat(language, "USD")))[0]
    assert f"{row.verdict} {row.difference}" == told


def test_shares_that_differ_are_written_so(mall_contract):
    narrow = [Interval(lower=share - 0.0001, upper=share + 0.0001) for share in (0.2, 0.2012)]
    contract = with_interval(mall_contract, 0.2, narrow[0], 0.2012, narrow[1])
    assert "Share of customers up by more than chance explains: Premium Shoppers (from 20.0% to 20.1%)." in " ".join(
        summary(contract, FIGURES)
    )


def test_the_flows_stand_by_old_and_new_segment(tell, story):
    table = flow_table(story)
    assert table.columns[-1] == "No longer in the table"
    assert [row.name for row in table.rows] == [
        "Premium Shoppers", "Once Bargain Hunters", "Cautious Spenders", "Impulse Buyers", "Budget Buyers",
        "Bargain Hunters", "New in the table",
    ]  # fmt: skip
    assert table.rows[0].cells == ["27", "14", "–", "–", "–", "–", "–"]
    assert table.rows[5].cells == ["–", "–", "–", "–", "–", "withheld", "–"]
    assert table.rows[6].cells[-1] == ""  # nobody knows of customers who are in neither table
    assert table.withheld == 10
    told = tuple(one for one in story.contract.changes.flows if one.customers)
    whole = story.contract.model_copy(update={"changes": story.contract.changes.model_copy(update={"flows": told})})
    assert flow_table(of(tell, whole)).withheld is None


def test_a_gone_segment_in_the_flows_is_told_from_a_living_one_of_its_name(tell, mall_contract):
    table = flow_table(of(tell, with_history(mall_contract, name="Budget Buyers")))
    assert [row.name for row in table.rows][4:] == [
        "Budget Buyers",
        "Budget Buyers (until build 11)",
        "New in the table",
    ]
    assert table.columns[-2:] == ["Budget Buyers", "No longer in the table"]


def test_it_is_said_why_there_are_no_flows(tell, mall_contract):
    assert why_no_flows(with_history(mall_contract)) == ""
    assert why_no_flows(with_history(mall_contract, flows=(), basis="position")) == (
        "How customers moved between segments is not known: the last build’s assignments were not at hand, or the "
        "table has no column of identifiers."
    )
    assert "is withheld" in why_no_flows(with_history(mall_contract, flows=(), basis="customers"))
    page = changes_page(of(tell, with_history(mall_contract, flows=(), basis="position"))).values
    assert page.flows is None
    assert page.no_moves


TOO_FEW = "by their identifiers, too few customers of the last build are in this table, or none."


@pytest.mark.parametrize("basis", ["position", "none"])
@pytest.mark.parametrize(
    ("unmatched", "told", "notice"),
    [
        (
            "few",
            f"{TOO_FEW} Check whether identifiers are written in another way than before.",
            "too few are those of the last build to recognise customers by them",
        ),
        (
            "unrelated",
            (
                "many identifiers are in both tables, but their segments of then and now have hardly anything to do "
                "with each other. Check whether identifiers were given to other customers."
            ),
            "many are those of the last build, but their segments have hardly anything to do with those of then",
        ),
        (
            None,  # a document of before it was recorded
            (
                "too few identifiers are in both tables, or they are hardly of the same customers. Check whether "
                "identifiers are written in another way than before, or were given to other customers."
            ),
            "do not tell which customers are in both tables",
        ),
    ],
)
def test_identifiers_that_tell_nothing_are_the_reason_where_they_are(mall_contract, basis, unmatched, told, notice):
    useless = (Notice(about="identifiers"),)
    contract = with_history(mall_contract, flows=(), basis=basis, unmatched=unmatched, notices=useless)
    assert why_no_flows(contract) == f"How customers moved between segments is not known: {told}"
    assert [(line.head, line.text) for line in notice_lines(contract, FIGURES)] == [("Identifiers", notice)]


@pytest.mark.parametrize(
    ("unmatched", "why"),
    [
        ("few", "By their identifiers, too few customers of the last build are in this table, or none."),
        (
            "unrelated",
            (
                "Many identifiers are in both tables, but their segments of then and now have hardly anything to do "
                "with each other."
            ),
        ),
        (None, "The customers of the last build were not at hand, or the table has no column of identifiers."),
    ],
)
def test_the_method_page_says_why_only_positions_were_compared(tell, mall_contract, unmatched, why):
    told = method(of(tell, with_history(mall_contract, basis="position", unmatched=unmatched))).values.recognised[1]
    assert told == (
        "In this build segments were recognised by their position: their means in the columns that segments are found "
        f"by. Customers of this build who lie where a segment lay stand for those whom it had. {why} The segments were "
        "found anew in this build, as the configuration asks for in every build."
    )


def test_drift_is_told_in_words_the_strongest_first(story):
    assert [(row.label, row.index, row.band) for row in drift_rows(story)] == [
        ("Gender", "0.31", "strong"), ("Age", "0.14", "moderate"), ("Annual income", "0.02", "stable"),
        ("Spending score", "–", "not known"),
    ]  # fmt: skip


def test_slow_drift_has_a_sentence_and_a_column_of_its_own(tell, mall_contract):
    """Age has drifted since the last build; annual income only since build 1, and is told as such."""
    names = [one.name for one in mall_contract.data.features]
    since = zip(names, ((0.3, "strong"), (0.2, "moderate"), (0.17, "moderate"), (None, "unknown")), strict=False)
    slow = tuple(ColumnDrift(feature=name, index=index, drift=band) for name, (index, band) in since)
    contract = with_history(mall_contract, oldest=1, drift_since_oldest=slow)
    assert about_columns(contract, contract.changes) == (
        "The values of gender have drifted strongly, those of age moderately. "
        "Since build 1, the values of annual income have drifted."
    )
    assert [(row.label, row.since_oldest) for row in drift_rows(of(tell, contract))] == [
        ("Gender", "strong (0.30)"), ("Age", "moderate (0.20)"), ("Annual income", "moderate (0.17)"),
        ("Spending score", "not known"),
    ]  # fmt: skip
    had = tuple(one.model_copy(update={"before": "moderate"}) for one in slow)
    told_before = with_history(mall_contract, oldest=1, drift_since_oldest=had)
    assert "Since build 1" not in about_columns(told_before, told_before.changes)
    still = tuple(one.model_copy(update={"index": 0.0, "drift": "stable"}) for one in slow)
    settled = with_history(mall_contract, oldest=1, drift=still, drift_since_oldest=slow[2:])
    assert about_columns(settled, settled.changes) == (
        "No column has drifted since the last build. Since build 1, the values of annual income have drifted."
    )
    assert {row.since_oldest for row in drift_rows(of(tell, with_history(mall_contract)))} == {""}


def test_notices_are_lines_in_plain_words_those_on_data_first(story):
    assert [(line.head, line.text) for line in changes_page(story).values.notices] == [
        ("Missing values of gender", "9.0%; it was 2.0%"),
        ("Columns", "new: Gender Bargain Hunters"),
        ("Setting model.selection.k Bargain Hunters", "6 Bargain Hunters; it was 5 Bargain Hunters"),
        ("Version of Segment Atlas", "0.2.0; it was 0.1.0"),
    ]


def shrinking_words(story: Story) -> str:
    """The callout of the page of changes."""
    return changes_page(story).values.shrinking


def test_a_segment_that_shrank_three_times_is_told_early(tell, mall_contract, story):
    assert shrinking_words(story) == (
        "The share of this segment has fallen in each of the last three builds: Budget Buyers (from 11.1% to 10.5%). "
        "Chance alone may explain it, so watch it, but do not act on it yet."
    )
    assert shrinking_words(of(tell, with_history(mall_contract, builds=3))) == ""
    contract = with_history(mall_contract)
    third = contract.past[-3]
    *others, small = third.segments[:5]
    flat = third.model_copy(update={"segments": (*others, small.model_copy(update={"share": 0.01}))})
    past = (*contract.past[:-3], flat, *contract.past[-2:])
    assert shrinking_words(of(tell, contract.model_copy(update={"past": past}))) == ""


def test_a_large_fall_is_more_than_chance(tell, mall_contract):
    contract = with_history(mall_contract)
    past = []
    for ago, build in zip((3, 2, 1), contract.past[-3:], strict=True):
        *others, one, merged = build.segments
        share = 0.105 + 0.1 * ago
        ends = Interval(lower=share - 0.02, upper=share + 0.02)
        past.append(
            build.model_copy(
                update={"segments": (*others, one.model_copy(update={"share": share, "share_interval": ends}), merged)}
            )
        )
    story = of(tell, contract.model_copy(update={"past": tuple(past)}))
    fallen = (
        "The share of this segment has fallen in each of the last three builds: Budget Buyers (from 40.5% to 10.5%). "
        "Over these builds together, this is more than chance explains."
    )
    assert shrinking_words(story) == fallen
    # The first page and the summaries of a workflow and of the feed tell it; the page of changes in its callout alone.
    assert fallen in summary(story.contract, story.formats)
    page = changes_page(story).values
    assert fallen not in f"{page.lead} {page.more}"


def test_a_gone_segment_keeps_its_address_and_says_where_its_customers_went(story):
    merged, old = gone_pages(story)
    assert (merged.path, merged.listed, merged.navigation) == ("segments/bargain-hunters", False, None)
    assert merged.values.lead == (
        "This segment no longer exists. Build 11 of 31 October 2026 was the last that had it."
    )
    assert merged.values.colour == 7
    assert [(heir.name, heir.slug, heir.share) for heir in merged.values.into] == [
        ("Budget Buyers", "budget-buyers", "")
    ]
    assert old.path == "segments/old-guard"
    assert [(heir.name, heir.slug, heir.share) for heir in old.values.into] == [
        ("Premium Shoppers", "premium-shoppers", "60% of those"),
        ("Bargain Hunters", "bargain-hunters", "40% of those"),
    ]
    assert {MERGED, GONE} == {one.id for one in story.contract.gone}


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        ("vanished", "It vanished: in the next build fewer than half of its customers were left."),
        (
            "split",
            (
                "It was split: in the next build most of its remaining customers were in several segments that came "
                "from it."
            ),
        ),
        ("merged", "It was merged: in the next build most of its remaining customers were in one other segment."),
        ("dissolved", "It dissolved: in the next build its remaining customers were spread over other segments."),
    ],
)
def test_the_page_of_a_gone_segment_says_no_more_than_the_rule(tell, mall_contract, ended, told):
    """By `analysis.identity.rule` a merged one brought more than half, each part of a split one .3 or more."""
    contract = with_history(mall_contract)
    merged = tuple(one.model_copy(update={"ended": ended}) for one in contract.gone)
    assert {one.values.ended for one in gone_pages(of(tell, contract.model_copy(update={"gone": merged})))} == {told}


NOT_KNOWN_WHERE = "Which customers it had was not known in that build, so where they are is not known either."


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        ("vanished", "No segment of the next build lies where it lay: too few customers are there."),
        ("split", "By its position it was split: several segments of the next build lie where it lay."),
        (
            "merged",
            (
                "By its position it was merged: in the next build one other segment takes up most of the place where "
                "it lay."
            ),
        ),
        (
            "dissolved",
            (
                "By its position it dissolved: in the next build the place where it lay is divided among several "
                "segments."
            ),
        ),
    ],
)
def test_by_position_the_page_of_a_gone_segment_says_nothing_of_its_customers(tell, mall_contract, ended, told):
    """Also where later builds know their customers."""
    contract = with_history(mall_contract)
    lost = tuple(one.model_copy(update={"ended": ended, "known_by": "position"}) for one in contract.gone)
    pages = gone_pages(of(tell, contract.model_copy(update={"gone": lost})))
    assert {one.values.ended for one in pages} == {f"{told} {NOT_KNOWN_WHERE}"}
    assert {one.values.whose for one in pages} == {"Segments of the next build that lie where it lay:"}
    assert {heir.share for one in pages for heir in one.values.into} == {""}


def test_how_a_segment_ended_is_only_told_where_it_is_known_by_what(tell, mall_contract):
    """An older document says it of the last build alone, by its basis."""
    contract = with_history(mall_contract, basis="position")
    lost = tuple(one.model_copy(update={"known_by": None}) for one in contract.gone)
    lately, long_ago = gone_pages(of(tell, contract.model_copy(update={"gone": lost})))
    assert lately.values.ended.startswith("By its position it was merged:")
    assert long_ago.values.ended == "How it ended, and where its customers are, is not known."
    assert long_ago.values.whose == "Segments of the next build that may have come from it:"
    assert [heir.share for heir in long_ago.values.into] == ["", ""]
    assert lately.description == "This segment no longer exists. The page says what became of it."


def test_the_customers_in_no_segment_did_not_end_as_a_segment_does(tell, mall_contract):
    contract = with_history(mall_contract)
    rest = tuple(one.model_copy(update={"kind": "unassigned", "ended": None, "into": ()}) for one in contract.gone)
    pages = gone_pages(of(tell, contract.model_copy(update={"gone": rest})))
    assert {one.values.ended for one in pages} == {"In the next build every customer was in a segment."}


def test_a_gone_segment_is_told_from_a_living_one_of_its_name(tell, mall_contract):
    merged, _ = gone_pages(of(tell, with_history(mall_contract, name="Budget Buyers")))
    assert (merged.title, merged.values.heading) == ("Budget Buyers (until build 11)",) * 2


def test_a_living_segment_has_the_address_of_one_that_is_gone(tell, mall_contract):
    contract = with_history(mall_contract)
    taken = tuple(one.model_copy(update={"slug": "budget-buyers"}) for one in contract.gone)
    assert gone_pages(of(tell, contract.model_copy(update={"gone": taken}))) == []


@pytest.mark.parametrize(
    ("ended", "told"),
    [("split", "X was split into A and B."), ("merged", "X was merged into A."), ("vanished", "X is gone."),
     ("dissolved", "X is gone: its customers are spread over other segments.")],
)  # fmt: skip
def test_each_end_has_its_sentence(mall_contract, ended, told):
    names = {1: "A", 2: "B", MERGED: "X"}
    contract = with_history(mall_contract, name="X")
    named = tuple(one.model_copy(update={"name": names.get(one.id, one.name)}) for one in contract.segments)
    gone = SegmentChange(id=MERGED, became="gone", ended=ended, went_to=(Kin(id=1, share=0.5), Kin(id=2, share=0.4)))
    continued = tuple(SegmentChange(id=one.id, became="continued") for one in named)
    changed = contract.changes.model_copy(update={"segments": (*continued, gone)})
    assert summary(contract.model_copy(update={"segments": named, "changes": changed}), FIGURES)[0] == told


@pytest.mark.parametrize(
    ("ended", "told", "note"),
    [
        ("split", "By position, X was split: A and B lie where it lay.", "split by position: A and B lie where it lay"),
        (
            "merged",
            "By position, X was merged: A takes up most of its place.",
            "merged by position: A takes up most of its place",
        ),
        ("vanished", "X is gone: no segment lies where it lay.", "no segment lies where it lay"),
        (
            "dissolved",
            "X is gone: its place is divided among several segments.",
            "its place is divided among several segments",
        ),
        (None, "X is gone.", ""),
    ],
)
def test_each_end_by_position_has_its_sentence_about_places(tell, mall_contract, ended, told, note):
    names = {1: "A", 2: "B", MERGED: "X"}
    contract = with_history(mall_contract, name="X", basis="position", flows=(), moved=None, shared=None)
    named = tuple(one.model_copy(update={"name": names.get(one.id, one.name)}) for one in contract.segments)
    gone = SegmentChange(id=MERGED, became="gone", ended=ended, went_to=(Kin(id=1, share=None), Kin(id=2, share=None)))
    continued = tuple(SegmentChange(id=one.id, became="continued") for one in named)
    changed = contract.changes.model_copy(update={"segments": (*continued, gone)})
    made = contract.model_copy(update={"segments": named, "changes": changed})
    assert summary(made, FIGURES)[0] == told
    assert segment_rows(of(tell, made))[-1].note == note


def test_by_position_a_new_segment_lies_where_another_lay_and_has_nobodys_customers(tell, mall_contract):
    """Also of an older document, whose shares are those of today's customers by their position."""
    story = of(tell, with_history(mall_contract, basis="position", flows=(), moved=None, shared=None))
    assert segment_rows(story)[1].note == "lies where Premium Shoppers and Bargain Hunters lay"
    rows = list(history_tables.changes(story.contract, FIGURES))
    assert [(row["came_from"], row["known_by"]) for row in rows[:2]] == [
        ("Premium Shoppers", "position"),
        ("Premium Shoppers; Bargain Hunters", "position"),
    ]
    known = list(history_tables.changes(with_history(mall_contract), FIGURES))
    assert [(row["came_from"], row["known_by"]) for row in known[:2]] == [
        ("Premium Shoppers (0.90)", "customers"),
        ("Premium Shoppers (0.30); Bargain Hunters", "customers"),
    ]


def test_a_renamed_segment_says_its_old_name_once(story):
    pages = {one.slug: segment_page(story, one).values.called_before for one in story.contract.segments}
    assert pages.pop("young-enthusiasts") == "Until build 11 this segment was called “Once Bargain Hunters”."
    assert set(pages.values()) == {""}


def test_the_overview_has_the_most_important_change(story, mall_contract):
    since = overview(story).values.since
    assert since.link == "What changed since build 11"
    assert since.text.startswith("Bargain Hunters was merged into Budget Buyers.")
    calm = quiet(mall_contract, moved=0.25)
    assert (
        most_important(calm, FIGURES) == "25% of customers who are in both tables are in another segment than before."
    )
    assert most_important(quiet(mall_contract), FIGURES) == "Nothing changed since build 11."


def test_the_method_page_says_how_segments_were_recognised_and_found(tell, mall_contract, story):
    rule, told = method(story).values.recognised
    assert "MONIC (Spiliopoulou et al. 2006)" in rule
    assert told == (
        "In this build segments were recognised by the customers who are in both tables. The segments were found anew "
        "in this build, as the configuration asks for in every build."
    )
    contract = with_history(mall_contract, basis="position")
    kept = contract.edition.model_copy(update={"fitted": "kept", "fitted_in": 4})
    found = method(of(tell, contract.model_copy(update={"edition": kept}))).values.recognised[1]
    assert "by their position" in found
    assert found.endswith("the division of build 4 was kept, and customers were assigned to it.")


def test_twenty_segments_are_summed_up_and_one_is_told(mall_contract):
    one = mall_contract.model_copy(update={"segments": mall_contract.segments[:1]})
    assert summary(with_history(one), FIGURES)
    many = tuple(
        mall_contract.segments[place % 6].model_copy(
            update={"id": place + 1, "slug": f"s{place}", "name": f"S {place}"}
        )
        for place in range(20)
    )
    new = tuple(SegmentChange(id=one.id, became="new") for one in many)
    told = summary(with_history(mall_contract.model_copy(update={"segments": many}), segments=new), FIGURES)
    assert told[0] == "20 segments are new."


def test_german_has_its_own_sentences(mall_contract):
    with speaking("de"):
        told = summary(with_history(mall_contract), NumberFormat("de_DE", "EUR"))
    assert told[1] == (
        "Anteil der Kunden stärker gestiegen, als der Zufall erklärt: Premium Shoppers (von 10\u00a0% auf 20\u00a0%)."
    )


@pytest.mark.parametrize(
    ("notice", "head", "text"),
    [
        (Notice(about="columns", what="Old", before="Old label"), "Columns", "no longer: Old label"),
        (Notice(about="rejected", what="Age", after="not a number"), "Rows set aside: Age", "new: not a number"),
        (Notice(about="algorithm", before="kmeans", after="ward"), "Algorithm", "Ward’s method; it was K-Means"),
        (Notice(about="type", what="Age", before="numeric", after="nominal"), "Type of the column age",
         "categories; it was numbers"),
        (Notice(about="rejected", before="0.004", after="0.1234"), "Rows set aside", "12.3%; it was 0.4%"),
    ],
)  # fmt: skip
def test_each_notice_says_what_was_and_what_is(tell, mall_contract, notice, head, text):
    (line,) = changes_page(of(tell, with_history(mall_contract, notices=(notice,)))).values.notices
    assert (line.head, line.text) == (head, text)
