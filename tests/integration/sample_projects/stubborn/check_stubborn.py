import pathlib
import signal
import subprocess
import sys

IGNORES_ALL = """
import pathlib, signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path("ready.txt").write_text("x")
time.sleep(600)
"""


def test_ignores_all_that_can_be_ignored():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", IGNORES_ALL])
    pathlib.Path("grandchild.txt").write_text(str(child.pid))
    child.wait()
