"""What each check says, whole, and of which file: a site with one fault has that problem and no other."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from report.checks import FinishedSite, check_site
from report.checks.addresses import Target, is_absolute, target
from report.checks.weight import first_visit, gzipped

POLICY = "default-src 'self'"
HEAD = (
    '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    '<title>Page</title><meta name="description" content="About">'
)


def page(body: str = "", head: str = "", policy: str = POLICY, root: str = "") -> str:
    start = f'<!doctype html><html lang="en" data-root="{root}"><head>{HEAD.format(policy=policy)}{head}</head>'
    return f"{start}<body><h1>One</h1>{body}</body></html>"


def made(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in {"index.html": page(), **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def said(folder: Path, files: dict[str, str | bytes], identifiers: tuple[str, ...] = ()) -> list[str]:
    return [str(one) for one in check_site(made(folder, files), identifiers)]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('<a href="gone.html">x</a>', "“gone.html” leads nowhere; correct the link or add the file."),
        ('<a href="#gone">x</a>', "“#gone”: the page has no place called “gone”."),
        (
            '<a href="/a.html">x</a>',
            "“/a.html” starts at the server's root; links must be relative to work anywhere.",
        ),
        ('<a href="JavaScript:alert(1)">x</a>', "a link runs a script; the security policy refuses it."),
        ('<img alt="" src="//e.org/a.png">', "loads “//e.org/a.png” from another site; keep a copy in the site."),
        ('<video poster="//e.org/a.png"></video>', "loads “//e.org/a.png” from another site; keep a copy in the site."),
        ('<object data="//e.org/a"></object>', "loads “//e.org/a” from another site; keep a copy in the site."),
        ('<link rel="icon" href="//e.org/a">', "loads “//e.org/a” from another site; keep a copy in the site."),
        ("<script>1</script>", "holds an inline script; put it into a file of its own."),
        ("<style></style>", "holds an inline style sheet; put it into a file of its own."),
        ('<p style="x"></p><b style="x"></b>', "a <p> is styled inline; give it a class."),
        ('<p class="a" onclick="x"></p>', "holds the event handler “onclick”; scripts belong in a file."),
        ("<h1>Two</h1>", "has 2 main headings (h1); exactly one was expected."),
        ("<img>", "the image “” has no alternative text."),
        ('<img src="index.html">', "the image “index.html” has no alternative text."),
        (
            '<p id="a"></p><p id="a"></p>',
            "the id “a” is used 2 times; use it once, because links lead only to the first.",
        ),
        ("<svg></svg><svg></svg>", "a drawing has neither a label nor `aria-hidden`; add one of them."),
    ],
)
def test_one_fault_of_a_page_is_one_sentence(tmp_path, body, sentence):
    assert said(tmp_path, {"index.html": page(body)}) == [f"index.html: {sentence}"]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="">x</a><a href="data:text/plain,a">x</a><img alt="" src="data:image/png;base64,AA">',
        '<a href="#top">x</a><a href="mailto:a@b.org">x</a><a href="https://e.org/#gone">x</a>',
        '<p data="gone.html" class="x"></p><link rel="canonical" href="https://e.org/">',
        '<svg aria-hidden="true"></svg><svg role="img" aria-labelledby="a"></svg><p aria-hidden="true"><svg></svg></p>',
        '<script type="application/ld+json">{}</script><script type="application/json">{}</script>',
    ],
)
def test_what_is_no_fault_is_not_spoken_of(tmp_path, body):
    assert said(tmp_path, {"index.html": page(body)}) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (' lang="en"', "", "does not name its language; add `lang`."),
        ("<title>Page</title>", "", "has no title."),
        (
            'content="About"',
            'content=" "',
            "needs exactly one description that is not empty (`description:` in its header).",
        ),
        ("<h1>One</h1>", "", "has 0 main headings (h1); exactly one was expected."),
        (POLICY, "img-src 'self'", "its content-security policy does not start from default-src 'self'."),
        (POLICY, f"{POLICY}; img-src http:", "its content-security policy allows http: in img-src."),
        (POLICY, f"{POLICY}; img-src https:", "its content-security policy allows https: in img-src."),
        (POLICY, f"{POLICY}; img-src *", "its content-security policy allows * in img-src."),
        (POLICY, f"{POLICY}; x 'unsafe-hashes'", "its content-security policy allows 'unsafe-hashes' in x."),
        (POLICY, f"{POLICY}; x 'unsafe-inline'", "its content-security policy allows 'unsafe-inline' in x."),
        (POLICY, f"{POLICY}; x 'unsafe-eval'", "its content-security policy allows 'unsafe-eval' in x."),
        ("Content-Security-Policy", "other", "has 0 content-security policies; exactly one was expected."),
    ],
)
def test_one_fault_of_a_head_is_one_sentence(tmp_path, old, new, sentence):
    assert said(tmp_path, {"index.html": page().replace(old, new)}) == [f"index.html: {sentence}"]


def test_of_an_element_that_is_styled_and_has_a_handler_both_are_told(tmp_path):
    assert said(tmp_path, {"index.html": page('<p style="x" onclick="x"></p>')}) == [
        "index.html: a <p> is styled inline; give it a class.",
        "index.html: holds the event handler “onclick”; scripts belong in a file.",
    ]


def test_an_empty_script_is_a_script_and_may_be_listed(tmp_path):
    nothing = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"  # of no text at all
    listed = page("<script></script>", policy=f"{POLICY}; script-src 'self' {nothing}")
    assert said(tmp_path, {"index.html": listed}) == []
    second = '<meta http-equiv="Content-Security-Policy" content="img-src \'self\'">'
    assert said(tmp_path, {"index.html": listed.replace("</head>", f"{second}</head>")}) == [
        "index.html: has 2 content-security policies; exactly one was expected."
    ]
    assert said(tmp_path, {"index.html": page("<script></script>")}) == [
        "index.html: holds an inline script; put it into a file of its own."
    ]


def test_every_page_is_looked_at_after_one_that_has_a_fault(tmp_path):
    other = page().replace(POLICY, "img-src 'self'")
    assert said(tmp_path, {"a.html": other, "b.html": other}) == [
        f"{name}.html: its content-security policy does not start from default-src 'self'." for name in "ab"
    ]


def test_every_handler_is_named_in_order(tmp_path):
    assert said(tmp_path, {"index.html": page('<p onload="x"></p><p onclick="x" title="a"></p>')}) == [
        f"index.html: holds the event handler “{name}”; scripts belong in a file." for name in ("onclick", "onload")
    ]


@pytest.mark.parametrize(
    ("css", "sentences"),
    [
        ("a { background: url(data:image/png;base64,AA) } b { filter: url(#blur) }", []),
        ("a { background: url('b.png') }", []),
        ("a { background: url(/css/b.png) }", ["css/a.css: “/css/b.png” leads nowhere."]),
        ("a { background: url(gone.png) }", ["css/a.css: “gone.png” leads nowhere."]),
        ("a { background: url(../../b.png) }", ["css/a.css: “../../b.png” leads nowhere."]),
        (
            '@import/* from afar */ "https://e.org/a.css";',
            ["css/a.css: loads “https://e.org/a.css” from another site; keep a copy in the site."],
        ),
        (
            '@import "https://e.org/a.css";',
            ["css/a.css: loads “https://e.org/a.css” from another site; keep a copy in the site."],
        ),
    ],
)
def test_one_fault_of_a_stylesheet_is_one_sentence(tmp_path, css, sentences):
    assert said(tmp_path, {"css/a.css": css, "css/b.png": "x"}) == sentences


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("b.html", Target("a/b.html", "")),
        ("b.html#c%20d", Target("a/b.html", "c d")),
        ("b%20c.html", Target("a/b c.html", "")),
        ("../b.html?x=1", Target("b.html", "")),
        ("#c", Target("a/p.html", "c")),
        ("../", Target("index.html", "")),
        ("..", Target("index.html", "")),
        ("b/", Target("a/b/index.html", "")),
        ("b", Target("a/b", "")),
        ("../../b.html", None),
        ("../..", None),
        ("/root/b.html", Target("b.html", "")),
        ("/root/", Target("index.html", "")),
        ("/root/b/", Target("b/index.html", "")),
        ("/other/b.html", None),
        ("/root/../b.html", None),
    ],
)
def test_an_address_leads_to_a_file_of_the_site_or_out_of_it(address, found):
    assert target(address, "a/p.html", "/root/") == found


@pytest.mark.parametrize(("address", "absolute"), [("/a", True), ("//e.org/a", False), ("a", False), ("", False)])
def test_an_address_from_the_servers_root_begins_with_one_stroke(address, absolute):
    assert is_absolute(address) is absolute


@pytest.mark.parametrize("address", ["/b.html", "/"])
def test_an_address_from_the_servers_root_leads_nowhere_where_the_root_is_not_known(address):
    assert target(address, "a/p.html") is None


def test_a_link_from_the_servers_root_is_right_on_the_page_for_what_is_missing_alone(tmp_path):
    link = '<a href="/root/index.html">x</a>'
    assert said(tmp_path, {"404.html": page(link, root="/root/"), "b.html": page(link)}) == [
        "b.html: “/root/index.html” starts at the server's root; links must be relative to work anywhere."
    ]


def test_a_link_from_the_servers_root_is_wrong_where_that_page_does_not_say_it(tmp_path):
    link = '<a href="/index.html">x</a>'
    assert said(tmp_path, {"404.html": page(link)}) == [
        "404.html: “/index.html” starts at the server's root; links must be relative to work anywhere."
    ]


def test_every_document_that_cannot_be_read_is_named_one_by_one(tmp_path):
    found = said(tmp_path, {"a.json": "{", "b.ipynb": "{", "c.json": "{}", "d.txt": "{"})
    assert [one.partition(": Expecting")[0] for one in found] == [
        "a.json: is not valid JSON", "b.ipynb: is not valid JSON",
    ]  # fmt: skip
    assert all(one.endswith(".") for one in found)


@pytest.mark.parametrize(
    ("content", "address"),
    [
        ({"data": {"url": "https://e.org/a.csv"}}, "https://e.org/a.csv"),
        ({"layer": [{"mark": "bar"}, {"data": {"url": "//e.org/a.csv"}}]}, "//e.org/a.csv"),
        ([{"url": "ftp://e.org/a"}], "ftp://e.org/a"),
        ({"url": {"url": "//e.org/b"}}, "//e.org/b"),
        ({"data": {"url": "../data/a.csv"}}, None),
        ({"data": {"url": 3}}, None),
    ],
)
def test_a_chart_that_fetches_from_elsewhere_is_named_with_the_address(tmp_path, content, address):
    sentence = f"charts/a.json: fetches “{address}” from another site; keep the chart's data in its file."
    assert said(tmp_path, {"charts/a.json": json.dumps(content)}) == ([sentence] if address else [])


def test_an_address_in_another_document_than_a_chart_fetches_nothing(tmp_path):
    assert said(tmp_path, {"data/a.json": '{"url": "https://e.org/"}'}) == []


@pytest.mark.parametrize("name", ["model.json", "a/rejected.csv", "a/b/assignments.csv"])
def test_a_customer_level_file_is_named_wherever_it_lies(tmp_path, name):
    assert said(tmp_path, {name: "{}"}) == [f"{name}: is a customer-level file; it must never be published."]


def test_an_identifier_is_found_in_every_kind_of_text_whatever_its_encoding(tmp_path):
    endings = (".html", ".json", ".csv", ".ipynb", ".js", ".txt", ".xml", ".md")
    files: dict[str, str | bytes] = {f"a{ending}": b"\xff CUST-0042 " for ending in endings}
    files |= {"a.json": '"CUST-0042"', "a.ipynb": '"CUST-0042"', "a.html": page("CUST-0042"), "a.png": "CUST-0042"}
    assert sorted(said(tmp_path, files, ("CUST-0042",))) == sorted(
        f"a{ending}: holds an identifier of a customer; identifiers are never published." for ending in endings
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [("Jane Doe 42", True), ("“Jane Doe 42”", True), ("Doe Jane 42", False), ("Jane Doe 421", False), ("Jane", False)],
)
def test_an_identifier_of_several_words_is_looked_for_as_a_whole(tmp_path, text, found):
    assert bool(said(tmp_path, {"a.txt": text}, ("Jane Doe 42",))) is found


def contract(**parts: object) -> dict[str, str | bytes]:
    return {
        "data/analysis.json": json.dumps({"privacy": {"mode": "public", "min_cell": 10, "rounding_base": 5}, **parts})
    }


def test_the_values_of_single_customers_are_no_part_of_a_public_site(tmp_path):
    sentence = "data/analysis.json: exploration.points is private, which privacy.mode: public forbids."
    assert said(tmp_path, contract(exploration={"points": {"age": [31.0]}}))[:1] == [sentence]
    assert said(tmp_path, contract(exploration={})) == []
    assert said(tmp_path, contract()) == []


def test_a_small_count_is_named_with_its_place(tmp_path):
    sentence = "counts 3 customers; privacy.min_cell is 10."
    assert said(tmp_path, contract(data={"customers": 3})) == [f"data/analysis.json: data.customers {sentence}"]
    assert said(tmp_path, contract(segments=[{"size": 50}, {"size": 3}, {"size": 4}])) == [
        f"data/analysis.json: segments[1].size {sentence}"
    ]


def test_what_is_no_field_of_the_contract_is_not_published(tmp_path):
    sentence = "data/analysis.json: size has no kind that disclosure control knows."
    assert said(tmp_path, contract(size=3)) == [sentence]


@pytest.mark.parametrize("content", ["[]", "3", '{"size": 1}'])
def test_a_document_that_is_no_published_contract_has_no_small_counts(tmp_path, content):
    assert said(tmp_path, {"data/analysis.json": content}) == []


def noise(size: int, seed: int) -> bytes:
    return Random(seed).randbytes(size)  # noqa: S311 (noise, no secret)


def test_a_first_visit_is_the_page_its_sheets_its_scripts_and_the_fonts_of_latin_text(tmp_path):
    sheet = (
        b"\xff@font-face { font-family: A; src: url(../f/latin.woff2) }"
        b"@font-face { src: local(x) } @font-face { src: url('greek.woff2'); unicode-range: U+0370-03FF }"
        b"@font-face { src: url(gone.woff2) } @font-face { src: url(basic.woff2); unicode-range: U+0000-00FF }"
    )
    head = (
        '<link rel="stylesheet" href="c/a.css"><link rel="icon" href="big.png"><script src="a.js"></script>'
        '<script src="site_libs/quarto.js"></script>'
    )
    files = {
        "c/a.css": sheet, "f/latin.woff2": noise(700, 1), "c/greek.woff2": noise(9_000, 2), "a.js": noise(400, 4),
        "c/basic.woff2": noise(500, 3), "big.png": noise(9_000, 5), "site_libs/quarto.js": noise(9_000, 6),
        "index.html": page(head=head),
    }  # fmt: skip
    site = FinishedSite(made(tmp_path, files))
    counted = ("index.html", "c/a.css", "f/latin.woff2", "c/basic.woff2", "a.js")
    assert first_visit(site, site.pages["index.html"], lambda name: len(site.bytes_of(name))) == sum(
        len(site.bytes_of(name)) for name in counted
    )


@pytest.mark.parametrize(("size", "heavy"), [(97_000, False), (103_000, True)])
def test_a_page_that_weighs_more_than_a_hundred_kilobytes_is_named_with_its_weight(tmp_path, size, heavy):
    script = '<script src="a.js"></script>'
    found = said(tmp_path, {"index.html": page(head=script), "a.js": noise(size, 1)})
    weight = gzipped(page(head=script).encode()) + gzipped(noise(size, 1))
    sentence = f"index.html: weighs {weight / 1000:.0f} kB on a first visit; the limit is 100 kB."
    assert found == ([sentence] if heavy else [])
    assert weight // 1000 in {97, 103}


@pytest.mark.parametrize(
    ("weight", "sentences"),
    [(100_000, []), (100_600, ["index.html: weighs 101 kB on a first visit; the limit is 100 kB."])],
)
def test_the_weight_is_told_in_whole_kilobytes(tmp_path, monkeypatch, weight, sentences):
    monkeypatch.setattr("report.checks.weight.first_visit", lambda *_: weight)
    assert said(tmp_path, {}) == sentences


def test_the_page_for_what_is_missing_loads_from_the_servers_root_and_nothing_from_elsewhere_counts(tmp_path):
    head = '<script src="/a/b.js"></script><script src="https://e.org/a/c.js"></script>'
    site = FinishedSite(made(tmp_path, {"404.html": page(head=head, root="/a/"), "b.js": "b" * 50, "c.js": "c" * 700}))
    own = len(site.bytes_of("404.html"))
    assert first_visit(site, site.pages["404.html"], lambda name: len(site.bytes_of(name))) == own + 50


def test_what_is_listed_now_is_what_is_checked_later(tmp_path):
    site = FinishedSite(made(tmp_path, {"b.html": page()})).listed()
    (tmp_path / "c.html").write_text(page(), "utf-8")
    assert list(site.files) == list(site.pages) == ["b.html", "index.html"]
