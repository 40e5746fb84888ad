"""Tables whose columns are strangely named, or hold strangely many words."""

from __future__ import annotations

import csv
import io

import numpy as np

ODD = ("customer no", "Spend / visit (in $)", "🛒 baskets & more", "é" * 200, " trailing ", "a\nb")


def odd_headers(rows: int = 240, seed: int = 5) -> str:
    """Spaces, slashes, an emoji, 200 characters, blanks at both ends and a line break."""
    return _written(ODD, rows, seed)


def one_name_twice(rows: int = 240, seed: int = 6) -> str:
    """Two columns of one name, beside two that can be told apart."""
    return _written(("id", "visits", "visits", "spend", "age"), rows, seed)


def many_categories(rows: int = 12_000, categories: int = 10_000, seed: int = 7) -> str:
    """A column of text with thousands of words in it, which names nobody and divides nothing."""
    generator = np.random.default_rng(seed)
    words = [f"Town {generator.integers(categories)}" for _ in range(rows)]
    return _written(("id", "Town", "spend", "visits"), rows, seed, {1: words})


def _written(header: tuple[str, ...], rows: int, seed: int, words: dict[int, list[str]] | None = None) -> str:
    generator = np.random.default_rng(seed)
    group = generator.integers(2, size=(rows, 1))
    figures = np.where(group, 60, 20) + generator.normal(0, 4, (rows, len(header)))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(header)
    for number, row in enumerate(figures):
        cells = [f"C{number:05d}", *(f"{figure:.2f}" for figure in row[1:])]
        for place, column in (words or {}).items():
            cells[place] = column[number]
        writer.writerow(cells)
    return file.getvalue()
