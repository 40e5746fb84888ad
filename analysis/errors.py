"""What can go wrong before a page is drawn.

    AtlasError                 one clear sentence for the user; carries the exit code
    ├── ConfigurationError     a setting that is wrong or cannot be used                    exit 2
    └── DataError              a table that cannot be read, or not as it was described      exit 3
        └── MissingColumnsError  its header lacks columns, or leaves open which they are

The report package adds RenderError (exit 4) and CheckError (exit 5) to the same tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

PROBLEMS_SHOWN = 3
SHORT_OF_MEMORY = (
    "This table needs more memory than this machine has, or than the command may use; free some memory, or use a "
    "table with fewer rows or columns."
)
UNLOADED = ("cannot allocate memory", "failed to map segment from shared object")
"""Messages of glibc's loader if a library does not fit into memory."""
OUT_OF_MEMORY = frozenset({-4, -5, -6, -9, 132, 133, 134, 137})
"""Exit codes of a process without memory: ended by V8 (4, 5), by a library that aborts (6), or by the system (9);
negative as Python reports them, above 128 if a child of the program ended that way."""


class AtlasError(Exception):
    """Base of every error that a user can correct; its text is shown unchanged, without a traceback.

    Made of one sentence, or of several that were found together: its text shows three of them, `problems` all.
    """

    exit_code = 1

    def __str__(self) -> str:
        return together(self.problems)

    @property
    def problems(self) -> tuple[str, ...]:
        """Every sentence."""
        return tuple(str(problem) for problem in self.args)


class ConfigurationError(AtlasError):
    """A setting, in a file or on the command line, that is wrong or cannot be used."""

    exit_code = 2


class DataError(AtlasError):
    """A table that cannot be read, or is not what the configuration says it is."""

    exit_code = 3


class MissingColumnsError(DataError):
    """The header lacks columns, or leaves open which they are; `columns` names them as the configuration does."""

    def __init__(self, columns: Iterable[str], problems: Iterable[str]) -> None:
        super().__init__(*problems)
        self.columns = frozenset(columns)

    def __reduce__(self) -> tuple[type[MissingColumnsError], tuple[frozenset[str], tuple[str, ...]]]:
        return type(self), (self.columns, self.problems)


def is_short_of_memory(error: BaseException) -> bool:
    """Whether there was no memory left: Python says so itself, or the system's loader does of a library."""
    said = str(error).lower()
    loading = isinstance(error, ImportError) and any(words in said for words in UNLOADED)
    return isinstance(error, MemoryError) or loading


def check_memory(code: int | None) -> None:
    """Raise DataError where a process that ended with this exit code had no memory left."""
    if code in OUT_OF_MEMORY:
        raise DataError(SHORT_OF_MEMORY)


def nearest(name: str, known: Iterable[str]) -> str:
    """A closing hint naming the known words most like `name`: ` Did you mean “Age”?`; empty when none is close."""
    by_fold = {word.casefold(): word for word in known}
    close = [by_fold[match] for match in get_close_matches(name.casefold(), by_fold, n=2, cutoff=0.5)]
    return f" Did you mean {' or '.join(f'“{word}”' for word in close)}?" if close else ""


def together(problems: Sequence[str]) -> str:
    """Three problems at most in one message, with the number of those left out."""
    rest = len(problems) - PROBLEMS_SHOWN
    more = [f"… and {rest} more like these."] if rest > 0 else []
    return "\n".join([*problems[:PROBLEMS_SHOWN], *more])
