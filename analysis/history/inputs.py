"""By what a rebuild of the same inputs is known: table, essential configuration and code version.

What is only shown, such as a text of the playbook, makes no other build (`analysis.configuration.essential`).
The digest of the table would confirm a guess at its last unknown cell to anybody who reads the history. So it is keyed
(BLAKE2; Aumasson et al. 2013, RFC 7693) by the secret in `SEGMENT_ATLAS_SALT`, like the draws of the random rounding.
"""

from __future__ import annotations

import hashlib
from hashlib import blake2b
from typing import TYPE_CHECKING

from analysis.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.configuration import Configuration
    from analysis.contract import Provenance

SIZE = 32


def inputs_of(provenance: Provenance, salt: str) -> str | None:
    """Of a build that was made; None where it does not say of what table, as in the published copy."""
    if provenance.data_sha256 is None:
        return None
    essential = provenance.essential_sha256 or provenance.configuration_sha256
    return _keyed(provenance.data_sha256, essential, provenance.code_version, salt)


def inputs_now(configuration: Configuration, code_version: str, salt: str) -> str | None:
    """Of a build that is about to be made, by the files that stand there; None of a database, or a missing file."""
    if configuration.site.data.database:
        return None
    try:
        digests = [_digest(file) for file in configuration.origin.files()]
    except (OSError, ValueError, DataError):  # reading the table will say so
        return None
    # As `analysis.reading` has it of several files.
    table = digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    return _keyed(table, configuration.essential_sha256, code_version, salt)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _keyed(table: str, configuration: str, code_version: str, salt: str) -> str:
    key = blake2b(salt.encode()).digest()
    return blake2b(f"{table}\n{configuration}\n{code_version}".encode(), digest_size=SIZE, key=key).hexdigest()
