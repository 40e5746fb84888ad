"""The workflows, run: every `run:` block in order, in fresh clones, with a bare repository as origin."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.project.runner import PROJECT, RejectedError, Run, git, program, said, set_up

TABLE = Path("data/Mall_Customers.csv")
PRODUCT = f"{sys.executable} {Path(__file__).with_name('product.py')}"
REAL = f"{sys.executable} -m report"


@dataclass
class Repository:
    """A bare repository, a clone in which a person works, and the cache of the workflows."""

    folder: Path
    cache: dict[str, Path] = field(default_factory=dict)
    runs: int = 0

    @property
    def origin(self) -> Path:
        return self.folder / "origin.git"

    @property
    def clone(self) -> Path:
        return self.folder / "clone"

    def push(self, file: Path | str, text: str, message: str) -> str:
        """A person's push; its commit."""
        git(self.clone, "pull", "--quiet", "--rebase", "origin", "trunk")
        program(self.clone / file, text)
        git(self.clone, "add", "--all")
        git(self.clone, "commit", "--quiet", "--message", message)
        git(self.clone, "push", "--quiet", "origin", "HEAD:trunk")
        return self.tip

    @property
    def tip(self) -> str:
        return git(self.origin, "rev-parse", "trunk").strip()

    def log(self) -> list[str]:
        return git(self.origin, "log", "--format=%s", "trunk").splitlines()

    def files(self, commit: str = "trunk") -> list[str]:
        """Those that a commit changed."""
        return git(self.origin, "show", "--format=", "--name-only", commit).split()

    def run(self, workflow: str = "site.yml", *skipped: str, **given: Any) -> Run:  # noqa: ANN401
        """A run, for a push of the tip unless told otherwise."""
        self.runs += 1
        folder = self.folder / f"run-{self.runs}"
        folder.mkdir()
        names = {
            "github.event_name": "push", "github.ref": "refs/heads/trunk", "github.ref_name": "trunk",
            "github.sha": self.tip, "github.event.repository.default_branch": "trunk",
            "github.event.repository.fork": False, "github.token": "secret", "vars.SITE_CONFIG": "",
            "vars.SITE_EXTRAS": "", "vars.SITE_SCHEDULE": "", "secrets.SEGMENT_ATLAS_SALT": "",
            "env.PYTHON_VERSION": "3.13",
            **given.pop("names", {}),
        }  # fmt: skip
        made = Run(workflow, folder, self.origin, names, self.cache, **given)
        return made.start(*(skipped or ("test",)))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "trunk", str(made.origin))
    for setting in ("allowAnySHA1InWant", "allowFilter"):
        git(made.origin, "config", f"uploadpack.{setting}", "true")
    git(tmp_path, "clone", "--quiet", str(made.origin), str(made.clone))
    for name in (
        "site_config/site.yml",
        "site_config/personas.yml",
        "site_config/playbook.yml",
        "scripts/remembered.py",
    ):
        (made.clone / name).parent.mkdir(exist_ok=True)
        shutil.copy(PROJECT / name, made.clone / name)
    for name in (".gitignore", str(TABLE)):
        (made.clone / name).parent.mkdir(exist_ok=True)
        shutil.copy(PROJECT / name, made.clone / name)
    program(made.clone / "scripts/setup", set_up(PRODUCT))
    git(made.clone, "add", "--all")
    git(made.clone, "commit", "--quiet", "--message", "Begin")
    git(made.clone, "push", "--quiet", "origin", "HEAD:trunk")
    return made


def table(repository: Repository) -> str:
    return (repository.clone / TABLE).read_text(encoding="utf-8")


def changed(repository: Repository, word: str) -> str:
    """Push a table with one more line."""
    return repository.push(TABLE, f"{table(repository)}{word}\n", f"Change the table: {word}")


PUBLISHED = {"test": "success", "build": "success", "review": "skipped", "deploy": "success", "remember": "success"}
FIRST = "This is the first build that the site remembers.\n"
ANEW = "\nSegments were found anew, as `model: refit` asks for in every build.\n"


