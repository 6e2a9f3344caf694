"""The README's examples are files, and the files do what the README says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from integration.ledger_view import picture

from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.calls import CallState
from budgetmon.workloads.standin.server import StandIn

EXAMPLES = sorted((Path(__file__).parent / "readme_examples").glob("*.py"))
README = Path(__file__).parents[2] / "README.md"

CONFIG = """\
database: ledger.db
timezone: UTC
providers:
  openai: {{base_url: "{url}/v1"}}
  perplexity: {{base_url: "{url}"}}
models:
  quotes: {{provider: alphavantage, per_call: 0.01}}
budgets:
  - {{name: everything, limit: 5.00 USD, per: month}}
"""


def test_that_the_readme_shows_the_files_as_they_are() -> None:
    shown = dict(
        re.findall(r"<!-- example (\w+) -->\n```python\n(.+?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    )
    assert shown == {path.stem: path.read_text(encoding="utf-8") for path in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_that_an_example_runs_and_is_booked(example: Path, ledger_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn() as standin:
        (ledger_folder / "budget.yaml").write_text(CONFIG.format(url=standin.base_url))
        monkeypatch.chdir(ledger_folder)
        monkeypatch.setenv("OPENAI_BASE_URL", f"{standin.base_url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        left = runpy.run_path(str(example))
        for name in ("client", "session", "tracker"):
            if name in left:
                left[name].close()
        (row,) = picture(ledger_folder / "ledger.db").calls
        assert (row.state, bool(left["reply"])) == (CallState.SETTLED, True)
        assert row.cost
        billed = standin.billed().total
        assert (row.input_tokens, row.output_tokens) == (billed.prompt_tokens, billed.completion_tokens)
    assert verify(ledger_folder / "ledger.db").holds
