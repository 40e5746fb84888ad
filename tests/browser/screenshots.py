"""Takes the pictures that the README and docs/ show, from sites built for them: `make screenshots`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from examples.months import opened, played

PROJECT = Path(__file__).parents[2]
SHOTS = (("index.html", "overview", 1280, 2020, "light"),)
OF_A_YEAR = (("changes.html", "changes", 1280, 2150, "light"), ("changes.html", "changes-phone", 375, 2150, "dark"))
"""Of the year of `make history`, in the month in which a group has vanished."""
VANISHED = "month-09.csv"


def main() -> int:
    """Build the site, then take every picture into docs/."""
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        print("Chromium is needed for screenshots; install it and run the command again.", file=sys.stderr)  # noqa: T201
        return 2
    folder = PROJECT / "docs"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="segment-atlas-screenshots-") as built, sync_playwright() as playwright:
        site, year = _built(Path(built)), _year(Path(built))
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for place, (page_name, name, width, height, scheme) in (
            *((site, shot) for shot in SHOTS),
            *((year, shot) for shot in OF_A_YEAR),
        ):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto((place / page_name).as_uri())
            page.evaluate("Promise.all([...document.fonts].map(font => font.load()))")
            page.screenshot(path=folder / f"{name}.png")
        browser.close()
    return 0


def _year(folder: Path) -> Path:
    shop, every = opened(folder)
    until = [one.file for one in every].index(VANISHED) + 1
    for outcome in played(shop, every[:until]):
        print(outcome.delivery.file, outcome.ended)  # noqa: T201
    return shop.site


def _built(folder: Path) -> Path:
    """The site as the code makes it now; what stands in `_site/` may be older."""
    for part in ("site_config", "data"):
        shutil.copytree(PROJECT / part, folder / part)
    command = Path(sys.executable).with_name("segment-atlas")
    subprocess.run([command, "build", "--renderer", "builtin", "--quiet"], cwd=folder, check=True)  # noqa: S603 (ours)
    return folder / "_site"


if __name__ == "__main__":
    raise SystemExit(main())
