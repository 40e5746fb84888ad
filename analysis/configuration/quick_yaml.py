"""YAML by libyaml, which reads ten times as fast.

What it refuses is read again by Python's own reader, which says better what is wrong, and where. So is at once what the
two differ on: where a tab may stand, and a comment right behind the sign of a block, `|#`.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may have been built without libyaml
DIFFERS = re.compile(r"\t|[|>][-+0-9]*#")
SLIPS = (LookupError, TypeError, ValueError)
"""What PyYAML lets through where a value is not what its tag says, such as `!!int x`."""


def read_yaml(text: str, quick: Any = QUICK, careful: Any = yaml.SafeLoader) -> Any:  # noqa: ANN401 (YAML holds anything)
    """A document's content. Raises yaml.YAMLError where it is none. Both loaders must be safe ones."""
    if not DIFFERS.search(text):
        try:
            return yaml.load(text, quick)  # noqa: S506 (safe, as said)
        except (yaml.YAMLError, *SLIPS):
            pass
    try:
        return yaml.load(text, careful)  # noqa: S506 (as above)
    except SLIPS as error:
        raise yaml.YAMLError(str(error)) from None
