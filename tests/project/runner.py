"""A runner for the workflows: each job in a clone of its own, each `run:` block by Bash in order, actions as fakes.

Expressions are read by `said`: context names, literals, `&&`, `||`, `!`, `==`, `!=` and the few functions that the
workflows call. What a name stands for is a table that each test fills; an unknown name is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).parents[2]
TOKEN = re.compile(r"'[^']*'|&&|\|\||!=|==|!|[(),]|[a-zA-Z_][\w-]*(?:\.[\w-]+)*")
PYTHON = {"&&": " and ", "||": " or ", "!": " not ", "==": "==", "!=": "!="}
FUNCTIONS: dict[str, Any] = {
    "format": lambda text, *values: text.format(*values),
    "contains": lambda text, part: part in text,
    "hashFiles": lambda *_: "content",
    "cancelled": lambda: False,
}
BARE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
PERSON = {
    **{f"GIT_{role}_NAME": "A" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": "a@example.org" for role in ("AUTHOR", "COMMITTER")},
}
GH = """#!/bin/bash
echo "$*" >>"$LEDGER"
case "$1 $2" in
  "auth setup-git") ;;
  "run download") mkdir -p "$7" && cp -r "$ARTIFACTS/$5/." "$7" ;;
  "api repos/owner/name/pages") echo workflow ;;
  "api repos/owner/name/environments/review") [ "$REVIEWERS" != none ] && echo "$REVIEWERS" ;;
  *) exit 9 ;;
esac
"""


def said(expression: str, table: Mapping[str, object]) -> object:
    """What an expression comes to. Unlike GitHub's, `==` heeds case, which no workflow here relies on."""
    words = []
    for one in TOKEN.findall(expression):
        if one.startswith("'") or one in "(),":
            words.append(one)
        elif one in PYTHON:
            words.append(PYTHON[one])
        else:
            words.append(f"functions[{one!r}]" if one in FUNCTIONS else f"table[{one!r}]")
    return eval("".join(words), {"table": table, "functions": FUNCTIONS})  # noqa: S307 (the project's own workflows)


def filled(text: str, table: Mapping[str, Any]) -> str:
    """A text with its expressions replaced."""
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda found: str(said(found[1], table) or ""), text)


class Table(dict[str, Any]):
    """Names of a run. What no step or job has put out is empty, as on a runner."""

    def __missing__(self, name: str) -> str:
        if re.fullmatch(r"(steps|needs)\.\w+\.(outputs\.\w+|result)", name) or name.startswith("inputs."):
            return ""
        raise KeyError(name)


class RejectedError(Exception):
    """A person has rejected what a job's environment asked for."""


