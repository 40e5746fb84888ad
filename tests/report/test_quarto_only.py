from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.markup.quarto_only import CodeCell, cells, plain, remarks, without_code

PAGE = """---
title: Plans
---

```{mermaid}
A --> B
```

~~~~{python}
#| label: x
~~~
1
~~~~

````
```{r}
shown, not run
```
````

```python
shown
```

Home is {{< env HOME >}}, this is {{< meta title >}}, write {{{< meta title >}}}.

{{< pagebreak >}}
"""


def test_cells_are_found_by_their_lines_and_what_is_shown_is_none():
    assert list(cells(PAGE)) == [CodeCell(5, 7, "mermaid"), CodeCell(9, 13, "python")]


@pytest.mark.parametrize(
    ("fence", "language"),
    [
        ("```{python}", "python"),
        ("``` {r, echo=FALSE}", "r"),
        ("  ```{ojs}", "ojs"),
        ("> ```{dot}", "dot"),
        ("```{.python}", None),
        ("```{=html}", None),
        ("```{#lst-one .python}", None),
        ("```{{python}}", None),
        ("```python", None),
        ("```", None),
    ],
)
def test_what_is_a_cell(fence, language):
    assert [cell.language for cell in cells(f"{fence}\nx\n```\n")] == ([language] if language else [])


def test_a_cell_that_never_ends_goes_to_the_end_of_the_page():
    assert list(cells("a\n```{python}\nb\nc")) == [CodeCell(2, 4, "python")]


def test_executable_cells_go_and_every_other_line_stays_where_it_was():
    left = without_code(PAGE).splitlines()
    assert left[4:7] == ["```{mermaid}", "A --> B", "```"]
    assert left[8:13] == [""] * 5
    assert left[14:] == PAGE.splitlines()[14:]
    assert len(left) == len(PAGE.splitlines())


def test_the_built_in_renderer_reads_no_cell_and_no_shortcode():
    text = plain(PAGE, {"title": "Plans *A*"})
    assert "mermaid" not in text
    assert "HOME" not in text
    assert "this is Plans \\*A\\*, write {{< meta title >}}." in text
    assert "pagebreak" not in text
    assert "shown, not run" in text


def test_each_thing_left_out_is_said_with_its_line():
    said = [(remark.line, remark.sentence) for remark in remarks(PAGE, {"title": "Plans"}, diagrams=False)]
    assert said == [
        (5, "the mermaid diagram is left out, because only Quarto draws it; use --renderer quarto, or a picture."),
        (
            9,
            "the {python} cell is left out, because pages of the site run no code; write ```python to show it as code.",
        ),
        (25, "the shortcode {{< env >}} is left out, because only Quarto knows it; use --renderer quarto."),
    ]
    by_quarto = [remark.line for remark in remarks(PAGE, {"title": "Plans"}, diagrams=True)]
    assert by_quarto == [9]


def test_an_entry_that_the_header_does_not_have_is_left_out_and_said():
    assert plain("{{< meta a.b >}}", {"a": {"b": 3}}) == "3"
    assert plain("x{{< meta a.c >}}y", {"a": {"b": 3}}) == "xy"
    assert [remark.line for remark in remarks("\n{{< meta gone >}}", {}, diagrams=False)] == [2]


CITED = """---
title: Cited
bibliography: refs.bib
---

See @lst-one, [-@thm-line] and @fig-one; write to a@exm-ple.org or \\@lst-two.

```
@lst-three
```

`@lst-four` and @Lem-five
"""


def test_references_that_only_quarto_follows_are_said_with_their_lines():
    left = "is left out, because only Quarto numbers what it names; use --renderer quarto."
    assert [
        (remark.line, remark.sentence) for remark in remarks(CITED, {"bibliography": "refs.bib"}, diagrams=False)
    ] == [
        (6, f"the reference @lst-one {left}"),
        (6, f"the reference @thm-line {left}"),
        (12, f"the reference @Lem-five {left}"),
        (3, "the citations are left out, because only Quarto reads a bibliography; use --renderer quarto."),
    ]
    assert list(remarks(CITED, {"bibliography": "refs.bib"}, diagrams=True)) == []


@given(st.text(alphabet="`~{}pr \n<>ab", max_size=120))
def test_nothing_but_cells_is_lost(text):
    assert without_code(text).count("\n") == "".join(text.splitlines(keepends=True)).count("\n") or "{" in text
    if not any(not cell.is_diagram for cell in cells(text)):
        assert without_code(text) == text
