"""A file of the trading-desk tracker as calls of the ledger: times in UTC, costs in nanos, providers found out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from budgetmon.core.config.price_book import PriceBook
from budgetmon.core.config.values import Config
from budgetmon.core.ledger.imports import ImportedCall, ImportSource
from budgetmon.core.ledger.values import Subject
from budgetmon.core.rules.money import decimal_text
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.foreign import SourceError
from budgetmon.integrations.local_times import Clarity, utc_milliseconds
from budgetmon.integrations.provider_sums import PaidSum, match_sums
from budgetmon.integrations.trading_desk import KIND, DeskCall, DeskFile, keyed

_NANOS_OF_NOISE = 1_000


@dataclass(frozen=True, slots=True)
class MonthOfRows:
    """A month of the file, by the tracker's own dates. ``remembered``: whether its sums still knew of the month."""

    month: str
    calls: int
    ok: int
    cost: int
    remembered: bool


class DeskImport:
    """Translates one file. Iterate over it once; ``notes`` then tells whatever was not plain.

    A model's provider is the one that the config names; else the one that the file's own sums per provider leave as the
    only possibility; else the price list's; else ``"unknown"``. Tokens that the file does not split count as input.
    Iterating raises SourceError for a time that cannot be read.
    """

    def __init__(self, desk: DeskFile, zone: str, config: Config) -> None:
        self._desk = desk
        self._zone = ZoneInfo(zone)
        self._config = config
        self._proved = match_sums(_paid(desk, lambda call: call.model), desk.sums.providers)
        self._providers: dict[str, str] = {}
        self._times = {Clarity.TWICE: 0, Clarity.SKIPPED: 0}
        self._uneven = 0

    def __len__(self) -> int:
        return len(self._desk.calls)

    def source(self, counted: bool) -> ImportSource:
        """The file as a source of calls, whose costs are those that the tracker wrote down."""
        return ImportSource(KIND, str(self._desk.path.resolve()), "recorded", counted)

    def __iter__(self) -> Iterator[ImportedCall]:
        self._providers = self._find_providers()
        for key, call in keyed(self._desk.calls):
            yield ImportedCall(
                key=key,
                at=self._instant(call),
                subject=Subject(self._providers[call.model], call.model, call.ticker),
                usage=self._usage(call),
                cost=call.nanos,
                ok=call.ok,
            )

    def providers(self) -> Mapping[str, str]:
        """The provider of each model of the file."""
        return self._providers or self._find_providers()

    def months(self) -> tuple[MonthOfRows, ...]:
        """What the rows hold per month: all of it is imported, also where the tracker's sums lost the month."""
        paid = _paid(self._desk, _month)
        calls: dict[str, int] = defaultdict(int)
        cost: dict[str, int] = defaultdict(int)
        for call in self._desk.calls:
            calls[_month(call)] += 1
            cost[_month(call)] += call.nanos
        return tuple(
            MonthOfRows(month, calls[month], paid[month].calls, cost[month], month in self._desk.sums.months)
            for month in sorted(calls)
        )

    def notes(self) -> tuple[str, ...]:
        """What a person should know about this import, one sentence each."""
        notes: list[str] = []
        lost = [month.month for month in self.months() if not month.remembered]
        if lost:
            notes.append(f"the tracker's sums had lost {', '.join(lost)}: recovered from its rows")
        if twice := self._times[Clarity.TWICE]:
            notes.append(f"local times that came twice, as clocks were set back: {twice}, each taken as the first")
        if skipped := self._times[Clarity.SKIPPED]:
            notes.append(f"local times that clocks skipped as they were set forward: {skipped}, moved on by the missing hour")
        finer = [call.left_out for call in self._desk.calls if call.left_out]
        if finer:
            notes.append(
                f"costs finer than a billionth of a dollar: {len(finer)}, rounded to the nearest;"
                f" the file's sum differs by {sum(finer):+f} USD from what was booked"
            )
        if self._uneven:
            notes.append(f"calls with more input and output tokens than tokens in all: {self._uneven}, booked as split")
        return (*notes, *self._provider_notes(), *self._missing_rows())

    def _find_providers(self) -> dict[str, str]:
        prices = PriceBook(self._config)
        found: dict[str, str] = {}
        for model in dict.fromkeys(call.model for call in self._desk.calls):
            if model in self._config.models:
                found[model] = self._config.models[model].provider
            else:
                found[model] = self._proved.get(model) or prices.provider_of(model)
        return found

    def _instant(self, call: DeskCall) -> int:
        try:
            at, clarity = utc_milliseconds(call.timestamp, self._zone)
        except (ValueError, OverflowError):
            raise SourceError(
                self._desk.path, f"{call.where}: expected a time such as 2025-10-27T09:44:19, not {call.timestamp!r:.60}"
            ) from None
        if clarity is not Clarity.CLEAR:
            self._times[clarity] += 1
        return at

    def _usage(self, call: DeskCall) -> Usage:
        unsplit = call.tokens - call.input_tokens - call.output_tokens
        if unsplit < 0:
            self._uneven += 1
        return Usage(input_tokens=call.input_tokens + max(0, unsplit), output_tokens=call.output_tokens)

    def _provider_notes(self) -> Iterator[str]:
        for model, provider in sorted(self.providers().items()):
            proved = self._proved.get(model, provider)
            if proved != provider:
                yield f"the config says that {provider} is paid for {model}; the file's own sums say {proved}"

    def _missing_rows(self) -> Iterator[str]:
        """Where the tracker's sums count more than its rows do: such calls cannot be imported, and it should not be silent."""
        by_month = _paid(self._desk, _month)
        by_model = _paid(self._desk, lambda call: call.model, failed_too=True)
        for what, sums, rows in (("in", self._desk.sums.months, by_month), ("of", self._desk.sums.models, by_model)):
            for name, said in sorted(sums.items()):
                held = rows.get(name, PaidSum(0, 0))
                if said.calls > held.calls or said.cost > held.cost + _NANOS_OF_NOISE:
                    yield (
                        f"the tracker's sums count {said.calls} calls {what} {name} for {decimal_text(said.cost)} USD, its"
                        f" rows hold {held.calls} for {decimal_text(held.cost)} USD: the rows were imported"
                    )


def _month(call: DeskCall) -> str:
    return call.timestamp[:7]


def _paid(desk: DeskFile, name: Callable[[DeskCall], str], *, failed_too: bool = False) -> dict[str, PaidSum]:
    """Calls and cost per name, as the tracker's sums count them: the successful ones, or all."""
    sums: dict[str, PaidSum] = defaultdict(lambda: PaidSum(0, 0))
    for call in desk.calls:
        if call.ok or failed_too:
            calls, cost = sums[name(call)]
            sums[name(call)] = PaidSum(calls + 1, cost + call.nanos)
    return sums
