from __future__ import annotations

import io

import pytest

from report.command.questions import Terminal


@pytest.fixture
def typed(monkeypatch):
    def once(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return once


def test_an_answer_is_taken_and_an_empty_one_is_the_default(typed, capsys):
    typed("Our shop\n\n")
    assert [Terminal().ask("Title", "Shop"), Terminal().ask("Title", "Shop")] == ["Our shop", "Shop"]
    assert capsys.readouterr().out == "Title [Shop]: Title [Shop]: "


def test_yes_is_said_and_an_empty_answer_is_no(typed):
    typed("y\n\n")
    assert [Terminal().confirm("Public?"), Terminal().confirm("Public?")] == [True, False]


def test_a_pipe_is_nobody(typed):
    typed("")
    assert not Terminal().heard()