def test_a_first_build_is_published_and_then_remembered(repository):
    done = repository.run()
    assert done.results == PUBLISHED, done.log
    assert list(done.deployed or {}) == ["data/analysis.json"]
    assert done.summary == FIRST + ANEW
    assert repository.log() == ["Remember build 1", "Begin"]
    assert repository.files() == ["data/history/0001.json"]
    assert git(repository.origin, "show", "-s", "--format=%an", "trunk") == "github-actions[bot]\n"


def test_a_build_of_the_same_is_published_and_adds_nothing(repository):
    repository.run()
    done = repository.run()
    assert done.results == PUBLISHED | {"remember": "skipped"}
    assert done.summary == "Nothing has changed since the last build.\n"
    assert repository.log() == ["Remember build 1", "Begin"]


def test_changed_data_add_one_file_to_the_history_and_nothing_else(repository):
    repository.run()
    changed(repository, "more")
    done = repository.run()
    assert done.results == PUBLISHED, done.log
    assert done.summary == f"\nSince 0001: sizes changed.\nPrivate files: of build 1.\n\n\n{ANEW}"
    assert repository.log() == ["Remember build 2", "Change the table: more", "Remember build 1", "Begin"]
    assert repository.files() == ["data/history/0002.json"]


NOT_AT_HAND = "The private files of the last build are not at hand: segments are recognised by their position alone,"


def test_where_the_cache_is_gone_the_last_build_is_made_again_from_its_commit(repository):
    repository.run()
    repository.push("docs.md", "words", "Write")
    changed(repository, "more")
    repository.cache.clear()
    done = repository.run()
    assert done.results == PUBLISHED, done.log
    assert "Private files: of build 1." in done.summary
    assert NOT_AT_HAND not in done.summary
    assert repository.files() == ["data/history/0002.json"]


def test_a_last_build_that_comes_out_otherwise_is_not_used_and_the_summary_says_so(repository):
    repository.run()
    changed(repository, "more")
    repository.cache.clear()
    done = repository.run(environment={"OTHERWISE": "1"})
    assert done.results == PUBLISHED, done.log
    assert done.summary.startswith(NOT_AT_HAND)
    assert "Private files: not at hand." in done.summary


def test_a_history_that_names_no_commit_is_continued_all_the_same(repository):
    repository.run()
    entry = git(repository.origin, "show", "trunk:data/history/0001.json")
    repository.push("data/history/0001.json", f"{entry} ", "Restore the history by hand")
    changed(repository, "more")
    repository.cache.clear()
    done = repository.run()
    assert done.results == PUBLISHED, done.log
    assert done.summary.startswith(NOT_AT_HAND)
    assert repository.log()[0] == "Remember build 2"


def test_a_cache_that_was_tampered_with_is_neither_used_nor_published(repository):
    repository.run()
    (kept,) = repository.cache.values()
    (kept / "build/analysis.json").write_text("{}", encoding="utf-8")
    (kept / "build/assignments.csv").write_text("of somebody else", encoding="utf-8")
    (kept / "_site/data/analysis.json").write_text("{}", encoding="utf-8")
    changed(repository, "more")
    done = repository.run()
    assert done.results == PUBLISHED, done.log
    assert "Private files: of build 1." in done.summary


def test_what_is_published_is_always_built_and_never_comes_from_the_cache(repository):
    repository.run()
    (kept,) = repository.cache.values()
    (kept / "_site/index.html").write_text("of somebody else", encoding="utf-8")
    analysis = kept / "_site/data/analysis.json"
    analysis.write_text(analysis.read_text(encoding="utf-8").replace('"lost": false', '"lost": 5'), encoding="utf-8")
    done = repository.run()
    assert done.deployed is not None
    assert b'"lost": false' in done.deployed["data/analysis.json"]


def test_the_date_of_a_build_is_that_of_its_commit(repository):
    tip = repository.tip
    done = repository.run()
    stamp = git(repository.origin, "show", "-s", "--format=%ct", tip).strip()
    assert done.deployed is not None
    assert f'"date": "{stamp}"'.encode() in done.deployed["data/analysis.json"]


