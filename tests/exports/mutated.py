"""Files of every kind that holds a table, and what becomes of them on bad disks, bad lines and in bad hands."""

from __future__ import annotations

import functools
import gzip
import io
import json
import tempfile
from pathlib import Path

from hypothesis import strategies as st

CANARY = "Kanarienvogel"
"""Stands in every text cell; no message may hold it."""
FIGURE = 918_273
"""Every second amount begins with these figures; no message may hold them either."""
HEADER = ("customer_id", "since", "member", "degree", "age", "amount")
DEGREES = ("low", "middle", "high")


def rows() -> list[tuple[str, str, str, str, int, float]]:
    """Forty customers."""
    return [
        (
            f"{CANARY}-{number}",
            f"{number % 28 + 1:02d}-03-20{number % 20:02d}",
            "Yes" if number % 3 else "No",
            f"{DEGREES[number % 3]} {CANARY}",
            20 + number,
            (FIGURE if number % 2 else 40.0) + number / 8,
        )
        for number in range(40)
    ]


@functools.cache
def whole(ending: str) -> bytes:
    """The file of this kind, undamaged: `csv`, `csv.gz`, `jsonl`, `xlsx` or `parquet`."""
    text = "\n".join(",".join(str(cell) for cell in row) for row in (HEADER, *rows())) + "\n"
    match ending:
        case "csv":
            return text.encode()
        case "csv.gz":
            return gzip.compress(text.encode(), mtime=0)
        case "jsonl":
            return "".join(json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in rows()).encode()
        case "xlsx":
            return _workbook()
        case _:
            return _parquet(text)


ENDINGS = ("csv", "csv.gz", "jsonl", "xlsx", "parquet")


def _workbook() -> bytes:
    import openpyxl  # noqa: PLC0415 (only where a workbook is asked for)

    book = openpyxl.Workbook()
    for row in (HEADER, *rows()):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _parquet(text: str) -> bytes:
    import duckdb  # noqa: PLC0415 (only where Parquet is asked for)

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        source, target = Path(folder) / "t.csv", Path(folder) / "t.parquet"
        source.write_text(text, encoding="utf-8")
        connection.execute(f"COPY (FROM read_csv('{source}')) TO '{target}' (FORMAT parquet)")
        return target.read_bytes()


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    """An ending and the bytes of a file: cut short, with bytes changed, put in, taken out, or a piece said twice."""
    ending = draw(st.sampled_from(ENDINGS))
    content = bytearray(whole(ending))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(1, 40))
        match draw(st.sampled_from(("cut", "change", "insert", "remove", "repeat"))):
            case "cut":
                del content[place:]
            case "change":
                content[place : place + 1] = draw(st.binary(min_size=1, max_size=1))
            case "insert":
                content[place:place] = draw(st.binary(min_size=1, max_size=12) | st.sampled_from(NASTY))
            case "remove":
                del content[place : place + length]
            case _:
                content[place:place] = content[place : place + length]
    return draw(st.sampled_from((ending, ending, ending, "csv"))), bytes(content)


NASTY = (
    b'"', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\n\n", b"\r", b";", b"\t", b"PK\x03\x04", b"1e999", b"nan",
    b"\xe2\x80\xae", b"9" * 400, b"=cmd|' /C calc'!A0", b"99-99-9999", b"{", b"}\n{", b"\\ud800",
    "\u0664".encode(), b"-0", b"1,5",
)  # fmt: skip
