"""One test for each outcome."""

import sys

import pytest


@pytest.fixture
def broken_setup():
    raise RuntimeError("setup is broken")


@pytest.fixture
def broken_teardown():
    yield
    raise RuntimeError("teardown is broken")


def test_passes():
    pass


def test_fails():
    sys.stdout.write("seen before the failure\n")
    assert 1 + 1 == 3


def test_error_at_setup(broken_setup):
    pass


def test_error_at_teardown(broken_teardown):
    pass


def test_fails_and_error_at_teardown(broken_teardown):
    raise AssertionError("the call failed first")


@pytest.mark.skip(reason="not today")
def test_skipped():
    pass


@pytest.mark.xfail(reason="known to be wrong")
def test_xfailed():
    raise AssertionError


@pytest.mark.xfail(reason="thought to be wrong")
def test_xpassed():
    pass


@pytest.mark.xfail(reason="must be wrong", strict=True)
def test_strict_xpass_is_a_failure():
    pass


class TestGroup:
    def test_in_class(self):
        pass

    class TestInner:
        def test_in_nested_class(self):
            raise ValueError("inside")
