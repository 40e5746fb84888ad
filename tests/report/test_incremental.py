"""A build that knows what earlier ones have made: it does no step twice, and its site is the same to the byte."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.configuration import Configuration, load_configuration
from analysis.contract import Contract
from analysis.history.remembered import Remembered
from analysis.wording.number_format import NumberFormat
from report.build import incremental
from report.build.analysed import analysed
from report.build.findings import findings
from report.build.in_process import InProcess
from report.build.workers import PartsFolder
from report.charts.drawing_process import Picture
from report.command.world import World
from report.site.downloads import unarmed
from report.site.spreadsheet import frame_csv
from tests.in_process import command

SITE = """\
site: {{title: "{title}", language: {language}}}
theme: {{accent: "{accent}"}}
data: {{path: ../table.csv}}
columns: {{id: {{role: id}}, age: {{role: age}}, visits: {{role: frequency}}}}
model: {{selection: {{k: {k}}}}}
personas: personas.yml
playbook: playbook.yml
privacy: {{min_cell: 5}}
pages: own
history: {history}
"""
PERSONAS = """\
personas:
  - {{name: "{name}", levels: {{age: high}}, story: "{story}"}}
"""
PLAYBOOK = """\
actions:
  - id: invite
    kind: ads
    title: "{title}"
    when: {{age: {level}}}
    channel: "{channel}"
    offer: A seat
    timing: In May
    kpi: {{measure: Seats, target: "10"}}
    owner: {owner}
    effort: low
    effect: large
    because: "{because}"
  - id: greet
    kind: retention
    title: Greet
    when: {{}}
    channel: By hand
    offer: Nothing
    timing: Always
    kpi: {{measure: Smiles, target: "all"}}
    effort: low
    effect: small
    because: It suits anybody.
"""
PAGE = "---\ntitle: Ours\ndescription: What we do\n---\n\n{text}\n"
START: dict[str, object] = {
    "title": "Ours", "language": "en", "accent": "#0a5c94", "k": 2,
    "name": "The elders", "story": "They know.",
    "action": "Invite", "level": "high", "channel": "E-mail", "owner": "Ana", "because": "They come.",
    "page": "We sell.", "seed": 1, "cell": 30, "history": "false",
}  # fmt: skip
OTHERS: dict[str, tuple[object, ...]] = {
    "title": ("Theirs", "Ours & theirs"), "language": ("de",), "accent": ("#123456",), "k": (3,),
    "name": ("The wise",), "story": ("They came.",),
    "action": ("Write", "Invite {{them}}"), "level": ("low",), "channel": ("", "Post"), "owner": ("null", '" "', "Bo"),
    "because": ("They stay.", ""), "page": ("We buy.", "See @fig-none."), "seed": (2,), "cell": (31, 77),
}  # fmt: skip
TEXTS = ("title", "accent", "action", "because", "page")
"""What neither the analysis nor a chart reads."""
PROJECT = Path(__file__).parents[2]
NO_ANALYSIS = "Neither the table nor anything else that the analysis reads has changed"
REMEMBERED = START | {"history": "{path: ../history}"}
"""The same, and it remembers its builds."""
State = Mapping[str, object]


def files(state: State) -> dict[str, str]:
    """The project in that state."""
    drawn = random.Random(int(str(state["seed"])))  # noqa: S311 (a made-up table)
    ages = [drawn.gauss((30, 45, 70)[row % 3], 4) for row in range(60)]
    rows = [f"c{row},{int(age)},{int(drawn.gauss(age / 4, 2))}" for row, age in enumerate(ages)]
    rows[7] = f"c7,{state['cell']},8"
    return {
        "table.csv": "\n".join(["id,age,visits", *rows, ""]),
        "config/site.yml": SITE.format_map(state),
        "config/personas.yml": PERSONAS.format_map(state),
        "config/playbook.yml": PLAYBOOK.format_map({**state, "title": state["action"]}),
        "config/own/ours.qmd": PAGE.format(text=state["page"]),
    }


@dataclass
class Counting(InProcess):
    """Workers that remember what they were asked for."""

    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def ask(
        self,
        configuration: Configuration,
        salt: str = "",
        remembered: Remembered | None = None,
        parts: PartsFolder | None = None,
    ) -> None:
        self.done.append("analysis")
        super().ask(configuration, salt, remembered, parts)

    def pictures(self, contract: Contract, formats: NumberFormat, names: Iterable[str]) -> Mapping[str, Picture]:
        self.done.append("charts")
        return super().pictures(contract, formats, names)


def build(folder: Path, state: State, *more: str) -> list[str]:
    """Builds the project in that state; what was done of the steps that take long."""
    for name, content in files(state).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    workers = Counting()
    world = World(workers=lambda _effects: workers)
    asked = ("build", "--config", "config", "--renderer", "builtin", "--quiet", *more)
    ended = command(*asked, folder=folder, world=world)
    assert ended.code == 0, ended.err
    return workers.done


def made(folder: Path) -> dict[str, bytes]:
    """The site and what belongs to it, by path."""
    places = [folder / "_site", folder / "history", folder / "build/site-src", *(folder / "build").glob("*.csv")]
    places += [folder / "build/analysis.json", folder / "build/model.json"]
    found = [file for place in places for file in (place, *place.rglob("*")) if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built."""
    folder = tmp_path_factory.mktemp("base")
    build(folder, START)
    return folder


