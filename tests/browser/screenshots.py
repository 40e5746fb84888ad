"""Takes the pictures that the README shows, from the site that stands in `_site/`: `make screenshots`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).parents[2]
SHOTS = (("index.html", "overview", 1280, 1960, "light"),)


def main() -> int:
    """Build the site where it is missing, then take every picture into docs/."""
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        print("Chromium is needed for screenshots; install it and run the command again.", file=sys.stderr)  # noqa: T201
        return 2
    site = PROJECT / "_site"
    if not (site / "index.html").exists():
        subprocess.run([sys.executable, "-m", "report.cli", "build"], cwd=PROJECT, check=True)
    folder = PROJECT / "docs"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for page_name, name, width, height, scheme in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto((site / page_name).as_uri())
            page.evaluate("document.fonts.ready")
            page.screenshot(path=folder / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
