"""What a segment keeps from build to build beside its id: address, colour, name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.basics.slug import slugs
from analysis.configuration import Configuration
from analysis.contract.colours import colours
from analysis.identity.identity import Identity
from analysis.naming.persona import Named


def addresses(names: Sequence[str], identity: Identity) -> tuple[str, ...]:
    """The slug of each segment: the one it has had, or one of its name that no segment has or ever had."""
    kept = [one.slug if one else None for one in identity.continues]
    made = iter(
        slugs([name for name, one in zip(names, kept, strict=True) if one is None], "segment", identity.addresses)
    )
    return tuple(one or next(made) for one in kept)


def chosen_colours(names: Sequence[Named], identity: Identity) -> tuple[int, ...]:
    """The colour of each segment, an index into the palette."""
    kept = {
        number: one.colour for number, one in zip(identity.ids, identity.continues, strict=True) if one and one.colour
    }
    wanted = {number: one.match.colour for number, one in zip(identity.ids, names, strict=True) if one.match}
    found = colours(identity.ids, kept, wanted)
    return tuple(found[number] for number in identity.ids)


def kept_names(identity: Identity, configuration: Configuration) -> Mapping[int, str]:
    """Place → name that a segment keeps if it is still true."""
    _ = identity, configuration
    return {}
