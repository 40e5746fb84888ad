"""A private PostgreSQL on the loopback address, and tables of every kind."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.configuration import Column, Site
from analysis.configuration.origin import Origin
from analysis.reading.table import Table, read_table

NO_POSTGRESQL = "no PostgreSQL found (initdb); install Debian's package postgresql to run these tests"
USER, PASSWORD = "analyst", "s3cr%t p@ss:word/"
VARIABLE = "${ATLAS_PASSWORD}"
ID_AND_X = {"id": Column(role="id"), "x": Column(role="feature")}

Read = Callable[..., Table]


def site_of(columns: dict[str, Column] | None = None, **data: object) -> Site:
    return Site.model_validate({"data": data, "columns": columns or ID_AND_X})


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """`read(columns, path="*.csv")` reads from the test's own folder as a configuration there would."""

    def _read(columns: dict[str, Column] | None = None, **data: object) -> Table:
        site = site_of(columns, **data)
        return read_table(Origin(site.data, tmp_path), site)

    return _read


def cells(table: Table) -> list[list[str]]:
    return [list(row) for row in table.frame.itertuples(index=False, name=None)]


@dataclass(frozen=True)
class Server:
    """A running cluster; `address` has a place for the password."""

    port: int
    folder: Path

    def address(self, password: str = VARIABLE, port: int | None = None) -> str:
        return f"postgresql://{USER}:{password}@127.0.0.1:{port or self.port}/postgres"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Started for these tests alone, in a folder of its own, and stopped behind them."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="atlas-postgresql-"))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        for each in (folder, secret):
            shutil.chown(each, "postgres", "postgres")
    port = free_port()
    cluster = ["--pgdata", str(folder / "data")]
    settings = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=10 -c shared_buffers=8MB"
    try:
        _run(
            programs / "initdb", *cluster, "--username", USER, "--pwfile", str(secret), "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        _run(programs / "pg_ctl", "start", *cluster, "--wait", "--log", str(folder / "log"), "--options", settings)
        try:
            yield Server(port, folder)
        finally:
            _run(programs / "pg_ctl", "stop", *cluster, "--mode", "immediate")
    finally:
        shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _programs() -> Path:
    """The newest of Debian's versions, or whatever stands on PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        if os.environ.get("SEGMENT_ATLAS_REQUIRE_POSTGRESQL"):
            pytest.fail(NO_POSTGRESQL)
        pytest.skip(NO_POSTGRESQL)
    return (found[-1] if found else Path(str(on_path))).parent


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(words, capture_output=True, text=True, cwd="/", timeout=120, check=False)  # noqa: S603 (our own)
    assert done.returncode == 0, done.stdout + done.stderr