def test_a_held_build_that_nobody_can_release_is_not_published_and_not_remembered(repository):
    repository.run()
    changed(repository, "lost")
    done = repository.run()
    assert done.results == {
        "test": "success", "build": "failure", "review": "skipped", "deploy": "skipped", "remember": "skipped",
    }  # fmt: skip
    assert done.deployed is None
    assert "a segment is lost" in done.summary
    assert "A limit is passed." in done.summary
    assert "**Held, and not published.**" in done.summary
    assert "the environment “review” has no required reviewers" in done.log
    assert (done.folder / "artifacts/site/data/analysis.json").is_file()
    assert repository.log()[0] == "Change the table: lost"


@pytest.mark.parametrize("reviewers", ["0", "none"])
def test_an_environment_without_reviewers_releases_nothing(repository, reviewers):
    repository.run()
    changed(repository, "lost")
    done = repository.run(environment={"REVIEWERS": reviewers})
    assert (done.results["build"], done.results["deploy"]) == ("failure", "skipped")


def test_a_held_build_is_published_after_a_reviewer_has_released_it(repository):
    repository.run()
    changed(repository, "lost")
    done = repository.run(environment={"REVIEWERS": "1"})
    assert done.results == PUBLISHED | {"review": "success"}, done.log
    assert "A reviewer of the environment “review” decides" in done.summary
    assert repository.log()[0] == "Remember build 2"


def test_a_held_build_that_a_reviewer_rejects_is_not_published(repository):
    def reject() -> None:
        raise RejectedError

    repository.run()
    changed(repository, "lost")
    done = repository.run(environment={"REVIEWERS": "1"}, between={"review": reject})
    assert done.results == {
        "test": "success", "build": "success", "review": "failure", "deploy": "skipped", "remember": "skipped",
    }  # fmt: skip
    assert (done.deployed, repository.log()[0]) == (None, "Change the table: lost")
    assert done.jobs["jobs"]["review"]["environment"] == {"name": "review"}


def test_a_person_releases_a_held_build_by_its_word_and_no_other(repository):
    repository.run()
    changed(repository, "lost")
    held = repository.run()
    told = held.summary.rpartition("the word ")[2].split(".")[0]
    by_hand = {"github.event_name": "workflow_dispatch"}
    wrong = repository.run(names={**by_hand, "inputs.approved": "000000000000"})
    assert (wrong.results["build"], wrong.deployed) == ("failure", None)
    right = repository.run(names={**by_hand, "inputs.approved": told})
    assert right.results == PUBLISHED, right.log
    assert "Published all the same: somebody approved it." in right.summary
    changed(repository, "lost more")
    later = repository.run(names={**by_hand, "inputs.approved": told})
    assert (later.results["build"], later.deployed) == ("failure", None)


def test_a_push_in_between_stays_and_the_history_goes_on_top_of_it(repository):
    def meanwhile() -> None:
        repository.push("docs.md", "words", "Write in between")

    done = repository.run(between={"deploy": meanwhile})
    assert done.results == PUBLISHED, done.log
    assert repository.log() == ["Remember build 1", "Write in between", "Begin"]


def test_a_push_between_the_last_fetch_and_the_push_is_fetched_and_pushed_on_once_more(repository):
    """The first push is refused, as by a server that has taken another in that moment."""
    hook = repository.origin / "hooks/pre-receive"
    other = repository.folder / "other"
    git(repository.folder, "clone", "--quiet", str(repository.origin), str(other))
    (other / "docs.md").write_text("words", encoding="utf-8")
    git(other, "add", "docs.md")
    git(other, "commit", "--quiet", "--message", "Write in between")
    git(other, "push", "--quiet", "origin", "HEAD:refs/heads/waiting")
    program(
        hook,
        '#!/bin/sh\ngrep -q refs/heads/trunk || exit 0\nrm "$0"\n'
        "unset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/trunk refs/heads/waiting\nexit 1\n",
    )  # fmt: skip
    done = repository.run()
    assert done.results == PUBLISHED, done.log
    assert repository.log() == ["Remember build 1", "Write in between", "Begin"]
    assert not hook.exists()


