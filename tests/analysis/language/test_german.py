"""Phrases and names in a language that declines: each is one message, so that a translation may be right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from analysis.cells.kinds.wording import bounded, within
from analysis.configuration.column import Column
from analysis.contract import Feature, FeatureProfile, Trait
from analysis.language import messages, speaking
from analysis.naming.name_leads import with_level
from analysis.naming.name_words import Said, in_a_row
from analysis.naming.traits import ORDINARY, phrase, sets_apart
from analysis.wording.number_format import NumberFormat
from analysis.wording.phrases import DATE, LAST_BOUGHT, OTHERWISE, PLACED, VERBS

NAME = "name of a segment"
GERMAN = (
    ("earns {amount} more than average", "verdient {amount} mehr als der Durchschnitt", None),
    ("earns {times} as much as average", "verdient {times} so viel wie der Durchschnitt", None),
    ("twice", "doppelt", "multiple"),
    ("{number} times", "{number}-mal", "multiple"),
    ("is {amount} above average in {label}", "liegt bei {label} um {amount} über dem Durchschnitt", None),
    ("high income", "hohes Einkommen", NAME),
    ("high spending", "hohe Ausgaben", NAME),
    ("high {things}", "{things}: hoch", NAME),
    ("few {things}", "wenige {things}", NAME),
    ("somewhat {words}", "etwas {words}", None),
    ("lower income", "niedrigeres Einkommen", NAME),
    ("is close to average on every feature", "liegt überall nahe am Durchschnitt", None),
    ("{words} and {last}", "{words} und {last}", None),
    ("{label} above {lower} but at most {upper}", "{label} über {lower}, höchstens {upper}", None),
)


@pytest.fixture(autouse=True)
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sentences are in German, as far as this catalogue has them."""
    catalogue = Catalog(locale="de")
    for message, translation, context in GERMAN:
        catalogue.add(message, translation, context=context)
    catalogue.add(("year", "years"), ("Jahr", "Jahre"))
    catalogue.add("of {highest}", "von {highest}")
    (tmp_path / "de/LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "de/LC_MESSAGES/segment_atlas.mo").open("wb") as mo:
        write_mo(mo, catalogue)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path)
    messages._catalogue.cache_clear()
    with speaking("de"):
        yield


def _feature(label: str, role: str, **more: object) -> Feature:
    return Feature(name="x", slug="x", label=label, role=role, kind="numeric", used_for="clustering", **more)


def _figure(ratio: float) -> FeatureProfile:
    return FeatureProfile(
        feature="x", mean=100 * (1 + ratio), median=0, q1=0, q3=1, level="high", effect=ratio,
        difference=100 * ratio, ratio=ratio, marker=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (0.43, "verdient 43\u00a0% mehr als der Durchschnitt"),
        (1.0, "verdient doppelt so viel wie der Durchschnitt"),
        (2.4, "verdient 3,4-mal so viel wie der Durchschnitt"),
    ],
)
def test_a_difference_is_one_message_with_its_verb(ratio: float, words: str):
    income = _feature("Jahreseinkommen", "income", mean=100.0)
    assert phrase(income, _figure(ratio), Column(role="income"), NumberFormat("de_DE", "EUR")) == words


def test_a_label_keeps_its_capital_and_stands_where_the_translation_puts_it():
    basket = _feature("Warenkorb", "feature", mean=100.0)
    words = phrase(basket, _figure(0.4), Column(role="feature"), NumberFormat("de_DE", "EUR"))
    assert words == "liegt bei Warenkorb um 40\u00a0% über dem Durchschnitt"


def test_what_an_analyst_wrote_stays():
    own = Column.model_validate({"role": "income", "phrases": {"more": "hat {} mehr", "less": "hat {} weniger"}})
    income = _feature("Jahreseinkommen", "income", mean=100.0)
    assert phrase(income, _figure(2.4), own, NumberFormat("de_DE", "EUR")) == "hat 240\u00a0% mehr"


def test_names_decline_with_what_they_speak_of():
    income, spending = Said("high", "Einkommen", "income"), Said("high", "Ausgaben", "spending")
    visits = Said("few", "Besuche")
    assert in_a_row([income, visits]) == "hohes Einkommen, wenige Besuche"
    assert in_a_row([spending, visits]) == "hohe Ausgaben, wenige Besuche"
    assert in_a_row([income, spending]) == "Einkommen und Ausgaben: hoch"
    assert in_a_row([Said("lower", "Einkommen", "income", slightly=True)]) == "etwas niedrigeres Einkommen"
    assert with_level("high", _feature("Kaufkraft", "feature")) == "Kaufkraft: hoch"


def test_what_tells_no_difference_is_known_in_every_language():
    assert not sets_apart(Trait(feature="x", level="medium", effect=0, phrase="liegt überall nahe am Durchschnitt"))
    assert sets_apart(Trait(feature="x", level="medium", effect=0, phrase=ORDINARY))


def test_units_and_bounds():
    years = _feature("Alter", "age", unit="years")
    german = NumberFormat("de_DE", "EUR")
    assert [german.of(years, value) for value in (1, 30)] == ["1\u00a0Jahr", "30\u00a0Jahre"]
    levels = Feature(
        name="x", slug="x", label="Bildung", role="feature", kind="numeric", measure="ordinal", used_for="clustering",
        unit="of 6", decimals=1,
    )  # fmt: skip
    assert (german.of(levels, 4), levels.titled) == ("4,0\u00a0von 6", "Bildung, von 6")
    assert within("Alter", [("above", "30"), ("at most", "40")]) == "Alter über 30, höchstens 40"
    assert bounded(years, "Alter", []) is None


@pytest.mark.parametrize("verb", [*VERBS.values(), OTHERWISE, DATE, PLACED, LAST_BOUGHT])
def test_every_message_of_a_verb_has_its_slot(verb):
    for words in (verb.average, verb.median):
        assert [words.more.count("{amount}"), words.less.count("{amount}"), words.times.count("{times}")] == [1, 1, 1]
        assert ("average" in words.more) == (words is verb.average)
