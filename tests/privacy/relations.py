"""Relations between columns: categories by segment, columns that cross others, and correlations of two answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.privacy.column import Column, Known, segments, sizes
from tests.privacy.enumerated import residuals
from tests.privacy.published import Node, Published, Span, span
from tests.privacy.system import Name, System, total
from tests.privacy.truth import EVERYBODY, OTHERS, REST


def categories(published: Published, known: Known) -> System:
    """Columns of categories by segment, with the groups of comparisons, and columns that cross two others."""
    system = System()
    sizes(system, published)
    cells = [EVERYBODY, *segments(published)]
    listed = {one["name"]: _listed(published, one) for one in published.features if one["kind"] == "category"}
    for name, names in listed.items():
        for cell in cells:
            size: Name = ("customers",) if cell == EVERYBODY else ("size", cell)
            parts = [system.unknown(("category", name, cell, each)) for each in names]
            system.equal(total(parts) | {size: -1.0}, f"categories of {name} add up")
        for each in names:
            parts = total(("category", name, cell, each) for cell in cells[1:])
            system.equal(parts | {("category", name, EVERYBODY, each): -1.0}, f"segments of {name} add up")
    _stated(system, published, listed)
    residuals(system, published)
    for made, pair in known.crossed.items():
        _cross(system, published, listed, made, pair)
    return system


def _listed(published: Published, feature: Node) -> list[str]:
    """The categories by name, and one for all that are not told of."""
    name = feature["name"]
    told = [each["category"] for one in published.segments for each in one["categories"] if each["feature"] == name]
    named = dict.fromkeys([*feature["categories"], *told])
    named.pop(OTHERS, None)
    return [*named, REST]


def _named(category: str) -> str:
    return REST if category == OTHERS else category


def _stated(system: System, published: Published, listed: Mapping[str, Sequence[str]]) -> None:
    whole = published.contract["data"]["customers"]
    for feature in published.features:
        name = feature["name"]
        for category, count in feature["categories"].items() if name in listed else ():
            unknown = ("category", name, EVERYBODY, _named(category))
            system.unknown(unknown, *published.count(count))
    for one in published.segments:
        for each in one["categories"]:
            category = _named(each["category"])
            unknown = ("category", each["feature"], ("segment", one["id"]), category)
            system.unknown(unknown, *published.count(each["count"]))
            for share, cell, of in (
                (each["share"], unknown, one["size"]),
                (each["share_overall"], (*unknown[:2], EVERYBODY, category), whole),
            ):
                system.count(cell, published.share(share, of))
    for made in published.contract["exploration"]["comparisons"]:
        lacking = next(one["missing"] for one in published.features if one["name"] == made["feature"])
        for group in made["groups"] if made["by"] in listed and lacking == 0 else ():
            unknown = ("category", made["by"], EVERYBODY, _named(group["group"]))
            if unknown in system.place:
                system.unknown(unknown, *published.count(group["count"]))


def _cross(
    system: System, published: Published, listed: Mapping[str, Sequence[str]], made: str, pair: tuple[str, str]
) -> None:
    """The counts of two columns' pairs add up to each of the two, and are those of a third column."""
    first, second = pair
    if not {made, first, second} <= listed.keys():
        return
    for cell in [EVERYBODY, *segments(published)]:
        for a in listed[first]:
            parts = [system.unknown(("joint", pair, cell, (a, b))) for b in listed[second]]
            system.equal(total(parts) | {("category", first, cell, a): -1.0}, "pairs add up")
        for b in listed[second]:
            parts = [("joint", pair, cell, (a, b)) for a in listed[first]]
            system.equal(total(parts) | {("category", second, cell, b): -1.0}, "pairs add up")
        for name in listed[made]:
            a, _, b = name.partition(" ")
            if a in listed[first] and b in listed[second]:
                system.equal({("joint", pair, cell, (a, b)): 1.0, ("category", made, cell, name): -1.0}, "is a pair")


def answers(published: Published, one: Column, other: Column) -> System | None:
    """The four counts of two columns of two values, of which the correlation is φ (Yule 1912)."""
    node = correlation(published, one.name, other.name)
    if node is None or one.feature["missing"] != 0 or other.feature["missing"] != 0:
        return None
    system = System()
    system.unknown(("customers",), *published.customers)
    (a, b), (c, d) = one.support, other.support
    cells = [(x, y) for x in (a, b) for y in (c, d)]
    for each in cells:
        system.unknown(("pair", one.name, other.name, each))
    pairs = {each: ("pair", one.name, other.name, each) for each in cells}
    system.equal(total(pairs.values()) | {("customers",): -1.0}, "pairs add up")
    for column, place in ((one, 0), (other, 1)):
        mean = span(column.feature, "mean")
        if mean is None:
            return None
        low, high = column.support
        if column._is_share(column.feature, published.contract["data"]["customers"]):
            whole = published.contract["data"]["customers"]
            count = published.share((column.feature["mean"] - low) / (high - low), whole)
            system.relate(total(pairs[each] for each in cells if each[place] == high), *count, "share")
        else:
            values = {pairs[each]: each[place] for each in cells}
            system.ratio(values, total(pairs.values()), mean, published.customers[1], "mean")
    product = expected_product(one, other, node)
    if product is None:
        return None
    products = {pairs[each]: each[0] * each[1] for each in cells}
    system.ratio(products, total(pairs.values()), product, published.customers[1], "correlation")
    return system


def correlation(published: Published, first: str, second: str) -> Node | None:
    """What is published of two columns' correlation; None where it is withheld."""
    for one in published.contract["exploration"]["correlations"]:
        if {one["a"], one["b"]} == {first, second} and one["pearson"] is not None:
            return dict(one)
    return None


def expected_product(one: Column, other: Column, node: Node) -> Span | None:
    """Between what the mean of the product of two columns lies: r × both spreads + both means."""
    spans = [span(each.feature, name) for each in (one, other) for name in ("mean", "standard_deviation")]
    found = span(node, "pearson")
    if found is None or any(each is None for each in spans):
        return None
    m, s, n, t = (_widened(each, column) for each, column in zip(spans, (one, one, other, other), strict=True) if each)
    ends = [r * a * b + x * y for r in found for a in s for b in t for x in m for y in n]
    return min(ends), max(ends)


def _widened(found: Span, column: Column) -> Span:
    """Figures of a column of two values follow from rounded counts, which are uncertain by themselves."""
    if column.published.base == 1 or column.feature["two_values"] is None:
        return found
    low, high = column.feature["two_values"]
    off = (high - low) * 2 * column.published.base / column.published.customers[0]
    return found[0] - off, found[1] + off