def test_a_history_that_tells_of_another_build_by_now_is_never_overwritten(repository):
    def meanwhile() -> None:
        repository.push("data/history/0001.json", "{}", "Remember otherwise")

    done = repository.run(between={"remember": meanwhile})
    assert done.results == PUBLISHED | {"remember": "failure"}
    assert "data/history/0001.json tells of another build by now." in done.log
    assert repository.log() == ["Remember otherwise", "Begin"]


def test_a_branch_that_takes_no_push_leaves_the_site_published_and_says_so(repository):
    program(repository.origin / "hooks/pre-receive", "#!/bin/sh\nexit 1\n")
    done = repository.run()
    assert done.results == PUBLISHED | {"remember": "failure"}
    assert "The site is published, but its history is not committed: the branch does not take it." in done.log
    assert repository.log() == ["Begin"]


def test_a_run_that_waited_for_another_continues_its_history(repository):
    """Both were pushed before the first was remembered; the second is still built from its own commit."""
    changed(repository, "first")
    waiting = changed(repository, "second")
    first = git(repository.origin, "rev-parse", "trunk~1").strip()
    assert repository.run(names={"github.sha": first}).results == PUBLISHED
    done = repository.run(names={"github.sha": waiting})
    assert done.results == PUBLISHED, done.log
    assert repository.log()[:2] == ["Remember build 2", "Remember build 1"]
    assert done.summary.startswith("\nSince 0001: sizes changed.")


def test_an_old_run_that_is_started_again_publishes_no_older_state(repository):
    old = repository.tip
    repository.run()
    repository.run(names={"github.sha": old}, environment={"GITHUB_RUN_ATTEMPT": "2"})
    changed(repository, "newer")
    done = repository.run(names={"github.sha": old}, environment={"GITHUB_RUN_ATTEMPT": "2"})
    assert (done.results["build"], done.deployed) == ("failure", None)
    assert "The branch has moved on, and this run would publish an older state of it." in done.log


def test_a_history_that_was_removed_from_the_branch_is_begun_anew(repository):
    old = repository.tip
    repository.run()
    remembered = repository.tip
    git(repository.clone, "pull", "--quiet", "origin", "trunk")
    git(repository.clone, "rm", "--quiet", "-r", "data/history")
    git(repository.clone, "commit", "--quiet", "--message", "Forget")
    git(repository.clone, "push", "--quiet", "origin", "HEAD:trunk")
    assert old != remembered
    done = repository.run(names={"github.sha": remembered})
    assert done.results == PUBLISHED, done.log
    assert done.summary == FIRST + ANEW


def test_a_fork_builds_but_neither_deploys_nor_remembers(repository):
    done = repository.run(names={"github.event.repository.fork": True}, environment={"FORK": "true"})
    assert done.results == PUBLISHED | {"deploy": "skipped", "remember": "skipped"}
    assert "not deployed: this repository is a fork." in done.summary
    assert repository.cache == {}
    assert repository.log() == ["Begin"]


def test_another_branch_is_built_but_neither_deployed_nor_remembered(repository):
    git(repository.clone, "push", "--quiet", "origin", "HEAD:refs/heads/other")
    names = {"github.ref": "refs/heads/other", "github.ref_name": "other", "github.event_name": "workflow_dispatch"}
    done = repository.run(names=names)
    assert done.results == PUBLISHED | {"deploy": "skipped", "remember": "skipped"}, done.log
    assert repository.cache == {}
    assert repository.log() == ["Begin"]


def test_a_table_that_cannot_be_built_publishes_and_remembers_nothing(repository):
    changed(repository, "broken")
    done = repository.run()
    assert (done.results["build"], done.results["deploy"], done.results["remember"]) == (
        "failure",
        "skipped",
        "skipped",
    )
    assert "the table is broken." in done.log


def test_a_site_without_a_history_is_published_and_remembers_nothing(repository):
    config = (repository.clone / "site_config/site.yml").read_text(encoding="utf-8")
    repository.push("site_config/site.yml", f"{config}\nhistory: false\n", "Remember nothing")
    done = repository.run()
    assert done.results == PUBLISHED | {"remember": "skipped"}, done.log
    assert done.summary == "This site remembers no earlier build (`history: false`).\n"
    assert repository.cache == {}


