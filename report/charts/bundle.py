"""The Vega libraries as one file for the whole site, loaded only when a reader touches a chart.

Bundling takes two seconds and gives the same bytes each time, so the result is kept in the user's cache folder under
the version of vl-convert and a checksum of the text; a damaged file is made anew, an unwritable folder does no harm.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

GLOBAL = "segmentAtlasVega"
"""The one name the bundle adds to the page, a function `embed(element, spec, options)`."""
_SNIPPET = f"window.{GLOBAL} = vegaEmbed;"


def vega_bundle(folder: Path | None = None) -> str:
    """The bundle, wrapped so that it leaks no globals but `window.segmentAtlasVega`."""
    folder = folder or user_cache_path("segment-atlas")
    kept = folder / f"vega-{version('vl-convert-python')}.js"
    return _read(kept) or _write(kept, _made())


def _made() -> str:
    import vl_convert  # noqa: PLC0415 (starts with the drawing, in the press alone)

    code: str = vl_convert.javascript_bundle(_SNIPPET)
    return f"(()=>{{\n{code}\n}})();\n"


def _read(path: Path) -> str | None:
    try:
        digest, _, code = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return code if digest == f"// {_digest(code)}" else None


def _write(path: Path, code: str) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(f"// {_digest(code)}\n{code}")
        Path(temporary).replace(path)
    except OSError:
        return code
    return code


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
