"""The verdict in plain words, and the warning of a table that supports no segments: on every page, or on none."""

from __future__ import annotations

import pytest

from analysis.configuration import Configuration
from report.charts.registry import captions
from report.markup.blocks import as_markdown
from report.site.own_pages import headed, own_pages
from report.site.site_source import blocks_of, every_page, site_source
from report.views.certainty import verdict_line
from report.views.glossary import terms
from report.views.overview import overview
from report.views.verdict import Banner, banner, verdict_paragraph
from tests.report.views.conftest import Tell, changed

JARGON = ("Jaccard", "silhouette", "Rand", "bootstrap", "centroid", "standard deviation", "covariance", "k-means")
VERDICTS = ("natural", "reproducible", "constructive", "none")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_paragraph_is_without_jargon(tell: Tell, verdict: str):
    text = verdict_paragraph(tell(selection={"verdict": verdict}))
    assert not [word for word in JARGON if word in text]
    assert text.count(".") <= 7


def test_each_verdict_says_its_own(tell: Tell):
    texts = {verdict: verdict_paragraph(tell(selection={"verdict": verdict})) for verdict in VERDICTS}
    assert texts["natural"].startswith("All six segments are separated by gaps with few customers in them: ")
    assert texts["reproducible"].startswith("The segments are not all separated by gaps: some blend into each other")
    assert (
        "40 random tables of the same size, spread and correlations but without groups were analysed in the same way: "
        "none of them gave segments as tight, and on average theirs were less stable." in texts["reproducible"]
    )
    assert "a useful way to divide the customers, but not natural groups." in texts["constructive"]
    assert texts["none"].endswith("not as a finding, and base no decision on them alone.")
    assert len(set(texts.values())) == len(VERDICTS)


def test_two_segments_have_one_gap(tell: Tell, mall_contract):
    two = tell(selection={"verdict": "natural", "k": 2}, segments=changed(mall_contract.segments, dissolved=[0, 0]))
    assert verdict_paragraph(two) == (
        "The two segments are separated by a gap with few customers in it: the table contains separate groups. In 100 "
        "resamples (random samples drawn from the same customers), each segment kept most of its customers on average. "
        "Plan with these segments."
    )


def test_a_contract_that_counts_no_tables_and_no_stability_says_nothing_of_them(tell: Tell, mall_contract):
    uncounted = verdict_paragraph(tell(selection={"verdict": "reproducible", "reference_tables": 0}))
    assert "Random tables of the same size, spread and correlations but without groups were analysed" in uncounted
    tried = tuple(one.model_copy(update={"weakest": None}) for one in mall_contract.selection.candidates)
    unmeasured = tell(
        selection={"verdict": "constructive", "candidates": tried},
        segments=changed(mall_contract.segments, stability=[None] * 6),
    )
    assert verdict_paragraph(unmeasured) == (
        "The segments are a useful way to divide the customers, but not natural groups. Dividing random tables without "
        "groups in the same way works as well or nearly so. Use them to organise work, as you would use age bands. "
        "Another division may serve as well."
    )


def test_a_useful_cut_says_which_of_its_two_reasons_holds(tell: Tell, mall_contract):
    steady = verdict_paragraph(tell(selection={"verdict": "constructive"}))
    assert "They are stable in repeated samples of the same customers, but so are segments of random tables" in steady
    tried = tuple(one.model_copy(update={"weakest": 0.5}) for one in mall_contract.selection.candidates)
    bands = ["unstable", *["stable"] * 5]
    shaky = tell(
        selection={"verdict": "constructive", "candidates": tried},
        segments=changed(mall_contract.segments, stability_band=bands),
    )
    text = verdict_paragraph(shaky)
    assert f"not every segment is stable. Not stable: {mall_contract.segments[0].name}." in text
    assert "useful" not in text
    assert text.endswith("Do not set budgets or measure change by the other segments.")
    assert "random tables" not in text


def test_a_division_that_no_resample_repeats_is_not_called_useful(tell: Tell, mall_contract):
    """Weakest .73, resamples agree to .57 where tables without groups agree to .76 on average."""
    spread = mall_contract.selection.candidates[0].agreement
    low, high = spread.model_copy(update={"mean": 0.57}), spread.model_copy(update={"mean": 0.76})
    changes = {"weakest": 0.73, "agreement": low, "agreement_normal": high, "agreement_box": high}
    tried = tuple(one.model_copy(update=changes) for one in mall_contract.selection.candidates)
    story = tell(
        selection={"verdict": "constructive", "candidates": tried},
        segments=changed(mall_contract.segments, stability_band=["doubtful"] * 6),
    )
    text = verdict_paragraph(story)
    assert (
        "Two such samples agree to 0.57 on average (1: the same segments), no more than two samples of a random table "
        "without groups (0.76)." in text
    )
    assert text.endswith(
        "A new sample of customers would give other segments: do not set budgets or measure change by them."
    )
    for told in (text, verdict_line(story.contract, story.formats)[1], str(overview(story).values.verdict_line)):
        assert "useful" not in told
    assert verdict_line(story.contract, story.formats)[0] == overview(story).values.verdict == "Constructive"


