"""A provider is paused from its tile: workers that run already are refused, until it goes on again."""

from __future__ import annotations

from journeys.desk import App, Worker


def test_that_workers_are_refused_while_a_provider_is_paused(app: App, worker: Worker) -> None:
    app.click_on("tickerline, ok", panel="overview", button=3)
    app.click_on("Pause tickerline", "QMenu")
    app.until_words("tickerline is paused", "Undo")
    app.until_words("tickerline, paused", panel="overview")
    assert "tickerline is paused" in worker.call("quotes")
    assert worker.call("search") == "ok", "the other provider goes on"
    app.click_on("tickerline, paused", panel="overview", button=3)
    app.click_on("Resume tickerline", "QMenu")
    app.until_words("tickerline, ok", panel="overview")
    assert worker.call("quotes") == "ok"
    app.until_words("2 calls", panel="overview")
    app.close()
