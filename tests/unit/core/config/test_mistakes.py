"""Every mistake in a config is one error that names file, line, key and what was expected."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from budgetmon import ConfigError
from budgetmon.core.config.loader import config_from_text, load_config

FILE = Path("/etc/budget.yaml")

# text, line, key, words of the problem
MISTAKES = [
    ("databse: x\n", 1, "databse", "unknown key; expected one of: database, timezone"),
    ("# first\n\nbudget: []\n", 3, "budget", "unknown key"),
    ("timezone: Mars/Olympus\n", 1, "timezone", "expected an IANA time zone"),
    ("timezone: America\n", 1, "timezone", "expected an IANA time zone"),
    ("timezone: ../../etc/passwd\n", 1, "timezone", "expected an IANA time zone"),
    ("durability: paper\n", 1, "durability", "expected one of power, process"),
    ("unpriced: maybe\n", 1, "unpriced", "expected refuse, allow, or the amount"),
    ("unpriced: -1 USD\n", 1, "unpriced", "expected refuse, allow, or the amount"),
    ("on_death: shrug\n", 1, "on_death", "expected one of in_doubt, release"),
    ("in_doubt: forget\n", 1, "in_doubt", "expected one of keep, charge, release"),
    ("fail_open: perhaps\n", 1, "fail_open", "expected true or false"),
    ("retention: for ever\n", 1, "retention", "a duration such as"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: 30s}\n", 2, "budgets[0].per", "a minute or more"),
    ("database: [a]\n", 1, "database", "expected a text, not a list"),
    ("database:\n", 1, "database", "expected a text, not nothing"),
    ("providers: [a]\n", 1, "providers", "expected a mapping (key: value), not a list"),
    ("providers:\n  p: {url: x}\n", 2, "providers.p.url", "unknown key; expected one of: base_url, api_key_env"),
    ("models:\n  m: {input_per_mtok: 3}\n", 2, "models.m", "expected the provider"),
    ("models:\n  m:\n", 2, "models.m", "expected the provider"),
    ("models:\n  m: {provider: p, price: 3}\n", 2, "models.m.price", "unknown key"),
    ("models:\n  m:\n    provider: p\n    input_per_mtok: -3\n", 4, "models.m.input_per_mtok", "zero or more"),
    ("models:\n  m: {provider: p, input_per_mtok: cheap}\n", 2, "models.m.input_per_mtok", "not a number"),
    ("models:\n  m: {provider: p, input_per_mtok: .nan}\n", 2, "models.m.input_per_mtok", "not a number"),
    ("models:\n  m: {provider: p, input_per_mtok: nan}\n", 2, "models.m.input_per_mtok", "not a finite amount"),
    ("models:\n  m: {provider: p, per_call: 0.0000000001}\n", 2, "models.m.per_call", "finer"),
    ("models:\n  m: {provider: p, output_per_mtok: 1e30}\n", 2, "models.m.output_per_mtok", "too large"),
    ("budgets: {a: 1}\n", 1, "budgets", "expected a list, not a mapping"),
    ("budgets:\n  - all\n", 2, "budgets[0]", "expected a mapping (key: value), not 'all'"),
    ("budgets:\n  - {limit: 1 USD, per: day}\n", 2, "budgets[0]", "expected 'name'"),
    ("budgets:\n  - {name: b, per: day}\n", 2, "budgets[0]", "expected 'limit'"),
    ("budgets:\n  - {name: b, limit: 1 USD}\n", 2, "budgets[0]", "expected 'per'"),
    ("budgets:\n  - name: b\n    limit: 5\n    per: day\n", 3, "budgets[0].limit", "a limit with its unit, such as"),
    ("budgets:\n  - {name: b, limit: 5 EUR, per: day}\n", 2, "budgets[0].limit", "a limit with its unit, such as"),
    ("budgets:\n  - {name: b, limit: -5 USD, per: day}\n", 2, "budgets[0].limit", "zero or more"),
    ("budgets:\n  - {name: b, limit: -5 calls, per: day}\n", 2, "budgets[0].limit", "whole number of calls"),
    ("budgets:\n  - {name: b, limit: 2.5 calls, per: day}\n", 2, "budgets[0].limit", "whole number of calls"),
    ("budgets:\n  - {name: b, limit: 1e99 USD, per: day}\n", 2, "budgets[0].limit", "too large"),
    ("budgets:\n  - {name: b, limit: 9223372036854775808 tokens, per: day}\n", 2, "budgets[0].limit", "whole number"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: fortnight}\n", 2, "budgets[0].per", "expected day, week, month"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: month, reset_day: 31}\n", 2, "budgets[0].reset_day", "from 1 to 28"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: month, reset_day: 0}\n", 2, "budgets[0].reset_day", "one or more"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: week, reset_day: 2}\n", 2, "budgets[0].reset_day", "only a budget per month"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: day, timezone: No/Where}\n", 2, "budgets[0].timezone", "IANA time zone"),
    (
        "budgets:\n  - {name: b, limit: 1 USD, per: day, on_exceed: cry}\n",
        2,
        "budgets[0].on_exceed",
        "expected one of block, warn",
    ),
    ("budgets:\n  - {name: b, limit: 1 USD, per: day, warn_at: 50%}\n", 2, "budgets[0].warn_at", "expected a list, not '50%'"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: day, warn_at: [50%, 101%]}\n", 2, "budgets[0].warn_at[1]", "from 1% to 100%"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: day, warn_at: [half]}\n", 2, "budgets[0].warn_at[0]", "from 1% to 100%"),
    ("budgets:\n  - {name: b, limit: 1 USD, per: day, who: me}\n", 2, "budgets[0].who", "unknown key"),
    (
        "budgets:\n  - {name: b, limit: 1 USD, per: day}\n  - {name: b, limit: 2 USD, per: day}\n",
        3,
        "budgets[1]",
        "a budget named 'b' is already there",
    ),
    ("cascade: sonar-pro\n", 1, "cascade", "expected a list"),
    ("cascade: [[a]]\n", 1, "cascade[0]", "expected a text"),
    ("caches:\n  c: {max_size: 0}\n", 2, "caches.c.max_size", "one or more"),
    ("caches:\n  c: {max_size: many}\n", 2, "caches.c.max_size", "one or more"),
    ("caches:\n  c: {ttl: 15}\n", 2, "caches.c.ttl", "a duration such as"),
    ("caches:\n  c: {ttl: 0s}\n", 2, "caches.c.ttl", "longer than zero"),
    ("caches:\n  c: {ttl: -1m}\n", 2, "caches.c.ttl", "a duration such as"),
    ("caches:\n  c: {size: 1}\n", 2, "caches.c.size", "unknown key"),
    ("runs:\n  - {name: r}\n", 2, "runs[0]", "expected 'kind'"),
    ("runs:\n  - {kind: audit}\n", 2, "runs[0]", "expected 'name'"),
    ("runs:\n  - {name: r, kind: shell}\n", 2, "runs[0].kind", "expected one of audit, pytest, workload"),
    ("runs:\n  - {name: r, kind: pytest, args: -q}\n", 2, "runs[0].args", "expected a list"),
    ("runs:\n  - {name: r, kind: workload}\n", 2, "runs[0]", "expected 'args'"),
    ("runs:\n  - {name: r, kind: audit}\n  - {name: r, kind: pytest}\n", 3, "runs[1]", "a run named 'r' is already there"),
    ("runs:\n  - {name: r, kind: pytest, time_limit: soon}\n", 2, "runs[0].time_limit", "expected a duration"),
    ("runs:\n  - {name: r, kind: pytest, env: [A, B]}\n", 2, "runs[0].env", "expected a mapping"),
    ("runs:\n  - {name: r, kind: pytest, env: {A=B: c}}\n", 2, "runs[0].env.A=B", "the name of an environment variable"),
    ("runs:\n  - {name: r, kind: pytest, env: {BUDGETMON_RUN: c}}\n", 2, "runs[0].env.BUDGETMON_RUN", "names the run itself"),
    ("runs:\n  - {name: r, kind: pytest, shell: true}\n", 2, "runs[0].shell", "unknown key"),
    ("runs:\n  - {name: r, kind: pytest, budget: 5 EUR}\n", 2, "runs[0].budget", "not a number of USD"),
    ("durability: power\ndatabase: a\ndurability: process\n", 3, "durability", "appears twice"),
    ("models:\n  m: {provider: p, provider: q}\n", 2, "models.m.provider", "appears twice"),
    ("a: b: c\n", 1, "", "not valid YAML"),
    ("budgets:\n  - {name: b\n", 3, "", "not valid YAML"),
    ("budgets:\n\t- x\n", 2, "", "not valid YAML"),
    ("database: a\n---\ndatabase: b\n", 2, "", "not valid YAML"),
    ("database: *nowhere\n", 1, "", "not valid YAML"),
    ("just a sentence\n", 1, "", "expected a mapping"),
    ("- a\n- b\n", 1, "", "expected a mapping (key: value), not a list"),
]


@pytest.mark.parametrize(
    ("text", "line", "key", "words"), MISTAKES, ids=lambda value: value if isinstance(value, str) else None
)
def test_that_a_mistake_is_named_where_it_stands(text: str, line: int, key: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config_from_text(text, FILE)
    error = caught.value
    assert (error.file, error.line, error.key) == (str(FILE), line, key)
    assert words in error.problem
    assert str(error).startswith(f"{FILE}:{line}: {key}")
    assert "\n" not in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('database: ""\n', "database"),
        ("models:\n  m: {provider: ''}\n", "models.m.provider"),
        ("budgets: [{name: '', limit: 1 USD, per: day}]\n", "budgets[0].name"),
        ("budgets: [{name: b, provider: ' ', limit: 1 USD, per: day}]\n", "budgets[0].provider"),
    ],
)
def test_that_an_empty_text_is_no_name(text: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config_from_text(text, FILE)
    assert caught.value.key == key


def test_that_deep_nesting_is_a_mistake() -> None:
    with pytest.raises(ConfigError):
        config_from_text("budgets: " + "[" * 60 + "]" * 60, FILE)


def test_that_a_bottomless_document_is_a_mistake_and_no_crash() -> None:
    program = """
