"""Follows the types of a page's dataclass through its templates, and finds every name and field that is not there.

A page is given a dataclass; the components that it calls are given what its call states, and macros likewise. What has
no type here (figures that Jinja2 computes, text) is not followed further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from inspect import isclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes
from pydantic import BaseModel

Types = Mapping[str, Any]
ANYTHING = object
CALLS = ("component", "section", "panes", "pane")
"""What a page's template calls to make its blocks."""
GLOBAL = dict.fromkeys(
    (*CALLS, "_", "ngettext", "pgettext", "root", "loop", "range", "caller", "true", "false", "none"), ANYTHING
)


def members(kind: Any) -> list[Any]:  # noqa: ANN401 (any type)
    """The types that a value may have, without None."""
    if get_origin(kind) in {Union, UnionType}:
        return [one for each in get_args(kind) for one in members(each)]
    return [] if kind is NoneType else [kind]


def element(kind: Any) -> Any:  # noqa: ANN401 (as above)
    """What a loop over it yields."""
    found = [get_args(one)[0] for one in members(kind) if get_args(one) and get_origin(one) is not None]
    return found[0] if len(found) == 1 else ANYTHING


def attribute(kind: Any, name: str) -> Any:  # noqa: ANN401 (as above)
    """The type of a field or a property. Raises AttributeError where a type has none of that name."""
    found = [_of_one(one, name) for one in members(kind)]
    return Union[tuple(found)] if found and ANYTHING not in found else ANYTHING  # noqa: UP007 (of many)


def _of_one(kind: Any, name: str) -> Any:  # noqa: ANN401 (as above)
    if not isclass(kind) or not (is_dataclass(kind) or issubclass(kind, BaseModel) or getattr(kind, "_is_protocol", 0)):
        return ANYTHING
    hints = get_type_hints(kind)
    if name in hints:
        return hints[name]
    member = getattr(kind, name, None)
    getter = getattr(member, "fget", None) or getattr(member, "func", None)
    if getter is None:
        raise AttributeError(f"{kind.__name__} has no {name}")
    return get_type_hints(getter).get("return", ANYTHING)


def asked_for(test: nodes.Expr) -> Iterator[str]:
    """The names of which a condition asks whether anybody has told them: its part is for those who have."""
    asked = [test, *test.find_all(nodes.Test)]
    yield from (one.node.name for one in asked if isinstance(one, nodes.Test) and one.name == "defined")  # type: ignore[attr-defined]


