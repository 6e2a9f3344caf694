"""Through the whole window by keyboard alone: every layout, every panel, and always in sight where the keyboard is."""

from __future__ import annotations

from journeys.desk import App, Scene

_PANELS = {
    "Overview": "overview",
    "Burn-down": "burnDown",
    "Consumption": "consumption",
    "Cache hit rate": "cacheRates",
    "Calls": "calls",
    "Refusals": "refusals",
    "Alerts": "alerts",
    "Models": "models",
    "Caches": "caches",
    "Workers": "workers",
    "Test runs": "runs",
}
# Where nothing was looked up in a cache yet.
_WITHOUT_CONTROLS = {"cacheRates", "caches"}
_FAR = 120  # more stops than any layout has


def test_that_the_palette_reaches_every_panel(app: App) -> None:
    for title, name in _PANELS.items():
        app.command(f"Panel: {title}")
        app.until(lambda scene, name=name: name in scene.panels(), f"{title} in front")  # type: ignore[misc]
        if name not in _WITHOUT_CONTROLS:
            app.until(lambda scene, name=name: keyboard_in(scene, name), f"the keyboard in {title}")  # type: ignore[misc]
    app.close()


def keyboard_in(scene: Scene, panel: str) -> bool:
    return any(part["focus"] for part in scene.within(panel))


def test_that_the_focus_is_in_sight_at_every_stop_of_every_layout(app: App) -> None:
    app.press("space")  # a picture that stands still: what changes from stop to stop is the focus alone
    app.until_words("View paused")
    for keys in ("ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4"):
        app.press(keys)
        panels = at_rest(app)
        stops = stops_of(app)
        reached = {name for stop in stops for name in panels if f"'{name}'" in stop}
        assert reached >= panels - _WITHOUT_CONTROLS, f"{keys}: {panels - reached} were never reached"
    app.close()


def at_rest(app: App) -> set[str]:
    """The panels in front, once they lie still."""
    seen: list[dict[str, tuple[int, int, int, int]]] = []

    def is_at_rest(scene: Scene) -> set[str] | None:
        seen.append({part["object"]: part.rect for part in scene.parts if "QDockWidget" in part["kind"]})
        return scene.panels() if len(seen) > 6 and seen[-6:] == [seen[-1]] * 6 else None

    return app.until(is_at_rest, "panels at rest")


def stops_of(app: App) -> list[str]:
    """Where Tab leads, once around."""
    stops: list[str] = []
    for _ in range(_FAR):
        focus = app.tab()
        assert focus is not None, f"nothing has the focus after {stops[-2:]}"
        stop = f"{focus['in']} {focus['kind'][0]} {focus['name'] or focus['text']}"
        if stop in stops[:1]:
            return stops
        assert focus["shows"], f"nothing shows that {stop} has the focus"
        assert focus["name"] or focus["text"], f"{stop} has no name"
        stops.append(stop)
    raise AssertionError(f"the way never came back to {stops[0]}")
