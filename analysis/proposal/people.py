"""Whether the rows are people, though several share an account, a household or an address, and no purchases."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.columns.appearance import Look
from analysis.headers.sales_words import (
    ACCOUNTS,
    BUYERS,
    LINES,
    PARTS_OF_NAMES,
    PRODUCTS,
    names_a_number,
    names_buyers,
    names_orders,
    speaks_of,
)
from analysis.headers.vocabulary import CUSTOMERS, IDENTIFIERS, KEYS, NUMBERS, identifies, is_birth, roles_of, words_of
from analysis.proposal.buyer import FEWEST, Buyer, is_address
from analysis.proposal.evidence import ColumnEvidence
from analysis.proposal.order import JOINED

BARE_KEYS = IDENTIFIERS | NUMBERS | {"record", "unique", "system", "internal", "global", "lfd", "the", "unnamed"}
"""Words of a key that say nothing of what it numbers."""
GROUPED = ACCOUNTS | {
    "company", "firm", "firma", "bedrijf", "azienda", "empresa", "societe", "organisation", "organization", "household",
    "employer", "family", "haushalt", "foyer", "hogar",
}  # fmt: skip
"""Words of what several people share."""
OTHER_PEOPLE = frozenset(
    {
        "employee", "lead", "prospect", "respondent", "applicant", "candidate", "driver", "owner", "staff", "head",
        "child", "kid", "dependent", "dependant", "worker", "mitarbeiter", "interessent", "bewerber", "fahrer",
        "kind", "employe", "salarie", "empleado", "dipendente", "medewerker", "pracownik", "name", "email", "profile",
        "device", "site", "location", "branch", "store",
    }
)  # fmt: skip
"""Words of people, and of what may be taken for one, that buy nothing by themselves."""
OWN = 0.95
"""Different values a row from which a column tells the rows apart; two people may have one name."""
SHARED = 0.9
NAMES = frozenset({"name", "nom", "naam", "nombre", "nome", "nazwa", "nazwisko", "surname", "nachname", "fullname"})
IDENTIFIER = 2
PAIR = 2
NOT_OWN = frozenset({"ref", "reference", "po", "product", "file", "event"})
"""`Customer reference`: what a customer calls an order."""


def rows_are_people(evidence: ColumnEvidence, buyer: Buyer | None) -> bool:
    """Whether each row has a person of its own: a name, a key or an address that almost no other row has.

    `buyer` is the column that several rows share: the account of several contacts, the address of a couple.
    """
    taken = buyer.columns if buyer else ()
    shared = [evidence.by_header[header] for header in taken]
    if any(look.unique > SHARED for look in shared):
        return False
    others = [look for look in evidence.looks if look.header not in taken]
    if any(_is_a_person(evidence, look) for look in others) or _has_totals(others):
        return True
    customers = buyer is not None and names_customers(evidence, buyer.columns[0])
    return _have_names(evidence, parts_of_names(others), _shared_by(evidence, buyer)) or (
        not customers and _only_join(evidence)
    )


def parts_of_names(looks: Sequence[Look]) -> list[str]:
    """The columns of text that hold parts of people's names: `First Name`, `Nachname`."""
    texts = [look for look in looks if not look.numeric and not look.dates and look.distinct >= FEWEST]
    return [look.header for look in texts if not PARTS_OF_NAMES.isdisjoint(words_of(look.header))]


def has_own_key(evidence: ColumnEvidence, buyer: str) -> bool:
    """Whether each row has an identifier or a running number that is no order's: it may be a person's.

    Beside a person's column that of anything but a person is none: `Visit ID` beside `Patient`.
    """
    keys = [look for look in evidence.looks if _is_a_key(look)]
    if not names_buyers(buyer) or speaks_of(buyer, GROUPED):
        return bool(keys)
    return any(_may_be_a_persons(look.header) for look in keys)


def own_accounts(evidence: ColumnEvidence, buyer: Buyer) -> list[str]:
    """The numbers of accounts, cards or contracts that alone make each row one of its own, beside a person's column."""
    if names_accounts(buyer.columns[0]) or not names_buyers(buyer.columns[0]):
        return []
    numbers = [look for look in evidence.looks if names_accounts(look.header) and _is_a_person(evidence, look)]
    others = ColumnEvidence(evidence.frame, [look for look in evidence.looks if look not in numbers])
    return [] if not numbers or rows_are_people(others, buyer) else [look.header for look in numbers]


def names_accounts(header: str) -> bool:
    """Whether a header speaks of something of which a person may have several, and of no person."""
    return speaks_of(header, ACCOUNTS) and not speaks_of(header, BUYERS - ACCOUNTS)


def names_customers(evidence: ColumnEvidence, header: str) -> bool:
    """Whether a column is plainly a customer's: named so, a number of somebody who buys, or an e-mail address."""
    numbered = names_buyers(header) and names_a_number(header)
    return speaks_of(header, CUSTOMERS) or numbered or is_address(evidence, evidence.by_header[header])


def _is_a_person(evidence: ColumnEvidence, look: Look) -> bool:
    if look.dates or look.present < look.rows or look.unique < OWN:
        return False
    words = set(words_of(look.header))
    if names_orders(look.header) or words & NOT_OWN or speaks_of(look.header, PRODUCTS | LINES):
        return False
    named = names_buyers(look.header) or bool(words & NAMES)
    return is_address(evidence, look) or (named and (not look.numeric or names_a_number(look.header)))


def _shared_by(evidence: ColumnEvidence, buyer: Buyer | None) -> tuple[str, ...]:
    """The column of a firm or a household whose rows each have a number of their own, so that names may come again."""
    if buyer is None or not speaks_of(buyer.columns[0], GROUPED) or not any(map(_is_a_key, evidence.looks)):
        return ()
    return buyer.columns[:1]


def _have_names(evidence: ColumnEvidence, parts: Sequence[str], within: tuple[str, ...] = ()) -> bool:
    """Whether first and last names, taken together, are almost never those of another row, or of another `within`."""
    if len(parts) < PAIR:
        return False
    names = evidence.frame[[*parts, *within]]
    return len(names.drop_duplicates()) >= OWN * len(names)


def _only_join(evidence: ColumnEvidence) -> bool:
    """Whether all days but those of birth are those on which somebody became a customer."""
    dated = [look.header for look in evidence.looks if look.dates and not is_birth(look.header)]
    return bool(dated) and all(speaks_of(header, JOINED) for header in dated)


def _is_a_key(look: Look) -> bool:
    own = look.unique == 1 and look.present == look.rows and not names_orders(look.header)
    return own and (look.consecutive or identifies(look.header) >= IDENTIFIER)


def _may_be_a_persons(header: str) -> bool:
    """Whether a header says no more than that it is a number, or whose: `ID`, `Record ID`, `Contact number`."""
    own = [word for word in words_of(header) if word not in BARE_KEYS | KEYS]
    return not own or names_buyers(header) or not OTHER_PEOPLE.isdisjoint(own)


def _has_totals(looks: list[Look]) -> bool:
    """Whether each row has a key of its own and counts orders or visits, as a table of customers does."""
    counts = any(look.numeric and look.whole and "frequency" in roles_of(look.header) for look in looks)
    return counts and any(_is_a_key(look) for look in looks)
