"""Caches as a table, by name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from budgetmon.core.rules.money import decimal_text
from budgetmon.gui.state.cache_words import lost, verdict
from budgetmon.gui.state.formatting import NOTHING, count, money_or_nothing, percent
from budgetmon.gui.state.rows_model import Column, RowsModel
from budgetmon.monitor.snapshot import CacheStatus


def rate_words(row: CacheStatus) -> str:
    """The hit rate; an en dash before the first lookup, never a false zero."""
    return NOTHING if row.hit_rate is None else percent(row.hit_rate)


def fill_words(row: CacheStatus) -> str:
    """How full it is: ``"812 of 1,000"``."""
    return _tr("{size} of {most}").format(size=count(row.size), most=count(row.max_size))


def _columns() -> tuple[Column[CacheStatus], ...]:
    """Made when a table is made, so that a translation is there."""
    return (
        Column(_tr("Cache"), lambda row, _: row.name, 130),
        Column(
            _tr("Hit rate"),
            lambda row, _: rate_words(row),
            74,
            numeric=True,
            sort=lambda row: -1.0 if row.hit_rate is None else row.hit_rate,
        ),
        Column(
            _tr("Lookups"),
            lambda row, _: count(row.hits + row.misses),
            82,
            numeric=True,
            sort=lambda row: row.hits + row.misses,
        ),
        Column(_tr("Hits"), lambda row, _: count(row.hits), 72, numeric=True, sort=lambda row: row.hits, optional=True),
        Column(_tr("Misses"), lambda row, _: count(row.misses), 72, numeric=True, sort=lambda row: row.misses, optional=True),
        Column(
            _tr("Expired"),
            lambda row, _: count(row.expired),
            84,
            numeric=True,
            sort=lambda row: row.expired,
            explained=_tr("Entries that outlived their time"),
            optional=True,
        ),
        Column(
            _tr("Evicted"),
            lambda row, _: count(row.evictions),
            84,
            numeric=True,
            sort=lambda row: row.evictions,
            explained=_tr("Entries pushed out because the cache was full"),
            optional=True,
        ),
        Column(
            _tr("Filled"),
            lambda row, _: fill_words(row),
            112,
            numeric=True,
            sort=lambda row: row.size,
            explained=_tr("Entries now and at most, over all live processes"),
        ),
        Column(
            _tr("Saved"),
            lambda row, _: money_or_nothing(row.saved),
            78,
            numeric=True,
            of_money=True,
            sort=lambda row: -1 if row.saved is None else row.saved,
            explained=_tr("What the hits would have cost as calls"),
            copy=lambda row, _: "" if row.saved is None else decimal_text(row.saved),
        ),
        Column(
            _tr("Lost"),
            lambda row, _: money_or_nothing(lost(row)),
            90,
            numeric=True,
            of_money=True,
            sort=lambda row: -1 if lost(row) is None else lost(row),
            explained=_tr("What was paid again because a value had been evicted or had expired"),
            copy=lambda row, _: "" if (nanos := lost(row)) is None else decimal_text(nanos),
            optional=True,
        ),
        Column(
            _tr("Size"),
            lambda row, _: verdict(row.advice),
            84,
            explained=_tr("Whether another size would serve better"),
            optional=True,
        ),
    )


class CachesModel(RowsModel[CacheStatus]):
    """The caches of a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), lambda row: row.name, parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CacheTable", text)
