"""Errors while charts are drawn; every message is one sentence for the user of the command."""

from __future__ import annotations

from analysis.errors import AtlasError


class PictureError(AtlasError):
    """A chart that could not be drawn."""

    exit_code = 4
