"""The Atom feed of a site's builds (RFC 4287): an entry for each build with a day, the latest first.

Days are those of the builds, never the clock's, so that the same input gives the same bytes. Identifiers are tag URIs
(RFC 4151) of the site's host, the build's day and its number: an entry keeps its own while others are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from analysis.contract import PastEdition
from analysis.language import gettext, ngettext
from report.captions.editions import edition_name
from report.captions.trends import editions
from report.style.lettering import plain
from report.views.certainty import VERDICTS
from report.views.changes import PATH, summary
from report.views.story import Story

if TYPE_CHECKING:
    from lxml.etree import _Element

FEED = "changes.xml"
ATOM = "http://www.w3.org/2005/Atom"


def feed(story: Story) -> bytes:
    """The document. Only for a site that has an address, and whose present build has a day."""
    site, builds = story.site.site, [one for one in editions(story.contract) if one.date]
    home = f"{str(site.url).rstrip('/')}/"
    xml = "{http://www.w3.org/XML/1998/namespace}"
    root = etree.fromstring(f'<feed xmlns="{ATOM}"/>'.encode())
    root.set(f"{xml}lang", site.language)
    _add(root, "id", f"{home}{FEED}")
    _add(root, "title", site.title)
    _add(root, "updated", _moment(builds[-1]))
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{home}{FEED}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{home}{PATH}.html")
    _add(_add(root, "author"), "name", site.title)
    for one in reversed(builds):
        entry = _add(root, "entry")
        _add(entry, "id", _identifier(home, one))
        _add(entry, "title", edition_name(one.number, one.date))
        _add(entry, "updated", _moment(one))
        _add(entry, "link", rel="alternate", type="text/html", href=f"{home}{PATH}.html")
        _add(entry, "summary", " ".join(_told(story, one)), type="text")
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return document


def _add(parent: _Element, name: str, text: str = "", /, **attributes: str) -> _Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}", dict(attributes))
    made.text = plain(text).replace("\n", " ") or None
    return made


def _moment(one: PastEdition) -> str:
    """The beginning of a build's day."""
    return f"{one.date}T00:00:00Z"


def _identifier(home: str, one: PastEdition) -> str:
    address = urlsplit(home)
    return f"tag:{address.hostname},{one.date}:{address.path}builds/{one.number}"


def _told(story: Story, one: PastEdition) -> Sequence[str]:
    """Of this build what has changed; of earlier ones what is kept: their size, verdict, comings and goings."""
    if story.contract.edition and one.number == story.contract.edition.number:
        return summary(story.contract, story.formats)
    builds = editions(story.contract)
    before = next((each for each in builds if each.number == one.number - 1), None)
    return [_size(story, one), *([_renewed(before, one)] if before else [])]


def _size(story: Story, one: PastEdition) -> str:
    slots = {"count": one.k, "verdict": gettext(VERDICTS[one.verdict][0])}
    if one.customers is None:
        return ngettext("{count} segment; verdict: {verdict}.", "{count} segments; verdict: {verdict}.", one.k, **slots)
    return ngettext(
        "{customers} customers in {count} segment; verdict: {verdict}.",
        "{customers} customers in {count} segments; verdict: {verdict}.",
        one.k, customers=story.formats.number(one.customers), **slots,
    )  # fmt: skip


def _renewed(before: PastEdition, one: PastEdition) -> str:
    then, now = ({each.id: plain(each.name) for each in build.segments} for build in (before, one))
    new, gone = [now[i] for i in now if i not in then], [then[i] for i in then if i not in now]
    told = []
    if new:
        told.append(gettext("New: {segments}.", segments=", ".join(new)))
    if gone:
        told.append(gettext("Gone: {segments}.", segments=", ".join(gone)))
    return " ".join(told) if told else gettext("No segment is new or gone.")
