"""The stand-in's own books."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from budgetmon.workloads.standin.bill import Billed, BillLog, ModelBill
from budgetmon.workloads.standin.completions import Tokens


def test_that_answers_add_up_by_model() -> None:
    log = BillLog()
    log.add_answer("sonar", Tokens(10, 5, 4))
    log.add_answer("sonar", Tokens(1, 2))
    log.add_answer("gpt", Tokens(7, 0))
    billed = log.billed()
    assert billed.answered == {"sonar": ModelBill(2, 11, 7, 4), "gpt": ModelBill(1, 7, 0, 0)}
    assert billed.total == ModelBill(3, 18, 7, 4)


def test_that_silence_and_rejections_are_kept_apart_from_what_was_billed() -> None:
    log = BillLog()
    log.add_timeout("sonar", Tokens(10, 5))
    log.add_cut("sonar", Tokens(10, 2))
    log.add_rejection(429)
    log.add_rejection(429)
    billed = log.billed()
    assert billed.total == ModelBill()
    assert billed.cut == {"sonar": ModelBill(1, 10, 2, 0)}
    assert billed.timed_out_total == ModelBill(1, 10, 5, 0)
    assert billed.rejected == {429: 2}


def test_that_what_was_read_does_not_change_afterwards() -> None:
    log = BillLog()
    before = log.billed()
    log.add_answer("sonar", Tokens(1, 1))
    assert before == Billed()


def test_that_no_count_is_lost_between_threads() -> None:
    log = BillLog()

    def work(_: int) -> None:
        for _ in range(500):
            log.add_answer("sonar", Tokens(2, 3, 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert log.billed().answered == {"sonar": ModelBill(4_000, 8_000, 12_000, 4_000)}


def test_that_the_document_has_totals_and_models_by_name() -> None:
    log = BillLog()
    log.add_answer("b", Tokens(1, 2))
    log.add_answer("a", Tokens(3, 4, 1))
    log.add_rejection(500)
    bill = {"calls": 1, "prompt_tokens": 3, "completion_tokens": 4, "cached_tokens": 1}
    document = log.billed().document()
    assert document == {
        "total": {"calls": 2, "prompt_tokens": 4, "completion_tokens": 6, "cached_tokens": 1},
        "answered": {"a": bill, "b": {"calls": 1, "prompt_tokens": 1, "completion_tokens": 2, "cached_tokens": 0}},
        "timed_out": {},
        "cut": {},
        "rejected": {"500": 1},
    }
