"""Workers that do a step only where its inputs have changed since one of the last builds.

The analysis reads the table, the essential configuration, its own code and libraries, the secret of the random
rounding, and what is remembered. A chart reads the published contract as `charted` leaves it, and the code that
draws. Each is handed no more than that, so that nothing else can make it another; the key is a digest of that very
thing (`report.system.steps`). What comes out is the same to the byte as without a memory: a build says which step it
left out, and the rest goes the same way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.basics.as_read import special
from analysis.errors import AtlasError
from report.build.essential import completed
from report.build.findings import Findings
from report.charts.drawing_process import Picture
from report.system.steps import Steps, digest, rooms

if TYPE_CHECKING:
    from analysis.basics.as_read import Read
    from analysis.basics.steps import Step
    from analysis.configuration import Configuration
    from analysis.configuration.origin import Origin
    from analysis.contract import Contract
    from analysis.history.remembered import Remembered
    from analysis.wording.number_format import NumberFormat
    from report.build.workers import PartsFolder, ReadingWorkers
    from report.system.effects import Effects

ANALYSIS = (
    "analysis", "report/build/analysed.py", "report/build/findings.py", "report/site/spreadsheet.py",
    "report/site/downloads.py",
)  # fmt: skip
CHARTS = (
    "analysis", "report/charts", "report/captions", "report/disclosure", "report/style", "report/markup",
    "report/system",
)  # fmt: skip
VARIABLES = ("SOURCE_DATE_EPOCH",)


class Incremental:
    """The workers of one build that know what earlier ones have made."""

    def __init__(
        self, workers: ReadingWorkers, steps: Steps, effects: Effects, parts: PartsFolder | None = None
    ) -> None:
        self._workers, self._steps, self._effects, self._parts = workers, steps, effects, parts
        self._asked: tuple[Configuration, Remembered | None] | None = None
        self._inputs: str | None = None
        self._read: Read = ()
        self._found: Findings | None = None

    def begin(self) -> None:
        """Get ready for the analysis."""
        self._workers.begin()

    def ask(self, configuration: Configuration, salt: str = "", remembered: Remembered | None = None) -> None:
        """Look for it among what is known, or have it analysed."""
        told = configuration.essential
        self._asked = configuration, remembered
        files = tables(configuration.origin)
        self._read = tuple((str(file.resolve()), content) for file, content in files)
        self._steps.tables = [file for file, _ in files]
        self._inputs = digest(*_inputs(told, files, salt, remembered), *self._variables()) if files else None
        self._found = self._steps.found("analysis", self._inputs, _findings) if self._inputs else None
        if self._found is None:
            self._workers.ask(told, salt, remembered, self._parts)
        else:
            self._workers.close()

    def findings(self, step: Step) -> Findings:
        """What is known or found."""
        assert self._asked is not None  # noqa: S101 (`ask` comes first)
        found = self._found
        if found is None:
            found = self._workers.findings(step)
            # The table as it was when it was looked for: it may have changed meanwhile.
            if self._inputs and sorted(found.read) == sorted(self._read):
                self._steps.keep("analysis", self._inputs, _text(found))
        else:
            self._effects.log("Neither the table nor anything else that the analysis reads has changed")
            found = replace(found, read=self._read)
        return completed(found, *self._asked)

    def warm(self) -> None:
        """Get ready for the drawing, unless there is likely nothing to draw."""
        if self._found is None:
            self._workers.warm()

    def pictures(self, contract: Contract, formats: NumberFormat, names: Iterable[str]) -> Mapping[str, Picture]:
        """All as they are known, or all drawn."""
        assert self._asked is not None  # noqa: S101 (`ask` comes first)
        wanted, language = list(names), self._asked[0].site.site.language
        inputs = digest(contract.model_dump_json(), formats.locale, formats.currency, language, *wanted, rooms(*CHARTS))
        known = self._steps.found("charts", inputs, _pictures)
        if known is not None and set(known) == set(wanted):
            return known
        drawn = self._workers.pictures(contract, formats, wanted)
        return _Kept(drawn, lambda whole: self._steps.keep("charts", inputs, json.dumps(whole)))

    def bundle(self) -> str:
        """The Vega libraries."""
        inputs = rooms("report/charts/bundle.py")
        known = self._steps.found("bundle", inputs, str)
        if known is None:
            known = self._workers.bundle()
            self._steps.keep("bundle", inputs, known)
        return known

    def close(self) -> None:
        """End whatever still works."""
        self._workers.close()

    def _variables(self) -> list[str]:
        return [repr(self._effects.environment.get(name)) for name in VARIABLES]


class _Kept(Mapping[str, Picture]):
    """Charts that are being drawn, and are kept once all have been asked for."""

    def __init__(self, drawn: Mapping[str, Picture], keep: Callable[[dict[str, dict[str, str | None]]], None]) -> None:
        self._drawn, self._keep = drawn, keep
        self._left = set(drawn)

    def __getitem__(self, name: str) -> Picture:
        found = self._drawn[name]
        if name in self._left:
            self._left.discard(name)
            if not self._left:
                self._keep({each: asdict(self._drawn[each]) for each in self._drawn})
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._drawn)

    def __len__(self) -> int:
        return len(self._drawn)

    def __contains__(self, name: object) -> bool:
        return name in self._drawn


def tables(origin: Origin) -> tuple[tuple[Path, str], ...]:
    """The files of the table and their digests; none where it does not come from files, or they cannot be read."""
    if origin.settings.database:
        return ()
    try:
        files = origin.files()
        if not all(file.is_file() and special(file) is None for file in files):
            return ()
        return tuple((file, _sha256(file)) for file in files)
    except (AtlasError, OSError, ValueError):  # which the analysis will tell
        return ()


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _inputs(
    told: Configuration, files: Iterable[tuple[Path, str]], salt: str, remembered: Remembered | None
) -> Iterator[str]:
    """All that the analysis reads, as text."""
    yield from (part.model_dump_json() for part in (told.site, told.personas, told.playbook, told.origin.settings))
    yield from (told.origin.name, told.origin.shown, str(told.origin.plain), salt, rooms(*ANALYSIS))
    yield json.dumps([(file.name, file.resolve().name, content) for file, content in files])
    if remembered:
        yield json.dumps([remembered.number, remembered.date, remembered.model])
        yield from (one.model_dump_json() if one else "" for one in (remembered.last, remembered.oldest))
        yield json.dumps(remembered.assigned and [*remembered.assigned.items()])


def _text(found: Findings) -> str:
    whole = asdict(found)
    del whole["read"]
    return json.dumps(whole)


def _findings(text: str) -> Findings:
    """Raises ValueError, KeyError or TypeError where this is something else."""
    whole = json.loads(text)
    texts = [whole[name] for name in ("contract", "assignments", "rejected", "model")]
    identifiers = tuple(whole["identifiers"])
    if not all(isinstance(each, str) for each in (*texts, *identifiers)):
        raise ValueError
    contract, assignments, rejected, model = texts
    return Findings(contract, assignments, rejected, model, identifiers)


def _pictures(text: str) -> dict[str, Picture]:
    return {name: Picture(**each) for name, each in json.loads(text).items()}
