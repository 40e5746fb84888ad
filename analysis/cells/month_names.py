"""How the months' names begin, in the languages that tables come in."""

from __future__ import annotations

NAMES = (
    "jan|ene|gen|sty|янв", "feb|fév|fev|lut|фев", "mar|mär|mrz|maa|mrt|мар", "apr|avr|abr|kwi|апр",
    "may|mai|maj|mag|mei|май|мая", "jun|juin|giu|cze|июн", "jul|juil|lug|lip|июл", "aug|aoû|aou|ago|sie|авг",
    "sep|set|wrz|сен", "oct|okt|ott|out|paź|paz|окт", "nov|lis|ноя", "dec|dez|déc|dic|des|gru|дек",
)  # fmt: skip
"""In English, German, French, Spanish, Italian, Portuguese, Polish, Russian and the northern languages."""
LETTERS = "[a-zà-žа-яё]"
"""A letter of theirs, for any engine's regular expressions."""
