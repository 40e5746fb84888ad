from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
import yaml
from lxml import html

from report.checks import check_site
from report.errors import RenderError
from report.render import builtin
from report.render.builtin import Builtin
from report.render.layout import PageContent

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'"
)
"""Written out: what every page promises, whatever the code that writes it holds."""


def render(project: Path, out: Path, effects) -> None:
    drawing = Builtin(effects)
    drawing.draw(project, out)
    drawing.complete(out)


@pytest.fixture
def site(project, effects, tmp_path) -> Path:
    out = tmp_path / "out"
    render(project, out, effects)
    return out


def tree(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def address_project(project: Path, url: str) -> None:
    file = project / "_quarto.yml"
    content = yaml.safe_load(file.read_text())
    content["website"]["site-url"] = url
    file.write_text(yaml.safe_dump(content))


def test_every_page_and_asset_is_there_and_nothing_of_quartos_own(site):
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {
        "index.html", "segments.html", "segments/one.html", "own.html", "404.html", "own.png", "data/segments.csv",
        "assets/atlas.css", "assets/shell.css", "assets/shell.js", "assets/scheme.js", ".nojekyll", "robots.txt",
        "pagefind/pagefind.js",
    } <= found  # fmt: skip
    assert not [name for name in found if name.endswith((".qmd", ".scss", ".yml")) or "_part" in name]
    assert "sitemap.xml" not in found


def test_the_finished_site_passes_its_own_checks(site):
    assert check_site(site) == []


def test_a_raw_block_passes_byte_for_byte(site):
    text = (site / "index.html").read_text()
    assert '<svg role="img" aria-label="Map" viewBox="0 0 10 10"><path d="M0 0h1"/></svg>' in text


def test_the_navigation_comes_from_the_project_and_marks_where_one_is(site):
    page = tree(site / "segments/one.html")
    links = page.xpath("//nav[@aria-label='Main']//a")
    assert [(a.text, a.get("href"), a.get("aria-current")) for a in links] == [
        ("Overview", "../index.html", None),
        ("Segments", "../segments.html", "true"),
        ("Own & more", "../own.html", None),
    ]
    assert tree(site / "segments.html").xpath("//nav[@aria-label='Main']//a[@aria-current='page']/text()") == [
        "Segments"
    ]


def test_head_has_policy_title_description_and_the_scheme_before_any_paint(site):
    page = tree(site / "index.html")
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
    assert page.findtext(".//title") == "Overview – Mall <customers>"
    assert page.xpath("//meta[@name='description']/@content") == ["Six kinds of “customer” & two worth acting on"]
    assert page.xpath("//script/@src")[0] == "assets/scheme.js"
    assert page.xpath("//script[@src='assets/scheme.js']")[0].get("defer") is None


def test_every_page_has_the_whole_policy_and_none_weakens_it(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 5
    for page in pages:
        policies = tree(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policies == [missing_policy(page) if page.name == "404.html" else POLICY], page.name


def missing_policy(page: Path) -> str:
    """The page for what is missing may run its one script, by its hash, and set its base address."""
    (script,) = tree(page).xpath("//script[not(@src)]/text()")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    listed = POLICY.replace("script-src 'self'", f"script-src 'self' 'sha256-{digest}'")
    return listed.replace("base-uri 'none'", "base-uri 'self'")


def test_page_contents_list_second_level_headings_where_there_are_three(site):
    page = tree(site / "index.html")
    assert [(a.get("href"), a.text) for a in page.xpath("//nav[@class='sa-contents']//a")] == [
        ("#who-they-are", "Who they are"),
        ("#where", "Where they are"),
        ("#do", "What to do"),
    ]
    assert not tree(site / "segments.html").xpath("//nav[@class='sa-contents']")


def test_links_between_source_pages_lead_to_finished_ones(site):
    assert tree(site / "index.html").xpath("//main//a/@href") == ["segments.html#all"]


def test_the_footer_is_led_to_the_root_from_any_depth(site):
    assert tree(site / "segments/one.html").xpath("//footer//a/@href") == ["../segments.html"]


def test_an_own_page_shows_its_title_as_plain_words(site):
    page = tree(site / "own.html")
    assert page.findtext(".//h1") == "Our own page"
    assert "alert(1)" not in (site / "own.html").read_text()


def test_callouts_are_drawn(site):
    page = tree(site / "own.html")
    tip = page.xpath("//div[contains(@class, 'sa-notice-tip')]")[0]
    assert tip.get("role") == "note"
    assert tip.xpath(".//div[@class='sa-notice-title']")[0].text_content().strip() == "Mind the gap"
    folded = page.xpath("//div[contains(@class, 'sa-notice-warning')]/details")[0]
    assert folded.findtext("summary").strip() == "Careful"


def test_what_only_quarto_can_do_is_left_out(site):
    text = (site / "own.html").read_text()
    assert "{{" not in text
    assert "env HOME" not in text
    assert "Home is" in text
    assert "never run" not in text


def test_nothing_is_styled_or_run_inline(site):
    for file in site.rglob("*.html"):
        page = tree(file)
        assert not page.xpath("//@style | //style | //@onclick")
        assert len(page.xpath("//script[not(@src)]")) == (file.name == "404.html")  # which finds the site by itself
    own = tree(site / "own.html")
    assert own.xpath("//td[@class='sa-right']/text()") == ["39"]
    assert own.xpath("//img/@class") == ["sa-width-50"]
    assert own.xpath("//img/@alt") == ["What it shows"]


def test_a_wide_table_scrolls_by_itself_and_by_keyboard(site):
    box = tree(site / "own.html").xpath("//div[contains(@class, 'sa-scroll')][.//table]")[0]
    assert (box.get("tabindex"), box.get("role")) == ("0", "region")
    assert box.get("aria-label")


def test_without_an_address_the_missing_page_is_relative(site):
    page = tree(site / "404.html")
    assert page.get("data-root") == ""
    assert page.xpath("//main//a/@href") == ["index.html", "https://example.org/"]


def test_with_an_address_the_missing_page_works_at_any_depth_and_a_sitemap_is_written(project, effects, tmp_path):
    address_project(project, "https://example.org/atlas")
    out = tmp_path / "out"
    render(project, out, effects)
    page = tree(out / "404.html")
    assert page.xpath("//main//a/@href") == ["/atlas/index.html", "https://example.org/"]
    assert page.xpath("//link[@rel='stylesheet']/@href") == ["/atlas/assets/atlas.css", "/atlas/assets/shell.css"]
    assert not page.xpath("//link[@rel='canonical']")
    sitemap = (out / "sitemap.xml").read_text()
    assert "<loc>https://example.org/atlas/</loc>" in sitemap
    assert "<loc>https://example.org/atlas/segments/one.html</loc>" in sitemap
    assert "404" not in sitemap
    assert "lastmod" not in sitemap
    assert "Sitemap: https://example.org/atlas/sitemap.xml" in (out / "robots.txt").read_text()
    assert tree(out / "index.html").xpath("//link[@rel='canonical']/@href") == ["https://example.org/atlas/"]
    assert check_site(out) == []


def digest(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_project_gives_the_same_bytes(site, project, effects, tmp_path):
    again = tmp_path / "elsewhere" / "again"
    render(project, again, effects)
    assert digest(again) == digest(site)


def test_pages_begun_ahead_come_out_the_same_and_are_not_converted_again(site, project, effects, tmp_path, monkeypatch):
    drawing = Builtin(effects)
    for file in sorted(project.rglob("*.qmd")):
        drawing.begin(file.relative_to(project).as_posix(), file.read_text())
    again = []
    converting = builtin._converted
    monkeypatch.setattr(builtin, "_converted", lambda page, *by: (again.append(page.source), converting(page, *by))[1])
    drawing.draw(project, tmp_path / "ahead")
    assert again == []
    drawing.complete(tmp_path / "ahead")
    assert digest(tmp_path / "ahead") == digest(site)


def test_a_page_that_came_as_html_is_laid_out_as_it_is_and_pandoc_reads_the_others_alone(project, effects, tmp_path):
    drawing = Builtin(effects)
    drawing.take("index.qmd", PageContent("<p>$x$ *as it is*</p>\n", title="Start", description="In short"))
    drawing.draw(project, tmp_path / "out")
    page = tree(tmp_path / "out/index.html")
    assert page.xpath("//main/p/text()") == ["$x$ *as it is*"]
    assert page.findtext(".//title") == "Start – Mall <customers>"
    assert page.xpath("//meta[@name='description']/@content") == ["In short"]
    read = [command.stdin for command in effects.commands if "markdown" in command.args]
    assert len(read) == 4
    assert not [text for text in read if "Six kinds of customer" in text]


def test_only_the_search_engine_and_index_are_published(site):
    names = {path.name for path in (site / "pagefind").iterdir()}
    assert not {name for name in names if "ui" in name.split(".")[0]}


def test_hostile_front_matter_and_markdown_stay_words(project, effects, tmp_path):
    hostile = "</title><script>alert(1)</script>\"'{{< env HOME >}}"
    header = yaml.safe_dump({"title": hostile, "description": hostile})
    (project / "own.qmd").write_text(f"---\n{header}---\n\nWords.\n")
    out = tmp_path / "out"
    render(project, out, effects)
    page = tree(out / "own.html")
    assert page.findtext(".//h1") == "“’{{< env HOME >}}"
    assert page.xpath("//meta[@name='description']/@content") == ["“’{{< env HOME >}}"]
    assert not page.xpath("//script[not(@src)]")


def test_pandoc_reads_no_file_that_a_page_names(project, effects, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\nsecret,1\n")
    (project / "own.qmd").write_text(f"---\ntitle: T\n---\n\n![x]({secret.as_uri()})\n\n\\input{{{secret}}}\n")
    render(project, tmp_path / "out", effects)
    assert "secret,1" not in (tmp_path / "out" / "own.html").read_text()


@pytest.mark.parametrize(
    ("text", "words"),
    [("---\na: [\n---\n", "not valid YAML"), ("---\n- a\n---\n", "`key: value`")],
)
def test_a_broken_header_names_the_page(project, effects, tmp_path, text, words):
    (project / "own.qmd").write_text(text)
    with pytest.raises(RenderError, match=r"own\.qmd") as caught:
        render(project, tmp_path / "out", effects)
    assert words in str(caught.value)


@pytest.mark.parametrize("text", ["a: [", "project: {}", "- x"])
def test_a_broken_project_file_is_said(project, effects, tmp_path, text):
    (project / "_quarto.yml").write_text(text)
    with pytest.raises(RenderError, match=r"_quarto\.yml"):
        render(project, tmp_path / "out", effects)
