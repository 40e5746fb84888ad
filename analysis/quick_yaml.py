"""YAML by libyaml, which reads ten times as fast.

What it refuses is read again by Python's own reader, which says better what is wrong, and where.
"""

from __future__ import annotations

from typing import Any

import yaml

QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may have been built without libyaml


def read_yaml(text: str, quick: Any = QUICK, careful: Any = yaml.SafeLoader) -> Any:  # noqa: ANN401 (YAML holds anything)
    """A document's content. Raises yaml.YAMLError where it is none. Both loaders must be safe ones."""
    try:
        return yaml.load(text, quick)  # noqa: S506 (safe, as said)
    except yaml.YAMLError:
        return yaml.load(text, careful)  # noqa: S506 (as above)
