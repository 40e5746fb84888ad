"""An export in Latin-1: some bytes are stray, and a spreadsheet left four empty columns at the end of every line."""

from __future__ import annotations

import numpy as np

HEADER = ("Kundennr", "Straße", "Alter", "Umsatz (€)", "Besuche")


def latin(rows: int = 240, seed: int = 4) -> bytes:
    """The bytes of the file: semicolons, decimal commas, a no-break space and an undefined byte here and there."""
    generator = np.random.default_rng(seed)
    lines = [_line(number, generator) for number in range(rows)]
    text = "\r\n".join(";".join([*cells, "", "", "", ""]) for cells in [HEADER, *lines]) + "\r\n"
    content = text.encode("cp1252")
    return content.replace("Süd 1;".encode("cp1252"), b"S\xfcd\xa01;").replace("Süd 2;".encode("cp1252"), b"S\x81d 2;")


def _line(number: int, generator: np.random.Generator) -> list[str]:
    loyal = number % 2
    revenue = generator.normal(1_900 if loyal else 300, 60)
    visits = generator.poisson(30 if loyal else 4)
    age, place = generator.integers(20, 80), generator.integers(1, 4)
    return [f"{70_000 + number}", f"Süd {place}", f"{age}", f"{revenue:.2f}".replace(".", ","), f"{visits}"]
