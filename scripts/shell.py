#!/usr/bin/env python
"""Holds the project's shell against shellcheck: the scripts of this folder, and each `run:` block of the workflows.

A block is checked as a runner runs it: by Bash, with the variables of the environment.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis.configuration.yaml_text import read_yaml

PROJECT = Path(__file__).parents[1]
SHELLCHECK = Path(sys.executable).with_name("shellcheck")
MEANT = "SC1111"
"""Typographic quotes in what is said to people."""


def scripts() -> Iterator[tuple[str, str]]:
    """Name and text of each script of `sh`."""
    for file in sorted((PROJECT / "scripts").iterdir()):
        if file.is_file() and not file.suffix:
            yield file.name, file.read_text(encoding="utf-8")


def blocks() -> Iterator[tuple[str, str]]:
    """Name and text of each block of the workflows."""
    for file in sorted((PROJECT / ".github" / "workflows").glob("*.yml")):
        for name, job in read_yaml(file.read_text(encoding="utf-8"))["jobs"].items():
            for step in job["steps"]:
                if "run" in step:
                    yield f"{file.name}, {name}, “{step['name']}”", f"#!/bin/bash -e\n{step['run']}"


def found(name: str, text: str) -> bool:
    """Print what shellcheck finds; whether it finds anything."""
    done = subprocess.run(  # noqa: S603 (the environment's own shellcheck)
        [SHELLCHECK, "--exclude", MEANT, "--format", "gcc", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"{name}:\n{done.stdout}{done.stderr}", end="")  # noqa: T201
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(sum(found(*one) for one in (*scripts(), *blocks())) > 0)
