"""Choosing a stretch of time with the mouse, and the way back with keys."""

from __future__ import annotations

from journeys.desk import App, Part, Scene


def test_that_a_drag_over_a_chart_chooses_a_stretch_and_keys_lead_back(app: App) -> None:
    chart = app.until(lambda scene: _canvas(scene, "burnDown"), "the burn-down")
    assert not app.look().actions["range_follow"]["enabled"], "the charts end now"
    x, y, width, height = chart.rect
    middle = y + height // 2
    app.drag((x + width // 3, middle), (x + width // 2, middle), (x + width * 2 // 3, middle))
    app.until(lambda scene: scene.actions["range_back"]["enabled"], "a stretch to go back from")
    app.until(lambda scene: scene.find("from ", "QToolButton"), "the stretch in words in the bar")
    app.press("alt+Left")
    app.until(lambda scene: not scene.actions["range_follow"]["enabled"], "the range before, which ends now")
    app.press("alt+Right")
    app.until(lambda scene: scene.actions["range_follow"]["enabled"], "the stretch again")
    app.press("0")
    app.until(lambda scene: not scene.actions["range_follow"]["enabled"], "the present")
    assert not app.look().find("from ", "QToolButton")
    app.close()


def _canvas(scene: Scene, panel: str) -> Part | None:
    return next((part for part in scene.within(panel) if "QGraphicsView" in part["kind"]), None)
