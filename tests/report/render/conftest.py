"""A small Quarto project by hand, and effects that remember."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

import report
from report.system.effects import Command, Disk, FinishedProcess

ASSETS = Path(report.__file__).with_name("assets")


@dataclass
class Recorder:
    """A reporter that remembers what was said."""

    steps: list[str] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def step(self, text: str, rows: int | None = None) -> None:  # noqa: ARG002 (only a timeline tells rows)
        self.steps.append(text)

    def log(self, text: str) -> None:
        self.logs.append(text)

    def warn(self, text: str) -> None:
        self.warnings.append(text)


@dataclass(frozen=True)
class Recording(Disk):
    """Real effects that also remember every program that was run."""

    commands: list[Command] = field(default_factory=list)

    def run(self, command: Command) -> FinishedProcess:
        self.commands.append(command)
        return super().run(command)


@pytest.fixture
def reporter() -> Recorder:
    return Recorder()


@pytest.fixture
def effects(reporter: Recorder) -> Recording:
    return Recording(reporter)


QUARTO = {
    "project": {"type": "website"},
    "lang": "en",
    "website": {
        "title": "Mall <customers>",
        "description": "Who they are",
        "navbar": {
            "left": [
                {"text": "Overview", "href": "index.qmd"},
                {"text": "Segments", "href": "segments.qmd"},
                {"text": "Own & more", "href": "own.qmd"},
            ]
        },
        "page-footer": {"left": [{"text": "200 customers"}, {"text": "How this was made", "href": "segments.qmd"}]},
    },
    "format": {"html": {"css": ["assets/atlas.css"], "theme": "none"}},
}

INDEX = """---
pagetitle: Overview
description: Six kinds of "customer" & two worth acting on
title-block-style: none
toc: true
---

```{=html}
<h1>Six kinds of customer</h1>
<svg role="img" aria-label="Map" viewBox="0 0 10 10"><path d="M0 0h1"/></svg>
```

## Who they are {#who-they-are}

[Segments](segments.qmd#all)

## Where *they* are {#where}

Words about loyalty.

## What to do {#do}

More words.
"""

SEGMENTS = """---
pagetitle: Segments
description: All of them
title-block-style: none
---

```{=html}
<h1>Segments</h1>
```

## All {#all}

```{=html}
<p><a href="segments/one.html">One</a></p>
```
"""

ONE = """---
pagetitle: One
description: The first
title-block-style: none
---

```{=html}
<h1>One</h1>
<p><a href="../index.html#where">Map</a></p>
```
"""

OWN = """---
title: "Our own <script>alert(1)</script> page"
---

::: {.callout-tip}
## Mind the gap

Body of the tip.
:::

::: {.callout-warning title="Careful" collapse="true"}
Folded.
:::

Home is {{< env HOME >}}.

| Segment | Customers |
|---------|----------:|
| One     | 39        |

![A picture](own.png){width=48% fig-alt="What it shows"}

```{python}
print("never run")
```

[coloured]{style="color: red" onclick="alert(1)"}
"""

MISSING = """---
pagetitle: Page not found
description: This page does not exist
title-block-style: none
---

```{=html}
<h1>Page not found</h1>
<p><a href="index.html">Home</a> <a href="https://example.org/">Elsewhere</a></p>
```
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A website project of five pages with an asset, a download and a picture."""
    source = tmp_path / "site-src"
    files = {
        "_quarto.yml": yaml.safe_dump(QUARTO),
        "index.qmd": INDEX,
        "segments.qmd": SEGMENTS,
        "segments/one.qmd": ONE,
        "own.qmd": OWN,
        "404.qmd": MISSING,
        "_part.qmd": "never a page",
        "assets/atlas.css": ":root { --sa-ink: #000; }",
        "data/segments.csv": "segment\r\nOne\r\n",
        "own.png": "not really a picture",
    } | {
        f"assets/{name}": (ASSETS / name).read_text(encoding="utf-8") for name in ("shell.css", "shell.js", "scheme.js")
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    return source
