"""The stand-in as a child process."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from budgetmon.workloads.session import NotBilled, Unclear
from budgetmon.workloads.standin.client import ChatClient

COMMAND = [sys.executable, "-W", "error", "-m", "budgetmon.workloads.standin"]
HELLO = [{"role": "user", "content": "hello"}]


@contextmanager
def child(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running process and the base URL that it printed."""
    with subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_that_it_serves_until_a_signal_and_ends_cleanly(ending: signal.Signals) -> None:
    with child("--latency", "1", "--jitter", "0.5") as (process, url), ChatClient(url) as client:
        assert client.chat("sonar", HELLO, max_tokens=5).model == "sonar"
        process.send_signal(ending)  # with the connection still open
        out, err = process.communicate(timeout=5)
        assert (process.returncode, out, err) == (0, "", "")


def test_that_options_reach_the_server() -> None:
    with child("--error-rate", "1", "--errors", "429=1,500=1", "--seed", "2") as (_, url), ChatClient(url) as client:
        seen: set[type[Exception]] = set()
        for _ in range(30):
            with pytest.raises((NotBilled, Unclear)) as caught:
                client.chat("sonar", HELLO, max_tokens=5)
            seen.add(caught.type)
        assert seen == {NotBilled, Unclear}


def test_that_a_port_that_is_taken_is_one_line_that_says_what_to_do() -> None:
    with child() as (_, url):
        port = url.rpartition(":")[2]
        result = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, timeout=10, check=False)
        assert result.returncode == 2
        assert result.stderr == f"cannot serve on port {port}: Address already in use; choose another with --port\n"


@pytest.mark.parametrize(
    "options", [["--errors", "teapot"], ["--errors", "429=many"], ["--error-rate", "2"], ["--port", "70000"]]
)
def test_that_options_that_make_no_sense_are_refused(options: list[str]) -> None:
    result = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=10, check=False)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert options[0].strip("-").replace("-", "_") in result.stderr.replace("-", "_")
