"""Watching a budget run out, and finding the cause of a refusal from its alert."""

from __future__ import annotations

from journeys.desk import App, Worker


def test_that_a_budget_is_seen_to_run_out(app: App, worker: Worker) -> None:
    app.until_words("$0.10", "of $1.00", "tickerline, ok", panel="overview")
    for _ in range(8):
        assert worker.call("quotes") == "ok"
    app.until_words("tickerline, warning", "$0.10 left", panel="overview")
    assert worker.call("quotes") == "ok"
    assert worker.call("quotes").startswith("refused: ")
    app.until_words("tickerline, exhausted", "Used up", "10 calls · 1 refused", panel="overview")
    app.until_words("tickerline life is used up", "Show cause")
    app.command("Panel: Refusals")
    app.until_words("tickerline life | tickerline | quotes | $0.10 | $0.00", panel="refusals")
    assert "lumen, ok" in app.look().words("overview"), "the other budget has nothing to do with it"
    app.close()


def test_that_an_alert_leads_to_the_receipt_of_the_refusal(app: App, worker: Worker) -> None:
    for _ in range(9):
        assert worker.call("quotes") == "ok"
    refusal = worker.call("quotes")
    app.until_words("Refusals (1)")
    app.click_on("Alerts", "QTabBar")
    app.click_on("refuses calls", "QTableView", "alerts")
    app.click_on("Show cause", "QPushButton", "alerts")
    app.until(lambda scene: "refusals" in scene.panels(), "the refusals in front")
    app.until_words("quotes refused by tickerline life", "Asked $0.10, free $0.00", panel="refusals")
    row = app.until(lambda scene: scene.item("tickerline life", "QTableView", "refusals"), "the row of the refusal")
    assert row["chosen"]
    assert refusal.split("asked")[1].split(";")[0] in " ".join(app.look().words("refusals").split())
    app.close()
