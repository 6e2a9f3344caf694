"""The window is made another size, a panel is put elsewhere: the next start finds both as they were left."""

from __future__ import annotations

from collections.abc import Callable

from journeys.desk import App, Scene

Places = dict[str, tuple[int, int, int, int]]


def test_that_size_and_moved_panels_are_found_again(app: App, open_app: Callable[[], App]) -> None:
    app.resize(1420, 900)
    before = app.until(lambda scene: _places(scene) if _size(scene) == (1420, 900) else None, "the new size")
    consumption, burn_down = before["consumption"], before["burnDown"]
    grip = app.look().find("Handle of Consumption")
    assert grip is not None
    # Into the left half of the burn-down, which makes room.
    x, y = grip.centre
    corner = next(part.rect for part in app.look().parts if part["object"] == "mainWindow")
    goal = (corner[0] + burn_down[0] + 40, corner[1] + burn_down[1] + burn_down[3] // 2)
    app.drag(grip.centre, (x - 20, y + 20), (goal[0] + 60, goal[1]), (goal[0] + 1, goal[1]), goal)
    moved = _at_rest(app, _left_of_the_burn_down)
    assert moved["consumption"] != consumption
    app.close()
    again = open_app()
    found = _at_rest(again, _left_of_the_burn_down)
    assert _size(again.look()) == (1420, 900)
    assert found.keys() == moved.keys()
    for name, place in found.items():
        assert all(abs(one - other) <= 2 for one, other in zip(place, moved[name], strict=True)), (name, place, moved[name])
    again.close()


def _places(scene: Scene) -> Places:
    """The panels by name, measured from the window's corner."""
    left, top, *_ = next(part.rect for part in scene.parts if part["object"] == "mainWindow")
    docks = [(part["object"], part.rect) for part in scene.parts if "QDockWidget" in part["kind"]]
    return {name: (x - left, y - top, width, height) for name, (x, y, width, height) in docks}


def _size(scene: Scene) -> tuple[int, int]:
    window = next(part for part in scene.parts if part["object"] == "mainWindow")
    return window.rect[2], window.rect[3]


def _left_of_the_burn_down(places: Places) -> bool:
    if not {"consumption", "burnDown"} <= places.keys():
        return False
    (
        (x, top, width, height),
        (right, *_),
    ) = places["consumption"], places["burnDown"]
    return x + width <= right and (top, height) == (places["burnDown"][1], places["burnDown"][3])


def _at_rest(app: App, wanted: Callable[[Places], bool]) -> Places:
    """Where the panels lie once they lie as ``wanted``, at the end of the animation."""
    seen: list[Places] = []

    def is_at_rest(scene: Scene) -> Places | None:
        seen.append(_places(scene))
        return seen[-1] if wanted(seen[-1]) and seen[-6:] == [seen[-1]] * 6 else None

    return app.until(is_at_rest, "panels at rest")
