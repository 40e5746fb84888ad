"""What can go wrong from the first page to the finished site; continues the tree of `analysis.errors`.

AtlasError
├── ConfigurationError     exit 2    (analysis.errors)
├── DataError              exit 3    (analysis.errors)
├── RenderError            a page, or a program that draws pages, failed         exit 4
│   └── DiskError          a file or folder could not be dealt with
└── CheckError             the finished site does not keep what it promises      exit 5
"""

from __future__ import annotations

from analysis.errors import AtlasError


class RenderError(AtlasError):
    """A page could not be drawn, or the finished site could not be put in its place."""

    exit_code = 4


class DiskError(RenderError):
    """A file or folder could not be written, renamed, removed or listed."""

    def __init__(self, sentence: str, reason: str | None) -> None:
        super().__init__(sentence)
        self.reason = reason
        """The system's own words."""


class CheckError(AtlasError):
    """The finished site does not keep what it promises; it was not published."""

    exit_code = 5
