"""OpenTelemetry spans with ``gen_ai.*`` attributes, of the older and the newer names.

As OTLP JSON (one export request a line or in all), or as the flat objects that SDKs print. Spans of agents and tools sum
up the calls inside them and would count those twice; only spans of single calls are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.importers.fields import count, instant, nanos, objects, optional_text, text
from budgetmon.integrations.importers.records import Reading, Record, Unread
from budgetmon.integrations.importers.source_files import SourceFile

KIND = "otel"
_CALLS = frozenset({"chat", "text_completion", "generate_content", "embeddings", "completion"})
_INPUT = ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens")
_OUTPUT = ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens")
_CACHED = ("gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens")
_WRITTEN = ("gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens")
_MODEL = ("gen_ai.response.model", "gen_ai.request.model")
_PROVIDER = ("gen_ai.provider.name", "gen_ai.system")
_COST = ("gen_ai.usage.cost",)

Span = dict[str, Any]


def read(file: SourceFile, reading: Reading) -> Iterator[Record | Unread]:
    """The calls among the spans of one file."""
    for number, row in file.rows():
        if isinstance(row, str):
            yield Unread(file.where(number), row)
            continue
        for span in _spans(row):
            try:
                record = _record(span, reading)
            except ValueError as error:
                yield Unread(file.where(number), str(error))
                continue
            if record is not None:
                yield record


def _spans(row: dict[str, Any]) -> Iterator[Span]:
    if "resourceSpans" not in row:
        yield row
        return
    for resource in objects(row["resourceSpans"]):
        for scope in objects(resource.get("scopeSpans")):
            yield from objects(scope.get("spans"))


def _record(span: Span, reading: Reading) -> Record | None:
    attributes = _attributes(span.get("attributes"))
    operation = attributes.get("gen_ai.operation.name")
    if _first(attributes, _MODEL) is None or (operation is not None and operation not in _CALLS):
        return None
    cached, written = count(_first(attributes, _CACHED), "cached"), count(_first(attributes, _WRITTEN), "written")
    context: dict[str, Any] = span["context"] if isinstance(span.get("context"), dict) else {}
    trace = text(span.get("traceId") or context.get("trace_id"), "the trace id")
    identity = text(span.get("spanId") or context.get("span_id"), "the span id")
    return Record(
        key=f"{trace.removeprefix('0x')}:{identity.removeprefix('0x')}",
        at=instant(span.get("startTimeUnixNano") or span.get("start_time"), reading.zone, "the start"),
        model=text(_first(attributes, _MODEL), "the model"),
        usage=Usage(
            input_tokens=max(0, count(_first(attributes, _INPUT), "input tokens") - cached - written),
            output_tokens=count(_first(attributes, _OUTPUT), "output tokens"),
            cached_input_tokens=cached,
            cache_write_tokens=written,
        ),
        provider=optional_text(_first(attributes, _PROVIDER)),
        cost=nanos(_first(attributes, _COST), "gen_ai.usage.cost"),
        ok=not _failed(span.get("status")),
    )


def _attributes(value: Any) -> dict[str, Any]:
    """Attributes by name: a plain object, or OTLP's list of keys and typed values."""
    if isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for each in objects(value):
        typed = each.get("value")
        if isinstance(typed, dict) and typed:
            found[str(each.get("key"))] = next(iter(typed.values()))
    return found


def _first(attributes: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((attributes[name] for name in names if attributes.get(name) is not None), None)


def _failed(status: Any) -> bool:
    if not isinstance(status, dict):
        return False
    return status.get("code") in (2, "STATUS_CODE_ERROR") or status.get("status_code") == "ERROR"
