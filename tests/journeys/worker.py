"""A worker: each line on stdin names a model to call; the answer is ``ok``, or ``refused: `` and why, on one line.

Usage: worker.py CONFIG
"""

from __future__ import annotations

import sys
from pathlib import Path

from budgetmon import Usage, UsageTracker
from budgetmon.core.rules.refusals import RefusedError


def main(config: Path) -> None:
    with UsageTracker(config) as tracker:
        for line in sys.stdin:
            try:
                with tracker.call(line.strip(), estimate=Usage(calls=1)) as call:
                    call.settle(Usage(calls=1))
                answer = "ok"
            except RefusedError as refusal:
                answer = f"refused: {' '.join(str(refusal).split())}"
            print(answer, flush=True)  # noqa: T201 - this is how it talks


if __name__ == "__main__":
    main(Path(sys.argv[1]))
