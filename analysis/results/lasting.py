"""What a segment keeps from build to build beside its id: address, colour, name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.basics.slug import slugs
from analysis.configuration import Configuration
from analysis.contract import Contract
from analysis.contract.colours import colours
from analysis.identity.identity import Identity
from analysis.naming.lasting_name import LastName
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


def kept_names(identity: Identity, configuration: Configuration) -> Mapping[int, LastName]:
    """Place → name that a segment keeps if it is still true; none where the site spoke another language."""
    last = identity.last
    if last is None or not _same_language(last, configuration):
        return {}
    changed = last.provenance.essential_sha256 != configuration.essential_sha256
    return {
        place: LastName(one, changed)
        for place, one in enumerate(identity.continues)
        if one is not None and one.kind == "segment"
    }


def renamed(identity: Identity, names: Sequence[Named], configuration: Configuration) -> Identity:
    """The identity with what has another name than in the last build, in the same language, told as such."""
    if identity.changes is None or identity.last is None or not _same_language(identity.last, configuration):
        return identity
    had = {
        number: one.name
        for number, one, each in zip(identity.ids, identity.continues, names, strict=True)
        if one is not None and one.name != each.name
    }
    changes = tuple(one.model_copy(update={"renamed_from": had.get(one.id)}) for one in identity.changes.segments)
    return replace(identity, changes=identity.changes.model_copy(update={"segments": changes}))


def _same_language(last: Contract, configuration: Configuration) -> bool:
    return last.edition is None or last.edition.language == configuration.site.site.language
