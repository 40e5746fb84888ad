"""Labels that say that there was no answer, in the languages that headers are read in."""

from __future__ import annotations

import re

from analysis.headers.vocabulary import words_of

WHOLE = frozenset(
    {
        "dk", "na", "n a", "nr", "refusal", "refused", "refuse", "missing", "unknown", "skip", "skipped", "no response",
        "no reply", "no opinion", "not asked", "not answered", "not ascertained", "not stated", "not available",
        "not specified", "not sure", "unsure", "no data", "undisclosed", "not disclosed", "valid skip",
        "k a", "tnz", "unbekannt", "verweigert", "weiss nicht", "nicht gefragt", "nicht erhoben", "nicht zutreffend",
        "entfallt", "antwort verweigert", "fehlend", "ohne angabe",
        "nsp", "refus", "nr nsp", "nsp nr", "sans reponse", "non reponse", "sans objet", "non concerne", "ne sait pas",
        "ns", "nc", "ns nc", "ns nr", "no sabe", "no contesta", "no responde", "no aplica", "no procede",
        "non sa", "non so", "non risponde", "non applicabile", "rifiuta",
        "nao sabe", "nao respondeu", "nao responde", "nao se aplica",
        "weet niet", "geen antwoord", "niet van toepassing", "wil niet zeggen", "geweigerd",
    }
)  # fmt: skip
"""Without accents; “trifft nicht zu” and “does not apply” are answers of a scale, and not among them."""
BEGINNING = re.compile(
    r"^(?:refused|refuse to|refuses|don ?t know|dont know|do not know|doesn ?t know|can ?t say|cannot say|"
    r"can ?t choose|no answer|prefer not|prefer to not|rather not|would rather not|not applicable|"
    r"keine angabe|weiss nicht|weiß nicht|keine antwort|mochte ich nicht|ne sait pas|ne souhaite pas|ne se prononce|"
    r"prefiero no|prefere nao|prefiro nao|preferisco non|no sabe|non sa|nao sabe|weet niet|zeg ik liever niet)\b"
)


def says_unanswered(label: str) -> bool:
    """Whether a label of a code says that there was no answer, as “Don't know / refused” does."""
    words = " ".join(words_of(label))
    return words in WHOLE or bool(BEGINNING.match(words))
