"""What tables of sales call things, in several languages: words of a header → what the column may be, or never is."""

from __future__ import annotations

from analysis.vocabulary import CUSTOMERS, IDENTIFIERS, KEYS, NUMBERS, words_of

BUYERS = CUSTOMERS | {
    "buyer", "account", "shopper", "purchaser", "payer", "patron", "donor", "guest", "company", "organisation",
    "organization", "subscriber", "contact", "recipient", "sold", "bill", "billing", "debtor", "debitor", "kaufer",
    "kaeufer", "besteller", "firma", "konto", "rechnungsempfanger", "acheteur", "client", "compte", "societe",
    "donateur", "comprador", "cuenta", "empresa", "donante", "acquirente", "conto", "azienda", "koper", "rekening",
    "bedrijf", "donateur", "kupujacy", "nabywca", "kontrahent", "firm", "household", "membership", "passenger",
    "patient", "student", "tenant", "loyalty", "card",
}  # fmt: skip
ADDRESSES = frozenset({"email", "mail", "e", "emailadresse", "courriel", "correo", "indirizzo"})
SELLERS = frozenset(
    {
        "seller", "vendor", "merchant", "supplier", "staff", "employee", "cashier", "salesperson", "rep", "owner",
        "agent", "manager", "store", "shop", "branch", "outlet", "warehouse", "register", "device", "location",
        "channel", "verkaufer", "verkaeufer", "handler", "haendler", "mitarbeiter", "filiale", "lager", "vendeur",
        "magasin", "fournisseur", "employe", "vendedor", "tienda", "proveedor", "empleado", "venditore", "negozio",
        "fornitore", "verkoper", "winkel", "leverancier", "sprzedawca", "sklep", "dostawca",
    }
)  # fmt: skip
ORDERS = frozenset(
    {
        "order", "orders", "invoice", "invoiceno", "orderid", "orderno", "ordernumber", "receipt", "transaction",
        "basket", "payment", "charge", "ticket", "deal", "opportunity", "booking", "reservation", "sale", "purchase",
        "donation", "gift", "rechnung", "rechnungsnummer", "rechnungsnr", "bestellung", "bestellnummer", "bestellnr",
        "auftrag", "auftragsnummer", "auftragsnr", "beleg", "belegnummer", "bon", "buchung", "zahlung", "spende",
        "facture", "commande", "paiement", "factura", "pedido", "venta", "compra", "pago", "recibo", "fattura",
        "ordine", "vendita", "pagamento", "scontrino", "bestelling", "bestelnummer", "factuur", "betaling", "bon",
        "zamowienie", "faktura", "paragon", "transakcja", "platnosc", "encomenda", "fatura",
    }
)  # fmt: skip
LINES = frozenset({"line", "lineitem", "item", "items", "position", "pos", "zeile", "ligne", "linea", "riga", "regel"})
PRODUCTS = frozenset(
    {
        "product", "stockcode", "sku", "item", "article", "artikel", "produkt", "produit", "producto", "prodotto",
        "listing", "asin", "isbn", "ean", "upc", "barcode", "variant", "variation", "lineitem", "artikelnummer",
        "articulo", "articolo", "towar", "produto", "stock", "model", "plan", "title",
    }
)  # fmt: skip
QUANTITIES = frozenset(
    {
        "quantity", "qty", "units", "pieces", "menge", "anzahl", "stuck", "stueck", "quantite", "qte", "cantidad", "cant",
        "quantita", "qta", "aantal", "ilosc", "quantidade",
    }
)  # fmt: skip
PRICES = frozenset(
    {
        "price", "unitprice", "preis", "einzelpreis", "stuckpreis", "stueckpreis", "prix", "precio", "prezzo", "prijs",
        "cena", "preco",
    }
)  # fmt: skip
UNIT_PRICES = frozenset({"unitprice", "einzelpreis", "stuckpreis", "stueckpreis", "stuksprijs"})
EACH = frozenset({"unit", "each", "piece", "per", "einzel", "stuck", "stueck", "unitaire", "unitario", "stuk", "jedn"})
TOTALS = frozenset(
    {
        "total", "totals", "sum", "subtotal", "amount", "value", "revenue", "sales", "paid", "spend", "spent", "turnover",
        "gross", "net", "payment", "betrag", "umsatz", "summe", "gesamt", "gesamtbetrag", "gesamtsumme", "gesamtpreis",
        "rechnungsbetrag", "bestellwert", "warenwert", "zwischensumme", "wert", "erlos", "erloes", "netto", "brutto",
        "nettobetrag", "bruttobetrag", "montant", "valeur", "soustotal", "recette", "importe", "valor", "monto",
        "ingresos", "importo", "totale", "valore", "incasso", "bedrag", "totaal", "subtotaal", "omzet", "kwota",
        "wartosc", "suma", "razem", "valor", "mnt", "ht", "ttc", "dollar", "dollars", "euro", "euros", "donation", "gift",
        "zahlbetrag", "endbetrag", "extended", "einnahmen", "charged", "earnings",
    }
)  # fmt: skip
NET = frozenset(
    {
        "net", "netto", "nettobetrag", "subtotal", "zwischensumme", "warenwert", "soustotal", "ht", "subtotaal",
        "excl", "merchandise", "goods",
    }
)  # fmt: skip
GROSS = frozenset({"gross", "brutto", "bruttobetrag", "ttc", "incl", "inkl"})
WHOLE = frozenset({"order", "grand", "invoice", "bestellung", "bestellwert", "commande", "pedido", "ordine", "gesamt"})
NEVER = frozenset(
    {
        "shipping", "freight", "postage", "delivery", "handling", "shipment", "ship", "tax", "taxes", "vat", "gst", "hst",
        "pst", "duty", "duties", "fee", "fees", "commission", "discount", "discounts", "coupon", "promotion", "rebate",
        "tip", "tips", "gratuity", "refund", "refunded", "refunds", "returned", "balance", "outstanding", "due", "owed",
        "cost", "costs", "cogs", "margin", "profit", "weight", "rate", "points", "count", "age", "credit", "limit",
        "adjustment", "reserve", "payout", "transfer", "deposit", "surcharge", "insurance", "probability", "expected",
        "budget", "target", "quota", "installments", "versand", "versandkosten", "porto", "fracht", "lieferung",
        "lieferkosten", "steuer", "steuern", "mwst", "ust", "gebuhr", "gebuhren", "gebuehr", "gebuehren", "rabatt",
        "rabatte", "gutschein", "trinkgeld", "erstattung", "erstattet", "ruckerstattung", "guthaben", "saldo", "kosten",
        "einkaufspreis", "marge", "provision", "livraison", "port", "expedition", "frais", "taxe", "tva", "remise",
        "reduction", "pourboire", "remboursement", "rembourse", "solde", "cout", "envio", "gastos", "impuesto",
        "impuestos", "iva", "comision", "descuento", "propina", "reembolso", "coste", "costo", "spedizione", "tassa",
        "tasse", "imposta", "commissione", "sconto", "mancia", "rimborso", "verzending", "verzendkosten", "btw",
        "korting", "fooi", "terugbetaling", "wysylka", "dostawa", "podatek", "prowizja", "rabat", "zwrot", "koszt",
        "frete", "imposto", "taxa", "desconto", "gorjeta", "compare", "msrp", "list", "original", "before", "reduced",
        "year", "month", "day", "number", "no", "nr", "id", "code", "quantity", "qty",
    }
)  # fmt: skip
DISCOUNTS = frozenset(
    {"discount", "discounts", "coupon", "promotion", "rebate", "rabatt", "rabatte", "gutschein", "remise", "reduction",
     "descuento", "sconto", "korting", "rabat", "desconto"}
)  # fmt: skip
REFUNDS = frozenset(
    {"refund", "refunded", "refunds", "returned", "erstattung", "erstattet", "ruckerstattung", "remboursement",
     "rembourse", "reembolso", "reembolsado", "rimborso", "rimborsato", "terugbetaling", "terugbetaald", "zwrot"}
)  # fmt: skip
# Of several days the one on which somebody bought.
BOUGHT_ON = frozenset(
    {
        "order", "ordered", "created", "purchase", "purchased", "sale", "sold", "invoice", "transaction", "placed", "bought",
        "date", "datum", "bestelldatum", "rechnungsdatum", "kaufdatum", "auftragsdatum", "bestellt", "erstellt",
        "commande", "achat", "pedido", "compra", "ordine", "acquisto", "bestelling", "zamowienia", "close", "closed",
    }
)  # fmt: skip
LATER = frozenset(
    {
        "shipped", "ship", "shipping", "fulfilled", "delivered", "delivery", "cancelled", "canceled", "refunded", "refund",
        "updated", "modified", "due", "paid", "available", "payout", "expires", "expected", "last", "birth", "versand",
        "versanddatum", "lieferdatum", "geandert", "bezahlt", "storniert", "faellig", "fallig", "livraison", "envio",
        "spedizione", "approved", "estimated", "settlement", "posted", "reminder",
    }
)  # fmt: skip
CENTS = frozenset({"cents", "cent", "pence", "centimes", "centavos", "centesimi", "groszy", "minor"})
NOBODY = ("0", "guest", "anonymous", "none", "-1", "gast", "invite", "invitado", "ospite", "gosc", "guest checkout")


