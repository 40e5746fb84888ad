"""The workflows: what they pin, may do and deploy, and that no setting of a repository runs as code."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
QUARTO = "1.10.18"
HOSTILE = "x'; touch pwned; '"

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)


def content(name: str) -> dict:
    return yaml.safe_load((PROJECT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


def steps(workflow: str, job: str) -> list[dict]:
    return content(workflow)["jobs"][job]["steps"]


def step(workflow: str, job: str, name: str) -> dict:
    return next(each for each in steps(workflow, job) if each.get("name") == name)


def using(workflow: str, job: str, action: str) -> list[dict]:
    return [each for each in steps(workflow, job) if each.get("uses", "").startswith(f"{action}@")]


def plain(condition: str) -> str:
    return " ".join(condition.split())


def test_there_are_three_workflows():
    assert [workflow.name for workflow in WORKFLOWS] == ["preview.yml", "site.yml", "tests.yml"]


@each_workflow
def test_every_action_is_pinned_to_a_commit_with_its_tag_beside_it(workflow):
    lines = [line for line in workflow.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    assert [line for line in lines if not PINNED.search(line)] == []


@each_workflow
def test_no_permission_is_taken_that_is_not_needed(workflow):
    described = content(workflow.name)
    assert described["permissions"] == {}
    for job in described["jobs"].values():
        assert job["runs-on"] == "ubuntu-24.04"
        assert job["timeout-minutes"] <= 30
    checkouts = [one for job in described["jobs"] for one in using(workflow.name, job, "actions/checkout")]
    assert [one["with"]["persist-credentials"] for one in checkouts] == [False] * len(checkouts)


def test_the_deployment_may_write_to_pages_alone_the_history_to_the_repository_alone_and_nothing_else_may_write():
    taken = {
        (workflow.name, job): described["permissions"]
        for workflow in WORKFLOWS
        for job, described in content(workflow.name)["jobs"].items()
    }
    assert taken == {
        ("preview.yml", "preview"): {"contents": "read"},
        ("site.yml", "test"): {"contents": "read"},
        ("site.yml", "build"): {"contents": "read", "pages": "read", "actions": "read"},
        ("site.yml", "review"): {},
        ("site.yml", "deploy"): {"pages": "write", "id-token": "write"},
        ("site.yml", "remember"): {"contents": "write", "actions": "read"},
        ("tests.yml", "test"): {"contents": "read"},
    }


def test_the_job_that_may_write_to_the_repository_runs_nothing_of_it():
    assert [one.get("name") or one["uses"].partition("@")[0] for one in steps("site.yml", "remember")] == [
        "actions/checkout",
        "Commit the history",
    ]
    command = step("site.yml", "remember", "Commit the history")["run"]
    assert not re.search(r"\.venv|scripts/|python|make|source|--force", command)


def test_what_a_pull_request_runs_has_neither_secrets_nor_a_cache():
    for name in ("preview.yml", "tests.yml"):
        text = (PROJECT / ".github" / "workflows" / name).read_text(encoding="utf-8")
        assert not re.search(r"secrets\.\w|pull_request_target|actions/cache|workflow_run|github\.token", text)
        assert set(content(name)[True]) == {"pull_request"}


def test_a_push_of_the_history_starts_no_run():
    assert content("site.yml")[True]["push"]["paths"][-1] == "!**/history/[0-9]*.json"


def test_files_of_customers_are_cached_only_where_the_table_is_committed():
    cached = [*using("site.yml", "build", "actions/cache/restore"), *using("site.yml", "build", "actions/cache/save")]
    assert [plain(one["if"]) for one in cached] == [
        "steps.place.outputs.table == 'committed' && steps.place.outputs.folder != ''",
        (
            "steps.pages.outputs.deploy == 'true' && steps.place.outputs.table == 'committed' "
            "&& steps.place.outputs.folder != ''"
        ),
    ]
    assert [one["with"]["path"].split() for one in cached] == [["_site", "build", "!build/site-src"]] * 2


@each_workflow
def test_no_command_has_a_value_pasted_into_it(workflow):
    commands = [one["run"] for job in content(workflow.name)["jobs"].values() for one in job["steps"] if "run" in one]
    assert commands
    assert [command for command in commands if "${{" in command] == []


def test_all_workflows_and_the_manual_name_the_version_of_quarto_that_was_tried():
    action = "quarto-dev/quarto-actions/setup"
    jobs = [("site.yml", "build"), ("preview.yml", "preview"), ("tests.yml", "test")]
    pinned = [using(*job, action) for job in jobs]
    assert [[one["with"]["version"] for one in found] for found in pinned] == [[QUARTO]] * 3
    manual = (PROJECT / "docs" / "publishing.md").read_text(encoding="utf-8")
    assert re.findall(r"Quarto (\d+\.\d+\.\d+)", manual) == [QUARTO]


def test_a_pull_request_is_tested_with_a_browser_and_with_quarto():
    environment = content("tests.yml")["jobs"]["test"]["env"]
    assert environment["SEGMENT_ATLAS_REQUIRE_BROWSER"] == "1"
    assert environment["SEGMENT_ATLAS_REQUIRE_QUARTO"] == "1"
    order = [one.get("run") or one["uses"].partition("@")[0] for one in steps("tests.yml", "test")]
    assert order == [
        "actions/checkout",
        "actions/setup-python",
        "quarto-dev/quarto-actions/setup",
        'make test PYTHON="python$PYTHON_VERSION"',
        "make lint",
        'make site ARGS="--renderer builtin"',
        "make check",
        'make site ARGS="--renderer quarto --out _site-quarto"',
        "make check ARGS=_site-quarto",
        'make examples ARGS="--renderer $RENDERER"',
        "actions/upload-artifact",
    ]


def test_a_pull_request_builds_the_examples_by_either_renderer():
    assert content("tests.yml")["jobs"]["test"]["strategy"]["matrix"]["include"] == [
        {"python": "3.11", "examples": "builtin"},
        {"python": "3.12", "examples": "builtin"},
        {"python": "3.13", "examples": "quarto"},
    ]
    name = "Build the example sites, each of which is checked before it stands"
    assert step("tests.yml", "test", name)["env"] == {"RENDERER": "${{ matrix.examples }}"}


def test_the_site_is_tested_built_checked_compared_and_only_then_deployed_and_remembered():
    jobs = content("site.yml")["jobs"]
    assert jobs["build"]["needs"] == "test"
    assert jobs["review"]["needs"] == "build"
    assert jobs["deploy"]["needs"] == ["build", "review"]
    assert jobs["remember"]["needs"] == ["build", "deploy"]
    assert [one.get("name") or one["uses"].partition("@")[0] for one in jobs["build"]["steps"]] == [
        "actions/checkout",
        "actions/setup-python",
        "quarto-dev/quarto-actions/setup",
        "Set up",
        "Ask where the history and the table are",
        "Take the history as it stands on the branch now",
        "Restore the last build",
        "Make the last build again where the cache has none",
        "Build with Quarto",
        "Check the site",
        "Look at the history after the build",
        "Compare with the last build",
        "Ask whether the site may be deployed",
        "Hand the site to the deployment",
        "Keep the site that is not deployed, or not yet",
        "Hand what is remembered to the last job",
        "Save this build for the next one",
        "Ask a person, where the build is held",
    ]


def test_the_site_is_published_when_table_configuration_or_code_changes_on_the_default_branch():
    # YAML 1.1 reads the key `on` as true.
    events = content("site.yml")[True]
    assert {"data/**", "site_config/**", "analysis/**", "report/**"} <= set(events["push"]["paths"])
    assert events["push"]["branches"] == ["**"]
    assert "workflow_dispatch" in events
    assert plain(content("site.yml")["jobs"]["test"]["if"]) == (
        "github.event_name == 'workflow_dispatch' "
        "|| (github.event_name == 'schedule' && vars.SITE_SCHEDULE == 'true') "
        "|| (github.event_name == 'push' "
        "&& github.ref == format('refs/heads/{0}', github.event.repository.default_branch))"
    )


def test_a_push_to_another_branch_does_not_take_the_place_of_a_publication_that_waits():
    assert content("site.yml")["concurrency"] == {"group": "site-${{ github.ref }}", "cancel-in-progress": False}


def test_only_the_default_branch_of_a_repository_with_pages_is_deployed():
    jobs = content("site.yml")["jobs"]
    assert plain(jobs["deploy"]["if"]) == (
        "!cancelled() "
        "&& needs.build.result == 'success' "
        "&& needs.build.outputs.pages == 'true' "
        "&& (needs.build.outputs.held == 'false' || needs.review.result == 'success') "
        "&& github.ref == format('refs/heads/{0}', github.event.repository.default_branch || github.ref_name) "
        "&& !github.event.repository.fork"
    )
    assert jobs["build"]["outputs"]["pages"] == "${{ steps.pages.outputs.deploy }}"
    assert step("site.yml", "build", "Ask whether the site may be deployed")["id"] == "pages"


def test_the_site_is_handed_on_where_it_is_deployed_and_kept_where_it_is_not():
    handed = using("site.yml", "build", "actions/upload-pages-artifact")
    kept = using("site.yml", "build", "actions/upload-artifact")
    assert [one["if"] for one in handed] == ["steps.pages.outputs.deploy == 'true'"]
    assert [one["if"] for one in kept] == [
        "steps.pages.outputs.deploy == 'false' || steps.difference.outputs.held == 'true'",
        "steps.pages.outputs.deploy == 'true' && steps.difference.outputs.remember == 'true'",
    ]
    assert [one["with"]["path"] for one in (*handed, *kept)] == ["_site", "_site", "${{ runner.temp }}/remembered"]


LOGS = """#!/bin/sh
printf '%s\\n' "$0" "$@" >>calls
"""


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """As a runner does it: the block is written to a file that Bash runs with `-e`."""
    (folder / "step.sh").write_text(command, encoding="utf-8")
    given = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        ["bash", "-e", "step.sh"],  # noqa: S607
        cwd=folder, env=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


def program(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def test_the_names_of_configuration_and_extras_come_from_variables_of_the_repository():
    assert content("site.yml")["jobs"]["build"]["env"] == {
        "SITE_CONFIG": "${{ vars.SITE_CONFIG || 'site_config' }}",
        "SITE_EXTRAS": "${{ vars.SITE_EXTRAS }}",
    }


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("", []),
        ("databases", ["databases"]),
        (" parquet  survey ", ["parquet", "survey"]),
        ("*", ["*"]),
        ("$(touch pwned)", ["$(touch", "pwned)"]),
        ("; touch pwned", [";", "touch", "pwned"]),
    ],
)
def test_the_names_of_extras_arrive_one_by_one_and_never_run(tmp_path, value, names):
    program(tmp_path / "scripts/setup", LOGS)
    done = run(step("site.yml", "build", "Set up")["run"], tmp_path, SITE_EXTRAS=value)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "calls").read_text(encoding="utf-8").splitlines() == ["scripts/setup", "site", *names]
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("value", ["site_config/mine", HOSTILE, '"; touch pwned; "', "$(touch pwned)", "`touch pwned`"])
def test_the_name_of_the_configuration_arrives_whole_and_never_runs(tmp_path, value):
    program(tmp_path / ".venv/bin/segment-atlas", LOGS)
    for name in ("Build with Quarto", "Check the site"):
        done = run(step("site.yml", "build", name)["run"], tmp_path, SITE_CONFIG=value)
        assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "calls").read_text(encoding="utf-8").splitlines() == [
        *(".venv/bin/segment-atlas", "build", "--renderer", "quarto", "--config", value),
        *(".venv/bin/segment-atlas", "check", "--config", value),
    ]
    assert not (tmp_path / "pwned").exists()


NOT_FOUND = "echo 'gh: Not Found (HTTP 404)' >&2; exit 1"
KEPT = "Download it from this page: the artifact is called “site”."
SKIPPED = "The site was built and checked, but not deployed:"


def asked(folder: Path, answer: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the step that decides, with a `gh` that answers so."""
    program(folder / "bin/gh", f'#!/bin/sh\necho "$*" >>calls\n{answer}\n')
    given = {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(folder),
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        "GITHUB_REPOSITORY": "owner/name",
        "GITHUB_REF": "refs/heads/trunk",
        "DEFAULT_BRANCH": "trunk",
        "FORK": "false",
        **environment,
    }
    return run(step("site.yml", "build", "Ask whether the site may be deployed")["run"], folder, **given)


