import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from report.charts.svg import clean, size

PAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="marks" width="100" '
    'height="50" viewBox="0 0 100 50" style="max-width:3px" onload="alert(1)"><!-- note --><style>*{{}}</style>'
    '<script>alert(1)</script><g fill="none" transform="translate(5,5)"><g class="x" clip-path="url(#clip1)" '
    'role="graphics-object" aria-label="words"><path d="M0.123456,9.87654L1e-9,2" style="cursor:pointer" '
    'onclick="alert(1)" fill="var(--sa-ink)"/><path d="M0,0h0v0h0Z"/><path d="" display="none"/>'
    '<a href="javascript:alert(1)"><text>no</text></a><image href="http://example.org/x.png"/>'
    '<text font-family="Comic" opacity="1" fill="var(--sa-ink)">{text}</text></g></g>'
    '<defs><clipPath id="clip1"><path d="M0,0h10v10h-10Z"/></clipPath></defs></svg>'
)


def cleaned(text: str = "word", prefix: str = "map-w") -> str:
    return clean(PAGE.format(text=text), prefix)


def test_nothing_that_acts_or_styles_is_left():
    picture = cleaned()
    for gone in ("style", "script", "onclick", "onload", "href", "image", "<a", "class=", "role=", "aria-label",
                 "font-family", "<!--", "xlink"):  # fmt: skip
        assert gone not in picture


def test_ids_and_references_carry_the_pictures_own_prefix():
    picture = cleaned(prefix="brush-n")
    assert 'id="brush-n-1"' in picture
    assert 'clip-path="url(#brush-n-1)"' in picture


def test_the_clipping_path_keeps_its_shape_though_it_paints_nothing():
    assert "<clipPath" in cleaned()
    assert "M0,0h10v10h-10Z" in cleaned()


def test_it_scales_and_leaves_words_to_the_figure():
    root = etree.fromstring(cleaned())
    assert dict(root.attrib) == {"viewBox": "0 0 100 50", "aria-hidden": "true", "focusable": "false"}
    assert size(cleaned()) == (100, 50)


def test_numbers_are_short():
    assert "M0.1,9.9L0,2" in cleaned()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1))
def test_any_label_comes_through_as_text_and_nothing_else(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    root = etree.fromstring(cleaned(escaped))
    assert "".join(root.itertext()) == text
    assert {etree.QName(element).localname for element in root.iter()} == {
        "svg", "g", "path", "text", "defs", "clipPath",
    }  # fmt: skip


def test_entities_are_not_followed():
    bomb = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg viewBox="0 0 1 1"><text>&x;</text></svg>'
    assert "root:" not in clean(bomb, "p")


def test_no_xml_is_an_error():
    with pytest.raises(etree.XMLSyntaxError):
        clean("<svg", "p")


def test_only_known_attributes_survive():
    names = set(re.findall(r' ([\w-]+)="', cleaned()))
    assert names <= {"xmlns", "viewBox", "aria-hidden", "focusable", "fill", "transform", "clip-path", "d", "id"}
