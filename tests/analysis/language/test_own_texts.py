"""Personas and actions that ship are told in the language of the site; the team's own stay as they are."""

from __future__ import annotations

from analysis.configuration import Configuration
from analysis.language import speaking
from analysis.naming.persona import _in_the_language_of_the_site as persona_told
from analysis.recommendation.texts import _in_the_language_of_the_site as action_told
from analysis.wording.nouns import counted


def test_a_persona_that_ships_is_translated_whole(mall: Configuration) -> None:
    shipped = next(one for one in mall.personas.personas if one.name == "Premium Shoppers")
    with speaking("de"):
        told = persona_told(shipped)
        own = persona_told(shipped.model_copy(update={"story": "They come on Mondays."}))
    assert (told.name, told.levels) == ("Premium-Käufer", shipped.levels)
    assert told.story != shipped.story
    assert (own.name, own.story) == ("Premium Shoppers", "They come on Mondays.")


def test_an_action_that_ships_is_translated_whole(mall: Configuration) -> None:
    shipped = next(one for one in mall.playbook.actions if one.id == "early-access")
    with speaking("de"):
        told = action_told(shipped)
        own = action_told(shipped.model_copy(update={"because": "We tried it last year."}))
    assert (told.title, told.kpi.target) == ("Vorabzugang statt Rabatt", "15\u00a0% mehr als in der Kontrollgruppe")
    assert (told.when, told.requires) == (shipped.when, shipped.requires)
    assert own == shipped.model_copy(update={"because": "We tried it last year."})


def test_purchases_agree_with_their_number_in_german():
    assert (counted("1", "purchases"), counted("12.3", "purchases")) == ("1 purchase", "12.3 purchases")
    assert (counted("1", "open complaints"), counted("1", "policies")) == ("1 open complaint", "1 policy")
    with speaking("de"):
        assert (counted("1", "Käufe"), counted("12,3", "Käufe")) == ("1 Kauf", "12,3 Käufe")
        assert (counted("2,4", "Reklamationen"), counted("1", "Klicks")) == ("Reklamationen 2,4", "Klicks 1")
