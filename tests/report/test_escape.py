from __future__ import annotations

import subprocess

import pypandoc
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markupsafe import Markup

from report.markup.blocks import Component, as_markdown
from report.markup.escape import front_matter, metadata_text, pandoc_escape, yaml_document
from report.markup.templates import component

HOSTILE = [
    "{{< env HOME >}}",
    "```{python}\nimport os\n```",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "*not bold* _nor this_ `code` [link](javascript:alert(1)) ![x](y)",
    "$x^2$ ~sub~ ^sup^ ~~gone~~ @citation #tag -- ... 'quotes' \"both\"",
    "::: {.callout-tip}\n:::",
    "--- \ntitle: mine\n---",
    "# heading",
    "- item",
    "1. first",
    "| a | b |",
    "\\ backslash \\{ \\newline",
    "http://example.com/?a=1&b=2 &amp; &lt;",
    "a  b\tc\nd\u2028e",
    "👩‍👩‍👧 Ωmega ­ soft",
]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


def pandoc(markdown: str, *options: str) -> str:
    command = [pypandoc.get_pandoc_path(), *options, "--sandbox", "-f", "markdown", "-t", "html5", "--wrap=none"]
    return subprocess.run(command, input=markdown, capture_output=True, text=True, check=True).stdout  # noqa: S603


def words(text: str) -> str:
    return " ".join(text.replace("\u2028", " ").replace("\u2029", " ").split())


def plainly(text: str) -> str:
    """Without the differences that smart punctuation makes."""
    for smart, plain in (("–", "--"), ("—", "---"), ("…", "..."), ("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(smart, plain)
    return "".join(text.replace("-", "").split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_reads_as_its_own_characters(text):
    _reads_as_itself(text)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_any_text_reads_as_its_own_characters(text):
    _reads_as_itself(text)


def _reads_as_itself(text: str) -> None:
    escaped = pandoc_escape(text)
    assert "{{<" not in escaped
    assert "\n" not in escaped
    rendered = lxml_html.fragment_fromstring(pandoc(f"word {escaped} word"), create_parent="div")
    assert [child.tag for child in rendered.iter()] == ["div", "p"]
    assert words(rendered.text_content()) == words(f"word {text} word")


@settings(max_examples=60, deadline=None)
@given(TEXTS | st.sampled_from(HOSTILE))
def test_a_component_passes_pandoc_byte_for_byte(text):
    block = as_markdown((component("prose", text=text),))
    assert "{{<" not in block
    assert "\t" not in block
    inner = block.strip().split("\n", 1)[1].rsplit("\n", 1)[0]
    assert pandoc(f"before\n{block}\nafter") == f"<p>before</p>\n{inner}\n<p>after</p>\n"


def test_no_run_of_backticks_closes_a_component():
    for run in range(1, 12):
        html = Markup("<p>{}</p>").format("\n" + "`" * run + "\n# out")
        assert str(html).replace("`", "&#96;") in pandoc(as_markdown((Component(html),)))


def test_markup_is_escaped_once_only():
    assert component("prose", text="<b>").html.strip() == '<p class="sa-prose">&lt;b&gt;</p>'


@settings(max_examples=200)
@given(st.dictionaries(TEXTS, TEXTS | st.sampled_from(HOSTILE), max_size=4))
def test_a_header_says_what_was_put_in_and_holds_no_shortcode(fields):
    text = front_matter(dict(fields))
    assert "{{<" not in text
    documents = list(yaml.safe_load_all(text))
    assert documents[0] == fields or (not fields and documents[0] == {})


@settings(max_examples=60, deadline=None)
@given(TEXTS | st.sampled_from(HOSTILE))
def test_metadata_reads_the_same_to_pandoc_as_it_is_written(tmp_path_factory, text):
    template = tmp_path_factory.getbasetemp() / "title.html"
    template.write_text("$title$")
    written = metadata_text(text)
    title = pandoc(front_matter({"title": written}), "--standalone", f"--template={template}")
    shown = lxml_html.fragment_fromstring(title, create_parent="p")
    assert len(list(shown.iter())) == 1
    assert plainly(shown.text_content()) == plainly(written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b> & {{< x", "&lt;b\\> &amp; &#123;&#123;&lt; x"),
        ("*a* _b_ `c` $d$ [e](f)", "\\*a\\* \\_b\\_ \\`c\\` \\$d\\$ \\[e\\]\\(f\\)"),
        ("#g h! -- ~ ^ @ 'i' \"j\" k=l m:n o/p |",
         "\\#g h\\! \\-\\- \\~ \\^ \\@ \\'i\\' \\\"j\\\" k\\=l m\\:n o\\/p \\|"),
        ("a \t\n\u2028 b\x00c", "a b c"),
        (" a ", "a"),
        (3.5, "3\\.5"),
    ],
)  # fmt: skip
def test_text_for_pandoc_is_escaped_sign_by_sign(text, written):
    assert pandoc_escape(text) == written


def test_a_component_holds_its_html_without_tabs_backticks_and_control_characters():
    html = Markup(" <p>a\tb`c\x07d\x7f</p>\n")
    assert Component(html).html == "<p>a b&#96;cd</p>"
    assert as_markdown((Component(html),)) == "\n```{=html}\n<p>a b&#96;cd</p>\n```\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("R & D &amp; &#60;", "R & D ＆amp; ＆#60;"),
        ("a\nb  c", "a b c"),
        ("1. # - a b", "a b"),
        ("<a> {b} `c` *d* $e$ [f] \\g @h ^i ~j |k l_m", "‹a› (b) ’c’ ∗d∗ ＄e＄ (f) /g ＠h ＾i ∼j ¦k l m"),
    ],
)  # fmt: skip
def test_metadata_is_written_in_lookalikes(text, written):
    assert metadata_text(text) == written


def test_a_document_keeps_its_order_its_letters_and_its_lines():
    long = "ä {{< x " * 40
    assert yaml_document({"title": "Ü", "long": long.strip(), "other": "plain", "key-word": "N"}) == (
        f'title: "Ü"\nlong: "{long.strip()}"\nother: plain\nkey-word: "N"\n'.replace("{{<", "\\u007b{<")
    )


def test_nested_configuration_keeps_its_shape():
    content = {"a": [{"text": "x {{< env HOME >}}", "n": 1, "ok": True}]}
    assert yaml.safe_load(yaml_document(content)) == content
