import os
import signal

import pytest

from report.charts import drawing
from report.charts.errors import PictureError
from report.charts.press import Picture, Press


def test_a_picture_comes_back_the_same_from_the_side_process(contracts):
    text = contracts["two segments"].model_dump_json()
    with Press() as press:
        pictures = dict(press.pictures(text, "en_US", "USD", ["segment-sizes"]))
    assert pictures == {"segment-sizes": Picture(*drawing.draw(text, "en_US", "USD", "segment-sizes"))}


def test_what_goes_wrong_there_is_one_sentence_here_that_names_the_chart(contracts):
    with Press() as press, pytest.raises(PictureError, match="The chart “pie” could not be drawn") as caught:
        press.pictures(contracts["ordinary"].model_dump_json(), "en_US", "USD", ["pie"])["pie"]
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)


def test_a_killed_process_is_one_sentence_too():
    with Press() as press:
        press._started().submit(os.getpid).result()
        for process in list(press._started()._processes):
            os.kill(process, signal.SIGKILL)
        with pytest.raises(PictureError, match="ended unexpectedly"):
            press.pictures("{}", "en_US", "USD", ["pie"])["pie"]


def test_a_press_that_was_never_used_starts_nothing():
    with Press() as press:
        assert press._pool is None