def test_private_files_are_cached_only_where_the_table_itself_is_in_the_commit(repository):
    """Here it is made by the workflow, as a table from a database or a decrypted one would be."""
    setup = (repository.clone / "scripts/setup").read_text(encoding="utf-8")
    repository.push("scripts/setup", f"{setup}echo 5,Male,30,40,50 >>{TABLE}\n", "Fetch the table")
    done = repository.run()
    assert done.results == PUBLISHED, done.log
    assert done.table["needs.build.outputs.folder"] == "data/history"
    assert repository.cache == {}


SCHEDULED = {"github.event_name": "schedule", "github.event.repository.default_branch": None}


@pytest.mark.parametrize(("asked", "result"), [("", "skipped"), ("false", "skipped"), ("true", "success")])
def test_the_clock_starts_nothing_unless_a_variable_asks_for_it(repository, asked, result):
    run = repository.run("site.yml", "build", "review", "deploy", "remember")
    condition = " ".join(run.jobs["jobs"]["test"]["if"].split())
    found = said(condition, run.table | SCHEDULED | {"vars.SITE_SCHEDULE": asked})
    assert ("success" if found else "skipped") == result


def test_a_run_by_the_clock_publishes(repository):
    done = repository.run(names=SCHEDULED | {"vars.SITE_SCHEDULE": "true"})
    assert done.results == PUBLISHED, done.log


def merged(repository: Repository, change: Callable[[Path], None]) -> str:
    """The commit that GitHub makes of a pull request: base branch and change, merged."""
    git(repository.clone, "pull", "--quiet", "--rebase", "origin", "trunk")
    git(repository.clone, "checkout", "--quiet", "-b", f"change-{repository.runs}")
    change(repository.clone)
    git(repository.clone, "commit", "--quiet", "--all", "--message", "Change")
    branch = git(repository.clone, "rev-parse", "HEAD").strip()
    git(repository.clone, "checkout", "--quiet", "--detach", "origin/trunk")
    git(repository.clone, "merge", "--quiet", "--no-ff", "--message", "Merge", branch)
    git(repository.clone, "push", "--quiet", "--force", "origin", "HEAD:refs/pull/1/merge")
    return git(repository.clone, "rev-parse", "HEAD").strip()


def with_line(word: str) -> Callable[[Path], None]:
    def change(clone: Path) -> None:
        (clone / TABLE).write_text(f"{(clone / TABLE).read_text(encoding='utf-8')}{word}\n", encoding="utf-8")

    return change


def pulled(repository: Repository, word: str, **names: object) -> Run:
    commit = merged(repository, with_line(word))
    given = {"github.event_name": "pull_request", "github.ref": "refs/pull/1/merge", "github.sha": commit}
    return repository.run("preview.yml", "none", names=given | names)


def test_a_pull_request_shows_what_would_change_and_leaves_no_trace(repository):
    repository.run()
    before, cached = repository.log(), dict(repository.cache)
    done = pulled(repository, "more")
    assert done.results == {"preview": "success"}, done.log
    assert done.summary.splitlines() == [
        "Since 0001: sizes changed.",
        "Private files: of build 1.",
        *[""] * 4,
        "Segments were found anew, as `model: refit` asks for in every build.",
        "",
        "The artifact “site” is the site of this pull request.",
    ]
    assert (done.folder / "artifacts/site/data/analysis.json").is_file()
    assert (repository.log(), repository.cache) == (before, cached)
    assert not (done.folder / "preview/data/history/0002.json").exists()


def test_a_pull_request_before_the_first_publication_is_compared_with_its_base(repository):
    done = pulled(repository, "more")
    assert done.results == {"preview": "success"}, done.log
    assert done.summary.startswith("Since 0001: sizes changed.\n")


def test_a_pull_request_that_loses_a_segment_says_that_it_would_be_held(repository):
    repository.run()
    done = pulled(repository, "lost")
    assert done.results == {"preview": "success"}, done.log
    assert "**It would be held:** a person has to release it before it is published." in done.summary


