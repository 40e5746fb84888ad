"""Documentation is tested: it names every verb, exit code and setting, and its links and commands hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
import typer.main
from pydantic import BaseModel

from analysis.configuration import Personas, Playbook, Site
from analysis.configuration.column import Role
from analysis.configuration.personas import Icon
from report.command.cli import app


def models(model: type[BaseModel]) -> set[type[BaseModel]]:
    found = {model}
    for field in model.model_fields.values():
        for inner in _inside(field.annotation):
            found |= models(inner)
    return found


def _inside(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _inside(part)]


@pytest.fixture(scope="module")
def settings(project) -> str:
    return (project / "docs" / "configuration.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def commands(project) -> str:
    return (project / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", [Site, Personas, Playbook])
def test_every_setting_is_documented(settings, file):
    words = set(re.findall(r"[A-Za-z_]+", settings))
    keys = {key for model in models(file) for key in model.model_fields}
    assert not keys - words


def test_every_role_and_icon_is_documented(settings):
    assert not {*get_args(Role), *get_args(Icon)} - set(re.findall(r"[a-z]+", settings))


def test_every_verb_and_exit_code_is_documented(commands):
    verbs = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert verbs >= {"build", "analyse", "validate", "check", "preview"}
    for verb in verbs:
        assert f"| `segment-atlas {verb}" in commands
    for code in ("0 done", "2 usage or configuration", "3 data", "4 rendering", "5 a check"):
        assert code in " ".join(commands.split())


DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/*.md", "tests/*.md")
OF_A_BUILD = re.compile(r"(data/(analysis|customers|disclosure)\b|site_config/mine)")
"""Files that only a build or a reader makes; `data/` is also a folder of each site."""


def test_every_path_that_the_documents_name_exists(project):
    files = sorted(file for each in DOCUMENTS for file in project.glob(each))
    named = [
        (file.name, path.rstrip("./"))
        for file in files
        for path in re.findall(
            r"(?<![\w./])(?:analysis|report|tests|scripts|site_config|examples|data|findings|docs)/[\w./-]+",
            file.read_text(encoding="utf-8"),
        )
        if not OF_A_BUILD.match(path)
    ]
    assert len(named) > 25
    assert ("configuration.md", "analysis/transactions/rfm_grid.yml") in named
    assert [each for each in named if not (project / each[1]).exists()] == []


def documents(project: Path) -> dict[Path, str]:
    files = [file for each in DOCUMENTS for file in sorted(project.glob(each))]
    return {file: file.read_text(encoding="utf-8") for file in files}


def test_every_link_of_the_documents_leads_to_a_file_and_to_a_heading_in_it(project):
    links = [
        (file, target, anchor)
        for file, text in documents(project).items()
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text)
        if file.name != "own_pages.md"  # which shows how pages link
    ]
    assert len(links) > 55
    lost = [
        f"{file.name}: {target}#{anchor}"
        for file, target, anchor in links
        if not (place := file.parent / target if target else file).exists()
        or (anchor and anchor not in headings(place.read_text(encoding="utf-8")))
    ]
    assert lost == []


def headings(text: str) -> set[str]:
    """The anchors that GitHub gives the headings of a document."""
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }


def test_every_make_target_that_the_documents_name_exists(project):
    targets = set(re.findall(r"^([a-z]+):", (project / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        target
        for text in documents(project).values()
        for target in re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)
    }
    assert named >= {"site", "test", "catalogues", "truth"}
    assert named <= targets


def test_every_command_that_the_documents_show_exists_with_its_options(project):
    verbs = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    options = {verb: {name for each in command.params for name in each.opts} for verb, command in verbs.items()}
    shown = [
        (verb, set(re.findall(r"(?<=\s)--?[a-z-]+", rest)))
        for text in documents(project).values()
        for verb, rest in re.findall(r"(?:`|^)segment-atlas\s([a-z]+)([^`|#\n]*)", text, re.MULTILINE)
    ]
    assert len(shown) > 30
    assert [(verb, given - options.get(verb, set())) for verb, given in shown if given - options.get(verb, set())] == []
    assert {verb for verb, _ in shown} == set(options)


def test_every_message_that_is_explained_is_one_that_is_given(project):
    """What stands in italics in the tables of docs/messages.md, between its gaps, stands in the code."""
    code = "\n".join(
        file.read_text(encoding="utf-8") for part in ("analysis", "report") for file in (project / part).rglob("*.py")
    )
    code = re.sub(r'"\s*\n\s*f?"', "", code)  # a sentence goes over several lines
    explained = (project / "docs" / "messages.md").read_text(encoding="utf-8")
    quoted = [message for cell in re.findall(r"^\| (\*.*?) \|", explained, re.MULTILINE) for message in cell.split("*")]
    fragments = [part.strip(" “”,") for message in quoted for part in message.split("…")]
    missing = [part for part in fragments if part not in {"", ", or", "or"} and part not in code]
    assert len(fragments) > 30
    assert not missing
