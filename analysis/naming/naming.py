"""Names for segments that no persona fits, made from what sets them apart.

A name holds what tells most, as far as it fits; segments of the same name take further traits, and where nothing else
tells them apart, their size does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from analysis.basics.letters import capital
from analysis.language import gettext, gettext_noop
from analysis.naming.name_words import Said, in_a_row, slight, somewhat, strong
from analysis.preparation.features import Features
from analysis.profiling.profile import Profile

ORDINARY = gettext_noop("Average customers")
UNTOLD = gettext_noop("Other customers")
"""Where figures of some columns are withheld, so that nobody can say that they are average."""
LONGEST_NAME = 40
"""Characters of a name of several traits, so that headings, cards and charts have room for it; traits beyond are left
out, and stand on the segment's page."""
GROUPS = (
    gettext_noop("{name}, first group"), gettext_noop("{name}, second group"), gettext_noop("{name}, third group"),
    gettext_noop("{name}, fourth group"), gettext_noop("{name}, fifth group"), gettext_noop("{name}, sixth group"),
    gettext_noop("{name}, seventh group"), gettext_noop("{name}, eighth group"), gettext_noop("{name}, ninth group"),
    gettext_noop("{name}, tenth group"),
)  # fmt: skip
"""Segments of the same name, some of which are equally large."""
GROUPS_BY_SIZE = (
    gettext_noop("{name}, largest group"), gettext_noop("{name}, second largest group"),
    gettext_noop("{name}, third largest group"), gettext_noop("{name}, fourth largest group"),
    gettext_noop("{name}, fifth largest group"), gettext_noop("{name}, sixth largest group"),
    gettext_noop("{name}, seventh largest group"), gettext_noop("{name}, eighth largest group"),
    gettext_noop("{name}, ninth largest group"), gettext_noop("{name}, tenth largest group"),
)  # fmt: skip
"""Segments of the same name by size; the last of them is the smallest."""
ANOTHER = gettext_noop("{name}, another group")
LARGER, SMALLER = gettext_noop("{name}, larger group"), gettext_noop("{name}, smaller group")
SMALLEST = gettext_noop("{name}, smallest group")
OF_ITS_OWN = gettext_noop("{name} of its own")
BY_SIZE = (*GROUPS, *GROUPS_BY_SIZE, ANOTHER, LARGER, SMALLER, SMALLEST, OF_ITS_OWN)
"""All that tells segments of the same name apart."""


@dataclass
class _Draft:
    """A name in the making."""

    words: list[Said]
    """What may be said, the most telling first."""
    slightly: bool
    """Nothing sets the segment far apart."""
    otherwise: bool
    """Only one thing does, of several it could."""
    plain: str = ORDINARY
    """What it is called where nothing sets it apart."""
    chosen: list[int] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        if not self.words:
            return gettext(self.plain)
        said = in_a_row([self.words[place] for place in self.chosen])
        if self.slightly:
            return capital(somewhat(said))
        if self.otherwise and len(self.chosen) == 1:
            longer = gettext("{words}, average otherwise", words=said)
            return capital(longer if len(longer) <= LONGEST_NAME else said)
        return capital(said)

    def take(self, place: int) -> None:
        """Say that too; instead of all but the first where there is no room for more."""
        self.used.add(place)
        longer = [*self.chosen, place]
        if len(longer) > 2 and not self._fits(longer):
            longer = [self.chosen[0], place]
        self.chosen = longer

    def _fits(self, places: list[int]) -> bool:
        return len(in_a_row([self.words[place] for place in places])) <= LONGEST_NAME

    def begin(self) -> None:
        """The first, and the next that there is room for; of strong ones no slight one."""
        self.chosen, self.used = ([0], {0}) if self.words else ([], set())
        strong_ones = range(1, self._strong)
        second = next((place for place in strong_ones if self._fits([0, place])), None)
        if second is not None:
            self.take(second)

    @property
    def _strong(self) -> int:
        if self.slightly:
            return len(self.words)
        return next((at for at, word in enumerate(self.words) if word.slightly), len(self.words))


def descriptive(profiles: Sequence[Profile], features: Features, taken: Collection[str]) -> list[str]:
    """A name for each, `High income, low spending`; no two alike, and none of `taken`, which are in folded case.

    Where no difference is large: `Somewhat lower income`.
    """
    drafts = [_draft(profile, features) for profile in profiles]
    while _told_apart(drafts, taken):
        pass
    return _by_size([draft.name for draft in drafts], profiles, taken)


def _draft(profile: Profile, features: Features) -> _Draft:
    words, slightly = strong(profile, features), slight(profile, features)
    withheld = any(one.concealed for one in profile.figures)
    otherwise = len(words) == 1 and len(features.numeric) > 1 and not withheld
    if words:
        words += [replace(word, slightly=True) for word in slightly]
    draft = _Draft(words or slightly, slightly=not words, otherwise=otherwise, plain=UNTOLD if withheld else ORDINARY)
    draft.begin()
    return draft


def _told_apart(drafts: Sequence[_Draft], taken: Collection[str]) -> bool:
    """Whether a further trait was found for any of those whose names are alike."""
    groups: dict[str, list[_Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.name.casefold()].append(draft)
    alike = [group for name, group in groups.items() if len(group) > 1 or name in taken]
    return any([_further(group) for group in alike])  # noqa: C419 (each of them, not the first alone)


def _further(group: Sequence[_Draft]) -> bool:
    """Give each of them its most telling trait that not all of them have."""
    shared = set.intersection(*(set(draft.words) for draft in group)) if len(group) > 1 else set()
    found = False
    for draft in group:
        own = (at for at, word in enumerate(draft.words) if at not in draft.used and word not in shared)
        place = next(own, None)
        if place is not None:
            draft.take(place)
            found = True
    return found


def _by_size(names: Sequence[str], profiles: Sequence[Profile], taken: Collection[str]) -> list[str]:
    """The names, those still alike with their place by size: `Average customers, smaller group`."""
    found, known = list(names), set(taken)
    for name in dict.fromkeys(each.casefold() for each in names):
        places = [place for place, each in enumerate(names) if each.casefold() == name]
        if len(places) == 1 and name not in known:
            known.add(name)
            continue
        ranked = sorted(places, key=lambda place: (-profiles[place].size, place))
        sizes = len({profiles[place].size for place in places}) == len(places)
        for rank, place in enumerate(ranked):
            found[place] = _free(_group(names[place], rank, len(places), sizes=sizes), known)
            known.add(found[place].casefold())
    return found


def _group(name: str, rank: int, of: int, *, sizes: bool) -> str:
    """The name with the segment's place among those that share it; `sizes`: whether no two are equally large."""
    if of == 1:
        return gettext(ANOTHER, name=name)
    if sizes and of == 2:
        return gettext(SMALLER if rank else LARGER, name=name)
    if sizes and rank == of - 1:
        return gettext(SMALLEST, name=name)
    places = GROUPS_BY_SIZE if sizes else GROUPS
    if rank < len(places):
        return gettext(places[rank], name=name)
    return gettext("{name}, group {number}", name=name, number=rank + 1)


def _free(name: str, known: Collection[str]) -> str:
    while name.casefold() in known:
        name = gettext(OF_ITS_OWN, name=name)
    return name
