"""From records to calls in the ledger: in batches, so that no writer waits for long and no import needs much memory."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from budgetmon.core.config.price_book import PriceBook
from budgetmon.core.ledger.imports import IMPORTED, ImportedCall, ImportSource
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Subject
from budgetmon.integrations.importers.records import Record, Unread

# A batch keeps other writers waiting for some fifty milliseconds.
BATCH = 2_000
MOST_EXAMPLES = 100


@dataclass(slots=True)
class ModelSums:
    """What was added of one model. ``cost`` is nanos over the calls whose price is known."""

    calls: int = 0
    failed: int = 0
    tokens: int = 0
    cost: int = 0
    unpriced: int = 0


@dataclass(slots=True)
class Booked:
    """What an import has done so far. ``computed`` of the added calls were priced here; ``examples`` of what could not be
    read are kept up to a bound, ``reasons`` count all of it."""

    added: int = 0
    known: int = 0
    computed: int = 0
    unread: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[Unread] = field(default_factory=list)
    models: dict[tuple[str, str], ModelSums] = field(default_factory=dict)


class Booking:
    """Books the records of one source into ``ledger``. Raises SourceError and LedgerError.

    What was booked stays when a later batch fails; importing again adds the rest, since each call has its key.
    """

    def __init__(self, ledger: SqliteLedger, source: ImportSource, prices: PriceBook) -> None:
        self._ledger = ledger
        self._source = source
        self._prices = prices
        self._subjects: dict[tuple[str | None, str, str | None, str | None], Subject] = {}
        self.booked = Booked()

    def book(self, records: Iterable[Record | Unread], *, moved: Callable[[], None] = lambda: None) -> None:
        """Books all of ``records``; ``moved`` is called after each batch."""
        stream = iter(records)
        while batch := list(islice(stream, BATCH)):
            calls = [self._call(each) for each in batch if isinstance(each, Record)]
            if calls:
                outcome = self._ledger.import_calls(self._source, calls)
                self.booked.known += outcome.known
                self._sum_up(outcome.added)
            for each in batch:
                if isinstance(each, Unread):
                    self._note(each)
            moved()

    def _call(self, record: Record) -> ImportedCall:
        subject = self._subject(record)
        cost, rates = record.cost, IMPORTED
        if cost is None:
            rates = self._prices.rates(subject.provider, subject.model).rates_for(record.usage)
            cost = rates.cost(record.usage)
        return ImportedCall(_safe_key(record.key), record.at, subject, record.usage, cost, record.ok, rates)

    def _subject(self, record: Record) -> Subject:
        names = (record.provider, record.model, record.tag, record.run)
        subject = self._subjects.get(names)
        if subject is None:
            model = _storable(record.model)
            provider = self._prices.configured_provider(model) or record.provider or self._prices.provider_of(model)
            tag, run = (None if name is None else _storable(name) for name in (record.tag, record.run))
            subject = Subject(_storable(provider), model, tag, run)
            if len(self._subjects) < BATCH:  # tags may be without number
                self._subjects[names] = subject
        return subject

    def _sum_up(self, calls: Iterable[ImportedCall]) -> None:
        booked, models = self.booked, self.booked.models
        for call in calls:
            named = call.subject.provider, call.subject.model
            sums = models.get(named)
            if sums is None:
                sums = models[named] = ModelSums()
            booked.added += 1
            booked.computed += call.rates is not IMPORTED
            sums.calls += 1
            sums.failed += not call.ok
            sums.tokens += call.usage.tokens
            sums.cost += call.cost or 0
            sums.unpriced += call.cost is None

    def _note(self, unread: Unread) -> None:
        booked = self.booked
        booked.unread += 1
        booked.reasons[unread.reason] += 1
        if len(booked.examples) < MOST_EXAMPLES:
            booked.examples.append(unread)


def _storable(text: str) -> str:
    """The text with whatever is no character (half a surrogate pair) replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _safe_key(key: str) -> str:
    """A key of plain characters stays as it is; any other becomes its digest."""
    if key.isascii() and key.isprintable() and len(key) <= 200:
        return key
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
