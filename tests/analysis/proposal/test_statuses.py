"""Words of statuses in eight languages, judged alike whatever their spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.proposal.statuses import is_secondary, is_status_header, judge, normal, rank, vocabulary

WORDS = sorted(
    (word, meaning)
    for meaning, languages in vocabulary().words.items()
    for words in languages.values()
    for word in words
)


def test_each_value_stands_in_one_list():
    found = judge(["paid", "refunded", "partially_refunded", "voided", "pending", "On the moon", "", "  "])
    assert found.counts == ("paid",)
    assert found.leave_out == ("pending", "voided")
    assert found.refunded == ("refunded",)
    assert found.partially_refunded == ("partially_refunded",)
    assert found.unknown == ("On the moon",)
    assert found.meanings["voided"] == "cancelled"


@pytest.mark.parametrize(
    ("language", "paid", "unpaid", "back"),
    [
        ("en", "Completed", "Suspected Fraud", "Refunded"),
        ("de", "Bezahlt", "Storniert", "Zurückerstattet"),
        ("fr", "Payée", "Échouée", "Remboursée"),
        ("es", "Pagado", "Cancelado", "Reembolsado"),
        ("it", "Pagato", "Annullato", "Rimborsato"),
        ("nl", "Betaald", "Geannuleerd", "Terugbetaald"),
        ("pt", "Concluído", "Cancelado", "Reembolsado"),
        ("pl", "Opłacone", "Anulowane", "Zwrócone"),
    ],
)
def test_every_language_of_the_vocabulary(language, paid, unpaid, back):
    found = judge([paid, unpaid, back])
    assert (found.counts, found.leave_out, found.refunded) == ((paid,), (unpaid,), (back,))
    assert all(language in languages for languages in vocabulary().words.values())


@pytest.mark.parametrize(
    "word",
    ["failed", "voided", "cancelled", "canceled", "expired", "pending", "lost", "open", "chargeback",
     "suspected fraud", "Closed Lost", "declined", "on-hold", "wc-failed"],
)  # fmt: skip
def test_what_did_not_happen_is_left_out(word):
    assert judge([word]).leave_out == (word,)


@pytest.mark.parametrize("word", ["partially_paid", "Partially Paid", "PARTIALLY-PAID", " partially  paid "])
def test_spelling_does_not_matter(word):
    assert judge([word]).counts == (word.strip(),)


@pytest.mark.parametrize("word", ["zurückerstattet", "zurueckerstattet", "ZURÜCKERSTATTET", "zuruckerstattet"])
def test_umlauts_may_be_written_out(word):
    assert judge([word]).refunded == (word,)


def test_a_partial_refund_is_no_refund_and_a_longer_word_no_shorter_one():
    assert judge(["Partially refunded"]).partially_refunded == ("Partially refunded",)
    assert judge(["Shipped - Returned to Seller"]).refunded == ("Shipped - Returned to Seller",)
    assert judge(["Not paid yet, see note"]).unknown == ("Not paid yet, see note",)


def test_processing_is_paid_in_a_shop_and_pending_as_a_payment():
    assert judge(["processing", "completed", "failed"]).counts == ("completed", "processing")
    assert judge(["processing", "succeeded", "requires_action"]).leave_out == ("processing", "requires_action")
    assert judge(["processing"]).unknown == ("processing",)


def test_in_progress_is_an_open_deal_and_asked_about_elsewhere():
    assert judge(["En cours", "Perdu"]).leave_out == ("En cours", "Perdu")
    assert judge(["En cours", "Remboursée"]).counts == ("En cours",)
    assert judge(["In progress", "Completed"]).unknown == ("In progress",)


@pytest.mark.parametrize("word", ["closed", "active", "received"])
def test_words_that_mean_different_things_are_asked_about(word):
    assert judge([word, "paid", "failed"]).unknown == (word,)


def test_no_word_has_two_judgements():
    judgements: dict[str, set[str]] = {}
    for word, meaning in WORDS:
        judgements.setdefault(normal(word), set()).add(vocabulary().judgements[meaning])
    assert not [word for word, found in judgements.items() if len(found) > 1]
    assert not judgements.keys() & vocabulary().in_context.keys()
    assert all(normal(word) == word for word in vocabulary().in_context)


@given(st.sampled_from(WORDS), st.sampled_from([str.upper, str.title, str.swapcase]), st.sampled_from(["_", "-", "  "]))
def test_every_word_is_known_in_any_spelling(entry, capitals, blank):
    word, meaning = entry
    spelled = capitals(word).replace(" ", blank)
    found = judge([spelled])
    assert vocabulary().judgements[found.meanings[spelled.strip()]] == vocabulary().judgements[meaning]


@given(st.lists(st.text(max_size=20)))
def test_every_value_is_judged_once(values):
    found = judge(values)
    lists = (found.counts, found.leave_out, found.refunded, found.partially_refunded, found.unknown)
    assert sorted(value for each in lists for value in each) == sorted({value.strip() for value in values} - {""})


@pytest.mark.parametrize(
    "header",
    ["status", "Order Status", "orderStatus", "order_state", "Stage", "Deal Stage", "Estado", "Statut", "État", "Stato",
     "Bestellstatus", "Situação", "item-status"],
)  # fmt: skip
def test_headers_of_statuses(header):
    assert is_status_header(header)
    assert rank(header) == 1


@pytest.mark.parametrize(
    "header",
    ["Financial Status", "payment_status", "Zahlungsstatus", "estado del pago", "Statut du paiement",
     "Stato pagamento", "betaalstatus", "Status płatności"],
)  # fmt: skip
def test_a_payment_decides_before_an_order(header):
    assert rank(header) == 2


@pytest.mark.parametrize(
    "header",
    ["Fulfillment Status", "Lineitem fulfillment status", "Shipping status", "Versandstatus", "Lieferstatus",
     "Delivery state", "Verzendstatus", "Address Status", "Lead Status", "Familienstand", "Marital status"],
)  # fmt: skip
def test_a_delivery_does_not_decide(header):
    assert is_secondary(header)
    assert not is_status_header(header)


@pytest.mark.parametrize("header", ["Statement Descriptor", "Estate", "Payment Method", "Amount", "Stages", ""])
def test_other_headers(header):
    assert not is_status_header(header)
