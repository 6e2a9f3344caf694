"""``python -m budgetmon.workloads.standin``: a stand-in in the foreground, until SIGTERM. Prints its base URL when ready."""

from __future__ import annotations

import argparse
import os
import signal
import sys

from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import EVERY_KIND, ErrorKind, StandInSettings

ENDING = (signal.SIGTERM, signal.SIGINT)


def main(arguments: list[str] | None = None) -> int:
    """Serves until SIGTERM or SIGINT, then returns 0; 2 when the port cannot be opened."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        settings = StandInSettings(
            latency_ms=options.latency,
            latency_jitter=options.jitter,
            error_rate=options.error_rate,
            errors=options.errors,
            seed=options.seed,
            silence_ms=options.silence,
        )
    except ValueError as error:
        parser.error(str(error))
    # Blocked before the server's thread starts, which inherits it: so the signal reaches sigwait and nothing else.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        with StandIn(settings, options.port) as standin:
            sys.stdout.write(f"{standin.base_url}\n")
            sys.stdout.flush()
            signal.sigwait(ENDING)
    except OSError as error:
        sys.stderr.write(f"cannot serve on port {options.port}: {os.strerror(error.errno or 0)}; choose another with --port\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m budgetmon.workloads.standin",
        description="A provider on the loopback: chat, responses, embeddings and market data. It bills nothing for real.",
    )
    parser.add_argument("--port", type=_port, default=0, help="0, the default, lets the system choose")
    parser.add_argument("--latency", type=float, default=0.0, metavar="MS", help="time to an answer (default 0)")
    parser.add_argument("--jitter", type=float, default=0.0, metavar="SHARE", help="by which answers differ, 0 to 1")
    parser.add_argument("--error-rate", type=float, default=0.0, metavar="SHARE", help="of calls that fail, 0 to 1")
    parser.add_argument(
        "--errors", type=_weights, default=EVERY_KIND, metavar="KIND=WEIGHT,...", help="such as 429=3,500=1,timeout=1"
    )
    parser.add_argument("--silence", type=float, default=60_000.0, metavar="MS", help="for which a timeout lasts")
    parser.add_argument("--seed", type=int, help="makes the same calls fail again")
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"expected a port from 0 to 65535, not {text!r}")
    return int(text)


def _weights(text: str) -> tuple[tuple[ErrorKind, float], ...]:
    try:
        pairs = [part.partition("=") for part in text.split(",")]
        return tuple((ErrorKind(kind.strip()), float(weight or 1)) for kind, _, weight in pairs)
    except ValueError:
        kinds = ", ".join(ErrorKind)
        raise argparse.ArgumentTypeError(f"expected KIND=WEIGHT,... with kinds {kinds}, not {text!r}") from None


if __name__ == "__main__":
    sys.exit(main())
