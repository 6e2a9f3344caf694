"""All subjects by name, and running some of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from budgetmon.runs.bench import caches, crowd, history, hold_settle, size, watched, window
from budgetmon.runs.bench.history import OpenPoller
from budgetmon.runs.bench.results import Report
from budgetmon.runs.bench.scale import Scale

SUBJECTS: dict[str, Callable[[Path, Scale, OpenPoller], Report]] = {
    "hold": lambda folder, scale, _: hold_settle.measure(folder, scale),
    "crowd": lambda folder, scale, _: crowd.measure(folder, scale),
    "history": history.measure,
    "size": lambda folder, scale, _: size.measure(folder, scale),
    "cache": lambda folder, scale, _: caches.measure(folder, scale),
    "watched": watched.measure,
    "gui": lambda folder, scale, _: window.measure(folder, scale),
}

# What needs the desktop app is measured only when it is asked for.
OF_THE_APP = ("gui",)


def run(
    names: Sequence[str],
    scale: Scale,
    open_poller: OpenPoller,
    *,
    folder: Path | None = None,
    begun: Callable[[str], None] = lambda _: None,
) -> Iterator[Report]:
    """Measures the subjects in ``names`` one after the other, in a folder of its own below ``folder`` that goes at the end.

    ``begun`` hears the name of each as it starts. Raises KeyError for a name that is no subject.
    """
    chosen = [(name, SUBJECTS[name]) for name in names]
    with tempfile.TemporaryDirectory(prefix="budgetmon-bench-", dir=folder) as place:
        for name, measure in chosen:
            begun(name)
            yield measure(Path(place), scale, open_poller)
