"""Lines below and between the rows that are no rows: footers, comments, ruled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.language import gettext_noop
from analysis.reading.text.total_words import kind_of_total

TOTAL = gettext_noop("total row")
FOOTER = gettext_noop("footer, not a record")
COMMENT = gettext_noop("comment line, not a record")
RULED = gettext_noop("ruled line, not a record")
REPEATED = gettext_noop("repeated header")
HEADING = gettext_noop("heading of a group, not a record")
REASONS = (TOTAL, REPEATED, HEADING, FOOTER, COMMENT, RULED)

COUNTED = (
    r"(?:records?|rows?|lines?|entries|results?|datensätze|zeilen|lignes|enregistrements|filas|registros|righe|rijen"
    r"|wierszy)"
)
COUNTS = (
    r"total|number|anzahl|nombre|número|numero|aantal|liczba|count|gesamt|summe|"
    r"records?|rows?|datensätze|zeilen|lignes|filas|registros|righe|rijen"
)
FOOTED = re.compile(
    rf"""
    \(\s*[0-9][0-9.,\s]*\s*{COUNTED}[^)]*\)                                    # (24 rows)
    | [0-9][0-9.,\s]*\s*{COUNTED}(?:\s+(?:selected|in\s+set|affected|exported|returned|found|total)\b.*)?\.?
    | (?:{COUNTS})\b[^0-9]{{0,30}}[:=]\s*[0-9][0-9.,\s]*                        # Total records: 24
    | (?:confidential|vertraulich|confidentiel|confidencial|riservato|vertrouwelijk|poufne|strictly\s+private)\b.*
    | .*\b(?:do\s+not\s+distribute|all\s+rights\s+reserved|internal\s+use\s+only|alle\s+rechte\s+vorbehalten
        |tous\s+droits\s+réservés)\b.*
    | (?:copyright\b|©|\(c\)\s).*
    | [-*=\s]*\b(?:end\s+of\s+(?:the\s+)?(?:report|file|data|list|export|document|table|records?)
        |ende\s+(?:des\s+berichts|der\s+liste|der\s+datei)|fin\s+du\s+(?:rapport|fichier)|fin\s+del\s+informe
        |fine\s+(?:del\s+)?(?:report|rapporto)|eof)\b[-*=.\s]*
    | (?:page|seite|pagina|página|strona)\s+[0-9]+(?:\s*(?:of|von|de|sur|di|van|z|/)\s*[0-9]+)?
    | (?:report\s+)?(?:generated|created|exported|printed|downloaded|run|erstellt|exportiert|gedruckt|généré|exporté
        |generado|exportado|generato|esportato)\s+(?:on|by|at|from|am|von|le|par|el|por|il|da|:).*
    | (?:source|quelle|fuente|fonte|bron|źródło|note|notes|hinweis|anmerkung|remarque|nota|filters?|filtered\s+by
        |applied\s+filters?|disclaimer|printed|report|report\s+date|stand|export\s+date)\s*:.*
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
RULE = re.compile(r"[-=_+*~|:\s─━┼]*[-=_─━]{2}[-=_+*~|:\s─━┼]*")
COMMENTED = re.compile(r"(?:#\s|##|//|--\s)")
"""Not `#1001`, which is an order's name."""
PROSE = 3
"""Words from which a cell alone in its row reads like a sentence."""


def no_record(cells: Sequence[str]) -> str | None:
    """Why a row that lacks most of its cells is none; None where nothing says so."""
    filled = [text for cell in cells if (text := cell.strip())]
    if not filled:
        return None
    if all(map(RULE.fullmatch, filled)):
        return RULED
    if len(filled) == 1 and FOOTED.fullmatch(filled[0]):
        return FOOTER
    if any(kind_of_total(text) in {"certain", "alone"} for text in filled):
        return TOTAL
    return COMMENT if COMMENTED.match(filled[0]) else None


def is_prose(cells: Sequence[str]) -> bool:
    """Whether a row is a sentence in one cell."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) == 1 and len(filled[0].split()) >= PROSE