def parts_of(header: str) -> list[str]:
    """A header's words, and the same in one piece: `sub total` → sub, total, subtotal."""
    words = words_of(header)
    pairs = [one + other for one, other in zip(words, words[1:], strict=False)]
    return [*words, *pairs]


def speaks_of(header: str, concept: frozenset[str]) -> bool:
    """Whether a header has a word of these."""
    return not concept.isdisjoint(parts_of(header))


BUYER_STEMS = (
    "kunde", "customer", "klant", "client", "klient", "buyer", "kaufer", "kaeufer", "besteller", "acheteur", "comprador",
    "mitglied", "spender", "debitor", "abonn",
)  # fmt: skip


def names_buyers(header: str) -> bool:
    """Whether a header speaks of whoever buys, in a word of its own or at the head of one: `Kundenkarte`."""
    return speaks_of(header, BUYERS) or any(word.startswith(BUYER_STEMS) for word in words_of(header))


def names_a_number(header: str) -> bool:
    """Whether a header speaks of a number or an identifier: `Order ID`, `Bestellnummer`, `Name #`."""
    words = words_of(header)
    ends = ("nummer", "nr", "number", "id", "no")
    return bool({*words} & (IDENTIFIERS | NUMBERS | KEYS)) or any(
        word.endswith(ends) and len(word) > 4 for word in words
    )