@dataclass
class Checker:
    """One page with all that it calls; `faults` are told as `template:line: what`."""

    pages: Environment
    components: Environment
    faults: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def page(self, name: str, values: type) -> list[str]:
        """The faults of a page's template, and the fields of its dataclass that it does not use."""
        template = f"{name}.j2"
        given = {one: get_type_hints(values)[one] for one in (each.name for each in fields(values))}
        tree = self._tree(self.pages, template)
        used = {one.name for one in tree.find_all(nodes.Name)}
        self.faults += [f"{template}: {one} is told and not used" for one in given if one not in used]
        self._body(template, tree.body, dict(given))
        return self.faults

    @staticmethod
    def _tree(environment: Environment, template: str) -> nodes.Template:
        assert environment.loader is not None
        return environment.parse(environment.loader.get_source(environment, template)[0])

    def _body(self, where: str, body: Sequence[nodes.Node], types: dict[str, Any]) -> None:
        for node in body:
            self._node(where, node, types)

    def _node(self, where: str, node: nodes.Node, types: dict[str, Any]) -> None:
        match node:
            case nodes.FromImport():
                tree = self._tree(self.components, node.template.value)  # type: ignore[attr-defined]
                macros = {one.name: (node.template.value, one) for one in tree.find_all(nodes.Macro)}  # type: ignore[attr-defined]
                around: dict[str, Any] = {one.target.name: ANYTHING for one in tree.find_all(nodes.Assign)}  # type: ignore[attr-defined]
                around.update({name: (*macro, around) for name, macro in macros.items()})
                names = [(one, one) if isinstance(one, str) else one for one in node.names]
                types.update({alias: around[name] for name, alias in names})
            case nodes.Include():
                self._component(node.template.value.removesuffix(".html.j2"), dict(types))  # type: ignore[attr-defined]
            case nodes.Macro():
                types[node.name] = (where, node, types)
            case nodes.For():
                inside = {**types, **self._targets(node.target, element(self._kind(where, node.iter, types)))}
                self._body(where, node.body, inside)
                self._body(where, node.else_, dict(types))
            case nodes.Assign():
                types.update(self._targets(node.target, self._kind(where, node.node, types)))
            case nodes.If():
                told = all(name in types for name in asked_for(node.test))
                for part in ([node.test, *node.body] if told else [], node.elif_, node.else_):
                    self._body(where, part, types)
            case nodes.CallBlock():
                self._kind(where, node.call, types)
                self._body(where, node.body, dict(types))
            case nodes.Expr():
                self._kind(where, node, types)
            case _:
                self._body(where, list(node.iter_child_nodes()), types)

    @staticmethod
    def _targets(target: nodes.Node, kind: Any) -> dict[str, Any]:  # noqa: ANN401 (as above)
        if isinstance(target, nodes.Name):
            return {target.name: kind}
        parts = list(get_args(kind)) if get_origin(kind) is tuple else []
        names = [one.name for one in target.find_all(nodes.Name)]
        return dict(zip(names, parts or [ANYTHING] * len(names), strict=True))

    def _kind(self, where: str, node: nodes.Expr, types: Types) -> Any:  # noqa: ANN401, PLR0911 (one each kind of node)
        match node:
            case nodes.Name():
                known = {**GLOBAL, **types}
                if node.name not in known:
                    self._fault(where, node, f"nobody has told {node.name}")
                return known.get(node.name, ANYTHING)
            case nodes.Getattr():
                kind = self._kind(where, node.node, types)
                try:
                    return attribute(kind, node.attr)
                except AttributeError as error:
                    self._fault(where, node, str(error))
                    return ANYTHING
            case nodes.Getitem():
                self._kind(where, node.arg, types)
                kind = self._kind(where, node.node, types)
                return get_args(kind)[1] if get_origin(kind) is not None and len(get_args(kind)) == 2 else element(kind)
            case nodes.Call():
                return self._call(where, node, types)
            case nodes.Test() if node.name == "defined":
                return ANYTHING
            case nodes.CondExpr():
                kinds = [self._kind(where, one, types) for one in (node.test, node.expr1, node.expr2) if one]
                return kinds[1]
            case _:
                for child in node.iter_child_nodes():
                    self._node(where, child, dict(types)) if not isinstance(child, nodes.Expr) else self._kind(
                        where, child, types
                    )
                return ANYTHING

    def _call(self, where: str, node: nodes.Call, types: Types) -> Any:  # noqa: ANN401 (as above)
        given = [self._kind(where, one, types) for one in node.args]
        named = {one.key: self._kind(where, one.value, types) for one in node.kwargs}
        called = self._kind(where, node.node, types)
        if isinstance(node.node, nodes.Name) and node.node.name == "component":
            self._component(node.args[0].value, named)  # type: ignore[attr-defined]
        elif isinstance(called, tuple):
            template, macro, around = called
            arguments = [one.name for one in macro.args]
            own = {**dict.fromkeys(arguments, ANYTHING), **dict(zip(arguments, given, strict=False)), **named}
            self._once(template, macro.body, {**around, **own}, f"{template}:{macro.name}")
        return ANYTHING

    def _component(self, name: str, given: dict[str, Any]) -> None:
        template = f"{name}.html.j2"
        self._once(template, self._tree(self.components, template).body, given, template)

    def _once(self, template: str, body: Sequence[nodes.Node], types: dict[str, Any], called: str) -> None:
        key = f"{called} {sorted((name, repr(kind)) for name, kind in types.items() if not isinstance(kind, tuple))}"
        if key not in self._seen:
            self._seen.add(key)
            self._body(template, body, dict(types))

    def _fault(self, where: str, node: nodes.Node, what: str) -> None:
        self.faults.append(f"{where}:{node.lineno}: {what}")


def called(environment: Environment, template: str) -> Iterator[str]:
    """The components that a page calls."""
    assert environment.loader is not None
    tree = environment.parse(environment.loader.get_source(environment, template)[0])
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "component":
            yield call.args[0].value  # type: ignore[attr-defined]
