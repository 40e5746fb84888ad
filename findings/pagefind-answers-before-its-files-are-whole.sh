#!/bin/sh
# Pagefind 1.5.2: `WriteFiles` is answered before all files of the index are on the disk.
#
# Pagefind runs as a service (`--service`): messages on standard input, answers on standard output, and it ends where its
# input ends. The libraries for Node and Python speak to it so.
# One would guess: once `WriteFiles` is answered with the folder's name, the index is there, and the service may be ended.
# Seen: in some runs of a hundred, more on a busy machine, one or more of the 15 files are there and empty when it has ended
# of its own accord after the answer, with exit code 0: `pagefind-entry.json`, a WebAssembly file, a stylesheet. `GetFiles`
# gives the same files in its answer, whole.
# Why it matters: a static site whose build ends the service at once is published with a search that finds nothing, or
# does not start, now and then and without a word; and two builds of the same pages differ.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "pagefind[bin]==1.5.2"
"$folder/venv/bin/python" - <<'PROGRAM'
import base64
import json
import subprocess
import sys
import tempfile
from multiprocessing import Process, cpu_count
from pathlib import Path

from pagefind_bin import get_executable

PAGE = "<html lang=en><body><main><h1>Customers</h1><p>Six kinds of customer, and where to start.</p></main></body></html>"
RUNS = 600


def answers(folder, last):
    """The answers to three messages, the last of them `last`; the service ends where its input ends."""
    told = [{"type": "NewIndex", "config": {}},
            {"type": "AddFile", "index_id": 0, "file_path": "index.html", "file_contents": PAGE}, last]
    packed = (json.dumps({"message_id": number, "payload": each}) for number, each in enumerate(told, 1))
    service = subprocess.Popen([str(get_executable()), "--service"], cwd=folder, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    service.stdin.write(b"".join(base64.b64encode(each.encode()) + b"," for each in packed))
    service.stdin.flush()
    found = b""
    while found.count(b",") < len(told):
        found += service.stdout.read1(65_536)
    service.stdin.close()
    found += service.stdout.read()
    code = service.wait()
    return code, [json.loads(base64.b64decode(each))["payload"] for each in found.split(b",") if each.strip()]


def busy():
    while True:
        pass


def main():
    others = [Process(target=busy, daemon=True) for _ in range(cpu_count())]
    for each in others:
        each.start()
    with tempfile.TemporaryDirectory() as folder:
        whole = {each["path"] for each in answers(folder, {"type": "GetFiles", "index_id": 0})[1][-1]["files"] if each["content"]}
    cut = 0
    for run in range(1, RUNS + 1):
        with tempfile.TemporaryDirectory() as folder:
            code, told = answers(folder, {"type": "WriteFiles", "index_id": 0, "output_path": "index"})
            index = Path(folder) / "index"
            there = {file.relative_to(index).as_posix() for file in index.rglob("*") if file.is_file() and file.stat().st_size}
            if code or told[-1]["type"] != "WriteFiles":
                return 1
            if there != whole:
                cut += 1
                print(f"run {run}: answered {told[-1]['type']}, exit code {code}; empty or missing: {sorted(whole - there)}")
        if cut == 3:
            return 0
    return 0 if cut else 1


sys.exit(main())
PROGRAM