def test_there_is_a_warning_only_where_nothing_is_supported(tell: Tell):
    for verdict in VERDICTS[:3]:
        assert banner(tell(selection={"verdict": verdict})) is None
    few = banner(tell(selection={"verdict": "none", "stability": 0.9}))
    assert few is not None
    assert few == Banner(
        "These segments are not reliable.",
        "200 customers are too few to support a reliable division into six segments. Treat every figure as a rough "
        "guide.",
    )
    shaky = banner(tell(selection={"verdict": "none", "stability": 0.4}))
    assert shaky is not None
    assert shaky.text.startswith("Repeated samples of the same customers give other segments: ")


def test_customers_are_not_said_to_be_too_few_where_no_segment_is_stable(tell: Tell, mall_contract):
    """Stabilities of .62 to .75, .69 on average, of 200 customers in six segments."""
    segments = changed(mall_contract.segments, stability=[0.62, 0.75, 0.70, 0.68, 0.72, 0.67])
    story = tell(selection={"verdict": "none", "stability": 0.69}, segments=segments)
    text = (
        "No segment is stable in repeated samples of the same customers: this table does not support a reliable "
        "division."
    )
    warning = banner(story)
    assert warning is not None
    for told in (warning.text, verdict_paragraph(story)):
        assert text in told
        assert "too few" not in told


def test_the_overview_gives_no_money_unsaid_to_a_segment_that_does_not_come_back(tell: Tell, mall_contract):
    tried = tuple(one.model_copy(update={"weakest": 0.5}) for one in mall_contract.selection.candidates)
    most = max(mall_contract.segments, key=lambda one: one.budget.amount)
    for doubted, said in ((most.id, True), (most.id % 6 + 1, False)):
        bands = ["doubtful" if one.id == doubted else "stable" for one in mall_contract.segments]
        story = tell(
            selection={"verdict": "constructive", "candidates": tried},
            segments=changed(mall_contract.segments, stability_band=bands),
        )
        sentence = f"{overview(story).values.lead} {overview(story).values.sentences}"
        assert f"to {most.name}" in sentence
        assert ("This segment is not reliably stable." in sentence) is said


def test_the_warning_stands_at_the_top_of_every_page(tell: Tell):
    story = tell(selection={"verdict": "none"})
    for page in every_page(story, {}):
        body = as_markdown(blocks_of(page, banner(story)))
        assert body.lstrip().startswith('```{=html}\n<aside class="sa-banner"'), page.path
        up = "../" * page.path.count("/")
        assert f'<a href="{up}method.html#verdict">' in body.split("</aside>")[0], page.path
        assert "sa-banner" not in as_markdown(blocks_of(page))


def test_the_sites_source_carries_it_on_its_own_pages_too(mall: Configuration, mall_contract):
    for verdict in ("none", "reproducible"):
        selection = mall_contract.selection.model_copy(update={"verdict": verdict})
        files = site_source(mall_contract.model_copy(update={"selection": selection}), mall, {}, {})
        pages = {path: text for path, text in files.items() if path.endswith(".qmd")}
        assert {"about.qmd", "index.qmd", "segments/premium-shoppers.qmd"} < set(pages)
        for path, text in pages.items():
            assert isinstance(text, str)
            assert ("sa-banner" in text) == (verdict == "none"), path


def test_own_pages_keep_their_header_and_other_files(tmp_path):
    (tmp_path / "news.qmd").write_text("---\ntitle: News\n---\n\nText.\n")
    (tmp_path / "plan.png").write_bytes(b"\x89PNG")
    files = headed(own_pages(tmp_path), "WARNING")
    assert files == {"news.qmd": "---\ntitle: News\n---\n\nWARNING\n\nText.\n", "plan.png": b"\x89PNG"}


def test_the_overview_tells_the_verdict_in_one_line(tell: Tell):
    for verdict in VERDICTS:
        values = overview(tell(selection={"verdict": verdict})).values
        assert values.verdict == verdict.capitalize()
        assert "\n" not in str(values.verdict_line)
        assert len(str(values.verdict_line)) < 180


def test_segments_of_too_few_customers_are_not_said_to_be_stable(tell: Tell):
    story = tell(selection={"verdict": "none"})
    values = overview(story).values
    told = (values.lead, values.sentences, values.verdict_line, verdict_line(story.contract, story.formats)[1])
    assert "stable" not in " ".join(map(str, told))


def test_nothing_on_the_site_denies_the_comparison_with_tables_without_groups(project, tell: Tell):
    words = " ".join(term.meaning for term in terms())
    documents = ("README.md", "docs/accuracy.md", "docs/guarantees.md")
    told = [(project / name).read_text(encoding="utf-8") for name in documents]
    for text in (words, *(" ".join(each.split()) for each in told)):
        assert "not made yet" not in text
        assert "never awarded" not in text
    anchors = {term.anchor for term in terms()}
    assert anchors >= {
        "gap-statistic", "prediction-strength", "bootstrap", "jaccard-stability", "adjusted-rand-index", "persistence",
        "structureless-table", "silhouette", "log-transform", "outliers", "verdict",
    }  # fmt: skip
    story = tell()
    assert captions(story.contract, story.formats)


def test_a_warning_holds_no_word_of_the_data():
    """Its words are the site's own; were they not, the component would still escape them."""
    from report.markup.templates import component  # noqa: PLC0415

    text = component("banner", root="", banner=Banner("<b>", "{{< env HOME >}}")).html
    assert "<b><b>" not in text
    assert "{{<" not in text
