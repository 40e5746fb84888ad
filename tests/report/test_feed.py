"""The feed of builds is valid Atom, has an entry for each build with a day, and the same bytes each time."""

from __future__ import annotations

import pytest
from lxml import etree

from analysis.configuration import Configuration
from analysis.contract import Contract
from analysis.wording.number_format import NumberFormat
from report.site.feed import FEED, feed
from report.site.quarto_project import quarto_project
from report.site.site_source import every_page, site_source
from report.views.changes import feeds, summary
from report.views.story import Story
from tests.report.histories import with_history

FIGURES = NumberFormat("en_US", "USD")
NAMES = {"a": "http://www.w3.org/2005/Atom"}
HOME = "https://example.org/atlas/"
ATOM = etree.RelaxNG(
    etree.fromstring("""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="feed">
    <optional><attribute name="xml:lang"/></optional>
    <interleave>
      <oneOrMore><ref name="author"/></oneOrMore> <ref name="id"/> <ref name="title"/> <ref name="updated"/>
      <zeroOrMore><ref name="link"/></zeroOrMore> <zeroOrMore><ref name="entry"/></zeroOrMore>
    </interleave>
  </element></start>
  <define name="entry"><element name="entry"><interleave>
    <ref name="id"/> <ref name="title"/> <ref name="updated"/> <oneOrMore><ref name="link"/></oneOrMore>
    <optional><element name="summary"><optional><attribute name="type"><choice><value>text</value>
      <value>html</value></choice></attribute></optional><text/></element></optional>
  </interleave></element></define>
  <define name="author"><element name="author"><element name="name"><data type="token"><param name="minLength">1</param>
    </data></element></element></define>
  <define name="id"><element name="id"><data type="anyURI"><param name="minLength">1</param></data></element></define>
  <define name="title"><element name="title"><data type="token"><param name="minLength">1</param></data></element>
  </define>
  <define name="updated"><element name="updated"><data type="dateTime"><param name="pattern">.+T.+Z</param></data>
  </element></define>
  <define name="link"><element name="link"><attribute name="href"><data type="anyURI"/></attribute>
    <attribute name="rel"/><attribute name="type"/><empty/></element></define>
</grammar>""")
)
"""What RFC 4287 (appendix B) asks of the elements that a feed of builds has, and no others."""


def told(configuration: Configuration, contract: Contract, url: str | None = HOME, **site: object) -> Story:
    own = configuration.site.site.model_copy(update={"url": url, **site})
    return Story(contract, configuration.site.model_copy(update={"site": own}), FIGURES, {}, {})


def parsed(story: Story) -> etree._Element:
    document = etree.fromstring(feed(story))
    ATOM.assertValid(document)
    return document


def texts(document: etree._Element, path: str) -> list[str]:
    return [str(one) for one in document.xpath(path, namespaces=NAMES)]


def test_it_is_valid_atom_with_an_entry_for_each_build_the_latest_first(mall, mall_contract):
    document = parsed(told(mall, with_history(mall_contract)))
    titles = texts(document, "//a:entry/a:title/text()")
    assert (len(titles), titles[0], titles[-1]) == (12, "Build 12, 30 November 2026", "Build 1, 4 January 2026")
    assert texts(document, "/a:feed/a:updated/text()") == ["2026-11-30T00:00:00Z"]
    assert texts(document, "/a:feed/a:link[@rel='self']/@href") == [f"{HOME}{FEED}"]
    assert texts(document, "/a:feed/a:id/text()") == [f"{HOME}{FEED}"]
    assert set(texts(document, "//a:entry/a:link/@href")) == {f"{HOME}changes.html"}


def test_the_newest_entry_is_the_summary_and_earlier_ones_say_who_came_and_went(mall, mall_contract):
    contract = with_history(mall_contract)
    found = texts(parsed(told(mall, contract)), "//a:entry/a:summary/text()")
    assert found[0] == " ".join(summary(contract, FIGURES))
    assert found[1] == "200 customers in 6 segments; verdict: Reproducible. No segment is new or gone."
    assert found[8] == "200 customers in 6 segments; verdict: Reproducible. Gone: Old Guard Bargain Hunters."
    assert found[-1] == "200 customers in 7 segments; verdict: Reproducible."


def test_identifiers_are_each_builds_own_and_stay(mall, mall_contract):
    later = texts(parsed(told(mall, with_history(mall_contract))), "//a:entry/a:id/text()")
    assert len(set(later)) == 12
    assert later[0] == "tag:example.org,2026-11-30:/atlas/builds/12"
    first = with_history(mall_contract, builds=1)
    day = {"date": "2026-01-04"}
    first = first.model_copy(update={"edition": first.edition.model_copy(update=day)})
    assert texts(parsed(told(mall, first)), "//a:entry/a:id/text()") == [later[-1]]


def test_names_that_are_mark_up_or_no_xml_stay_text(mall, mall_contract):
    contract = with_history(mall_contract, name="<b>&amp;\x00\x0b</b>]]>")
    document = parsed(told(mall, contract, title="A & B <c>"))
    assert texts(document, "/a:feed/a:title/text()") == ["A & B <c>"]
    assert texts(document, "//a:entry/a:summary/text()")[0].startswith("<b>&amp; </b>]]> was merged into Budget Buyers")
    assert not document.xpath("//*[local-name()='b']")


def test_it_is_the_same_twice(mall, mall_contract):
    story = told(mall, with_history(mall_contract))
    assert feed(story) == feed(story)


@pytest.mark.parametrize(("url", "dated", "there"), [(HOME, True, True), (None, True, False), (HOME, False, False)])
def test_it_is_there_where_the_site_has_an_address_and_builds_have_days(mall, mall_contract, url, dated, there):
    contract = with_history(mall_contract, dated=dated)
    story = told(mall, contract, url)
    assert feeds(story) is there
    site = mall.site.model_copy(update={"site": story.site.site})
    configuration = Configuration(**{**vars(mall), "site": site})
    files = site_source(contract, configuration, {}, {})
    assert (FEED in files) is there
    project = quarto_project(story, list(every_page(story, {})), ())
    assert (FEED in project["project"]["resources"]) is there
    assert ('type="application/atom+xml"' in str(files["_shell/page.html"])) is there


def test_builds_without_a_day_have_no_entry(mall, mall_contract):
    contract = with_history(mall_contract, builds=4)
    undated = (contract.past[0].model_copy(update={"date": None}), *contract.past[1:])
    document = parsed(told(mall, contract.model_copy(update={"past": undated})))
    assert len(texts(document, "//a:entry")) == 3
