import unittest


class Older(unittest.TestCase):
    def test_passes(self):
        pass

    @unittest.expectedFailure
    def test_expected_failure(self):
        self.fail("expected")
