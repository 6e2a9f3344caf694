import pathlib
import subprocess
import sys


def test_first():
    pass


def test_hangs_with_a_grandchild():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    pathlib.Path("grandchild.txt").write_text(str(child.pid))
    child.wait()
