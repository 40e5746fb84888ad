"""Numeric libraries compute on one thread, so that processes beside each other do not wait for one another."""

from __future__ import annotations

from threadpoolctl import threadpool_info, threadpool_limits

from analysis.pipeline import analyse


def test_the_battery_computes_on_one_thread_whatever_the_machine_offers(mall):
    threads: dict[str, set[int]] = {}

    def begun(step: str, rows: int | None = None) -> None:
        assert rows is None or rows == 200
        threads[step] = {library["num_threads"] for library in threadpool_info()}

    with threadpool_limits(2):
        analyse(mall, begun)
    assert threads["Searching for segments and measuring their stability"] == {1}
    assert threads["Naming segments and choosing actions for each"] == {1}
