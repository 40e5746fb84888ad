import os
import signal
import threading
import time
from pathlib import Path

import pytest
from lxml import etree

from analysis.errors import DataError
from analysis.wording.number_format import NumberFormat
from report.charts import drawing
from report.charts.drawing_process import DrawingProcess, Picture, Pictures
from report.charts.errors import PictureError
from report.charts.specification import specified
from report.charts.svg import cleaned


def test_a_picture_comes_back_the_same_from_the_side_process(contracts):
    contract, figures = contracts["two segments"], NumberFormat("en_US", "USD")
    with DrawingProcess() as drawing_process:
        pictures = dict(drawing_process.pictures(contract, figures, ["segment-sizes"]))
    chart = specified(contract, figures, "segment-sizes")
    drawn = cleaned("segment-sizes", drawing.draw("segment-sizes", chart.wide, chart.narrow, chart.locale))
    assert pictures == {"segment-sizes": Picture(*drawn, chart.interactive)}


def test_what_goes_wrong_there_is_one_sentence_here_that_names_the_chart(contracts):
    with (
        DrawingProcess() as drawing_process,
        pytest.raises(PictureError, match="The chart “pie” could not be drawn") as caught,
    ):
        drawing_process.pictures(contracts["ordinary"], NumberFormat("en_US", "USD"), ["pie"])
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)


def test_what_cannot_be_drawn_is_named_when_it_is_asked_for():
    with DrawingProcess() as drawing_process:
        broken = drawing_process._started().submit(drawing.draw, "pie", {"mark": {"type": "pie"}}, {}, {})
        with pytest.raises(PictureError, match="The chart “pie” could not be drawn"):
            Pictures({"pie": (broken, "{}")})["pie"]


@pytest.mark.parametrize("address", ["https://example.org/people.csv", "file:///etc/hostname", "people.csv"])
def test_no_specification_can_make_the_press_fetch_anything(address):
    chart = {"data": {"url": address}, "mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
    with pytest.raises(PictureError, match="The chart “theft” could not be drawn"):
        drawing.draw("theft", chart, chart, {})


def test_a_killed_process_is_one_sentence_too(contracts):
    with DrawingProcess() as drawing_process:
        drawing_process._started().submit(os.getpid).result()
        for process in list(drawing_process._started()._processes):
            os.kill(process, signal.SIGKILL)
        with pytest.raises(DataError, match="This table needs more memory than this machine has"):
            drawing_process.pictures(contracts["ordinary"], NumberFormat("en_US", "USD"), ["segment-map"])[
                "segment-map"
            ]


def test_how_the_process_ended_is_known_however_late_the_pool_learns_it(monkeypatch):
    """The system tells it once: to the pool's thread, which is held up here before it can pass it on."""
    waitpid, told = os.waitpid, threading.Event()

    def late(pid: int, options: int) -> tuple[int, int]:
        found = waitpid(pid, options)
        if found[0] and threading.current_thread() is not threading.main_thread():
            told.set()
            time.sleep(0.5)
        return found

    with DrawingProcess() as drawing_process:
        number = drawing_process._started().submit(os.getpid).result()
        monkeypatch.setattr(os, "waitpid", late)
        os.kill(number, signal.SIGKILL)
        assert told.wait(20)
        with pytest.raises(DataError, match="This table needs more memory than this machine has"):
            drawing_process.bundle()


def test_a_process_killed_before_it_is_used_is_one_sentence_too():
    with DrawingProcess() as drawing_process:
        (process,) = drawing_process._started()._processes
        os.kill(process, signal.SIGKILL)
        with pytest.raises(DataError, match="This table needs more memory than this machine has"):
            drawing_process.bundle()


def test_a_press_that_was_never_used_starts_nothing():
    with DrawingProcess() as drawing_process:
        assert drawing_process._pool is None


def test_the_press_sees_no_fonts_but_its_own_and_leaves_those_of_other_programs(monkeypatch):
    """Pictures may not depend on what is installed; a browser started later must find what is."""
    seen = []
    monkeypatch.setattr("vl_convert.register_font_directory", lambda _: seen.append(os.environ["FONTCONFIG_FILE"]))
    for before in (None, "mine.conf"):
        monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
        if before:
            monkeypatch.setenv("FONTCONFIG_FILE", before)
        drawing._engine.__wrapped__()
        assert os.environ.get("FONTCONFIG_FILE") == before
    folders = [Path(seen[0]).parent / (each.text or "") for each in etree.parse(seen[0]).iter("dir")]
    assert [folder.resolve() for folder in folders] == [drawing.FONTS]
    assert {font.suffix for font in drawing.FONTS.iterdir()} >= {".ttf"}