from pathlib import Path
from budgetmon import ConfigError
from budgetmon.core.config.loader import config_from_text
try:
    config_from_text("budgets: " + "[" * 50_000 + "]" * 50_000, Path("/etc/budget.yaml"))
except ConfigError:
    print("refused")
"""
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (child.returncode, child.stdout) == (0, "refused\n")


def test_that_a_control_character_is_a_mistake() -> None:
    with pytest.raises(ConfigError, match="not valid YAML"):
        config_from_text("database: a\x00b\n", FILE)


def test_that_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file.*budgetmon init"):
        load_config(tmp_path / "budget.yaml")


def test_that_a_folder_is_no_config(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00d", b"database: \x80\n", bytes(range(128, 256))])
def test_that_a_binary_file_is_no_config(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "budget.yaml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="not a text file in UTF-8") as caught:
        load_config(path)
    assert caught.value.file == str(path)


def test_that_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "budget.yaml"
    path.write_text("database: a\n")
    path.chmod(0)
    if os.geteuid() == 0:  # the superuser reads everything: let the system say no
        monkeypatch.setattr(Path, "read_text", _denied)
    with pytest.raises(ConfigError, match="cannot be read: Permission denied") as caught:
        load_config(path)
    assert caught.value.file == str(path)


def _denied(*_: object, **__: object) -> str:
    raise PermissionError(13, "Permission denied")