@pytest.fixture
def project(base: Path, tmp_path: Path) -> Path:
    """A copy of it: with a memory, and another folder."""
    return Path(shutil.copytree(base, tmp_path / "project"))


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Callable[[State], dict[str, bytes]]:
    """What a build that knows nothing makes of a state."""
    known: dict[str, dict[str, bytes]] = {}
    folder = tmp_path_factory.mktemp("anew")

    def once(state: State) -> dict[str, bytes]:
        key = json.dumps(state, sort_keys=True)
        if key not in known:
            assert build(folder, state, "--again") == ["analysis", "charts"]
            known[key] = made(folder)
        return known[key]

    return once


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_neither_the_analysis_nor_a_chart_reads_has_neither_done_again(project, anew, name):
    state = START | {name: OTHERS[name][0]}
    assert build(project, state) == []
    assert made(project) == anew(state)


@pytest.mark.parametrize("name", ["k", "cell", "level", "name", "language", "owner", "channel"])
def test_what_the_analysis_reads_has_it_done_again(project, name):
    assert "analysis" in build(project, START | {name: OTHERS[name][0]})


def test_what_is_undone_is_known_again(project, anew):
    build(project, START | {"k": 3})
    assert build(project, START) == []
    assert made(project) == anew(START)


def test_all_that_is_remembered_is_part_of_what_a_result_is_known_by(base, mall_contract):
    told = load_configuration(base / "config")
    other = mall_contract.model_copy(update={"schema_version": "1.5"})
    fields: dict[str, Any] = {
        "number": 3, "date": "2026-05-01", "last": mall_contract, "assigned": {"a": 1}, "model": "{}", "oldest": other,
    }  # fmt: skip
    assert fields.keys() == {one.name for one in dataclasses.fields(Remembered)}
    known = {
        tuple(incremental._inputs(told, [], "", dataclasses.replace(Remembered(2), **{name: each})))
        for name, each in fields.items()
    }
    assert len(known | {tuple(incremental._inputs(told, [], "", Remembered(2)))}) == len(fields) + 1


def test_a_secret_and_other_code_have_the_analysis_done_again(project, monkeypatch):
    state = START | {"title": "Theirs"}
    monkeypatch.setenv("SEGMENT_ATLAS_SALT", "ours")
    assert build(project, state)[0] == "analysis"
    monkeypatch.setattr(incremental, "rooms", lambda *names: repr(names))
    assert build(project, START) == ["analysis", "charts"]


def test_a_table_that_changed_while_it_was_read_is_not_known(project, monkeypatch):
    real = incremental.tables
    monkeypatch.setattr(incremental, "tables", lambda origin: [(file, "0" * 64) for file, _ in real(origin)])
    assert build(project, START | {"cell": 77})[0] == "analysis"
    assert build(project, START | {"cell": 77, "title": "Theirs"})[0] == "analysis"


@pytest.mark.parametrize("content", ["", "{}", '{"contract": 3}', "import os"])
def test_a_memory_that_is_damaged_is_made_anew(project, anew, content):
    for file in (project / "build/cache").iterdir():
        head = file.read_bytes().partition(b"\n")[0]
        file.write_bytes(head + b"\n" + content.encode())
    state = START | {"title": "Theirs"}
    assert build(project, state) == ["analysis", "charts"]
    assert made(project) == anew(state)


def test_the_memory_is_no_part_of_the_site(project):
    build(project, START | {"title": "Theirs"})
    kept = {file.name for file in (project / "build/cache").iterdir()}
    steps = {name.partition("-")[0] for name in kept}
    assert steps == {"analysis", "bundle", "charts", "latest.json", "page", "search"}
    assert not kept & {file.name for file in (project / "_site").rglob("*")}


def _edit() -> st.SearchStrategy[tuple[str, object] | int]:
    one = st.one_of(*(st.tuples(st.just(name), st.sampled_from((START[name], *more))) for name, more in OTHERS.items()))
    return st.one_of(one, one, one, st.integers(1, 3))


