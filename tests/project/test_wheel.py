"""The wheel, in an empty folder: everything that a build needs is in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    made = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", *made, str(PROJECT)], check=True, capture_output=True)  # noqa: S603
    return next(folder.glob("segment_atlas-*.whl"))


def test_the_wheel_holds_its_licence_and_its_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"analysis/py.typed", "report/py.typed"} <= set(names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "docs/", "data/")) for name in names)


def test_a_site_is_built_by_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "t.csv").write_bytes((PROJECT / "data/Mall_Customers.csv").read_bytes())
    installed = str(tmp_path / "installed")
    code = f"import analysis, report; assert report.__file__.startswith({installed!r}), report.__file__"
    for arguments in (["-c", code], ["-m", "report", "build", "--data", "t.csv", "--renderer", "builtin", "--quiet"]):
        done = subprocess.run(  # noqa: S603 (this very interpreter)
            [sys.executable, "-P", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": installed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (folder / "_site/index.html").is_file()
