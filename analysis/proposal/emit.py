"""Parts of a YAML file that can be read back whatever they hold, and comments that nothing can break out of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from analysis.cells.spellings import tidied

WIDTH = 100
PLAIN_KEY = 300
"""Characters up to which a key stands before its colon; YAML's own limit is 1,024."""


class _Dumper(yaml.SafeDumper):
    """Text on one line: as it stands where that is safe, else between double quotes with escapes."""

    def check_simple_key(self) -> bool:
        """Long headers stand before their colon too, where PyYAML would put a question mark."""
        event = self.event
        if isinstance(event, yaml.ScalarEvent) and len(event.value) < PLAIN_KEY and event.anchor is None:
            return True
        return super().check_simple_key()


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    simple = text.isprintable() and not text.startswith((" ", "{")) and "{{" not in text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if simple else '"')


def _list(dumper: yaml.SafeDumper, items: Iterable[Any]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


def _figure(dumper: yaml.SafeDumper, figure: float) -> yaml.ScalarNode:
    return dumper.represent_int(int(figure)) if figure.is_integer() else dumper.represent_float(figure)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _figure)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(tuple, _list)


def block(content: Mapping[str, Any], depth: int = 0) -> str:
    """A mapping as lines, `depth` levels in; keys in their own order."""
    text = yaml.dump(
        dict(content), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf"), default_flow_style=False
    )
    return textwrap.indent(text, "  " * depth)


def comment(text: str, depth: int = 0) -> str:
    """A remark as lines that begin with `#`, whatever stands in it."""
    lead = "  " * depth + "# "
    lines = textwrap.wrap(tidied(text), WIDTH, initial_indent=lead, subsequent_indent=lead, break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)
