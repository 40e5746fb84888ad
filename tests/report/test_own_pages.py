from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ConfigurationError
from report.site.own_pages import TAKEN, own_pages

PAGE = "---\ntitle: News\n---\n\nText.\n"


def test_no_folder_means_no_pages():
    assert own_pages(None).pages == ()


def test_the_names_that_are_taken_are_those_of_the_sites_pages():
    expected = Path(__file__).parents[1] / "golden/cases/mall/expected"
    written = [*expected.glob("*.qmd"), *expected.glob("*.html")]
    # Without the case's own, and the one that an own page may replace; the case remembers no earlier build.
    assert {page.stem for page in written} - {"news", "about"} | {"changes"} == TAKEN


def test_every_page_joins_in_order_with_the_files_beside_it(tmp_path):
    (tmp_path / "news.qmd").write_text(PAGE)
    (tmp_path / "about.qmd").write_text(PAGE.replace("News", "About us"))
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "team.png").write_bytes(b"\x89PNG")
    own = own_pages(tmp_path)
    assert [(page.path, page.title) for page in own.pages] == [("about", "About us"), ("news", "News")]
    assert own.files["pictures/team.png"] == b"\x89PNG"
    assert own.files["news.qmd"] == PAGE


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("index.qmd", PAGE, "another name"),
        ("My Page.qmd", PAGE, "small letters"),
        ("news.qmd", "no header", "has no title"),
        ("news.qmd", "---\ntitle: [a\n---\n", "not YAML"),
        ("news.qmd", "---\ntitle: '{{< env HOME >}}'\n---\n", "without"),
        ("news.qmd", b"---\ntitle: \xff\n---\n", "UTF-8"),
    ],
)
def test_a_page_that_cannot_join_is_named(tmp_path, name, text, says):
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError, match=says) as caught:
        own_pages(tmp_path)
    assert name in str(caught.value)


def test_a_page_is_named_as_people_typed_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/index.qmd").write_text(PAGE)
    with pytest.raises(ConfigurationError) as caught:
        own_pages(tmp_path / "pages")
    assert str(caught.value) == ("pages/index.qmd: the site already has a page “index”; give this one another name.")


def test_a_page_in_a_folder_below_is_refused(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "news.qmd").write_text(PAGE)
    with pytest.raises(ConfigurationError, match="move this page up"):
        own_pages(tmp_path)


def test_a_folder_of_the_sites_own_name_is_refused(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "x.css").write_text("a{}")
    with pytest.raises(ConfigurationError, match="folder of that name"):
        own_pages(tmp_path)
