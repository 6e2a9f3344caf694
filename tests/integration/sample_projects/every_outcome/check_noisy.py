"""Output that is large or no text."""

import os
import sys


def test_prints_bytes_that_are_not_utf8():
    os.write(1, b"before \xff\xfe\x80 after\n")
    raise AssertionError("look at the output")


def test_prints_four_megabytes():
    for _ in range(4096):
        sys.stdout.write("x" * 1023 + "\n")
    raise AssertionError("y" * 300_000)