def test_a_repository_whose_pages_come_from_actions_deploys_and_says_nothing(tmp_path):
    done = asked(tmp_path, "echo workflow")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "output").read_text(encoding="utf-8") == "deploy=true\n"
    assert (tmp_path / "calls").read_text(encoding="utf-8") == "api repos/owner/name/pages --jq .build_type\n"
    assert not (tmp_path / "summary").exists()


@pytest.mark.parametrize(
    ("answer", "environment", "why"),
    [
        ("echo workflow", {"FORK": "true"}, "this repository is a fork."),
        ("echo workflow", {"GITHUB_REF": "refs/heads/other"}, "this is not the default branch."),
        ("echo workflow", {"GITHUB_REF": "refs/tags/trunk"}, "this is not the default branch."),
        (NOT_FOUND, {}, "GitHub Pages is not enabled. Choose Settings → Pages → Source: GitHub Actions."),
        (
            "echo legacy",
            {},
            "GitHub Pages takes its site from a branch. Choose Settings → Pages → Source: GitHub Actions.",
        ),
    ],
)
def test_elsewhere_the_deployment_is_skipped_and_the_summary_says_why(tmp_path, answer, environment, why):
    done = asked(tmp_path, answer, **environment)
    assert done.returncode == 0
    assert (tmp_path / "output").read_text(encoding="utf-8") == "deploy=false\n"
    assert (tmp_path / "summary").read_text(encoding="utf-8") == f"{SKIPPED} {why} {KEPT}\n"


def test_where_github_does_not_answer_the_job_fails_rather_than_skip_a_deployment(tmp_path):
    done = asked(tmp_path, "echo 'gh: Bad Gateway (HTTP 502)' >&2; exit 1")
    assert done.returncode == 1
    assert done.stderr == "gh: Bad Gateway (HTTP 502)\n"
    assert done.stdout == "::error::GitHub did not say whether Pages is enabled. Run this job again.\n"
    assert not (tmp_path / "output").exists()
