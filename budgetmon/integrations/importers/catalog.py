"""Which tools' records can be imported as streams, and how each is read."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.integrations.importers import claude_code, codex, litellm, openai_usage, otel, table
from budgetmon.integrations.importers.records import Importer

_LOGS = (".jsonl",)
_TABLES = (".csv", ".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. ``suffixes`` are the files that are read when a folder is named.

    ``trust`` is the grade of its costs: "recorded" by the tool where it names them, "reported" by the provider itself.
    Costs that a source does not name are computed from the price list, and those calls say so in their rates.
    """

    kind: str
    what: str
    read: Importer
    suffixes: tuple[str, ...]
    trust: str = "recorded"


TOOLS = {
    tool.kind: tool
    for tool in (
        Tool(claude_code.KIND, "session logs of Claude Code", claude_code.read, _LOGS),
        Tool(codex.KIND, "session logs of Codex CLI", codex.read, _LOGS),
        Tool(litellm.KIND, "LiteLLM's spend log", litellm.read, _TABLES),
        Tool(openai_usage.KIND, "OpenAI's usage export", openai_usage.read, _TABLES, "reported"),
        Tool(otel.KIND, "OpenTelemetry spans with gen_ai attributes", otel.read, (".json", ".jsonl")),
        Tool(table.CSV_KIND, "a CSV table of calls", table.read, (".csv",)),
        Tool(table.JSON_KIND, "JSON lines of calls", table.read, _LOGS),
    )
}