def _states(start: State, edits: Iterable[tuple[str, object] | int]) -> list[State]:
    """The state after each edit."""
    states = [start]
    for edit in edits:
        undone = isinstance(edit, int)
        states.append(states[max(0, len(states) - 1 - edit)] if undone else {**states[-1], edit[0]: edit[1]})
    return states[1:]


@settings(max_examples=8)
@given(edits=st.lists(_edit(), min_size=1, max_size=4))
@example(edits=[("k", 3), ("action", "Write"), 2, ("cell", 31)])
@example(edits=[("language", "de"), ("owner", "null"), ("page", "See @fig-none.")])
def test_after_any_edits_the_site_is_the_one_that_is_made_anew(base, anew, tmp_path_factory, edits):
    """An edit is a new text or figure somewhere, or the number of edits that are undone."""
    folder = Path(shutil.copytree(base, tmp_path_factory.mktemp("edited") / "project"))
    states = _states(START, edits)
    for state in states:
        build(folder, state)
    assert made(folder) == anew(states[-1])


@pytest.fixture(scope="module")
def remembering(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two builds, each of another table."""
    folder = tmp_path_factory.mktemp("remembering")
    for state in (REMEMBERED | {"seed": 2}, REMEMBERED):
        build(folder, state)
    return folder


@pytest.fixture
def known(remembering: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(remembering, tmp_path / "known"))


def entries(folder: Path) -> list[str]:
    return sorted(one.name for one in (folder / "history").glob("*.json"))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_no_other_build_and_has_nothing_done_again(known, tmp_path, name):
    state = REMEMBERED | {name: OTHERS[name][0]}
    twin = Path(shutil.copytree(known, tmp_path / "twin"))
    assert build(known, state) == []
    assert entries(known) == ["0001.json", "0002.json"]
    assert build(twin, state, "--again") == ["analysis", "charts"]
    assert made(known) == made(twin)


def test_another_table_is_another_build_also_where_an_earlier_one_was_of_it(known):
    assert build(known, REMEMBERED | {"seed": 2}) == ["analysis", "charts"]
    assert entries(known) == ["0001.json", "0002.json", "0003.json"]


@settings(max_examples=3)
@given(edits=st.lists(_edit(), min_size=2, max_size=3))
@example(edits=[("action", "Write"), ("cell", 31), ("action", "Invite"), 2])
@example(edits=[("cell", 31), 1, ("title", "Theirs")])
@example(edits=[("name", "The wise"), ("k", 3), ("owner", "null")])
def test_after_any_edits_so_is_the_site_that_remembers(remembering, tmp_path_factory, edits):
    """Beside a twin in which every build does every step; also the history is the same."""
    folders = [Path(shutil.copytree(remembering, tmp_path_factory.mktemp(name) / name)) for name in ("one", "twin")]
    for state in _states(REMEMBERED, edits):
        build(folders[0], state)
        build(folders[1], state, "--again")
        assert made(folders[0]) == made(folders[1])


def test_after_a_change_of_a_template_all_pages_are_made_anew_and_nothing_is_analysed(remembering, tmp_path):
    """By a copy of the package, beside a twin in which the build does every step."""
    package = tmp_path / "package"
    for room in ("analysis", "report"):
        shutil.copytree(PROJECT / room, package / room, ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "PYTHONPATH": str(package), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def built(folder: Path, *more: str) -> str:
        asked = [sys.executable, "-m", "report", "build", "--config", "config", "--renderer", "builtin", *more]
        done = subprocess.run(asked, cwd=folder, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
        return done.stderr

    one = Path(shutil.copytree(remembering, tmp_path / "one"))
    built(one, "--again")
    twin = Path(shutil.copytree(one, tmp_path / "twin"))
    layout = package / "report/templates/layout/page.html.j2"
    layout.write_text(layout.read_text().replace('<main class="content"', '<main class="content another"'))
    assert NO_ANALYSIS in built(one)
    assert NO_ANALYSIS not in built(twin, "--again")
    assert made(one) == made(twin)
    pages = [file.read_text() for file in (one / "_site").rglob("*.html")]
    assert len(pages) > 8
    assert all('<main class="content another"' in page for page in pages)
    assert entries(one) == ["0001.json", "0002.json"]


def test_all_code_that_draws_is_part_of_what_a_chart_is_known_by():
    program = (
        "import sys, report.charts.specification, report.charts.drawing_process, report.charts.svg\n"
        "print(*sorted({'/'.join(each.split('.')[:2]) for each in sys.modules if each.startswith('report.')}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert set(done.stdout.split()) <= {*incremental.CHARTS, "report/errors"}


def test_all_code_that_makes_text_of_a_result_is_part_of_what_it_is_known_by():
    modules = {each.__module__.replace(".", "/") + ".py" for each in (analysed, findings, frame_csv, unarmed)}
    assert modules == {*incremental.ANALYSIS} - {"analysis"}
