"""What can go wrong while charts are drawn; every message is one sentence for the person at the keyboard."""

from __future__ import annotations

from analysis.errors import AtlasError


class PictureError(AtlasError):
    """A chart that could not be drawn."""

    exit_code = 4
