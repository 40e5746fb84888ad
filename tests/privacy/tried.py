"""What is stated of divisions of the customers other than the segments: numbers tried, scores, map, rules, classes."""

from __future__ import annotations

import math

from tests.privacy.column import segments, sizes
from tests.privacy.published import Node, Published, exact
from tests.privacy.system import Name, System, total


def tried(published: Published) -> System:
    """Other numbers of segments, and the flows between them."""
    system = System()
    sizes(system, published)
    selection = published.contract["selection"]
    fitted = system.unknown(("fitted",), 0, published.customers[1])
    measured = selection.get("measured_on")
    if measured is not None:
        system.unknown(fitted, *published.count(measured))
    elif published.contract["data"]["set_apart"] == 0 and published.contract["data"]["imputed"] == 0:
        system.equal({fitted: 1.0, ("customers",): -1.0}, "all were fitted")
    else:
        system.relate({fitted: 1.0, ("customers",): -1.0}, -math.inf, 0.0, "no more were fitted than there are")
    whole = measured or published.contract["data"]["customers"]
    for one in selection["candidates"]:
        _divided(system, published, one, (fitted, whole))
    for one in selection["flows"]:
        name = system.unknown(("flow", one["k"], one["source"], one["target"]))
        _share(system, published, name, one["share"], (fitted, whole))
    ks = sorted({one["k"] for one in selection["flows"]})
    for k in ks:
        flows = [one for one in selection["flows"] if one["k"] == k]
        later = min(one["k"] for one in selection["candidates"] if one["k"] > k)
        for at, key in ((k, "source"), (later, "target")):
            for each in {one[key] for one in flows}:
                if ("group", at, each) in system.place:
                    parts = total(("flow", k, one["source"], one["target"]) for one in flows if one[key] == each)
                    # Flows that nobody takes may be left out, and so may small ones.
                    system.relate(parts | {("group", at, each): -1.0}, -math.inf, 0.0, "flows add up")
    return system


def _divided(system: System, published: Published, one: Node, of: tuple[Name, float]) -> None:
    names = [system.unknown(("group", one["k"], each["id"])) for each in one["segments"]]
    for name, each in zip(names, one["segments"], strict=True):
        _share(system, published, name, each["share"], of)
        if one["smallest_share"] is not None:
            low, _ = exact(one["smallest_share"])
            system.relate({name: 1.0, of[0]: -low}, 0.0 - published.base + 1, math.inf, "none is smaller")
    if names:
        system.equal(total(names) | {of[0]: -1.0}, "segments of another number add up")


def _share(system: System, published: Published, name: Name, share: float | None, of: tuple[Name, float]) -> None:
    if share is None:
        return
    if published.base > 1:
        system.count(name, published.share(share, of[1]))
        return
    system.ratio(total([name]), total([of[0]]), exact(share), published.customers[1], "share of the customers")


def scored(published: Published) -> System | None:
    """Segments by scores, their crossings with the segments found, and the bands of each measure."""
    scoring = published.contract["scoring"]
    if scoring is None:
        return None
    system = System()
    sizes(system, published)
    whole, cells = published.contract["data"]["customers"], segments(published)
    for one in scoring["segments"]:
        name = system.unknown(("scored", one["name"]), *published.count(one["size"]))
        system.count(name, published.share(one["share"], whole))
        for cell in cells:
            system.unknown(("crossing", one["name"], cell))
        parts = total(("crossing", one["name"], cell) for cell in cells)
        system.equal(parts | {name: -1.0}, "crossings add up")
    system.equal(total(("scored", one["name"]) for one in scoring["segments"]) | {("customers",): -1.0}, "scored")
    for cell in cells:
        parts = total(("crossing", one["name"], cell) for one in scoring["segments"])
        system.equal(parts | {("size", cell): -1.0}, "crossings add up")
    told = {(one["name"], one["segment"]): one["customers"] for one in scoring["crossings"]}
    for one in scoring["segments"]:
        for cell in cells if scoring["crossings"] else ():
            count = told.get((one["name"], cell[1]), 0)  # pairs left out are empty
            system.unknown(("crossing", one["name"], cell), *published.count(count))
    for feature in {one["feature"] for one in scoring["bands"]}:
        bands = [one for one in scoring["bands"] if one["feature"] == feature]
        names = [system.unknown(("band", feature, one["score"]), *published.count(one["customers"])) for one in bands]
        system.equal(total(names) | {("customers",): -1.0}, "bands add up")
    return system


