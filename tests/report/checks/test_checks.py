"""Each check passes a sound site and fails a broken one."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from report.checks import check_site
from report.checks.privacy import distinctive

POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'"
PAGE = """<!doctype html>
<html lang="en" data-root="">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Page</title><meta name="description" content="About"><link rel="stylesheet" href="assets/a.css">
<script src="assets/a.js"></script>{head}</head>
<body><h1 id="top-heading">One</h1><a href="two.html#place">Two</a><a href="https://example.org/">Away</a>
<img src="a.png" alt=""><svg role="img" aria-label="Map"></svg><div role="img" aria-label="x"><svg></svg></div>
<script type="application/json">{{}}</script>{body}</body></html>
"""
CONTRACT = {
    "privacy": {"mode": "public", "min_cell": 10, "rounding_base": 5},
    "segments": [{"size": 40, "categories": [{"count": 0}, {"count": 15}]}],
    "exploration": {"points": None, "distributions": [{"bins": [{"count": 25, "by_segment": {"1": 25, "2": 0}}]}]},
}


def page(head: str = "", body: str = "", policy: str = POLICY) -> str:
    return PAGE.format(head=head, body=body, policy=policy)


def site(tmp_path: Path, **files: str) -> Path:
    content = {
        "index.html": page(),
        "two.html": page(body='<h2 id="place">Place</h2>'),
        "assets/a.css": "@font-face { src: url(f.woff2) } /* url(gone.png) */ a { background: url('../a.png') }",
        "assets/f.woff2": "font",
        "assets/a.js": "1;",
        "a.png": "picture",
        "charts/map.json": json.dumps({"data": {"values": [1]}}),
        "data/analysis.json": json.dumps(CONTRACT),
        "Customer_Segmentation.ipynb": "{}",
    }
    content |= {name.replace("__", "/"): text for name, text in files.items()}
    for name, text in content.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def problems(tmp_path: Path, files: dict[str, str], identifiers: tuple[str, ...] = ()) -> list[str]:
    return [str(problem) for problem in check_site(site(tmp_path, **files), identifiers)]


def test_a_sound_site_has_no_problem(tmp_path):
    assert problems(tmp_path, {}) == []


def test_a_folder_without_a_first_page_is_no_site(tmp_path):
    assert [str(problem) for problem in check_site(tmp_path)] == ["index.html: is missing; this folder holds no site."]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<a href="three.html">x</a>', "leads nowhere"),
        ('<a href="../index.html">x</a>', "leads nowhere"),
        ('<a href="two.html#gone">x</a>', "no place called “gone”"),
        ('<a href="#gone">x</a>', "no place called “gone”"),
        ('<a href="/two.html">x</a>', "server's root"),
        ('<a href="javascript:alert(1)">x</a>', "runs a script"),
        ('<img src="gone.png" alt="">', "leads nowhere"),
        ('<img src="https://example.org/a.png" alt="">', "another site"),
        ('<img src="//example.org/a.png" alt="">', "another site"),
        ('<script src="https://example.org/a.js"></script>', "another site"),
        ('<iframe src="https://example.org/"></iframe>', "another site"),
        ("<script>alert(1)</script>", "inline script"),
        ("<style>a { color: red }</style>", "inline style sheet"),
        ('<p style="color: red">x</p>', "styled inline"),
        ('<p onclick="alert(1)">x</p>', "event handler “onclick”"),
        ("<h1>Two</h1>", "2 main headings"),
        ('<p id="top-heading">x</p>', "is used 2 times"),
        ('<img src="a.png">', "no alternative text"),
        ("<svg></svg>", "neither a label"),
        ('<svg role="img"></svg>', "neither a label"),
    ],
)
def test_what_a_page_may_not_hold(tmp_path, body, words):
    found = problems(tmp_path, {"index.html": page(body=body)})
    assert len(found) == 1
    assert found[0].startswith("index.html: ")
    assert words in found[0]


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (f"{POLICY} 'unsafe-inline'", "allows 'unsafe-inline' in style-src"),
        (f"{POLICY}; script-src 'unsafe-eval'", "allows 'unsafe-eval'"),
        (f"{POLICY}; img-src *", "allows *"),
        ("script-src 'self'", "default-src"),
    ],
)
def test_a_weak_policy_is_found(tmp_path, policy, words):
    assert words in problems(tmp_path, {"index.html": page(policy=policy)})[0]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('<meta http-equiv="Content-Security-Policy" content="{policy}">', "", "0 content-security policies"),
        ("<title>Page</title>", "<title> </title>", "no title"),
        (' lang="en"', "", "language"),
        ('content="About"', 'content=""', "description"),
        ('<h1 id="top-heading">One</h1>', "", "0 main headings"),
        ('<meta name="description" content="About">', '<meta name="description" content="a">' * 2, "description"),
    ],
)
def test_what_a_page_must_hold(tmp_path, old, new, words):
    text = PAGE.replace(old, new).format(head="", body="", policy=POLICY)
    assert words in problems(tmp_path, {"index.html": text})[0]


@pytest.mark.parametrize(
    ("css", "words"),
    [
        ("@import 'https://example.org/a.css';", "another site"),
        ("a { background: url(//example.org/a.png) }", "another site"),
        ("a { background: url(gone.png) }", "leads nowhere"),
        ("a { background: url(/a.png) }", "leads nowhere"),
    ],
)
def test_stylesheets_load_nothing_from_elsewhere(tmp_path, css, words):
    assert words in problems(tmp_path, {"assets__a.css": css})[0]


def test_a_heavy_page_is_found_and_fonts_of_other_scripts_do_not_count(tmp_path):
    noise = Random(1).randbytes(150_000).hex()  # noqa: S311 (noise, no secret)
    heavy = problems(tmp_path, {"assets__a.js": f"'{noise}'"})
    assert ["weighs" in problem for problem in heavy] == [True, True]
    faces = "@font-face { src: url(f.woff2); unicode-range: U+0370-03FF }"
    (tmp_path / "assets/f.woff2").write_text(noise)
    assert problems(tmp_path, {"assets__a.js": "1;", "assets__a.css": faces}) == []


@pytest.mark.parametrize("key", ["url", "\\u0075rl", "u\\u0072l", "ur\\u006c", "ur\\u006C"])
def test_no_escape_hides_that_a_chart_fetches_something(tmp_path, key):
    found = problems(tmp_path, {"charts__map.json": f'{{"data": {{"{key}": "https://example.org/x.csv"}}}}'})
    assert ["fetches" in problem for problem in found] == [True]


def test_documents_can_be_read_and_fetch_nothing(tmp_path):
    files = {"data__x.json": "{", "charts__map.json": json.dumps({"data": {"url": "https://example.org/x.csv"}})}
    found = problems(tmp_path, files)
    assert "fetches" in found[0]
    assert "not valid JSON" in found[1]


@pytest.mark.parametrize("name", ["assignments.csv", "data__model.json", "data__rejected.csv"])
def test_customer_level_files_are_found(tmp_path, name):
    assert any("customer-level" in problem for problem in problems(tmp_path, {name: "x"}))


@pytest.mark.parametrize("identifier", ["CUST-0042", "jane.doe@example.org", "Jane Doe 42"])
def test_a_distinctive_identifier_is_found_wherever_it_stands(tmp_path, identifier):
    files = {"data__x.csv": f"a,b\r\n{identifier},1\r\n", "data__y.txt": f"This is “{identifier}”: {identifier}."}
    found = problems(tmp_path, files, (identifier,))
    assert [line.partition(":")[0] for line in found] == ["data/x.csv", "data/y.txt"]
    assert found[:1] == ["data/x.csv: holds an identifier of a customer; identifiers are never published."]


def test_running_numbers_and_plain_words_are_no_distinctive_identifiers():
    assert distinctive(["1", "200", "1234567", "1234567.0", "abc", "Premium", "CUST-1"]) == {"CUST-1"}


def contract_with(change: dict[str, object]) -> dict[str, str]:
    return {"data__analysis.json": json.dumps({**CONTRACT, **change})}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"segments": [{"size": 9}]}, "segments[0].size counts 9"),
        ({"segments": [{"size": 40, "categories": [{"count": 3}]}]}, "categories[0].count counts 3 customers"),
        (
            {"exploration": {"points": None, "distributions": [{"bins": [{"by_segment": {"1": 4}}]}]}},
            "by_segment.1 counts 4",
        ),
        ({"exploration": {"points": {"age": [1.0]}}}, "exploration.points is private"),
        ({"exploration": {"lonely": 3}}, "exploration has no kind"),
        ({"lonely": 3}, "lonely has no kind"),
        ({"segments": [{"size": 41}]}, "segments[0].size counts 41, no multiple of privacy.rounding_base"),
        ({"data": {"rows_used": 41}}, "data.rows_used counts 41, no multiple"),
        ({"privacy": {"mode": "public", "min_cell": 10}}, "no multiple of privacy.rounding_base"),
        ({"provenance": {"data_sha256": "ab"}}, "provenance.data_sha256 is private"),
        ({"data": {"transactions": {"last_date": "2011-12-09"}}}, "last_date is a day"),
        ({"data": {"reference_date": "2011-12-09", "reference_stated": False}}, "reference_date is a day"),
        ({"segments": [{"profile": [{"adjusted_p": 0.0312}]}]}, "adjusted_p is an exact p-value"),
    ],
)
def test_public_mode_shows_no_small_group(tmp_path, change, words):
    assert words in problems(tmp_path, contract_with(change))[0]


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"transactions": {"last_date": "2011-12", "reference_date": "2011-12-10", "reference_stated": True}}},
        {"segments": [{"profile": [{"adjusted_p": 0.05}]}], "provenance": {"data_sha256": None}},
        {"segments": [{"size": 10, "share": 0.25}], "data": {"rows_rejected": 5}},
    ],
)
def test_public_mode_shows_what_the_rules_allow(tmp_path, change):
    assert problems(tmp_path, contract_with(change)) == []


def test_open_mode_may_show_points_and_small_counts(tmp_path):
    change = {"privacy": {"mode": "open", "min_cell": 10}, "segments": [{"size": 3}], "exploration": {"points": {}}}
    assert problems(tmp_path, contract_with(change)) == []


def test_no_page_is_exempt_whoever_made_it(tmp_path):
    quarto = page(head='<meta name="generator" content="quarto-1.10.18">', body='<p style="x"></p><script>1</script>')
    assert problems(tmp_path, {"index.html": quarto}) == [
        "index.html: holds an inline script; put it into a file of its own.",
        "index.html: a <p> is styled inline; give it a class.",
    ]


def test_an_inline_script_may_stand_where_the_policy_lists_it(tmp_path):
    listed = "sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s="  # of “1”, by openssl
    policy = POLICY.replace("script-src 'self'", f"script-src 'self' '{listed}'")
    assert problems(tmp_path, {"index.html": page(body="<script>1</script>", policy=policy)}) == []
    assert "inline script" in problems(tmp_path, {"index.html": page(body="<script>2</script>", policy=policy)})[0]


def test_only_a_page_with_a_diagram_may_style_inline(tmp_path):
    policy = f"{POLICY} 'unsafe-inline'"
    diagram = page(body='<pre class="mermaid mermaid-js">a</pre>', policy=policy)
    assert problems(tmp_path, {"index.html": diagram}) == []
    assert "'unsafe-inline' in style-src" in problems(tmp_path, {"index.html": page(policy=policy)})[0]
    assert "in script-src" in problems(
        tmp_path, {"index.html": diagram.replace("'wasm-unsafe-eval'", "'unsafe-inline'")}
    )[0]  # fmt: skip


def test_the_missing_page_may_start_at_the_servers_root_where_it_says_so(tmp_path):
    text = page().replace('data-root=""', 'data-root="/repo/"')
    for name in ("two.html#place", "assets/a.css", "assets/a.js", "a.png"):
        text = text.replace(f'"{name}"', f'"/repo/{name}"')
    assert problems(tmp_path, {"404.html": text}) == []
    assert "leads nowhere" in problems(tmp_path, {"404.html": text.replace("/repo/two", "/other/two")})[0]
