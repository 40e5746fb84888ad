"""The Vega libraries as one file for the whole site, loaded only when a reader uses a chart.

Bundling takes two seconds and gives the same bytes each time, so the result is cached by the version of vl-convert.
It runs in the drawing process and closes its standard error for a moment, bypassing the effects.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from report.system.cache import cache_folder, keep, kept

GLOBAL = "segmentAtlasVega"
"""The one name the bundle adds to the page, a function `embed(element, spec, options)`."""
_SNIPPET = f"window.{GLOBAL} = vegaEmbed;"


def vega_bundle(folder: Path | None = None) -> str:
    """The bundle, wrapped so that it leaks no globals but `window.segmentAtlasVega`."""
    path = (folder or cache_folder()) / f"vega-{version('vl-convert-python')}.js"
    found = kept(path)
    if found is None:
        found = _made().encode()
        keep(path, found)
    return found.decode()


def _made() -> str:
    import vl_convert  # noqa: PLC0415 (starts with the drawing, in the drawing process alone)

    with _silence():
        code: str = vl_convert.javascript_bundle(_SNIPPET)
    return f"(()=>{{\n{code}\n}})();\n"


@contextmanager
def _silence() -> Iterator[None]:
    """The bundler writes its progress to standard error, bypassing Python; errors are raised."""
    sys.stderr.flush()
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)