@dataclass
class Run:
    """One run of a workflow."""

    workflow: str
    folder: Path
    """Of everything that the run leaves: workspaces, artifacts, summary."""
    origin: Path
    names: Mapping[str, Any]
    cache: dict[str, Path] = field(default_factory=dict)
    """Of the repository, by key, the newest last."""
    environment: Mapping[str, str] = field(default_factory=dict)
    between: Mapping[str, Any] = field(default_factory=dict)
    """By the name of a job: what happens elsewhere before it starts."""
    results: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    log: str = ""
    deployed: dict[str, bytes] | None = None

    def __post_init__(self) -> None:
        self.table = Table(self.names)
        self.jobs = yaml.safe_load((PROJECT / ".github" / "workflows" / self.workflow).read_text(encoding="utf-8"))
        program(self.folder / "bin" / "gh", GH)
        (self.folder / "artifacts").mkdir()

    def start(self, *skipped: str) -> Run:
        """Run the jobs in order, but those that are skipped as if they had passed."""
        for name, job in self.jobs["jobs"].items():
            if name in skipped:
                self.results[name] = "success"
            else:
                self._job(name, job)
            self.table[f"needs.{name}.result"] = self.results[name]
        return self

    def _job(self, name: str, job: Mapping[str, Any]) -> None:
        needs = [job["needs"]] if isinstance(job.get("needs", []), str) else job.get("needs", [])
        condition = str(job.get("if", "true")).removeprefix("${{").removesuffix("}}").strip()
        unforced = "cancelled()" not in condition and any(self.results[one] != "success" for one in needs)
        if unforced or not (condition == "true" or said(condition, self.table)):
            self.results[name] = "skipped"
            return
        try:
            self.between.get(name, lambda: None)()
        except RejectedError:
            self.results[name] = "failure"
            return
        work = self.folder / name
        for key in [one for one in self.table if one.startswith("steps.")]:
            del self.table[key]
        self.table["runner.temp"] = str(self.folder / f"{name}-temp")
        Path(self.table["runner.temp"]).mkdir()
        work.mkdir()
        for step in job["steps"]:
            if "if" in step and not said(step["if"], self.table):
                continue
            well = self._uses(step, work) if "uses" in step else self._runs(step, job, work)
            if not well:
                self.results[name] = "failure"
                break
        else:
            self.results[name] = "success"
        for output, value in job.get("outputs", {}).items():
            self.table[f"needs.{name}.outputs.{output}"] = filled(value, self.table)

    def _runs(self, step: Mapping[str, Any], job: Mapping[str, Any], work: Path) -> bool:
        temporary = Path(self.table["runner.temp"])
        for file in ("output", "summary", "env"):
            (temporary / file).write_text("", encoding="utf-8")
        (temporary / "step.sh").write_text(step["run"], encoding="utf-8")
        stated = {**self.jobs.get("env", {}), **job.get("env", {}), **step.get("env", {})}
        done = subprocess.run(  # noqa: S603
            ["bash", "-e", str(temporary / "step.sh")],  # noqa: S607
            cwd=work, capture_output=True, text=True, check=False,
            env={
                **BARE,
                "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "HOME": str(self.folder),
                "PYTHONPATH": str(PROJECT),
                "ARTIFACTS": str(self.folder / "artifacts"),
                "LEDGER": str(self.folder / "ledger"),
                "REVIEWERS": "none",
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTOR": "somebody",
                "GITHUB_REPOSITORY": "owner/name",
                "GITHUB_RUN_ID": "77",
                "GITHUB_RUN_ATTEMPT": "1",
                "GITHUB_REF": self.table["github.ref"],
                "GITHUB_SHA": self.table["github.sha"],
                "RUNNER_TEMP": str(temporary),
                **{f"GITHUB_{file.upper()}": str(temporary / file) for file in ("output", "env")},
                "GITHUB_STEP_SUMMARY": str(temporary / "summary"),
                **{name: filled(str(value), self.table) for name, value in stated.items()},
                **self.environment,
            },
        )  # fmt: skip
        self.log += done.stdout + done.stderr
        self.summary += (temporary / "summary").read_text(encoding="utf-8")
        for line in (temporary / "output").read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            self.table[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode == 0

    def _uses(self, step: Mapping[str, Any], work: Path) -> bool:
        action = step["uses"].partition("@")[0]
        asked = {name: filled(str(value), self.table) for name, value in step.get("with", {}).items()}
        if action == "actions/checkout":
            self._checkout(work, asked)
        elif action in {"actions/upload-artifact", "actions/upload-pages-artifact"}:
            name = asked.get("name", "github-pages")
            shutil.copytree(work / asked["path"], self.folder / "artifacts" / name)
        elif action == "actions/deploy-pages":
            site = self.folder / "artifacts" / "github-pages"
            self.deployed = {
                str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*") if file.is_file()
            }
            self.table[f"steps.{step['id']}.outputs.page_url"] = "https://owner.example.org/name/"
        elif action == "actions/cache/restore":
            starts = [asked["key"], *asked["restore-keys"].split()]
            found = next((key for start in starts for key in reversed(self.cache) if key.startswith(start)), None)
            if found:
                shutil.copytree(self.cache[found], work, dirs_exist_ok=True)
        elif action == "actions/cache/save":
            kept = self.folder / "cache"
            for name in asked["path"].split():
                if not name.startswith("!"):
                    shutil.copytree(work / name, kept / name)
            self.cache.setdefault(asked["key"], kept)
        else:
            assert action in {"actions/setup-python", "quarto-dev/quarto-actions/setup"}, action
        return True

    def _checkout(self, work: Path, asked: Mapping[str, str]) -> None:
        what = asked.get("ref", self.table["github.sha"])
        depth = asked.get("fetch-depth", "1")
        git(work, "init", "--quiet")
        git(work, "remote", "add", "origin", self.origin.as_uri())
        git(work, "fetch", "--quiet", "--depth", depth, "origin", what)
        git(work, "checkout", "--quiet", "--detach", "FETCH_HEAD")


def git(folder: Path, *arguments: str) -> str:
    """Run Git there; what it printed."""
    command = ["git", *arguments]
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, env={**os.environ, **BARE, **PERSON}, capture_output=True, text=True, check=True
    )
    return done.stdout


def program(file: Path, text: str) -> None:
    """Write a program that can be run."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def set_up(command: str, renderer: str = "quarto") -> str:
    """Instead of `scripts/setup`: `.venv` runs this Python, and this command as `segment-atlas`, by this renderer."""
    return f"""#!/bin/sh
mkdir -p .venv/bin
printf '#!/bin/sh\\nexec "{sys.executable}" "$@"\\n' >.venv/bin/python
cat >.venv/bin/segment-atlas <<'END'
#!/bin/bash
exec {command} "${{@/#quarto/{renderer}}}"
END
chmod +x .venv/bin/*
"""