def expected(published: Published) -> System | None:
    """Customers who bought once, and classes of frequency."""
    lifetime = published.contract["lifetime"]
    if lifetime is None:
        return None
    system = System()
    sizes(system, published)
    once = []
    for one in published.segments:
        cell = ("segment", one["id"])
        name = system.unknown(("once", cell))
        once.append(name)
        system.relate({name: 1.0, ("size", cell): -1.0}, -math.inf, 0.0, "no more than there are")
        share = (one["lifetime"] or {}).get("bought_once")
        if share is not None:
            _share(system, published, name, share, (("size", cell), one["size"]))
    repeaters = system.unknown(("repeaters",), *published.count(lifetime["repeaters"]))
    system.equal(total([*once, repeaters]) | {("customers",): -1.0}, "who bought once and who did again")
    classes = (lifetime["held_out"] or {}).get("classes", [])
    names = [system.unknown(("class", one["lower"]), *published.count(one["customers"])) for one in classes]
    if names:
        system.relate(total(names) | {("customers",): -1.0}, -math.inf, 0.0, "classes are of customers")
    return system


def mapped(published: Published) -> System:
    """The rectangles of the map, and the customers that rules and borders speak of."""
    system = System()
    sizes(system, published)
    drawn = published.contract["exploration"]["map"]
    missing = {one["name"]: one["missing"] for one in published.features}
    for one in published.segments:
        cell = ("segment", one["id"])
        _rule(system, published, one)
        parts = [each for each in (drawn or {"bins": []})["bins"] if each["segment"] == one["id"]]
        names = [
            system.unknown(("rectangle", cell, place), *published.count(each["count"]))
            for place, each in enumerate(parts)
        ]
        if names:
            whole = missing[drawn["x"]] == 0 and missing[drawn["y"]] == 0
            terms = total(names) | {("size", cell): -1.0}
            system.relate(terms, 0.0 if whole else -math.inf, 0.0, "rectangles add up")
        borders = [
            system.unknown(("border", cell, each["id"]), *published.count(each["customers"])) for each in one["borders"]
        ]
        for name, each in zip(borders, one["borders"], strict=True):
            if each["share"] is not None:
                _share(system, published, name, each["share"], (("size", cell), one["size"]))
        if borders:
            system.relate(total(borders) | {("size", cell): -1.0}, -math.inf, 0.0, "each counts once")
    return system


def _rule(system: System, published: Published, one: Node) -> None:
    """Precision and recall that are reached at least say little; exact ones say how many."""
    rule, cell = one["rule"], ("segment", one["id"])
    if rule is None:
        return
    picked = system.unknown(("picked", cell), *published.count(rule["picked"]))
    correct = system.unknown(("correct", cell), *published.count(rule["correct"]))
    system.relate({correct: 1.0, ("size", cell): -1.0}, -math.inf, 0.0, "of the segment")
    system.relate({correct: 1.0, picked: -1.0}, -math.inf, 0.0, "of those picked")
    for figure, of in (("precision", picked), ("recall", ("size", cell))):
        share = rule[figure]
        if share is None:
            continue
        low, high = (share, 1.0) if published.base > 1 else exact(share)
        system.relate({correct: 1.0, of: -low}, -1e-6, math.inf, figure)
        system.relate({correct: 1.0, of: -high}, -math.inf, 1e-6, figure)