def test_a_pull_request_against_a_base_that_cannot_be_built_is_compared_with_its_history(repository):
    repository.run()
    before = table(repository)
    changed(repository, "broken")
    commit = merged(repository, lambda clone: (clone / TABLE).write_text(f"{before}mended\n", encoding="utf-8"))
    given = {"github.event_name": "pull_request", "github.ref": "refs/pull/1/merge", "github.sha": commit}
    done = repository.run("preview.yml", "none", names=given)
    assert done.results == {"preview": "success"}, done.log
    assert "::warning::The base branch could not be built." in done.log
    assert done.summary.startswith("Since 0001: sizes changed.\nPrivate files: not at hand.")


def test_a_table_from_a_database_has_no_preview(repository):
    done = pulled(repository, "more", **{"vars.SITE_EXTRAS": "parquet databases"})
    assert done.results == {"preview": "skipped"}


def test_the_product_itself_goes_through_first_same_changed_and_held_builds_and_a_pull_request(repository):
    """Each job in a fresh clone, without Quarto: the files that the parts hand each other are the real ones."""
    config = (repository.clone / "site_config/site.yml").read_text(encoding="utf-8")
    limit = "\npublish:\n  hold_when:\n    rejected_share: 0.02\n"
    repository.push("site_config/site.yml", config + limit, "Hold builds that set rows aside")
    repository.push("scripts/setup", set_up(REAL, renderer="builtin"), "Use the product")

    first = repository.run()
    assert first.results == PUBLISHED, first.log
    assert first.summary.splitlines()[0] == FIRST.strip()
    assert repository.files() == ["data/history/0001.json"]

    same = repository.run()
    assert same.results == PUBLISHED | {"remember": "skipped"}, same.log
    assert same.deployed == first.deployed
    assert same.summary == "Nothing has changed since the last build.\n"

    lines = table(repository).splitlines(keepends=True)
    repository.push(TABLE, "".join(lines[:1] + lines[6:]), "Drop five customers")
    repository.cache.clear()
    changed_once = repository.run()
    assert changed_once.results == PUBLISHED, changed_once.log
    assert NOT_AT_HAND not in changed_once.summary
    assert "**Since build 1" in changed_once.summary
    assert repository.files() == ["data/history/0002.json"]
    again = repository.run()
    assert again.deployed == changed_once.deployed

    pull = pulled(repository, "1000,Female,20,30,50")
    assert pull.results == {"preview": "success"}, pull.log
    assert pull.summary.startswith("**Since build 2")

    for at in range(6):
        changed(repository, f"{2000 + at},Female,no age,30,50")
    held = repository.run()
    assert (held.results["build"], held.deployed) == ("failure", None), held.log
    assert "publish.hold_when.rejected_share" in held.summary
    assert "run the workflow by hand with the word" in held.summary


def test_a_history_outside_the_repository_stops_the_run_before_it_builds(repository):
    config = (repository.clone / "site_config/site.yml").read_text(encoding="utf-8")
    repository.push("site_config/site.yml", f"{config}\nhistory:\n  path: ../../elsewhere\n", "Remember elsewhere")
    done = repository.run()
    assert (done.results["build"], done.deployed) == ("failure", None)
    assert "no folder inside this repository" in done.log


def test_a_table_from_a_database_counts_as_one_that_is_not_committed(repository):
    database = {"data": {"database": "postgresql://reader@db/shop", "query": "SELECT 1"}}
    config = yaml.safe_load((repository.clone / "site_config/site.yml").read_text(encoding="utf-8"))
    (repository.clone / "site_config/site.yml").write_text(yaml.safe_dump(config | database), encoding="utf-8")
    program(repository.clone / "scripts/setup", set_up(PRODUCT))
    git(repository.clone, "commit", "--quiet", "--all", "--message", "Read a database")
    git(repository.clone, "push", "--quiet", "origin", "HEAD:trunk")
    done = repository.run()
    assert done.results["build"] == "success", done.log
    assert done.table["needs.build.outputs.folder"] == "site_config/history"
    assert repository.cache == {}
