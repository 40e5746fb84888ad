import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from analysis.figures import Figures
from report.charts import drawing
from report.charts.errors import PictureError
from report.charts.press import Picture, Pictures, Press
from report.charts.specification import specified


def test_a_picture_comes_back_the_same_from_the_side_process(contracts):
    contract, figures = contracts["two segments"], Figures("en_US", "USD")
    with Press() as press:
        pictures = dict(press.pictures(contract, figures, ["segment-sizes"]))
    chart = specified(contract, figures, "segment-sizes")
    drawn = drawing.draw("segment-sizes", chart.wide, chart.narrow, chart.locale)
    assert pictures == {"segment-sizes": Picture(*drawn, chart.interactive)}


def test_what_goes_wrong_there_is_one_sentence_here_that_names_the_chart(contracts):
    with Press() as press, pytest.raises(PictureError, match="The chart “pie” could not be drawn") as caught:
        press.pictures(contracts["ordinary"], Figures("en_US", "USD"), ["pie"])
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)


def test_what_cannot_be_drawn_is_named_when_it_is_asked_for():
    with Press() as press:
        broken = press._started().submit(drawing.draw, "pie", {"mark": {"type": "pie"}}, {}, {})
        with pytest.raises(PictureError, match="The chart “pie” could not be drawn"):
            Pictures({"pie": (broken, "{}")})["pie"]


def test_a_killed_process_is_one_sentence_too(contracts):
    with Press() as press:
        press._started().submit(os.getpid).result()
        for process in list(press._started()._processes):
            os.kill(process, signal.SIGKILL)
        with pytest.raises(PictureError, match="ended unexpectedly"):
            press.pictures(contracts["ordinary"], Figures("en_US", "USD"), ["segment-map"])["segment-map"]


def test_a_press_that_was_never_used_starts_nothing():
    with Press() as press:
        assert press._pool is None


def test_the_press_sees_no_fonts_but_its_own(tmp_path):
    """Pictures may not depend on what is installed; whoever set another folder for other programs changes nothing."""
    other = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    asked = "from report.charts.drawing import warm; import os; warm(); print(os.environ['FONTCONFIG_FILE'])"
    done = subprocess.run([sys.executable, "-c", asked], env=other, capture_output=True, text=True, check=True)  # noqa: S603 (this Python)
    read = Path(done.stdout.strip())
    folders = [read.parent / (each.text or "") for each in etree.parse(read).iter("dir")]
    assert [folder.resolve() for folder in folders] == [drawing.FONTS]
    assert {font.suffix for font in drawing.FONTS.iterdir()} >= {".ttf"}
