"""Reports of an audit: every claim with its figures, failures first, and nothing measured can break the page."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from budgetmon.runs.audit.claims import Claim, Evidence, Figure, NotPossibleError, Result, Verdict
from budgetmon.runs.audit.ground import Ground
from budgetmon.runs.audit.markdown import markdown
from budgetmon.runs.audit.page import page
from budgetmon.runs.audit.report import AuditReport, document, made
from budgetmon.runs.audit.suite import CLAIMS, check
from budgetmon.runs.bench.results import Machine

MACHINE = Machine(2, 0.25, "Linux", "3.11", "0.1.0")


def no_check(_ground: Ground, evidence: Evidence) -> None:
    evidence.did = "Looked."


def result(key: str, verdict: Verdict, *figures: Figure, detail: str = "") -> Result:
    return Result(Claim(key, f"Title {key}", f"Claim {key}.", no_check), verdict, "Did it.", figures, detail, 1.25)


def report(*results: Result) -> AuditReport:
    return made(results, MACHINE, engine="3.54", file_system="ext4", size="quick", began=datetime(2026, 3, 1, 12, tzinfo=UTC))


@pytest.fixture
def mixed() -> AuditReport:
    return report(
        result("one", Verdict.PASS, Figure("a | b", "<script>")),
        result("two", Verdict.FAIL, detail="first line\nsecond & last"),
        result("three", Verdict.NOT_POSSIBLE, detail="No such thing."),
    )


def test_that_one_failure_fails_the_audit(mixed: AuditReport) -> None:
    assert not mixed.passed
    assert mixed.headline == "1 of 2 claims failed; 1 could not be checked here."
    assert report(result("one", Verdict.PASS)).headline == "All 1 claims hold on this machine."


def test_that_the_document_is_plain_json(mixed: AuditReport) -> None:
    told = json.loads(json.dumps(document(mixed)))
    assert told["counts"] == {"pass": 1, "fail": 1, "not possible here": 1}
    assert [claim["verdict"] for claim in told["claims"]] == ["pass", "fail", "not possible here"]
    assert told["began"] == "2026-03-01T12:00:00Z"


def test_that_the_page_shows_failures_first_and_escapes(mixed: AuditReport) -> None:
    text = page(mixed)
    assert text.index("Title two") < text.index("Title one")
    assert "<script>" not in text
    assert "second &amp; last" in text


def test_that_no_figure_ends_its_cell_in_markdown(mixed: AuditReport) -> None:
    assert "a \\| b" in markdown(mixed)


def test_that_a_check_that_breaks_down_speaks_against_the_claim() -> None:
    def broken(_ground: Ground, _evidence: Evidence) -> None:
        raise OSError("disk on fire")

    failed = check(Claim("k", "t", "c", broken), None)  # type: ignore[arg-type]
    assert failed.verdict is Verdict.FAIL
    assert "disk on fire" in failed.detail


def test_that_what_is_not_possible_is_no_failure() -> None:
    def impossible(_ground: Ground, _evidence: Evidence) -> None:
        raise NotPossibleError("no fork here")

    told = check(Claim("k", "t", "c", impossible), None)  # type: ignore[arg-type]
    assert (told.verdict, told.detail) == (Verdict.NOT_POSSIBLE, "no fork here.")


def test_that_keys_and_titles_are_unique() -> None:
    assert len({claim.key for claim in CLAIMS}) == len({claim.title for claim in CLAIMS}) == len(CLAIMS)
