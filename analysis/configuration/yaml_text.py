"""The one reader of YAML: PyYAML's own in Python, with a sentence for whatever is wrong.

libyaml reads ten times as fast, but accepts tabs and `|#` where Python's reader refuses them, says less of what is
wrong, and is not part of every PyYAML: the same file would mean different things on different machines.

A key written twice is refused, since YAML has no rule for which value counts. Merge keys (`<<`) and aliases are read as
YAML 1.1 defines them, within bounds: a few lines of aliases may stand for billions of values.
"""

from __future__ import annotations

from textwrap import shorten
from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.reader import ReaderError

DEEPEST = 100
"""Levels of lists and keys inside each other. A configuration has eight at most; Python's own limit is near 1,000."""
MOST_VALUES = 1_000_000
"""Values, with each alias counted as all that it stands for."""
LONGEST = 60
"""Characters of a key that a message repeats, and half of those of a problem: a table is not printed."""
MERGE = "tag:yaml.org,2002:merge"
VALUE = "tag:yaml.org,2002:value"
REMEDY = "correct the YAML there (indent with spaces, quote text that holds “: ”)"
KINDS = {"int": "a whole number", "float": "a number", "timestamp": "a date", "bool": "true or false"}
SLIPS = (LookupError, TypeError, ValueError)
"""What PyYAML lets through where a value is not what its tag or form says, such as `!!int x` or `2026-13-45`."""


class NoYamlError(yaml.YAMLError):
    """A text that is not YAML, or more of it than is read; its text is one sentence, with line and column."""


def read_yaml(text: str, *, twice: bool = False) -> Any:  # noqa: ANN401 (YAML holds anything)
    """A document's content. Raises NoYamlError where it is none.

    `twice` accepts keys that are written twice, the last of which counts: for a file whose problem is already told.
    """
    try:
        loader = _Loader(text, twice=twice)
        return loader.get_single_data()
    except NoYamlError:
        raise
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise NoYamlError(
            f"line {line}: the character U+{error.character:04X} is not allowed in YAML; remove it."
        ) from None
    except yaml.MarkedYAMLError as error:
        raise NoYamlError(_sentence(error)) from None


def _sentence(error: yaml.MarkedYAMLError) -> str:
    mark, problem = error.problem_mark, error.problem or "this is not valid YAML"
    if problem.startswith("but "):
        problem = f"{error.context}, {problem}"
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return f"{where}{shorten(problem, LONGEST * 2, placeholder=' …')}; {REMEDY}."


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, with bounds, merge keys, and no key written twice."""

    def __init__(self, text: str, *, twice: bool) -> None:
        super().__init__(text)
        self._twice = twice
        self._depth = 0
        self._aliases = False

    def get_single_node(self) -> yaml.Node | None:
        """The document's root. A single alias is enough to have its extent measured."""
        root: yaml.Node | None = super().get_single_node()
        if root is not None and self._aliases:
            _measure(root, {})
        return root

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """One node; PyYAML composes what is inside it by calling this again, as deep as the text goes."""
        self._aliases = self._aliases or self.check_event(yaml.AliasEvent)
        self._depth += 1
        if self._depth > DEEPEST:
            raise _too_deep(self.peek_event())  # type: ignore[no-untyped-call]
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:  # noqa: ANN401 (the stubs say a dict)
        """A mapping in which no key is written twice, seen before merge keys add those of others."""
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        seen: set[Any] = set()
        for key_node, _ in () if self._twice else node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                continue  # refused when it is constructed: a list or a mapping cannot be a key
            key = self.construct_object(key_node)
            if key in seen:
                shown = shorten(str(key), LONGEST, placeholder=" …")
                raise _refused(key_node, f"the key “{shown}” is written twice; keep one of them.")
            seen.add(key)
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 (PyYAML's)
        """A node's value."""
        try:
            return super().construct_object(node, deep)
        except SLIPS:
            kind = KINDS.get(node.tag.rpartition(":")[2], "another kind of value")
            problem = f"this looks like {kind} but is not one (if it is text, put it between quotation marks)"
            raise ConstructorError(None, None, problem, node.start_mark) from None


def _plain(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    """`<<` and `=` as text, where they are not keys: PyYAML has no constructor for them."""
    return str(loader.construct_scalar(node))


for _tag in (MERGE, VALUE):
    _Loader.add_constructor(_tag, _plain)


Extent = tuple[int, int]
"""How many values a node holds, itself included, and how many levels."""


def _measure(node: yaml.Node, known: dict[yaml.Node, Extent | None]) -> Extent:
    """The extent of a node, where each alias counts as all that it stands for; those being measured are None.

    An anchor stands above its aliases, so that each is known when it is met again, and this goes no deeper than the
    text does.
    """
    if node in known:
        extent = known[node]
        if extent is None:
            raise _refused(node, "this contains an alias (*) of itself; write the values out.")
        return extent
    known[node] = None
    inside = [] if isinstance(node, yaml.ScalarNode) else node.value
    parts = [_measure(each, known) for each in (sum(inside, ()) if isinstance(node, yaml.MappingNode) else inside)]
    values, levels = 1 + sum(part[0] for part in parts), 1 + max((part[1] for part in parts), default=0)
    if values > MOST_VALUES:
        raise _refused(node, f"with its aliases (*) this stands for over {MOST_VALUES:,} values; write them out.")
    if levels > DEEPEST:
        raise _too_deep(node)
    known[node] = (values, levels)
    return values, levels


def _too_deep(place: yaml.Node | yaml.Event) -> NoYamlError:
    return _refused(place, f"over {DEEPEST} levels of lists or keys inside each other; no setting has so many.")


def _refused(place: yaml.Node | yaml.Event, sentence: str) -> NoYamlError:
    mark = place.start_mark
    return NoYamlError(f"line {mark.line + 1}: {sentence}" if mark else sentence)
