import os


def test_first():
    pass


def test_exits_with_zero():
    os._exit(0)


def test_never_reached():
    pass
