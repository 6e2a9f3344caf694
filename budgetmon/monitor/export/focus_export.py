"""An export as a bill in the columns of FOCUS 1.2 (the FinOps Foundation's open cost and usage specification), as one CSV.

One row is what one model took in one hour. Costs are what the ledger booked; calls whose price is unknown are counted in
``x_UnpricedCalls`` and cost nothing here. Columns that FOCUS requires and a ledger knows nothing of are empty.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from budgetmon.core.rules.money import decimal_text
from budgetmon.core.rules.periods import iso_utc
from budgetmon.monitor.export.csv_export import field, text_into
from budgetmon.monitor.export.landing import landing_file
from budgetmon.monitor.export.sheets import Moved, counted
from budgetmon.monitor.export.source import Hour, Source

_HOUR = 3_600_000


def export_focus(source: Source, target: Path, *, overwrite: bool, moved: Moved) -> None:
    """Writes the hours of ``source`` to the file ``target``, whole or not at all. Raises FileExistsError and OSError."""
    with landing_file(target, overwrite=overwrite) as file, text_into(file) as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        writer.writerows([get(hour) for get in _COLUMNS.values()] for hour in counted(source.hours(), moved))


def _month(at: int, later: int = 0) -> str:
    """The first instant of the month of ``at``, or of the one that comes ``later`` months after it."""
    day = datetime.fromtimestamp(at / 1000, UTC)
    years, month = divmod(day.month - 1 + later, 12)
    return f"{day.year + years:04d}-{month + 1:02d}-01T00:00:00Z"


def _cost(hour: Hour) -> str:
    return decimal_text(hour.cost)


def _quantity(hour: Hour) -> int:
    return hour.tokens or hour.units


def _unit(hour: Hour) -> str:
    return "Tokens" if hour.tokens else "Requests"


def _nothing(_: Hour) -> str:
    return ""


_COLUMNS: dict[str, Callable[[Hour], object]] = {
    "BilledCost": _cost,
    "BillingAccountId": _nothing,
    "BillingAccountName": _nothing,
    "BillingCurrency": lambda _: "USD",
    "BillingPeriodEnd": lambda hour: _month(hour.start, 1),
    "BillingPeriodStart": lambda hour: _month(hour.start),
    "ChargeCategory": lambda _: "Usage",
    "ChargeClass": _nothing,
    "ChargeDescription": lambda hour: field(f"{hour.calls} calls to {hour.model}"),
    "ChargeFrequency": lambda _: "Usage-Based",
    "ChargePeriodEnd": lambda hour: iso_utc(hour.start + _HOUR),
    "ChargePeriodStart": lambda hour: iso_utc(hour.start),
    "ConsumedQuantity": _quantity,
    "ConsumedUnit": _unit,
    "ContractedCost": _cost,
    "EffectiveCost": _cost,
    "InvoiceIssuerName": lambda hour: field(hour.provider),
    "ListCost": _cost,
    "PricingQuantity": _quantity,
    "PricingUnit": _unit,
    "ProviderName": lambda hour: field(hour.provider),
    "PublisherName": lambda hour: field(hour.provider),
    "ServiceCategory": lambda _: "AI and Machine Learning",
    "ServiceName": lambda hour: field(hour.provider),
    "SkuId": lambda hour: field(hour.model),
    "x_Calls": lambda hour: hour.calls,
    "x_UnpricedCalls": lambda hour: hour.unpriced,
}
