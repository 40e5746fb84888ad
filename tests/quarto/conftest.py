"""The product's own project, drawn by a real Quarto and by the built-in renderer."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from analysis.configuration import load_configuration
from report.build.build import write_source
from report.build.in_process import InProcess
from report.build.publish import SOURCE
from report.render import quarto
from report.render.builtin import Builtin
from report.system.effects import Disk
from tests.report.histories import remembering

HERE = Path(__file__).parent
CONFIG = HERE.parents[1] / "site_config"
PAGES = CONFIG / "examples/transactions/pages"
"""The own page that ships."""
NO_QUARTO = "no Quarto on this machine; install it, or name it with QUARTO_PATH, to run the tests that need it"


@dataclass
class Heard:
    """A voice that remembers what the build warned of."""

    warnings: list[str] = field(default_factory=list)

    def step(self, text: str, rows: int | None = None) -> None:
        """Nothing to remember."""

    def log(self, text: str) -> None:
        """Nothing to remember."""

    def warn(self, text: str) -> None:
        self.warnings.append(text)


@dataclass(frozen=True)
class Sites:
    """One project, and the sites that both renderers make of it."""

    project: Path
    quarto: Path
    builtin: Path
    warnings: list[str]
    """Quarto's."""


@pytest.fixture(scope="session", autouse=True)
def _quarto() -> None:
    if quarto.find(Disk(Heard())) is None:
        if os.environ.get("SEGMENT_ATLAS_REQUIRE_QUARTO"):
            pytest.fail(NO_QUARTO)
        pytest.skip(NO_QUARTO)


@pytest.fixture(scope="session")
def sites(tmp_path_factory) -> Sites:
    """The site that ships as its twelfth build, with pages that hold all that an own page may hold."""
    work = tmp_path_factory.mktemp("work")
    configuration = load_configuration(CONFIG)
    own = work / "pages"
    own.mkdir()
    for file in (*PAGES.iterdir(), *(HERE / "pages").iterdir()):
        (own / file.name).write_bytes(file.read_bytes())
    write_source(replace(configuration, pages=own), work, Disk(Heard()), InProcess(), remembering())
    return drawn(work / SOURCE, tmp_path_factory.mktemp("drawn"))


def drawn(project: Path, out: Path) -> Sites:
    """The project's two sites."""
    heard = Heard()
    for drawing, name in ((Builtin(Disk(Heard())), "builtin"), (quarto.Quarto(Disk(heard)), "quarto")):
        drawing.draw(project, out / name)
        drawing.complete(out / name)
        drawing.close()
    return Sites(project, out / "quarto", out / "builtin", heard.warnings)
