"""Altair, imported when the first chart is specified: half a second that the words of charts do without.

Chart modules say `from report.charts import grammar as alt`, and hold both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from altair import *  # noqa: F403 (the whole of it, under its own names)
else:

    def __getattr__(name: str) -> Any:  # noqa: ANN401 (whatever the library has)
        import altair as alt  # noqa: PLC0415 (as above)

        return getattr(alt, name)
