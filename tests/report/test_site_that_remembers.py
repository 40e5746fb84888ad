"""A finished site with a history: built whole, checked, with names of segments that would be mark-up."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from lxml import html

from analysis.contract import Contract
from report.build.in_process import InProcess
from report.command.world import World
from report.render.layout import PageContent, lay_out
from report.render.project import Link, Project
from tests.in_process import Ended, command
from tests.report.histories import remembering, with_history, withholding

PROJECT = Path(__file__).parents[2]
HOSTILE = "</p><b class=sa-hostile>{{< env HOME >}}*i* `c` & <script>x</script>"


def built(folder: Path, history: Callable[[Contract], Contract], mode: str) -> Ended:
    """The shipped table's site in `folder`, with that history put into its contract before it is published."""
    shutil.copytree(PROJECT / "site_config", folder / "site_config")
    shutil.copytree(PROJECT / "data", folder / "data", ignore=shutil.ignore_patterns("history"))
    file = folder / "site_config/site.yml"
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    settings["site"]["url"] = "https://example.org/atlas/"
    settings["privacy"] = {"mode": mode}
    file.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")

    world = World(workers=lambda _effects: InProcess(), writer=remembering(history))
    return command("build", "--renderer", "builtin", folder=folder, world=world)


@pytest.fixture(scope="module", params=["public", "open"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    ended = built(folder, lambda contract: with_history(contract, name=HOSTILE), request.param)
    assert ended.code == 0, ended.err[-3000:]
    return folder / "_site"


@cache
def page(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def test_names_of_earlier_segments_are_text_everywhere(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 15
    for file in pages:
        found = page(file)
        assert not found.xpath("//*[contains(@class, 'sa-hostile')] | //em"), file.name
        assert not [one for one in found.xpath("//script[not(@src)]") if one.text == "x"], file.name
    assert HOSTILE in " ".join(page(site / "changes.html").text_content().split())


def test_the_page_is_in_the_navigation_and_in_the_footer(site):
    found = page(site / "index.html")
    assert "What changed" in [one.text_content() for one in found.xpath("//nav//a[@href='changes.html']")]
    footer = [one.text_content() for one in found.xpath("//footer//a[@href='changes.html']")]
    assert footer == ["Build 12, 30 November 2026; compared with build 11"]


def test_gone_segments_are_found_by_their_address_alone(site):
    gone = page(site / "segments/old-guard.html")
    assert gone.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not gone.xpath("//main[@data-pagefind-body]")
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "old-guard" not in sitemap
    assert "changes.html" in sitemap
    assert not page(site / "index.html").xpath("//nav//a[contains(@href, 'old-guard')]")
    for name in ("index", "changes", "segments/premium-shoppers"):
        living = page(site / f"{name}.html")
        assert not living.xpath("//meta[@name='robots']"), name
        assert living.xpath("//main[@data-pagefind-body]"), name


def test_the_feed_is_linked_from_every_page(site):
    assert page(site / "index.html").xpath("//link[@rel='alternate']/@href") == ["changes.xml"]
    assert page(site / "segments/old-guard.html").xpath("//link[@rel='alternate']/@href") == ["../changes.xml"]
    assert (site / "changes.xml").is_file()


def test_what_changed_is_offered_as_tables(site):
    public = json.loads((site / "data/analysis.json").read_text(encoding="utf-8"))["privacy"]["mode"] == "public"
    # Of 200 customers a public site tells no moves: nearly every cell of that table would be withheld.
    for name, told in {"changes": True, "moves": not public, "history": True}.items():
        assert (site / f"data/{name}.csv").is_file() is told
        assert bool(page(site / "data.html").xpath(f"//a[@href='data/{name}.csv']")) is told


@pytest.mark.parametrize(
    "history",
    [
        lambda contract: with_history(contract, builds=1),
        lambda contract: with_history(contract, builds=2, dated=False),
        lambda contract: withholding(with_history(contract)),
    ],
    ids=["first build", "second build without a day", "everything withheld"],
)
def test_a_site_with_little_to_tell_passes_its_checks(tmp_path, history):
    ended = built(tmp_path, history, "public")
    assert ended.code == 0, ended.err[-3000:]


def test_no_key_of_the_project_hides_every_page(site):
    """Quarto gives each page the project's keys beside its own, and the layout hides a page that says `unlisted`."""
    source = site.parent / "build/site-src"
    project = yaml.safe_load((source / "_quarto.yml").read_text(encoding="utf-8"))
    assert "unlisted" not in project
    assert project["site-unlisted"] == ["segments/bargain-hunters.html", "segments/old-guard.html"]
    saying = {file.stem for file in source.rglob("*.qmd") if "\nunlisted: true\n" in file.read_text(encoding="utf-8")}
    assert saying == {"bargain-hunters", "old-guard"}


def test_a_page_is_hidden_only_where_the_project_says_so():
    project = Project("A", "B", "en", None, (Link("A", "index.html"),), (), (), unlisted=("segments/gone.html",))
    hidden, shown = (lay_out(name, project, PageContent("<p>a</p>")) for name in ("segments/gone.html", "index.html"))
    assert ('content="noindex"' in hidden, "data-pagefind-body" in hidden) == (True, False)
    assert ('content="noindex"' in shown, "data-pagefind-body" in shown) == (False, True)
